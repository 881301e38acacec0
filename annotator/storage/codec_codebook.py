"""The JSON shape of a codebook and its parts."""

from __future__ import annotations

from annotator.model.codebook import (
    Anchor,
    Attribute,
    Band,
    Choice,
    Code,
    Codebook,
    CodeKind,
    Group,
    RatingItem,
    Score,
    Speaker,
)
from annotator.storage.codec_values import (
    COUNT,
    ID,
    LENGTH,
    NUMBER,
    TEXT,
    YES_NO,
    Field,
    Shape,
    list_of,
    one_of,
)

CHOICE = Shape(
    Choice, (Field("id", ID, required=True), Field("name", TEXT, required=True), Field("key", TEXT))
)
ATTRIBUTE = Shape(
    Attribute,
    (
        Field("id", ID, required=True),
        Field("name", TEXT, required=True),
        Field("choices", list_of(CHOICE.kind)),
    ),
)
GROUP = Shape(Group, (Field("id", ID, required=True), Field("name", TEXT, required=True)))
CODE = Shape(
    Code,
    (
        Field("id", ID, required=True),
        Field("name", TEXT, required=True),
        Field("abbreviation", TEXT),
        Field("group", TEXT),
        Field("colour", TEXT),
        Field("key", TEXT),
        Field("kind", one_of(CodeKind)),
        Field("speaker", one_of(Speaker)),
        Field("parent", TEXT),
        Field("definition", TEXT),
        Field("example", TEXT),
        Field("counter_example", TEXT),
        Field("exclusive_with", list_of(ID)),
        Field("attributes", list_of(ATTRIBUTE.kind)),
        Field("retired", YES_NO, seldom=True),
    ),
)
ANCHOR = Shape(Anchor, (Field("value", NUMBER, required=True), Field("text", TEXT, required=True)))
RATING_ITEM = Shape(
    RatingItem,
    (
        Field("id", ID, required=True),
        Field("name", TEXT, required=True),
        Field("definition", TEXT),
        Field("min", NUMBER, "minimum"),
        Field("max", NUMBER, "maximum"),
        Field("default", NUMBER),
        Field("group", TEXT),
        Field("anchors", list_of(ANCHOR.kind)),
        Field("retired", YES_NO, seldom=True),
        Field("step", NUMBER, seldom=True),
    ),
)
BAND = Shape(
    Band, (Field("name", TEXT, required=True), Field("from", NUMBER, "start", required=True))
)
SCORE = Shape(
    Score,
    (
        Field("id", ID, required=True),
        Field("name", TEXT, required=True),
        Field("formula", TEXT, required=True),
        Field("unit", TEXT),
        Field("bands", list_of(BAND.kind)),
        Field("note", TEXT),
    ),
)
CODEBOOK = Shape(
    Codebook,
    (
        Field("id", ID, required=True),
        Field("version", TEXT, required=True),
        Field("name", TEXT, required=True),
        Field("unit", TEXT),
        Field("notice", TEXT),
        Field("silence_min", LENGTH, "silence_minimum"),
        Field("sample_minutes", COUNT),
        Field("groups", list_of(GROUP.kind)),
        Field("codes", list_of(CODE.kind)),
        Field("ratings", list_of(RATING_ITEM.kind)),
        Field("scores", list_of(SCORE.kind)),
    ),
)

"""The JSON shape of a tag, with a swift way for the thousands that are as they should be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import islice
from json.encoder import encode_basestring
from operator import itemgetter
from time import sleep

from annotator.model.coding import Origin, Tag, tag_order
from annotator.model.rules import Problem
from annotator.model.time import SECOND, Micros, from_seconds, to_seconds_text
from annotator.storage.codec_text import Rendered, bracketed, quoted, shown, write_indented
from annotator.storage.codec_values import (
    ID,
    TEXT,
    TIME,
    WORDS,
    Field,
    Problems,
    Shape,
    list_of,
    one_of,
    ordered,
)

TAG = Shape(
    Tag,
    (
        Field("id", ID, required=True),
        Field("code", ID, required=True),
        Field("start", TIME, required=True),
        Field("end", TIME, required=True),
        Field("participant", TEXT),
        Field("note", TEXT),
        Field("attributes", WORDS),
        Field("origin", one_of(Origin)),
        Field("created", TEXT),
        Field("modified", TEXT),
        Field("sources", list_of(ID), seldom=True),
    ),
)

_KEYS = tuple(field.key for field in TAG.fields if not field.seldom)
_VALUES = itemgetter(*_KEYS)
_ORIGINS = {origin.value: origin for origin in Origin}
_QUOTED_ORIGINS = {origin: quoted(origin) for origin in Origin}
_MILLI = 1000
_DECIMALS = tuple(f"{one:03}".rstrip("0") or "0" for one in range(_MILLI))
_AT_ONCE, _REST = 120, 0.00005  # tags, and seconds: more at once makes the film stutter


def read_tags(raw: object, path: str, problems: Problems) -> tuple[Tag, ...]:
    """Read a list of tags into `tag_order`, noting each problem with its path."""
    if not isinstance(raw, list):
        problems.append(Problem(path, f"{shown(raw)} is not a list"))
        return ()
    tags: list[Tag] = []
    for index, one in enumerate(raw):
        tag = _read_swiftly(one) or read_tag(one, f"{path}[{index}]", problems)
        if tag is not None:
            tags.append(tag)
    tags.sort(key=tag_order)
    return tuple(tags)


def read_tag(raw: object, path: str, problems: Problems) -> Tag | None:
    """Read one tag, noting each problem with its path; None where there was any."""
    return ordered(TAG.read(raw, path, problems), path, problems)


def _read_swiftly(raw: object) -> Tag | None:
    """Read a tag that has just the known keys and no fault; None where a closer look is needed."""
    if not isinstance(raw, dict) or len(raw) != len(_KEYS):
        return None
    try:
        identity, code, start, end, who, note, attributes, origin, created, modified = _VALUES(raw)
        first, last, known_origin = from_seconds(start), from_seconds(end), _ORIGINS[origin]
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    texts = (identity, code, who, note, created, modified)
    if (
        not (identity and code and type(start) is type(end) is Decimal and first <= last)
        or not all(type(text) is str for text in texts)
        or not _are_words(attributes)
    ):
        return None
    return Tag(identity, code, first, last, who, note, attributes, known_origin, created, modified)


def _are_words(attributes: object) -> bool:
    if not isinstance(attributes, dict):
        return False
    return not attributes or all(type(word) is str for word in attributes.values())


def write_tags(tags: Iterable[Tag], indent: str) -> Rendered:
    """Lay out a list of tags as `write_indented` would, several times as fast.

    Of many, it rests a moment after each few, so that a film that plays meanwhile goes on evenly.
    """
    inner = indent + "  "
    keys = (f"{quoted(key)}: %s" for key in _KEYS)
    template = bracketed("{", list(keys), "}", inner)
    row, pieces = iter(tags), list[str]()
    between = f",\n{inner}"
    while some := list(islice(row, _AT_ONCE)):
        if pieces:
            sleep(_REST)
        pieces.append(between if pieces else f"[\n{inner}")
        pieces.append(between.join([_laid_out(tag, template, inner) for tag in some]))
    pieces.append(f"\n{indent}]" if pieces else "[]")
    return Rendered(pieces)


def _laid_out(tag: Tag, template: str, indent: str) -> str:
    if tag.extra or tag.sources:
        return write_indented(TAG.write(tag), indent)
    q, start, end = encode_basestring, tag.start, tag.end
    begun, created = _seconds(start), q(tag.created)
    return template % (
        q(tag.id),
        q(tag.code),
        begun,
        begun if end == start else _seconds(end),
        q(tag.participant) if tag.participant else '""',
        q(tag.note) if tag.note else '""',
        _words(tag.attributes, indent + "  ") if tag.attributes else "{}",
        _QUOTED_ORIGINS[tag.origin],
        created,
        created if tag.modified is tag.created else q(tag.modified),
    )


def _seconds(time: Micros) -> str:
    """Write a time as `to_seconds_text` does, the sooner where it has few decimals."""
    if time < 0 or time % _MILLI:
        return to_seconds_text(time)
    whole, rest = divmod(time, SECOND)
    return f"{whole}.{_DECIMALS[rest // _MILLI]}"


def _words(attributes: Mapping[str, str], indent: str) -> str:
    pairs = [
        f"{encode_basestring(key)}: {encode_basestring(attributes[key])}" for key in attributes
    ]
    return bracketed("{", pairs, "}", indent)

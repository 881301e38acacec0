"""The JSON shape of what is kept of an export, in the log and in part in the manifest."""

from __future__ import annotations

from annotator.model.consent_rules import Ground
from annotator.model.disclosure import MaskDuty
from annotator.model.export_record import ExportRecord, HashedFile, Overridden, Shown
from annotator.model.held import Held
from annotator.model.participant import ConsentScope, Mask, ParticipantRole
from annotator.storage.codec_values import (
    COUNT,
    ID,
    INTERVAL,
    TEXT,
    WORDS,
    Field,
    Shape,
    list_of,
    one_of,
)

FILE = Shape(
    HashedFile,
    (
        Field("name", ID, required=True),
        Field("sha256", ID, required=True),
        Field("size", COUNT, required=True),
    ),
)
SHOWN = Shape(
    Shown,
    (
        Field("participant", ID, required=True),
        Field("role", one_of(ParticipantRole), required=True),
        Field("allows", one_of(ConsentScope).maybe),
    ),
)
MASKED = Shape(
    MaskDuty,
    (
        Field("participant", ID, required=True),
        Field("masks", list_of(one_of(Mask)), required=True),
    ),
)
OVERRIDDEN = Shape(
    Overridden,
    (
        Field("ground", one_of(Ground), required=True),
        Field("participant", TEXT),
        Field("span", INTERVAL.maybe),
    ),
)
RECORD = Shape(
    ExportRecord,
    (
        Field("id", ID, required=True),
        Field("when", TEXT, required=True),
        Field("who", TEXT, required=True),
        Field("session", TEXT, required=True),
        Field("purpose", one_of(ConsentScope), required=True),
        Field("level", one_of(ConsentScope).maybe),
        Field("spans", list_of(INTERVAL)),
        Field("seen", list_of(INTERVAL)),
        Field("shown", list_of(SHOWN.kind)),
        Field("holds", list_of(one_of(Held))),
        Field("masks", list_of(MASKED.kind)),
        Field("override", TEXT),
        Field("overridden", list_of(OVERRIDDEN.kind)),
        Field("settings", WORDS),
        Field("sources", list_of(FILE.kind)),
        Field("results", list_of(FILE.kind)),
        Field("delete_by", TEXT),
        Field("folder", TEXT),
        Field("recipient", TEXT),
    ),
)

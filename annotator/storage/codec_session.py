"""The JSON shape of a session and of what it holds beside the codebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotator.model.coding import CodingPass, Milestone, PassEvent, Purpose, Rating
from annotator.model.matching import ConsensusOf, Decision, Matching, Verdict
from annotator.model.participant import (
    Consent,
    ConsentScope,
    ConsentStatus,
    Mask,
    Masking,
    Participant,
    ParticipantRole,
)
from annotator.model.recording import (
    AudioFacts,
    Listening,
    Look,
    Recording,
    RecordingRole,
    VideoFacts,
)
from annotator.model.rules import Problem
from annotator.model.session import ExcludedSpan, Session, Unblinding
from annotator.storage.codec_clips import CLIP
from annotator.storage.codec_codebook import CODEBOOK
from annotator.storage.codec_tags import TAG, read_tags, write_tags
from annotator.storage.codec_text import is_too_deep
from annotator.storage.codec_transcript import TRANSCRIPT
from annotator.storage.codec_values import (
    COUNT,
    ID,
    INTERVAL,
    LENGTH,
    NUMBER,
    PERCENT,
    TEXT,
    TIME,
    WHOLE,
    YES_NO,
    Field,
    Kind,
    Problems,
    Shape,
    list_of,
    one_of,
    ordered,
)

VIDEO = Shape(
    VideoFacts,
    (
        Field("codec", TEXT, required=True),
        Field("width", COUNT, required=True),
        Field("height", COUNT, required=True),
        Field("rate", TEXT, required=True),
        Field("constant", YES_NO, required=True),
        Field("frames", COUNT, required=True),
        Field("start", TIME),
        Field("keyframe_spacing", LENGTH),
        Field("rotation", WHOLE),
        Field("pixel_format", TEXT),
    ),
)
AUDIO = Shape(
    AudioFacts,
    (
        Field("codec", TEXT, required=True),
        Field("rate", COUNT, required=True),
        Field("channels", COUNT, required=True),
        Field("start", TIME),
        Field("tracks", COUNT),
    ),
)
LOOK = Shape(
    Look,
    (
        Field("turn", WHOLE),
        Field("brightness", NUMBER),
        Field("contrast", NUMBER),
        Field("shape", TEXT),
        Field("deinterlace", YES_NO),
        Field("zoom", NUMBER),
        Field("across", NUMBER),
        Field("down", NUMBER),
    ),
)
LISTENING = Shape(
    Listening,
    (
        Field("volume", NUMBER),
        Field("muted", YES_NO),
        Field("track", COUNT),
    ),
)
RECORDING = Shape(
    Recording,
    (
        Field("id", ID, required=True),
        Field("path", ID, required=True),
        Field("role", one_of(RecordingRole), required=True),
        Field("offset", TIME, required=True),
        Field("duration", LENGTH, required=True),
        Field("fingerprint", TEXT, required=True),
        Field("video", VIDEO.maybe),
        Field("audio", AUDIO.maybe),
        Field("look", LOOK.unless(Look())),
        Field("listening", LISTENING.unless(Listening())),
    ),
)
EXCLUDED = Shape(
    ExcludedSpan,
    (
        Field("start", TIME, required=True),
        Field("end", TIME, required=True),
        Field("reason", TEXT),
    ),
)
MASKING = Shape(
    Masking,
    (
        Field("level", one_of(ConsentScope), required=True),
        Field("masks", list_of(one_of(Mask)), required=True),
    ),
)
CONSENT = Shape(
    Consent,
    (
        Field("status", one_of(ConsentStatus)),
        Field("scope", one_of(ConsentScope)),
        Field("withheld", list_of(one_of(ConsentScope)), seldom=True),
        Field("masks", list_of(MASKING.kind), seldom=True),
        Field("researchers", TEXT, seldom=True),
        Field("date", TEXT),
        Field("expires", TEXT),
        Field("withdrawn", TEXT, seldom=True),
        Field("form", TEXT),
        Field("note", TEXT),
    ),
)
PARTICIPANT = Shape(
    Participant,
    (
        Field("id", ID, required=True),
        Field("role", one_of(ParticipantRole), required=True),
        Field("label", TEXT, required=True),
        Field("consent", CONSENT.kind),
    ),
)
RATING = Shape(
    Rating,
    (
        Field("item", ID, required=True),
        Field("value", NUMBER, required=True),
        Field("note", TEXT),
        Field("evidence", list_of(ID), seldom=True),
    ),
)
EVENT = Shape(
    PassEvent,
    (
        Field("event", one_of(Milestone), required=True),
        Field("time", TEXT, required=True),
        Field("reason", TEXT),
    ),
)
MATCHING = Shape(
    Matching,
    (
        Field("tolerance", LENGTH),
        Field("overlap_percent", PERCENT),
        Field("details", YES_NO),
    ),
)
CONSENSUS = Shape(
    ConsensusOf,
    (
        Field("first", ID, required=True),
        Field("second", ID, required=True),
        Field("matching", MATCHING.kind),
    ),
)
DECISION = Shape(
    Decision,
    (
        Field("sources", list_of(ID), required=True),
        Field("verdict", one_of(Verdict), required=True),
        Field("tags", list_of(ID)),
        Field("note", TEXT),
        Field("time", TEXT),
    ),
)
UNBLINDING = Shape(
    Unblinding,
    (
        Field("coder", TEXT, required=True),
        Field("pass", ID, "pass_id", required=True),
        Field("time", TEXT, required=True),
        Field("finished", YES_NO, required=True),
        Field("reason", TEXT),
    ),
)


def read_excluded(raw: object, path: str, problems: Problems) -> ExcludedSpan | None:
    """Read an excluded span, noting each problem with its path; None where there was any."""
    return ordered(EXCLUDED.read(raw, path, problems), path, problems)


_TAGS_INDENT = " " * 6  # where the key "tags" of a pass stands in a session file


def _write_tags(value: object) -> object:
    return write_tags(value, _TAGS_INDENT) if isinstance(value, Sequence) else []


def _write_tag_trees(value: object) -> object:
    return [TAG.write(tag) for tag in value] if isinstance(value, Sequence) else []


def _pass_shape(tags: Kind) -> Shape[CodingPass]:
    return Shape(
        CodingPass,
        (
            Field("id", ID, required=True),
            Field("coder", TEXT, required=True),
            Field("purpose", one_of(Purpose), required=True),
            Field("started", TEXT, required=True),
            Field("tags", tags),
            Field("ratings", list_of(RATING.kind)),
            Field("history", list_of(EVENT.kind), seldom=True),
            Field("consensus", CONSENSUS.maybe, seldom=True),
            Field("decisions", list_of(DECISION.kind), seldom=True),
        ),
    )


PASS = _pass_shape(Kind(read_tags, _write_tag_trees))
_LAID_OUT_PASS = _pass_shape(Kind(read_tags, _write_tags))

_SESSION = Shape(
    Session,
    (
        Field("id", ID, required=True),
        Field("title", TEXT, required=True),
        Field("recordings", list_of(RECORDING.kind)),
        Field("region", INTERVAL, required=True),
        Field("excluded", list_of(Kind(read_excluded, EXCLUDED.write))),
        Field("participants", list_of(PARTICIPANT.kind)),
        Field("codebook", CODEBOOK.kind, required=True),
        Field("passes", list_of(_LAID_OUT_PASS.kind)),
        Field("unblindings", list_of(UNBLINDING.kind), seldom=True),
        Field("transcripts", list_of(TRANSCRIPT), seldom=True),
        Field("clips", list_of(CLIP), seldom=True),
    ),
)


def read_session(raw: object, problems: Problems) -> Session | None:
    """Read a session's object, noting each problem with its path; None where there was any.

    What a newer program wrote inside the region is kept under `region` in the session's `extra`.
    """
    session = _SESSION.read(raw, "", problems)
    if session is None or not isinstance(raw, dict):
        return None
    extra = {key: value for key, value in session.extra.items() if key not in ("format", "version")}
    beside = {key: one for key, one in raw["region"].items() if key not in ("start", "end")}
    if is_too_deep(beside):
        problems.append(Problem("region", "lists and objects are nested too deeply"))
        return None
    return replace(session, extra=extra | ({"region": beside} if beside else {}))


def write_session(session: Session) -> dict[str, object]:
    """Give the object of a session as `write_indented` lays it out at the top of a file."""
    tree = _SESSION.write(session)
    beside, region = session.extra.get("region"), tree["region"]
    if isinstance(beside, dict) and isinstance(region, dict):
        tree["region"] = region | {key: one for key, one in beside.items() if key not in region}
    return tree

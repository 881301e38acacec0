"""The JSON shape of the changes that the journal keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from annotator.model.change import (
    Change,
    CueChange,
    FieldChange,
    Member,
    MemberChange,
    MemberValue,
    TagChange,
)
from annotator.model.codebook import Codebook
from annotator.model.rules import Problem
from annotator.model.time import Interval
from annotator.storage.codec_clips import CLIP, read_clip
from annotator.storage.codec_codebook import CODEBOOK
from annotator.storage.codec_session import (
    DECISION,
    EVENT,
    EXCLUDED,
    PARTICIPANT,
    PASS,
    RATING,
    RECORDING,
    UNBLINDING,
    read_excluded,
)
from annotator.storage.codec_tags import TAG, read_tag
from annotator.storage.codec_transcript import CUE, TRANSCRIPT, read_cue, read_transcript
from annotator.storage.codec_values import INTERVAL, Problems, read_interval, read_text
from annotator.storage.faults import FormatError

T = TypeVar("T")
Reading = Callable[[object, str, Problems], T]

_MEMBERS: Mapping[Member, tuple[Reading[MemberValue | None], Callable[[object], object]]] = {
    Member.RECORDING: (RECORDING.read, RECORDING.write),
    Member.EXCLUDED: (read_excluded, EXCLUDED.write),
    Member.PARTICIPANT: (PARTICIPANT.read, PARTICIPANT.write),
    Member.PASS: (PASS.read, PASS.write),
    Member.RATING: (RATING.read, RATING.write),
    Member.EVENT: (EVENT.read, EVENT.write),
    Member.DECISION: (DECISION.read, DECISION.write),
    Member.UNBLINDING: (UNBLINDING.read, UNBLINDING.write),
    Member.TRANSCRIPT: (read_transcript, TRANSCRIPT.write),
    Member.CLIP: (read_clip, CLIP.write),
}
_MEMBER_NAMES = {member.value: member for member in Member}


def encode_change(change: Change) -> dict[str, object]:
    """Give a change as an object for one line of JSON; null stands for what is not there."""
    match change:
        case TagChange(pass_id, before, after):
            head: dict[str, object] = {"change": "tag", "pass": pass_id}
            return head | _written(TAG.write, before, after)
        case CueChange(transcript_id, before, after):
            head = {"change": "cue", "transcript": transcript_id}
            return head | _written(CUE.write, before, after)
        case MemberChange(member, index, gone, come, pass_id):
            head = {"change": "member", "member": member.value, "index": index, "pass": pass_id}
            return head | _written(_MEMBERS[member][1], gone, come)
        case FieldChange(Codebook() as old, new):
            return {"change": "field", "field": "codebook"} | _written(CODEBOOK.write, old, new)
        case FieldChange(Interval() as old, new):
            return {"change": "field", "field": "region"} | _written(INTERVAL.write, old, new)
    return {"change": "field", "field": "title", "before": change.before, "after": change.after}


def _written(write: Callable[[object], object], before: object, after: object) -> dict[str, object]:
    ends = {"before": before, "after": after}
    return {key: None if one is None else write(one) for key, one in ends.items()}


def decode_change(raw: object) -> Change:
    """Read a change from its object; raises FormatError with every problem."""
    problems: Problems = []
    change = _read_change(raw, problems) if isinstance(raw, dict) else None
    if change is None or problems:
        raise FormatError(problems or [Problem("", "this is not a change of a session")])
    return change


def _read_change(raw: Mapping[str, object], problems: Problems) -> Change | None:
    match raw:
        case {"change": "tag", "pass": str() as pass_id}:
            return TagChange(pass_id, *_read_ends(raw, read_tag, problems))
        case {"change": "cue", "transcript": str() as transcript_id}:
            return CueChange(transcript_id, *_read_ends(raw, read_cue, problems))
        case {"change": "member", "member": str() as name, "index": int() as index}:
            return _read_member_change(raw, name, index, problems)
        case {"change": "field", "field": str() as name}:
            return _read_field_change(raw, name, problems)
    return None


def _read_member_change(
    raw: Mapping[str, object], name: str, index: int, problems: Problems
) -> MemberChange | None:
    member = _MEMBER_NAMES.get(name)
    if member is None:
        return None
    read: Reading[MemberValue | None] = _MEMBERS[member][0]
    before, after = _read_ends(raw, read, problems)
    return MemberChange(member, index, before, after, str(raw.get("pass", "")))


def _read_field_change(
    raw: Mapping[str, object], name: str, problems: Problems
) -> FieldChange | None:
    readers: Mapping[str, Reading[str | Interval | Codebook | None]] = {
        "title": read_text,
        "region": read_interval,
        "codebook": CODEBOOK.read,
    }
    if name not in readers:
        return None
    before, after = _read_ends(raw, readers[name], problems)
    return None if before is None or after is None else FieldChange(before, after)


def _read_ends(
    raw: Mapping[str, object], read: Reading[T], problems: Problems
) -> tuple[T | None, T | None]:
    before, after = raw.get("before"), raw.get("after")
    return (
        None if before is None else read(before, "before", problems),
        None if after is None else read(after, "after", problems),
    )

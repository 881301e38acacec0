"""Tags as WebVTT cues, with a comment above them that tells of passes and people."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.model.coding import CodingPass, Purpose
from annotator.model.participant import Participant, ParticipantRole
from annotator.model.session import Session
from annotator.model.time import Micros
from annotator.storage.interchange.clock import Timing, read_timing, to_millis, to_stamp
from annotator.storage.interchange.cue_blocks import Block, blocks
from annotator.storage.interchange.drafting import UNKNOWN_CODER
from annotator.storage.interchange.json_reading import items, members, read_piece
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.tag_cues import ReadTags, TagCue, tag_cues

_MARK = "NOTE annotator tags "
_PAYLOAD = re.compile(
    r"(?:<v(?:\.w(\d{1,6}))? ([^<>]*)>)?<c\.tag\.p(\d{1,6})(\.moment)?>([^<]*)</c>"
    r"((?: <c\.choice>[^<]*</c>)*)(?:: (.*))?",
    re.DOTALL,
)
_CHOICE = re.compile(r"<c\.choice>([^<]*?): ([^<]*)</c>")
_LINE_ENDS = {"\n": "&#10;", "\r": "&#13;"}
_SHORTEST = 1000
"""In microseconds; a WebVTT cue must end after it begins, so a moment lasts so long."""


def holds_tags(lines: Sequence[str]) -> bool:
    """Tell whether a WebVTT file is one in which we wrote tags."""
    return any(line.startswith(_MARK) for line in lines[:50])


def written_tags(session: Session) -> str:
    """Write the tags of a session as a WebVTT file."""
    people = {one.id: number for number, one in enumerate(session.participants, 1)}
    passes = {one.id: number for number, one in enumerate(session.passes, 1)}
    labels = {one.id: one.label for one in session.participants}
    told = {
        "passes": [
            {"id": one.id, "coder": one.coder, "purpose": one.purpose, "started": one.started}
            for one in session.passes
        ],
        "people": [
            {"id": one.id, "role": one.role, "label": one.label} for one in session.participants
        ],
    }
    note = _MARK + json.dumps(told, ensure_ascii=False).replace("-->", "--\\u003e")
    written = ["WEBVTT", note]
    for cue in tag_cues(session):
        who = cue.participant
        voice = f"<v.w{people[who]} " if who in people else "<v " if who else ""
        written.append(
            _written(
                cue, passes[cue.pass_id], f"{voice}{_escaped(labels.get(who, who))}>" * bool(who)
            )
        )
    return "\n\n".join(written) + "\n"


def _written(cue: TagCue, number: int, voice: str) -> str:
    is_moment = cue.start == cue.end
    start = Micros(cue.start)
    end = Micros(cue.end)
    if to_millis(end) <= to_millis(start):
        end = Micros((to_millis(start) + 1) * 1000)
    moment = ".moment" if is_moment else ""
    chosen = "".join(
        f" <c.choice>{_escaped(name)}: {_escaped(one)}</c>" for name, one in cue.attributes.items()
    )
    note = f": {_escaped(cue.note)}" if cue.note else ""
    name = " ".join(cue.id.split()).replace("-->", "->")
    return (
        f"{name}\n{to_stamp(start, '.')} --> {to_stamp(end, '.')}\n"
        f"{voice}<c.tag.p{number}{moment}>{_escaped(cue.word)}</c>{chosen}{note}"
    )


def _escaped(text: str) -> str:
    escaped = html.escape(text, quote=False)
    for mark, entity in _LINE_ENDS.items():
        escaped = escaped.replace(mark, entity)
    return escaped


def read_tags(lines: Sequence[str], notes: Notes) -> ReadTags:
    """Read a file in which we wrote tags, its cues as they are asked for."""
    told = _told_in(lines)
    passes, people = list(_passes(told)), list(_people(told))
    return ReadTags(_cues(lines, _Names.of(passes, people), notes), passes, people)


def _told_in(lines: Sequence[str]) -> Mapping[str, object]:
    """Give what we wrote of passes and people, wherever in the file it stands now."""
    told: list[str] = []
    is_above = is_within = False
    for line in lines:
        is_filled = bool(line.strip())
        if is_filled and not is_above and line.startswith(_MARK):
            told, is_within = [line.removeprefix(_MARK)], True
        elif is_filled and is_within:
            told.append(line)
        is_above, is_within = is_filled, is_within and is_filled
    return members(read_piece("\n".join(told)))


def _cues(lines: Sequence[str], names: _Names, notes: Notes) -> Iterator[TagCue]:
    for block in blocks(lines, _timing, notes):
        if block.timing is None:
            first = block.texts[0].split(maxsplit=1)[0]
            if first not in {"WEBVTT", "NOTE", "STYLE", "REGION"}:
                notes.not_carried("text that is no cue was left out", block.line)
            continue
        cue = _cue(block)
        if cue is None:
            notes.not_carried("a cue among the tags is no tag", block.line)
        else:
            yield names.put(cue)


def _timing(line: str) -> Timing | None:
    return read_timing(line, ".")


def _cue(block: Block) -> TagCue | None:
    """Read a cue, with the numbers of its pass and of its participant where their names belong."""
    timing = block.timing
    match = _PAYLOAD.fullmatch("\n".join(block.texts))
    if match is None or timing is None or timing.start is None or timing.end is None:
        return None
    person, label, number, moment, word, chosen, note = match.groups()
    start, end = timing.start, timing.end
    if moment and start < end <= start + _SHORTEST:
        end = start
    attributes = {
        html.unescape(name): html.unescape(choice) for name, choice in _CHOICE.findall(chosen)
    }
    return TagCue(
        start,
        end,
        number,
        person or f"={html.unescape(label)}" if label else "",
        html.unescape(word),
        attributes,
        html.unescape(note or ""),
        block.line,
        block.label,
    )


_UNKNOWN = CodingPass("", UNKNOWN_CODER, Purpose.PRIMARY, "")


@dataclass(frozen=True, slots=True)
class _Names:
    """Passes and people by the numbers that stand for them in cues."""

    passes: Mapping[str, CodingPass]
    people: Mapping[str, str]

    @classmethod
    def of(cls, passes: Sequence[CodingPass], people: Sequence[Participant]) -> _Names:
        """Number passes and people as they are listed."""
        return cls(
            {str(number): one for number, one in enumerate(passes, 1)},
            {str(number): one.id for number, one in enumerate(people, 1)},
        )

    def put(self, cue: TagCue) -> TagCue:
        """Put names in place of the numbers of a cue."""
        coded = self.passes.get(cue.coder, _UNKNOWN)
        person = self.people.get(cue.participant)
        return cue._replace(
            coder=coded.coder,
            pass_id=coded.id,
            participant=cue.participant.lstrip("=") if person is None else person,
        )


def _records(told: Mapping[str, object], key: str) -> Iterator[dict[str, str]]:
    for one in items(told.get(key)):
        yield {name: value for name, value in members(one).items() if isinstance(value, str)}


def _passes(told: Mapping[str, object]) -> Iterator[CodingPass]:
    for number, one in enumerate(_records(told, "passes"), 1):
        purpose = Purpose(one["purpose"]) if one.get("purpose") in set(Purpose) else Purpose.PRIMARY
        coder = one.get("coder") or UNKNOWN_CODER
        yield CodingPass(one.get("id") or f"pass-{number}", coder, purpose, one.get("started", ""))


def _people(told: Mapping[str, object]) -> Iterator[Participant]:
    for number, one in enumerate(_records(told, "people"), 1):
        is_known = one.get("role") in set(ParticipantRole)
        role = ParticipantRole(one["role"]) if is_known else ParticipantRole.OTHER
        label = one.get("label", "")
        yield Participant(one.get("id") or label or f"p{number}", role, label)

"""Tags as cues: a line that people read on the film, and that is read again as the same tag."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from annotator.model.codebook import Code
from annotator.model.coding import UNNAMED, CodingPass
from annotator.model.participant import Participant
from annotator.model.session import Session
from annotator.model.time import Micros
from annotator.model.transcript import Cue, Transcript
from annotator.storage.interchange.cue_making import Draft
from annotator.storage.interchange.drafting import (
    NO_EXTRA,
    NOTHING,
    UNKNOWN_CODER,
    FoundTag,
    SessionDraft,
    id_of_word,
    word_of,
)

_LINE = re.compile(r"«([^«»]*?)(?: → ([^«»]*))?» ([^«»]+?)((?: «[^«»]*»)*)\s*")
_ATTRIBUTE = re.compile(r"«([^«»]*?): ([^«»]*)»")
_MARKS = str.maketrans("«»", "()")
_SHOWN = 8


class TagCue(NamedTuple):
    """A tag as it stands in a subtitle file at `place`; times are microseconds.

    `coder`, `participant`, `word` and `attributes` are what the file calls them; an empty `id` is
    counted, and an empty `pass_id` means the coder's pass; `extra` is kept on the tag.
    """

    start: int
    end: int
    coder: str
    participant: str
    word: str
    attributes: Mapping[str, str] = NOTHING
    note: str = ""
    place: str | int = ""
    id: str = ""
    pass_id: str = ""
    extra: Mapping[str, object] = NO_EXTRA


@dataclass(frozen=True, slots=True)
class ReadTags:
    """The tags in a subtitle file, and what it tells of passes and people, each by its id.

    `cues` may be read as they are taken, and raise NotOursError.
    """

    cues: Iterable[TagCue]
    passes: Sequence[CodingPass] = ()
    people: Sequence[Participant] = ()


def tag_cues(session: Session) -> Iterator[TagCue]:
    """Give all tags of a session in order of time, with the words that a file shall use.

    People are told by their ids.
    """
    codes = {code.id: code for code in session.codebook.codes}
    tags = [(one, tag) for one in session.passes for tag in one.tags]
    for one, tag in sorted(tags, key=lambda each: (each[1].start, each[1].end)):
        code = codes.get(tag.code) or Code(tag.code, tag.code)
        chosen = dict(_named(code, *choice) for choice in tag.attributes.items())
        yield TagCue(
            tag.start,
            tag.end,
            one.coder,
            tag.participant,
            UNNAMED if tag.code == UNNAMED else word_of(code),
            chosen,
            tag.note,
            id=tag.id,
            pass_id=one.id,
            extra=tag.extra,
        )


def _named(code: Code, attribute: str, choice: str) -> tuple[str, str]:
    """Give the name of an attribute where its id follows from it, else its id, and the choice."""
    known = next((one for one in code.attributes if one.id == attribute), None)
    is_plain = known is not None and id_of_word(known.name) == attribute
    return (known.name if known is not None and is_plain else attribute), choice


def as_transcript(session: Session) -> Transcript:
    """Give the tags of a session as cues, one a tag, its note below the line that tells the tag."""
    cues = tuple(
        Cue(cue.id, Micros(cue.start), Micros(cue.end), _text(cue)) for cue in tag_cues(session)
    )
    return Transcript(f"{session.id}-tags", cues)


def _text(cue: TagCue) -> str:
    who = (
        f"{_plain(cue.coder)} → {_plain(cue.participant)}" if cue.participant else _plain(cue.coder)
    )
    chosen = "".join(f" «{_plain(name)}: {_plain(one)}»" for name, one in cue.attributes.items())
    line = f"«{who}» {_plain(cue.word)}{chosen}"
    return f"{line}\n{cue.note}" if cue.note else line


def _plain(name: str) -> str:
    """Give a name in one line, without the marks that set names apart."""
    return " ".join(name.translate(_MARKS).replace(" → ", " -> ").split())


class NotOursError(Exception):
    """A file that began as one of our tags goes on otherwise, so all of it is something else."""


def is_tag(draft: Draft) -> bool:
    """Tell whether a cue is written as a tag."""
    times = (draft.timing.start, draft.timing.end)
    return (
        bool(draft.lines) and None not in times and _LINE.fullmatch(draft.lines[0].text) is not None
    )


def read_tag_cues(drafts: Iterable[Draft]) -> Iterator[TagCue]:
    """Read the cues of a file as tags; raises NotOursError at the first that is none."""
    for draft in drafts:
        match = _LINE.fullmatch(draft.lines[0].text) if draft.lines else None
        start, end = draft.timing.start, draft.timing.end
        if match is None or start is None or end is None:
            raise NotOursError
        chosen = dict(_ATTRIBUTE.findall(match[4])) if match[4] else NOTHING
        note = "\n".join(line.text for line in draft.lines[1:])
        coder, person = match[1] or UNKNOWN_CODER, match[2] or ""
        yield TagCue(start, end, coder, person, match[3], chosen, note, draft.line)


@dataclass(frozen=True, slots=True)
class TakenTags:
    """How many tags are in the session, and the first few of the words that they have."""

    carried: int
    words: tuple[str, ...]


def take_tags(draft: SessionDraft, found: ReadTags) -> TakenTags:
    """Put tags that a subtitle file holds into a session."""
    for person in found.people:
        draft.participants.setdefault(person.id, person)
    passes = {
        one.id: draft.coding_pass(one.coder, one.purpose, key=one.id, started=one.started)
        for one in found.passes
    }
    people = {one.id: one.id for one in found.people}
    codes = {UNNAMED: UNNAMED}
    words: dict[str, None] = {}
    carried = 0
    for cue in found.cues:
        key = cue.pass_id or f"of {cue.coder}"
        if key not in passes:
            passes[key] = draft.coding_pass(cue.coder)
        if cue.participant not in people:
            people[cue.participant] = draft.participant(cue.participant)
        words[cue.word] = None
        code = codes.get(cue.word) or codes.setdefault(cue.word, draft.code(cue.word))
        tag = FoundTag(code, cue.start, cue.end, people[cue.participant], cue.note, cue.place)
        tag.id, tag.extra = cue.id, cue.extra
        if cue.attributes and code != UNNAMED:
            tag.attributes = dict(
                draft.choice(code, name, choice) for name, choice in cue.attributes.items()
            )
        draft.tag(passes[key], tag)
        carried += 1
    return TakenTags(carried, tuple(islice(words, _SHOWN)))

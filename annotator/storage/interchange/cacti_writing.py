"""Sessions as CACTI's `.casaa` files: where each utterance begins, and the ratings."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from annotator.model.codebook import Code, Codebook, Speaker
from annotator.model.coding import CodingPass, Purpose, Rating, Tag
from annotator.model.participant import ParticipantRole
from annotator.model.session import Session
from annotator.model.time import Micros, to_clock
from annotator.storage.interchange.cacti_config import CACTI, names_of, numbered, rating_name
from annotator.storage.interchange.cacti_database import write_tables
from annotator.storage.interchange.cacti_reading import AUDIO, CLIENT, NOTES, OWN, THERAPIST
from annotator.storage.interchange.cacti_times import TENTH, id_of, write_time
from annotator.storage.interchange.drafting import id_of_word
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.json_reading import members, word
from annotator.storage.interchange.report import Notes

Value = str | bytes | int | None
_SPEAKER_NUMBERS = {Speaker.THERAPIST: 0, Speaker.CLIENT: 1}


@dataclass(slots=True)
class _Writing:
    """The parts of a file in the making; `ids` gives an utterance's by its tag's."""

    session: Session
    coding_pass: CodingPass
    book: Codebook
    notes: Notes
    names: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)


def write_casaa(sessions: Sequence[Session], _wishes: Wishes, notes: Notes) -> bytes:
    """Write a session as CACTI 0.80 and later have it: one coder's pass, to the tenth second."""
    session = sessions[0]
    coding_pass = _pass_of(session, notes)
    writing = _Writing(session, coding_pass, _whole_book(session, coding_pass), notes)
    writing.names = names_of(writing.book, notes)
    numbers = numbered(writing.book.codes, 1)
    writing.numbers = {
        code.id: number for code, number in zip(writing.book.codes, numbers, strict=True)
    }
    utterances = [_utterance(writing, tag) for tag in coding_pass.tags]
    ratings, evidence = _ratings(writing)
    return write_tables(
        {
            "speakers": [(0, THERAPIST), (1, CLIENT)],
            "codes": [
                (writing.numbers[one.id], exact(writing.names[one.id]), _speaker(writing, one))
                for one in writing.book.codes
            ],
            "utterances": utterances,
            "ratings": ratings,
            "utterances_ratings": evidence,
            "attributes": _attributes(writing),
        }
    )


def _pass_of(session: Session, notes: Notes) -> CodingPass:
    told = [one for one in session.passes if one.tags or one.ratings] or list(session.passes)
    if not told:
        return CodingPass("", "", Purpose.PRIMARY, "")
    if len(told) > 1:
        notes.noticed(f"a .casaa file holds one coder's work; this is that of {told[0].coder}")
    return told[0]


def _whole_book(session: Session, coding_pass: CodingPass) -> Codebook:
    book = session.codebook
    known = {code.id for code in book.codes}
    unknown = dict.fromkeys(
        tag.code for tag in coding_pass.tags if tag.is_named and tag.code not in known
    )
    return replace(book, codes=(*book.codes, *(Code(one, one) for one in unknown)))


def _speaker(writing: _Writing, code: Code) -> int:
    """Tell whose a code is: as the book says, else whose most of its tags are."""
    if code.speaker in _SPEAKER_NUMBERS:
        return _SPEAKER_NUMBERS[code.speaker]
    roles = {one.id: one.role for one in writing.session.participants}
    told = Counter(
        roles.get(tag.participant) for tag in writing.coding_pass.tags if tag.code == code.id
    )
    return int(told[ParticipantRole.CLIENT] > told[ParticipantRole.THERAPIST])


def _utterance(writing: _Writing, tag: Tag) -> tuple[Value, ...]:
    number = writing.numbers.get(tag.code, -1)
    place = f"tag at {to_clock(tag.start)}"
    if not tag.is_instant:
        writing.notes.noticed("a stretch is where it begins alone; CACTI has no ends", place)
    time = Micros(max(0, tag.start))
    kept = word(members(tag.extra.get(CACTI)).get("id"))
    found = kept if kept and kept not in writing.taken else id_of(time, number)
    while found in writing.taken:
        time = Micros(time + TENTH)
        found = id_of(time, number)
    if time != tag.start:
        told = "CACTI has a code once in each tenth of a second, from 0 on; a tag was moved"
        writing.notes.repaired(told, place)
    writing.taken.add(found)
    writing.ids[tag.id] = found
    return (found, write_time(time), number if tag.is_named else None, exact(tag.note))


def exact(text: str) -> str | bytes:
    """Give a text so that SQLite keeps it: one that looks like a number as its bytes."""
    try:
        float(text)
    except ValueError:
        return text
    return text.encode()


def _ratings(writing: _Writing) -> tuple[list[tuple[Value, ...]], list[tuple[Value, ...]]]:
    items = writing.book.ratings
    answers = {one.item: one for one in writing.coding_pass.ratings}
    rows: list[tuple[Value, ...]] = []
    evidence: list[tuple[Value, ...]] = []
    taken: set[str] = set()
    for item, number in zip(items, numbered(items, 0), strict=True):
        name = rating_name(item)
        name = name if name not in taken else f"{name} {number}"
        taken.add(name)
        answer = answers.get(item.id)
        usual = item.minimum if item.default is None else item.default
        value = round(usual if answer is None else answer.value)
        if answer is None:
            told = "CACTI has no rating without a number; one that was not given is at its first"
            writing.notes.noticed(told, item.name or item.id)
        elif value != answer.value:
            writing.notes.repaired("CACTI rates in whole numbers; a rating was rounded", item.name)
        rows.append((number, exact(name), value))
        evidence += [(writing.ids[one], number) for one in _evidence(answer) if one in writing.ids]
    return rows, evidence


def _evidence(answer: Rating | None) -> Sequence[str]:
    return answer.evidence if answer is not None else ()


def _attributes(writing: _Writing) -> list[tuple[Value, ...]]:
    kept = members(writing.session.extra.get(CACTI))
    names = {item.id: rating_name(item) for item in writing.book.ratings}
    told = [
        f"{names[one.item]}: {' '.join(one.note.split())}"
        for one in writing.coding_pass.ratings
        if one.note.strip() and one.item in names
    ]
    notes = "\n".join(filter(None, [*told, word(kept.get("notes"))]))
    others = [(key, word(value)) for key, value in members(kept.get("attributes")).items()]
    own = _own(writing)
    return [
        (AUDIO, _audio(writing.session)),
        (NOTES, notes),
        *others,
        *([(OWN, json.dumps(own, ensure_ascii=False))] if own else []),
    ]


def _audio(session: Session) -> str:
    if not session.recordings:
        return ""
    first = session.recordings[0]
    old = word(members(first.extra.get(CACTI)).get("path"))
    return old if old and old.replace("\\", "/") == first.path else first.path


def _own(writing: _Writing) -> Mapping[str, object]:
    """Give who coded, and the ids that CACTI's words stand for where they are others."""
    session = writing.session
    people: dict[str, str] = {}
    for label, role in ((THERAPIST, ParticipantRole.THERAPIST), (CLIENT, ParticipantRole.CLIENT)):
        first = next((one.id for one in session.participants if one.role is role), label)
        if first != label:
            people[label] = first
    book = writing.book
    codes = {writing.names[one.id]: one.id for one in book.codes}
    ratings = {rating_name(one): one.id for one in book.ratings}
    told: dict[str, object] = {
        "coder": writing.coding_pass.coder,
        "id": session.id,
        "title": session.title,
        "people": people,
        "codes": {name: one for name, one in codes.items() if id_of_word(name) != one},
        "ratings": {name: one for name, one in ratings.items() if id_of_word(name) != one},
    }
    return {key: value for key, value in told.items() if value}

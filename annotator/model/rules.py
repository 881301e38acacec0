"""The rules that make a session valid, told as a list of problems."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from annotator.model.book_rules import codebook_problems, doubles
from annotator.model.codebook import CodeKind
from annotator.model.coding import CodingPass, Tag
from annotator.model.consent_rules import read_date
from annotator.model.participant import Consent
from annotator.model.problem import Problem, Severity
from annotator.model.recording import Recording
from annotator.model.session import Session
from annotator.model.time import to_seconds_text
from annotator.model.transcript import Transcript

__all__ = ["Problem", "codebook_problems", "session_problems"]

_AT_ONCE = 20_000
"""So many ids are compared with each other at once."""

_SHAPE = re.compile(r"[1-9][0-9]{0,4}:[1-9][0-9]{0,4}")


def session_problems(session: Session) -> list[Problem]:
    """List what is wrong with a session beyond its shape, in the order of the file."""
    problems = list(doubles((one.id for one in session.recordings), "recordings", "id"))
    if session.recordings and session.region.end > session.duration:
        end = to_seconds_text(session.duration)
        problems.append(Problem("region.end", f"lies after the end of the recordings ({end} s)"))
    for index, recording in enumerate(session.recordings):
        problems += _playing_problems(recording, f"recordings[{index}]")
    problems += doubles((one.id for one in session.participants), "participants", "id")
    for index, participant in enumerate(session.participants):
        problems += _consent_problems(participant.consent, f"participants[{index}].consent")
    problems += codebook_problems(session.codebook)
    problems += doubles((one.id for one in session.passes), "passes", "id")
    tag_ids = _TagIds(_are_unique(session.passes))
    for index, one in enumerate(session.passes):
        problems += _pass_problems(session, one, f"passes[{index}]", tag_ids)
    problems += doubles((one.id for one in session.transcripts), "transcripts", "id")
    for index, transcript in enumerate(session.transcripts):
        problems += _transcript_problems(session, transcript, f"transcripts[{index}]")
    problems += doubles((one.id for one in session.clips), "clips", "id")
    return problems


def _consent_problems(consent: Consent, path: str) -> Iterator[Problem]:
    for key in ("date", "expires", "withdrawn"):
        day = getattr(consent, key)
        if day and read_date(day) is None:
            told = f'"{day}" is not a date such as 2026-03-01; until it is, nothing can be exported'
            yield Problem(f"{path}.{key}", told, Severity.WARNING)


def _transcript_problems(session: Session, transcript: Transcript, path: str) -> Iterator[Problem]:
    people = {one.id for one in session.participants}
    yield from doubles((cue.id for cue in transcript.cues), f"{path}.cues", "id")
    for index, cue in enumerate(transcript.cues):
        where = f"{path}.cues[{index}]"
        if cue.participant and cue.participant not in people:
            told = f'there is no participant "{cue.participant}"'
            yield Problem(f"{where}.participant", told)
        if cue.words and [word.text for word in cue.words] != cue.text.split():
            yield Problem(f"{where}.words", "these are not the words of the text")


def _playing_problems(recording: Recording, path: str) -> Iterator[Problem]:
    look = recording.look
    if look.turn not in (0, 90, 180, 270):
        yield Problem(f"{path}.look.turn", f"{look.turn} is none of 0, 90, 180, 270")
    if look.shape and not _SHAPE.fullmatch(look.shape):
        yield Problem(f"{path}.look.shape", f'"{look.shape}" is not a shape such as "16:9"')
    for name, value, least, most in (
        ("look.brightness", look.brightness, -1, 1),
        ("look.contrast", look.contrast, 0.25, 4),
        ("look.zoom", look.zoom, 1, 16),
        ("look.across", look.across, 0, 1),
        ("look.down", look.down, 0, 1),
        ("listening.volume", recording.listening.volume, 0, 1),
    ):
        if not least <= value <= most:
            yield Problem(f"{path}.{name}", f"{value:g} is not from {least:g} to {most:g}")


def _pass_problems(
    session: Session, coding_pass: CodingPass, path: str, tag_ids: _TagIds
) -> Iterator[Problem]:
    kinds = {code.id: code.kind for code in session.codebook.codes}
    people = {one.id for one in session.participants}
    points = {code for code, kind in kinds.items() if kind is not CodeKind.SPAN}
    known = {*people, ""}
    are_unique = tag_ids.are_unique
    for index, tag in enumerate(coding_pass.tags):
        is_placed = tag.code in points or (tag.code in kinds and tag.start != tag.end)
        if are_unique and is_placed and tag.participant in known:
            continue  # as nearly all are
        where = f"{path}.tags[{index}]"
        if tag_ids.is_second(tag.id):
            yield Problem(f"{where}.id", f'"{tag.id}" is used twice')
        yield from _tag_problems(tag, where, kinds, people)
    yield from doubles((one.item for one in coding_pass.ratings), f"{path}.ratings", "item")
    items = {item.id: item for item in session.codebook.ratings}
    named = {tag_id for rating in coding_pass.ratings for tag_id in rating.evidence}
    ids = {tag.id for tag in coding_pass.tags if tag.id in named} if named else set()
    for index, rating in enumerate(coding_pass.ratings):
        where = f"{path}.ratings[{index}]"
        item = items.get(rating.item)
        if item is None:
            yield Problem(f"{where}.item", f'the codebook has no rating "{rating.item}"')
        elif not item.minimum <= rating.value <= item.maximum:
            span = f"{item.minimum:g} to {item.maximum:g}"
            yield Problem(f"{where}.value", f"{rating.value:g} is not from {span}")
        elif not item.allows(rating.value):
            yield Problem(f"{where}.value", f"{rating.value:g} is not a step of {item.step:g}")
        for place, tag_id in enumerate(rating.evidence):
            if tag_id not in ids:
                told = f'there is no tag "{tag_id}" in this pass'
                yield Problem(f"{where}.evidence[{place}]", told)


def _are_unique(passes: Sequence[CodingPass]) -> bool:
    """Tell whether no two tags have the same id.

    Of very many a part is looked at at a time, since all ids at once take half as much room as
    the tags.
    """
    ids = [tag.id for one in passes for tag in one.tags]
    parts = 1 + len(ids) // _AT_ONCE
    if parts == 1:
        return len(set(ids)) == len(ids)
    for part in range(parts):
        some = [one for one in ids if hash(one) % parts == part]
        if len(set(some)) < len(some):
            return False
    return True


@dataclass(slots=True)
class _TagIds:
    """The ids of tags that were met in any pass, and those that were met again.

    Where they `are_unique` there is no need to remember them.
    """

    are_unique: bool
    met: set[str] = field(default_factory=set)
    again: set[str] = field(default_factory=set)

    def is_second(self, tag_id: str) -> bool:
        """Tell whether an id is met for the second time."""
        if self.are_unique or tag_id not in self.met:
            self.met.add(tag_id)
            return False
        is_new = tag_id not in self.again
        self.again.add(tag_id)
        return is_new


def _tag_problems(
    tag: Tag, path: str, kinds: dict[str, CodeKind], people: set[str]
) -> Iterator[Problem]:
    kind = kinds.get(tag.code)
    if kind is None and tag.is_named:
        yield Problem(f"{path}.code", f'the codebook has no code "{tag.code}"')
    elif kind is CodeKind.SPAN and tag.is_instant:
        yield Problem(f"{path}.end", f'"{tag.code}" marks a stretch, but end equals start')
    if tag.participant and tag.participant not in people:
        yield Problem(f"{path}.participant", f'there is no participant "{tag.participant}"')

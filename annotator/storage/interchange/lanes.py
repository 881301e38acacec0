"""Tags laid out on lanes without overlap, as the tiers of foreign files want them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from annotator.model.codebook import Code
from annotator.model.coding import CodingPass, Tag
from annotator.model.session import Session
from annotator.model.transcript import Cue
from annotator.storage.interchange.clock import to_millis
from annotator.storage.interchange.drafting import word_of

OfTime = TypeVar("OfTime", Tag, Cue)

_NAME = re.compile(r"(.+?) @(.*?)(?: >(.+?))?( \*)?(?: #\d+)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Lane:
    """Tags of one code, coder and participant, in order, none of which overlaps another.

    All of them are moments, or none is; `participant` is an id or empty, and `number` counts the
    lanes that overlap made necessary, from 1.
    """

    code: Code
    coding_pass: CodingPass
    participant: str
    are_moments: bool
    number: int
    tags: tuple[Tag, ...]

    @property
    def word(self) -> str:
        """What the code is called in foreign files."""
        return word_of(self.code)

    @property
    def name(self) -> str:
        """A name for the lane, of its own in the session: "reflection @A >client #2"."""
        person = f" >{self.participant}" if self.participant else ""
        moments = " *" if self.are_moments else ""
        number = f" #{self.number}" if self.number > 1 else ""
        return f"{self.word} @{self.coding_pass.coder}{person}{moments}{number}"


@dataclass(frozen=True, slots=True)
class LaneName:
    """What a lane's name tells."""

    word: str
    coder: str
    participant: str
    are_moments: bool


def read_name(name: str) -> LaneName | None:
    """Read the name of a lane that we have written; None where it is somebody else's."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    return LaneName(match[1], match[2], match[3] or "", bool(match[4]))


def lanes_of(session: Session) -> list[Lane]:
    """Lay out all tags of a session, pass by pass and by the order of the codebook.

    Whole milliseconds count: two tags that share one are on different lanes, and so are moments
    that are one millisecond apart or less. Codes that the book lacks, and marks that wait for
    one, come last.
    """
    places = {code.id: place for place, code in enumerate(session.codebook.codes)}
    codes = {code.id: code for code in session.codebook.codes}
    lanes: list[Lane] = []
    for one in session.passes:
        kinds: dict[tuple[str, str, bool], list[Tag]] = {}
        for tag in one.tags:
            kinds.setdefault((tag.code, tag.participant, tag.is_instant), []).append(tag)
        ordered = sorted(kinds, key=lambda kind: (places.get(kind[0], len(places)), kind))
        for code_id, participant, are_moments in ordered:
            code = codes.get(code_id) or Code(code_id, code_id)
            rows = in_rows(kinds[code_id, participant, are_moments])
            lanes += (
                Lane(code, one, participant, are_moments, number, tuple(row))
                for number, row in enumerate(rows, 1)
            )
    return lanes


def in_rows(marks: Iterable[OfTime]) -> list[list[OfTime]]:
    """Put each tag, or each cue, on the first row on which there is room for it."""
    rows: list[list[OfTime]] = []
    ends: list[int] = []
    for one in marks:
        start = to_millis(one.start)
        row = next((place for place, free in enumerate(ends) if free <= start), len(rows))
        if row == len(rows):
            rows.append([])
            ends.append(0)
        rows[row].append(one)
        ends[row] = max(to_millis(one.end), start + 1)
    return rows

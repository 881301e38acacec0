"""How a code's key marks: at once, by two presses, while it is held, or in a row without gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.model.codebook import Code, Codebook, CodeKind
from annotator.model.coding import UNNAMED
from annotator.model.time import SECOND, ZERO, Micros
from annotator.model.way import ShortHold, Way

__all__ = [
    "UNNAMED_CODE",
    "USUAL_WAYS",
    "Rivals",
    "ShortHold",
    "Way",
    "Ways",
    "code_of",
    "rivals_of",
]

_QUARTER_SECOND = Micros(250_000)


@dataclass(frozen=True, slots=True)
class Ways:
    """How keys mark; a value of the settings.

    `usual` goes for all codes that `by_code` does not name; None lets point codes mark moments
    and span codes be pressed twice. The codes of a group in `exclusive_groups` end each other;
    codes without a group, and marks without a name, do not belong to any.
    `delay` is the coder's measured reaction time, which starts marked while playing are moved
    back by. A hold shorter than `short_hold` is short. Second keys reach the last tag while no
    more than `grace` of film lies between; None for as long as no other is made. `rewind` is how
    far before a tag taken back the film goes on.
    """

    usual: Way | None = None
    by_code: Mapping[str, Way] = field(default_factory=dict)
    exclusive_groups: frozenset[str] = frozenset()
    delay: Micros = ZERO
    short_hold: Micros = _QUARTER_SECOND
    on_short_hold: ShortHold = ShortHold.PRESSES
    grace: Micros | None = None
    rewind: Micros = SECOND

    def way_of(self, code: Code) -> Way:
        """Tell what a code's key does; one that marks stretches alone cannot mark a moment."""
        by_kind = Way.PRESSES if code.kind is CodeKind.SPAN else Way.INSTANT
        way = self.by_code.get(code.id, self.usual) or by_kind
        return by_kind if way is Way.INSTANT else way


USUAL_WAYS = Ways()

UNNAMED_CODE = Code(UNNAMED, "Unnamed", UNNAMED, kind=CodeKind.POINT)
"""Stands for what is marked now and named later; a way for it may be set as for any code."""


def code_of(book: Codebook, code_id: str) -> Code | None:
    """Find a code of the book, or the one that stands for marks without a name."""
    return UNNAMED_CODE if code_id == UNNAMED else book.code(code_id)


@dataclass(frozen=True, slots=True)
class Rivals:
    """The codes that cannot hold at the same time as one code.

    Those in `always` cannot whoever does it, since they follow one another in a sequence. Those
    in `of_one_person` can where both tags name somebody and not the same one.
    """

    always: frozenset[str] = frozenset()
    of_one_person: frozenset[str] = frozenset()

    def forbid(self, code_id: str, participant: str, own_participant: str) -> bool:
        """Tell whether a tag of that code and participant rules out one of the own participant."""
        if code_id in self.always:
            return True
        two_people = participant and own_participant and participant != own_participant
        return code_id in self.of_one_person and not two_people


def rivals_of(book: Codebook, ways: Ways, code: Code) -> Rivals:
    """Find what a code rules out, whichever of the two names the other."""
    always: set[str] = set()
    if ways.way_of(code) is Way.SEQUENCE:
        in_row = (one for one in (*book.codes, UNNAMED_CODE) if ways.way_of(one) is Way.SEQUENCE)
        always = {one.id for one in in_row if one.group == code.group}
    others = {
        one.id
        for one in book.codes
        if one.id != code.id
        and (
            one.id in code.exclusive_with
            or code.id in one.exclusive_with
            or (one.group and one.group == code.group and one.group in ways.exclusive_groups)
        )
    }
    return Rivals(frozenset(always), frozenset(others))

"""What maps to what between two codebooks: the table that is shown before a session moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from annotator.model.codebook import Code, Codebook, Group, RatingItem, Score


class Part(StrEnum):
    """The lists of a codebook."""

    GROUP = "group"
    CODE = "code"
    RATING = "rating"
    SCORE = "score"


class Match(StrEnum):
    """How a part of the old book stands in the new one.

    `OTHER_ID` is a part of the same name that goes by another id: probably the same, which only
    a person can tell.
    """

    SAME = "same"
    RENAMED = "renamed"
    CHANGED = "changed"
    OTHER_ID = "other id"
    REMOVED = "removed"
    ADDED = "added"


Member = Group | Code | RatingItem | Score


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `old` is None for what is added, `new` for what is removed.

    `fields` names what differs as the model calls it, in order; `notes` says in plain words
    what that means for tags and answers that are there already, where it means anything.
    """

    part: Part
    match: Match
    old: Member | None
    new: Member | None
    fields: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def old_id(self) -> str:
        """The id in the old book; empty for what is added."""
        return self.old.id if self.old else ""

    @property
    def new_id(self) -> str:
        """The id in the new book; empty for what is removed."""
        return self.new.id if self.new else ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two books side by side; what stood in the old one comes first, in its order."""

    rows: tuple[Row, ...]

    def of(self, part: Part) -> tuple[Row, ...]:
        """Give the rows of one kind of part."""
        return tuple(row for row in self.rows if row.part is part)

    @property
    def differences(self) -> tuple[Row, ...]:
        """The rows that are not the same on both sides."""
        return tuple(row for row in self.rows if row.match is not Match.SAME)

    def suggested(self, part: Part = Part.CODE) -> Mapping[str, str]:
        """Give the id in the new book that an old one probably became, by old id."""
        return {row.old_id: row.new_id for row in self.of(part) if row.match is Match.OTHER_ID}


def compare_books(old: Codebook, new: Codebook) -> Comparison:
    """Compare two codebooks part by part: groups, codes, ratings, scores."""
    return Comparison(
        (
            *_rows(Part.GROUP, old.groups, new.groups),
            *_rows(Part.CODE, old.codes, new.codes),
            *_rows(Part.RATING, old.ratings, new.ratings),
            *_rows(Part.SCORE, old.scores, new.scores),
        )
    )


def is_same_instrument(one: Codebook, other: Codebook) -> bool:
    """Tell whether two books ask for the same, whatever they keep that is retired."""
    return _in_use(one) == _in_use(other)


def _in_use(book: Codebook) -> Codebook:
    return replace(book, codes=book.codes_in_use, ratings=book.ratings_in_use)


def _rows(part: Part, old: Iterable[Member], new: Iterable[Member]) -> Iterator[Row]:
    before, after = {one.id: one for one in old}, {one.id: one for one in new}
    come = {name: one for name, one in after.items() if name not in before}
    taken: set[str] = set()
    for name, one in before.items():
        if name in after:
            yield _row_of_both(part, one, after[name])
            continue
        other = _namesake(one, (each for each in come.values() if each.id not in taken))
        if other is None:
            yield Row(part, Match.REMOVED, one, None)
        else:
            taken.add(other.id)
            changed = tuple(field for field in _differing(one, other) if field != "id")
            yield Row(part, Match.OTHER_ID, one, other, changed, _notes(one, other))
    for name, one in come.items():
        if name not in taken:
            yield Row(part, Match.ADDED, None, one)


def _row_of_both(part: Part, old: Member, new: Member) -> Row:
    changed = _differing(old, new)
    match = Match.CHANGED if changed else Match.SAME
    if changed == ("name",):
        match = Match.RENAMED
    return Row(part, match, old, new, changed, _notes(old, new))


def _namesake(member: Member, others: Iterable[Member]) -> Member | None:
    """Find who has the same name, whatever the case; None where nobody has."""
    name = member.name.strip().casefold()
    return next((one for one in others if name and one.name.strip().casefold() == name), None)


def _differing(old: Member, new: Member) -> tuple[str, ...]:
    names = (field.name for field in fields(old))
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))


def _notes(old: Member, new: Member) -> tuple[str, ...]:
    if isinstance(old, Code) and isinstance(new, Code):
        return tuple(_code_notes(old, new))
    if isinstance(old, RatingItem) and isinstance(new, RatingItem):
        return tuple(_rating_notes(old, new))
    return ()


def _code_notes(old: Code, new: Code) -> Iterator[str]:
    if old.kind is not new.kind:
        yield f"marked a {_KINDS[old.kind]}, now a {_KINDS[new.kind]}"
    if old.name != new.name:
        yield f'was called "{old.name}"'
    if old.definition.strip() != new.definition.strip():
        yield "the definition is another, so earlier tags may mean something else"
    lost = {one.id: one.name for one in old.attributes}
    for one in new.attributes:
        lost.pop(one.id, None)
    for name in lost.values():
        yield f'has no attribute "{name}" any more'


def _rating_notes(old: RatingItem, new: RatingItem) -> Iterator[str]:
    if _scale(old) != _scale(new):
        yield f"was answered {_scale(old)}, now {_scale(new)}"
    if old.name != new.name:
        yield f'was called "{old.name}"'
    if old.definition.strip() != new.definition.strip():
        yield "the question is another, so earlier answers may mean something else"


def _scale(item: RatingItem) -> str:
    steps = f" in steps of {item.step:g}" if item.step else ""
    return f"from {item.minimum:g} to {item.maximum:g}{steps}"


_KINDS = {"point": "moment", "span": "stretch"}

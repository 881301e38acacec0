"""The region cut into bins of one length, and what was said of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from annotator.model.coding import Origin, Tag
from annotator.model.session import Session
from annotator.model.time import Interval, Micros


class Remainder(StrEnum):
    """What becomes of what is left at the end of the region, shorter than a bin."""

    KEEP = "keep"
    DROP = "drop"
    JOIN = "join"


@dataclass(frozen=True, slots=True)
class Bin:
    """One bin of a grid.

    `number` counts the bins of the region from 0, also those that are wholly excluded and so are
    in no grid. `cell` is its place in the grid; `interval` is the cell without excluded time at
    its edges; `counted` is the time in it that is not excluded.
    """

    number: int
    cell: Interval
    interval: Interval
    counted: Micros

    def is_filled_by(self, tag: Tag) -> bool:
        """Tell whether a tag is an answer to this bin.

        It lies in the cell and covers most of the bin, which it still does after an excluded span
        was moved; and one of a finer grid does not.
        """
        if tag.origin is not Origin.BIN:
            return False
        inside = self.cell.start <= tag.start and tag.end <= self.cell.end
        shared = min(tag.end, self.interval.end) - max(tag.start, self.interval.start)
        return inside and 2 * shared > self.interval.length


@dataclass(frozen=True, slots=True)
class BinState:
    """A bin with the tags that answer it, in order of time."""

    bin: Bin
    tags: tuple[Tag, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The ids of the codes that hold in the bin, each once, in their order of the alphabet."""
        return tuple(sorted({tag.code for tag in self.tags}))


def bins_of(
    session: Session, length: Micros, remainder: Remainder = Remainder.KEEP
) -> tuple[Bin, ...]:
    """Lay a grid over the region, from its start; bins that are wholly excluded are left out.

    The grid does not shift where a span is excluded, so that bins mean the same time whatever is
    excluded. Raises ValueError where the length is not above nothing.
    """
    if length <= 0:
        raise ValueError(f"no grid of {length}")
    excluded = sorted(one.interval for one in session.excluded)
    cells = _cells(session.region, length, remainder)
    found = (_bin(number, cell, excluded) for number, cell in enumerate(cells))
    return tuple(one for one in found if one is not None)


def _cells(region: Interval, length: Micros, remainder: Remainder) -> list[Interval]:
    starts = range(region.start, region.end, length)
    cells = [Interval(Micros(at), Micros(min(at + length, region.end))) for at in starts]
    if not cells or cells[-1].length == length or remainder is Remainder.KEEP:
        return cells
    last = cells.pop()
    if remainder is Remainder.JOIN and cells:
        cells[-1] = Interval(cells[-1].start, last.end)
    return cells


def _bin(number: int, cell: Interval, excluded: Sequence[Interval]) -> Bin | None:
    pieces = list(_without(cell, excluded))
    if not pieces:
        return None
    inside = Interval(pieces[0].start, pieces[-1].end)
    return Bin(number, cell, inside, Micros(sum(piece.length for piece in pieces)))


def _without(cell: Interval, excluded: Iterable[Interval]) -> Iterator[Interval]:
    """Give the pieces of a cell that are not excluded; the excluded spans are in order."""
    at = cell.start
    for span in excluded:
        if at < min(span.start, cell.end):
            yield Interval(at, min(span.start, cell.end))
        at = max(at, span.end)
    if at < cell.end:
        yield Interval(at, cell.end)


def bin_states(
    bins: Sequence[Bin], tags: Iterable[Tag], codes: Collection[str] = ()
) -> tuple[BinState, ...]:
    """Read what a pass says of each bin; of the given codes alone, or of all where none are given.

    Tags that were not made as answers to bins are not looked at.
    """
    answers = [tag for tag in tags if tag.origin is Origin.BIN and (not codes or tag.code in codes)]
    found: dict[int, list[Tag]] = {}
    at = 0
    for tag in sorted(answers, key=lambda tag: tag.start):
        while at < len(bins) and bins[at].cell.end <= tag.start:
            at += 1
        if at < len(bins) and bins[at].is_filled_by(tag):
            found.setdefault(at, []).append(tag)
    return tuple(BinState(one, tuple(found.get(index, ()))) for index, one in enumerate(bins))


def next_empty(states: Sequence[BinState], moment: Micros) -> Bin | None:
    """Find the next bin without an answer from a moment on, or else the first; None if all have.

    The bin in which the moment lies comes first.
    """
    empty = [state.bin for state in states if not state.tags]
    later = (one for one in empty if one.cell.end > moment)
    return next(later, empty[0] if empty else None)


def answer_to(one: Bin, tag: Tag) -> Tag:
    """Make of a tag an answer to a bin."""
    return replace(tag, start=one.interval.start, end=one.interval.end, origin=Origin.BIN)

"""What counts of a session: its region without the excluded spans, and the time in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from annotator.model.session import Session
from annotator.model.time import Interval, Micros


class Counted:
    """The time that counts, as pieces in order that neither overlap nor touch an excluded span."""

    def __init__(self, pieces: Iterable[Interval]) -> None:
        self.pieces: tuple[Interval, ...] = union(pieces)
        self._starts = [piece.start for piece in self.pieces]
        self._before = [0]
        for piece in self.pieces:
            self._before.append(self._before[-1] + piece.length)

    @property
    def length(self) -> Micros:
        """All the time that counts."""
        return Micros(self._before[-1])

    def until(self, moment: Micros) -> Micros:
        """Give the time that counts before a moment."""
        place = bisect_right(self._starts, moment) - 1
        if place < 0:
            return Micros(0)
        piece = self.pieces[place]
        return Micros(self._before[place] + min(moment, piece.end) - piece.start)

    def within(self, stretch: Interval) -> Micros:
        """Give the time of a stretch that counts."""
        return Micros(self.until(stretch.end) - self.until(stretch.start))

    def contains(self, moment: Micros) -> bool:
        """Tell whether a moment counts."""
        place = bisect_right(self._starts, moment) - 1
        return place >= 0 and moment < self.pieces[place].end

    def part(self, stretch: Interval) -> Counted:
        """Give what counts of a stretch."""
        return Counted(shared(self.pieces, [stretch]))


def counted_in(session: Session) -> Counted:
    """Give the time of a session that counts: the region without the excluded spans."""
    return Counted(without([session.region], [one.interval for one in session.excluded]))


def union(stretches: Iterable[Interval]) -> tuple[Interval, ...]:
    """Make one of stretches that overlap or touch; in order, and without those of no length."""
    found: list[Interval] = []
    for one in sorted(stretch for stretch in stretches if stretch.length):
        if found and one.start <= found[-1].end:
            found[-1] = Interval(found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(one)
    return tuple(found)


def shared(first: Sequence[Interval], second: Sequence[Interval]) -> tuple[Interval, ...]:
    """Give what two lists share, each in order and without overlaps among its own."""
    found: list[Interval] = []
    a = b = 0
    while a < len(first) and b < len(second):
        start, end = max(first[a].start, second[b].start), min(first[a].end, second[b].end)
        if start < end:
            found.append(Interval(start, end))
        if first[a].end < second[b].end:
            a += 1
        else:
            b += 1
    return tuple(found)


def without(stretches: Iterable[Interval], holes: Iterable[Interval]) -> tuple[Interval, ...]:
    """Give what is left of stretches where holes are cut into them; in order."""
    found: list[Interval] = []
    cut = union(holes)
    for stretch in union(stretches):
        at = stretch.start
        for hole in cut:
            if hole.end <= at or hole.start >= stretch.end:
                continue
            if hole.start > at:
                found.append(Interval(at, hole.start))
            at = max(at, hole.end)
        if at < stretch.end:
            found.append(Interval(at, stretch.end))
    return tuple(found)


def total(stretches: Iterable[Interval]) -> Micros:
    """Add up the lengths of stretches."""
    return Micros(sum(one.length for one in stretches))

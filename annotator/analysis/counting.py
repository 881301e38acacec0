"""What counts of a session: its region without the excluded spans, and the time in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from annotator.model.session import Session
from annotator.model.spans import shared, union, without
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

"""Several sessions as one: laid one after another, so that agreement is told of all of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotator.model.coding import CodingPass, Tag
from annotator.model.session import ExcludedSpan, Session
from annotator.model.table import Place
from annotator.model.time import SECOND, Interval, Micros

GAP = Micros(3600 * SECOND)
"""Between two sessions, so that nothing pairs across."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A session with the passes that are held against one another."""

    name: str
    session: Session
    passes: tuple[CodingPass, ...]


@dataclass(frozen=True, slots=True)
class Pooled:
    """Sessions laid one after another; `starts` are where each begins, `names` whose it is."""

    coded: Coded
    starts: tuple[int, ...]
    shifts: tuple[int, ...]
    names: tuple[str, ...]

    def place_of(self, interval: Interval, tags: Sequence[Tag]) -> Place:
        """Find where a stretch of the whole lies, in which session."""
        at = max(0, bisect_right(self.starts, interval.start) - 1)
        shift, name = self.shifts[at], self.names[at]
        own = Interval(Micros(interval.start - shift), Micros(interval.end - shift))
        return Place(name, own, tuple(tag.id.partition("/")[2] for tag in tags))


def pooled(parts: Sequence[Coded]) -> Pooled:
    """Lay sessions one after another, with time that does not count between them.

    All must have as many passes; those at the same place are taken as one coder's.
    """
    starts: list[int] = []
    shifts: list[int] = []
    excluded: list[ExcludedSpan] = []
    tags: list[list[Tag]] = [[] for _ in parts[0].passes]
    at = 0
    for number, part in enumerate(parts):
        shift = at - part.session.region.start
        starts.append(at)
        shifts.append(shift)
        excluded += [
            replace(one, start=Micros(one.start + shift), end=Micros(one.end + shift))
            for one in part.session.excluded
        ]
        for own, one in zip(tags, part.passes, strict=True):
            own += [_moved(tag, shift, number) for tag in part.session.counted(one.tags)]
        end = Micros(at + part.session.region.length)
        at = end + GAP
        excluded.append(ExcludedSpan(end, Micros(at)))
    whole = replace(
        parts[0].session,
        region=Interval(Micros(0), Micros(at - GAP)),
        excluded=tuple(excluded[:-1]),
        transcripts=(),
    )
    passes = tuple(
        replace(one, tags=tuple(own)) for one, own in zip(parts[0].passes, tags, strict=True)
    )
    names = tuple(part.name for part in parts)
    return Pooled(Coded("all", whole, passes), tuple(starts), tuple(shifts), names)


def _moved(tag: Tag, shift: int, number: int) -> Tag:
    start, end = Micros(tag.start + shift), Micros(tag.end + shift)
    return replace(tag, id=f"{number}/{tag.id}", start=start, end=end)

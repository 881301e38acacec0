"""Answers what lies where in time among 100,000 tags, without walking over all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Generic, Protocol, TypeVar

from annotator.model.reaches import Reaches
from annotator.model.time import Interval, Micros

BLOCK = 128
"""So many members a block has when it is made; it is cut in two at twice as many."""

_EARLIEST = -(10**18)

Order = tuple[int, int, str]


class Timed(Protocol):
    """What has an id and lies in time, such as a tag or a cue."""

    @property
    def id(self) -> str:
        """What it is found by."""

    @property
    def start(self) -> Micros:
        """Where it begins."""

    @property
    def end(self) -> Micros:
        """Where it ends; equal to the start for an instant."""


T = TypeVar("T", bound=Timed)

Wanted = Callable[[T], bool]
"""Tells of a member whether it may be found."""


class Edge(Enum):
    """The two ends of a stretch; an instant has both at one place."""

    START = "start"
    END = "end"


BOTH_EDGES = frozenset(Edge)


@dataclass(frozen=True, slots=True)
class EdgeOf(Generic[T]):
    """An edge that was found: where it lies, which one it is and of what."""

    time: Micros
    edge: Edge
    member: T


def by_start(member: Timed) -> Order:
    """Give a member's place in order of starts, the order in which a pass keeps its tags."""
    return (member.start, member.end, member.id)


def _by_end(member: Timed) -> Order:
    return (member.end, member.start, member.id)


class _Line(Generic[T]):
    """Members in one order, in blocks short enough to be searched and changed at once."""

    def __init__(self, members: Sequence[T], order: Callable[[T], Order]) -> None:
        self.order = order
        self.blocks = [
            list(members[place : place + BLOCK]) for place in range(0, len(members), BLOCK)
        ]
        self.heads = [order(block[0]) for block in self.blocks]

    def block_for(self, member: T) -> int:
        """Give the number of the block in which a member stands or is to be put."""
        return max(0, bisect_right(self.heads, self.order(member)) - 1)

    def add(self, member: T) -> int | None:
        """Put a member in; gives the number of its block, None where blocks were cut anew."""
        if not self.blocks:
            self.blocks.append([member])
            self.heads.append(self.order(member))
            return None
        number = self.block_for(member)
        block = self.blocks[number]
        block.insert(bisect_left(block, self.order(member), key=self.order), member)
        self.heads[number] = self.order(block[0])
        if len(block) < 2 * BLOCK:
            return number
        self.blocks[number : number + 1] = [block[:BLOCK], block[BLOCK:]]
        self.heads.insert(number + 1, self.order(block[BLOCK]))
        return None

    def remove(self, member: T) -> int | None:
        """Take a member out; answers as `add` does. It must be there."""
        number = self.block_for(member)
        block = self.blocks[number]
        del block[bisect_left(block, self.order(member), key=self.order)]
        if block:
            self.heads[number] = self.order(block[0])
            return number
        del self.blocks[number], self.heads[number]
        return None

    def place(self, moment: int) -> tuple[int, int]:
        """Give block and index of the first member whose time is not before a moment."""
        goal = (moment, _EARLIEST, "")
        number = max(0, bisect_left(self.heads, goal) - 1)
        if not self.blocks:
            return 0, 0
        return number, bisect_left(self.blocks[number], goal, key=self.order)

    def onwards(self, moment: int) -> Iterator[T]:
        """Yield the members from a moment on, in order."""
        number, index = self.place(moment)
        for block in self.blocks[number : number + 1]:
            yield from block[index:]
        for later in range(number + 1, len(self.blocks)):
            yield from self.blocks[later]

    def backwards(self, moment: int) -> Iterator[T]:
        """Yield the members before a moment, the last one first."""
        number, index = self.place(moment)
        for block in self.blocks[number : number + 1]:
            yield from reversed(block[:index])
        for earlier in range(min(number, len(self.blocks)) - 1, -1, -1):
            yield from reversed(self.blocks[earlier])


class TimeIndex(Generic[T]):
    """Members by id and by time, kept up with each that comes, goes or changes.

    What it yields must be used before the next change. Every question costs a logarithm of the
    members there are and the number of those that answer it, however long some of them are.
    """

    def __init__(self, members: Iterable[T] = ()) -> None:
        ordered = sorted(members, key=by_start)
        self._by_id = {member.id: member for member in ordered}
        self._starts = _Line(ordered, by_start)
        self._ends = _Line(sorted(ordered, key=_by_end), _by_end)
        self._reaches = Reaches(map(_reach_of, self._starts.blocks))

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[T]:
        return self._starts.onwards(_EARLIEST)

    def find(self, member_id: str) -> T | None:
        """Find a member by id; None where there is none."""
        return self._by_id.get(member_id)

    def add(self, member: T) -> None:
        """Put a member in, in place of the one that has its id, if any."""
        self.remove(member.id)
        self._by_id[member.id] = member
        self._keep_reach(self._starts.add(member))
        self._ends.add(member)

    def remove(self, member_id: str) -> T | None:
        """Take a member out and give it back; None where there is none of that id."""
        member = self._by_id.pop(member_id, None)
        if member is not None:
            self._keep_reach(self._starts.remove(member))
            self._ends.remove(member)
        return member

    def replace(self, before: T | None, after: T | None) -> None:
        """Follow a change: one comes (`before` None), goes (`after` None) or is replaced."""
        if before is not None:
            self.remove(before.id)
        if after is not None:
            self.add(after)

    def overlapping(self, stretch: Interval) -> Iterator[T]:
        """Yield what shares a moment with a stretch or instant, in order of start."""
        return self._reaching(stretch.start, max(stretch.end, stretch.start + 1))

    def beside(self, stretch: Interval) -> Iterator[T]:
        """Yield what shares a moment with a stretch or stands at its ends, in order of start."""
        for member in self._reaching(stretch.start - 1, stretch.end + 1):
            if member.end >= stretch.start:
                yield member

    def at(self, moment: Micros) -> Iterator[T]:
        """Yield what is at a moment, in order of start; an instant is at its own alone."""
        return self._reaching(moment, moment + 1)

    def after(self, moment: Micros, wanted: Wanted[T] | None = None) -> T | None:
        """Find the first that begins after a moment, of those wanted; None where there is none."""
        later = self._starts.onwards(moment + 1)
        return next((one for one in later if wanted is None or wanted(one)), None)

    def before(self, moment: Micros, wanted: Wanted[T] | None = None) -> T | None:
        """Find the last that begins before a moment, of those wanted; None where there is none."""
        earlier = self._starts.backwards(moment)
        return next((one for one in earlier if wanted is None or wanted(one)), None)

    def nearest_edge(
        self,
        moment: Micros,
        edges: Iterable[Edge] = BOTH_EDGES,
        reach: int | None = None,
        wanted: Wanted[T] | None = None,
    ) -> EdgeOf[T] | None:
        """Find the edge nearest to a moment, the earlier of two; None where there is none.

        `reach` is how far away it may lie, None for any distance; only edges of what is `wanted`
        are found, which costs a step for each nearer one that is not.
        """
        asked = frozenset(edges)
        lines = ((Edge.START, self._starts), (Edge.END, self._ends))
        found = [
            EdgeOf(_time(edge, member), edge, member)
            for edge, line in lines
            if edge in asked
            for way in (line.backwards(moment), line.onwards(moment))
            for member in _first(way, edge, moment, reach, wanted)
        ]
        return min(found, key=lambda one: (abs(one.time - moment), one.time), default=None)

    def extent(self) -> Interval | None:
        """Give the stretch from the first start to the last end; None where there is nothing."""
        if not self._by_id:
            return None
        return Interval(self._starts.blocks[0][0].start, self._ends.blocks[-1][-1].end)

    def _reaching(self, start: int, end: int) -> Iterator[T]:
        """Yield what begins before `end` and reaches beyond `start`."""
        blocks = self._starts.blocks
        stop = bisect_left(self._starts.heads, (end, _EARLIEST, ""))
        number = self._reaches.next_beyond(start, 0, stop)
        while number is not None:
            for member in blocks[number]:
                if member.start >= end:
                    return
                if member.end > start or (member.start == member.end == start):
                    yield member
            number = self._reaches.next_beyond(start, number + 1, stop)

    def _keep_reach(self, number: int | None) -> None:
        if number is None:
            self._reaches = Reaches(map(_reach_of, self._starts.blocks))
        else:
            self._reaches.put(number, _reach_of(self._starts.blocks[number]))


def _reach_of(block: Sequence[Timed]) -> int:
    """Tell up to where a block's members reach; an instant reaches a step beyond itself."""
    return max(max(one.end, one.start + 1) for one in block)


def _time(edge: Edge, member: Timed) -> Micros:
    return member.start if edge is Edge.START else member.end


def _first(
    way: Iterator[T], edge: Edge, moment: int, reach: int | None, wanted: Wanted[T] | None
) -> Iterator[T]:
    """Yield the first that is wanted on a way that leads away from a moment, if it is in reach."""
    for member in way:
        if reach is not None and abs(_time(edge, member) - moment) > reach:
            return
        if wanted is None or wanted(member):
            yield member
            return

"""Pairs the tags of two passes one to one: as many as can be, the nearest first."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence

from annotator.model.coding import Tag
from annotator.model.matching import Matching
from annotator.model.time import Micros

Pairs = dict[int, int]
"""From the index of a tag of the first pass to that of its partner in the second."""

Rank = Callable[[Tag, Tag], tuple[int, ...] | None]
"""How well two tags fit, least is best; None where they can be no pair."""

_CROWD = 256  # of so many tags at one place no person made each one separately


def is_near(first: Tag, second: Tag, matching: Matching, *, same_code: bool) -> bool:
    """Tell whether two tags can mean the same happening, by their times alone.

    A moment meets a stretch of the same code anywhere along it, one of another code where that
    begins.
    """
    tolerance = matching.tolerance
    begins = abs(first.start - second.start) <= tolerance
    if first.is_instant and second.is_instant:
        return begins
    if first.is_instant != second.is_instant:
        if not same_code:
            return begins
        latest, earliest = max(first.start, second.start), min(first.end, second.end)
        return latest - earliest <= tolerance
    if begins and abs(first.end - second.end) <= tolerance:
        return True
    shared = min(first.end, second.end) - max(first.start, second.start)
    together = max(first.end, second.end) - min(first.start, second.start)
    return 100 * shared >= matching.overlap_percent * together


def paired(
    first: Sequence[Tag], second: Sequence[Tag], matching: Matching, rank: Rank, *, same_code: bool
) -> Pairs:
    """Pair tags one to one, both lists in order of start.

    There is no way to make more pairs of the same two lists; among the ways to make as many, the
    pairs that fit best are made first. The same lists give the same pairs.
    """
    reach = _Reach(second, matching, same_code=same_code)
    edges: list[tuple[tuple[int, ...], int, int]] = []
    for one, tag in enumerate(first):
        for other in reach.of(tag, one - bisect_left(first, tag.start, key=_start)):
            if is_near(tag, second[other], matching, same_code=same_code):
                fit = rank(tag, second[other])
                if fit is not None:
                    edges.append((fit, one, other))
    edges.sort()
    return _most(edges)


def _start(tag: Tag) -> Micros:
    return tag.start


class _Reach:
    """Finds the tags that could be near another, without looking at all."""

    def __init__(self, tags: Sequence[Tag], matching: Matching, *, same_code: bool) -> None:
        self._starts = [tag.start for tag in tags]
        self._tolerance = matching.tolerance
        self._percent = matching.overlap_percent
        longest = max((tag.end - tag.start for tag in tags), default=0)
        self._longest = longest if same_code else 0
        self._same_code = same_code

    def of(self, tag: Tag, turn: int) -> range:
        """Give the indices to look at; `turn` counts the tags before it that begin together."""
        length = tag.end - tag.start
        before = max(self._tolerance, length * (100 - self._percent) // self._percent)
        after = max(self._tolerance, length * (100 - self._percent) // 100)
        if tag.is_instant:
            before += self._longest
        elif self._same_code:
            after = length + self._tolerance  # a moment may lie anywhere along it
        low = bisect_left(self._starts, tag.start - before)
        high = bisect_right(self._starts, tag.start + after)
        if high - low <= _CROWD:
            return range(low, high)
        middle = bisect_left(self._starts, tag.start) + turn
        return range(max(low, middle - _CROWD // 2), min(high, middle + _CROWD // 2))


def _most(edges: Iterable[tuple[tuple[int, ...], int, int]]) -> Pairs:
    """Take the best edges first, then make room for more pairs as long as that can be done."""
    near: dict[int, list[int]] = {}
    pairs: Pairs = {}
    back: Pairs = {}
    for _, one, other in edges:
        near.setdefault(one, []).append(other)
        if one not in pairs and other not in back:
            pairs[one], back[other] = other, one
    lost: set[int] = set()  # no further pair can be made by way of these
    for one in sorted(near.keys() - pairs.keys()):
        _make_room(one, near, pairs, back, lost)
    return pairs


def _make_room(
    free: int, near: dict[int, list[int]], pairs: Pairs, back: Pairs, lost: set[int]
) -> None:
    """Find a pair for a free tag by giving others other partners, where there is a way.

    This is the search for an augmenting path (Berge 1957; Kuhn 1955), breadth first. What was
    searched in vain need not be searched again.
    """
    came_from: dict[int, int] = {}
    waiting = deque([free])
    while waiting:
        one = waiting.popleft()
        for other in _unseen(near[one], came_from, lost):
            came_from[other] = one
            if other not in back:
                _turn(other, free, came_from, pairs, back)
                return
            waiting.append(back[other])
    lost.update(came_from)


def _unseen(others: Iterable[int], came_from: Pairs, lost: set[int]) -> Iterator[int]:
    return (other for other in others if other not in came_from and other not in lost)


def _turn(end: int, free: int, came_from: Pairs, pairs: Pairs, back: Pairs) -> None:
    """Pair along the way that was found, from its end back to the tag that was free."""
    other: int = end
    while True:
        one = came_from[other]
        previous = pairs.get(one, -1)
        pairs[one], back[other] = other, one
        if one == free:
            return
        other = previous

"""Pairs two coders' tags one to one by how much they overlap, as EasyDIAg does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from annotator.model.coding import Tag
from annotator.model.time import Micros

Ints: TypeAlias = NDArray[np.int64]
_WHOLE = 100


def linked(
    first: Sequence[Tag], second: Sequence[Tag], percent: int, tolerance: Micros
) -> tuple[tuple[int, int], ...]:
    """Pair tags by index: stretches by overlap, instants with instants by nearness.

    The overlap is what both share against the longer one, and must reach `percent`; the largest
    overlap is paired first (Holle & Rein 2015), of equal ones that of more time, then the
    earliest. Instants may lie `tolerance` apart. In order of the first coder's tags.
    """
    found: list[tuple[int, int]] = []
    for is_instant in (False, True):
        one = [index for index, tag in enumerate(first) if tag.is_instant is is_instant]
        other = [index for index, tag in enumerate(second) if tag.is_instant is is_instant]
        times = _times(first, one), _times(second, other)
        ranked = _near(*times, tolerance) if is_instant else _overlapping(*times, percent)
        found += [(one[a], other[b]) for a, b in _greedy(ranked)]
    return tuple(sorted(found))


def _times(tags: Sequence[Tag], places: Sequence[int]) -> Ints:
    times = [(tags[place].start, tags[place].end) for place in places]
    return np.array(times, dtype=np.int64).reshape(-1, 2)


def meeting(first: Ints, second: Ints, reach: int = 0) -> tuple[Ints, Ints]:
    """List the pairs of rows (start, end), sorted by start, that lie within a reach of each other.

    Rows that only touch are listed where the reach is above nothing.
    """
    if not len(first) or not len(second):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    furthest = np.maximum.accumulate(second[:, 1])
    low = np.searchsorted(furthest, first[:, 0] - reach, side="left" if reach else "right")
    high = np.searchsorted(second[:, 0], first[:, 1] + reach, side="right" if reach else "left")
    sizes = np.maximum(high - low, 0)
    one = np.repeat(np.arange(len(first)), sizes)
    began = np.repeat(np.cumsum(sizes) - sizes, sizes)
    other = np.arange(len(one)) - began + np.repeat(low, sizes)
    return one, other


def _overlapping(first: Ints, second: Ints, percent: int) -> tuple[Ints, Ints]:
    one, other = meeting(first, second)
    a, b = first[one], second[other]
    shared = np.minimum(a[:, 1], b[:, 1]) - np.maximum(a[:, 0], b[:, 0])
    longest = np.maximum(a[:, 1] - a[:, 0], b[:, 1] - b[:, 0])
    kept = (shared > 0) & (_WHOLE * shared >= percent * longest)
    one, other, shared, longest = one[kept], other[kept], shared[kept], longest[kept]
    begins = np.minimum(first[one, 0], second[other, 0])
    order = np.lexsort((one + other, begins, -shared, -(shared / longest)))
    return one[order], other[order]


def _near(first: Ints, second: Ints, tolerance: Micros) -> tuple[Ints, Ints]:
    one, other = meeting(first, second, max(1, tolerance))
    apart = np.abs(first[one, 0] - second[other, 0])
    kept = apart <= tolerance
    one, other, apart = one[kept], other[kept], apart[kept]
    begins = np.minimum(first[one, 0], second[other, 0])
    order = np.lexsort((one + other, begins, apart))
    return one[order], other[order]


def _greedy(ranked: tuple[Ints, Ints]) -> list[tuple[int, int]]:
    taken: set[int] = set()
    gone: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for a, b in zip(ranked[0].tolist(), ranked[1].tolist(), strict=True):
        if a not in taken and b not in gone:
            taken.add(a)
            gone.add(b)
            pairs.append((a, b))
    return pairs

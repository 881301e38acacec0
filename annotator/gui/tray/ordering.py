"""Where rows that are dragged come to stand, in numbers."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def gap_at(y: int, rows: Sequence[tuple[int, int]]) -> int:
    """Tell between which rows a pixel lies: 0 is above the first, their number below the last.

    `rows` are the first pixel and the height of each, from above; the nearer gap counts.
    """
    return sum(y >= top + height / 2 for top, height in rows)


def place_without(gap: int, moved: Collection[int]) -> int:
    """Tell which place, in the order without those that are moved, a gap between rows is."""
    return gap - sum(row < gap for row in moved)


def stepped(moved: Collection[int], by: int, count: int) -> int:
    """Tell the place, in the order without those that are moved, so many rows on from the first.

    At the ends they stop.
    """
    first = min(moved, default=0)
    return max(0, min(first + by, count - len(moved)))

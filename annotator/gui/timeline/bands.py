"""Shares the height of the timeline between lanes and their sub-rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

LOWEST_ROW = 12
HIGHEST_ROW = 22
ROW_GAP = 2
LEAST_PAD = 2
MOST_PAD = 9


@dataclass(frozen=True, slots=True)
class Band:
    """Where a lane stands, in whole pixels from the top of the first lane."""

    top: int
    height: int
    row_height: int
    rows: int

    @property
    def bottom(self) -> int:
        """The first pixel below."""
        return self.top + self.height

    def row_top(self, row: int) -> int:
        """Give the upper edge of a sub-row; the rows stand together in the middle."""
        used = self.rows * (self.row_height + ROW_GAP) - ROW_GAP
        return self.top + (self.height - used) // 2 + row * (self.row_height + ROW_GAP)

    def row_at(self, y: float) -> int:
        """Give the sub-row nearest to a height."""
        row = int((y - self.row_top(0)) // (self.row_height + ROW_GAP))
        return max(0, min(row, self.rows - 1))


def bands(row_counts: Sequence[int], height: int) -> list[Band]:
    """Share a height between lanes by their numbers of sub-rows.

    Rows are as high as there is room for, between two limits; room beyond that goes
    to the space around them, and what does not fit must be scrolled to.
    """
    rows = sum(row_counts)
    if not rows:
        return []
    lanes = len(row_counts)
    fixed = lanes * 2 * LEAST_PAD + (rows - lanes) * ROW_GAP
    row_height = max(LOWEST_ROW, min((height - fixed) // rows, HIGHEST_ROW))
    left_over = max(0, height - fixed - rows * row_height)
    left_over = min(left_over, 2 * lanes * (MOST_PAD - LEAST_PAD))
    made: list[Band] = []
    top = 0
    for number, count in enumerate(row_counts):
        space = left_over * (number + 1) // lanes - left_over * number // lanes
        band_height = 2 * LEAST_PAD + space + count * (row_height + ROW_GAP) - ROW_GAP
        made.append(Band(top, band_height, row_height, count))
        top += band_height
    return made


def total_height(made: Sequence[Band]) -> int:
    """Give the height of all lanes together."""
    return made[-1].bottom if made else 0


def band_at(made: Sequence[Band], y: float) -> int | None:
    """Find the lane at a height; None above the first and below the last."""
    if not made or not 0 <= y < made[-1].bottom:
        return None
    return bisect_right(made, y, key=lambda band: band.top) - 1

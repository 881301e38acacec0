"""Shares the width of the transport bar among its three parts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Widths:
    """What the parts need, in pixels; the sides can do with their `least`."""

    left_least: int
    left_best: int
    middle: int
    right_least: int
    right_best: int
    margin_left: int
    margin_right: int
    gap: int

    @property
    def least(self) -> int:
        """The width below which parts would cover each other."""
        return self.left_least + self.middle + self.right_least + self._around

    @property
    def _around(self) -> int:
        return self.margin_left + self.margin_right + 2 * self.gap


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts begin, and how wide the sides are."""

    left: int
    left_width: int
    middle: int
    right: int
    right_width: int


def share_width(width: int, need: Widths) -> Places:
    """Give the parts their places.

    The middle stands in the middle where it can. Where room is short the right side gives way
    first, and the left one once the right has no more than it must have.
    """
    sides = width - (need.least - need.left_least - need.right_least)
    right_width = max(need.right_least, min(need.right_best, sides - need.left_best))
    left_width = max(need.left_least, min(need.left_best, sides - right_width))
    first = need.margin_left + left_width + need.gap
    last = width - need.margin_right - right_width - need.gap - need.middle
    middle = max(first, min(last, (width - need.middle) // 2))
    right = width - need.margin_right - right_width
    return Places(need.margin_left, left_width, middle, right, right_width)

"""Shares the width of the transport bar among its three parts, and among the buttons of one."""

from __future__ import annotations

from collections.abc import Sequence
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
class Row:
    """What the buttons in the middle need, in pixels; each can do with its `least` width.

    `beside` is the room that stays empty and that of the button which plays; it has one number
    for no pair left out, one for one, and so on up to all that may be.
    """

    pairs: int
    least: int
    best: int
    beside: Sequence[int]


@dataclass(frozen=True, slots=True)
class Fit:
    """How many pairs of buttons are left out, how wide each other is, and the row of them."""

    left_out: int
    button: int
    width: int


def fit_row(room: int, row: Row) -> Fit:
    """Give the buttons so many pixels: they stand closer before a pair is left out."""
    fits = [_fit(room, row, left_out) for left_out in range(len(row.beside))]
    return next((fit for fit in fits if fit.width <= room), fits[-1])


def _fit(room: int, row: Row, left_out: int) -> Fit:
    shown, beside = 2 * (row.pairs - left_out), row.beside[left_out]
    button = max(row.least, min(row.best, (room - beside) // shown))
    return Fit(left_out, button, beside + shown * button)


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

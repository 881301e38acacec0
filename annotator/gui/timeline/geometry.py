"""Turns session time into pixels and back, and keeps zooming and panning within limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotator.model.time import Interval, Micros

FRAME_PX_AT_MOST = 96
MARGIN_PX = 18
FRAME_WHERE_NONE = Micros(40_000)
NARROWEST_PX = 64


@dataclass(frozen=True, slots=True)
class Scale:
    """A stretch of session time, from `start` for `length`, laid over pixels.

    It covers the pixels from `left` for `width`. Whole numbers all through, so that a time
    read from a pixel is exact; only painting uses the fractions of `x_of`.
    """

    start: Micros
    length: Micros
    left: int
    width: int

    @property
    def end(self) -> Micros:
        """The first moment beyond the right edge."""
        return Micros(self.start + self.length)

    @property
    def right(self) -> int:
        """The first pixel beyond the right edge."""
        return self.left + self.width

    def x_of(self, time: int) -> float:
        """Give the place of a moment in pixels, with fractions."""
        return self.left + (time - self.start) * self.width / self.length

    def pixel_of(self, time: int) -> int:
        """Give the pixel that a moment falls on, exactly."""
        return self.left + (time - self.start) * self.width // self.length

    def time_at(self, x: int) -> Micros:
        """Give the first moment that falls on a pixel."""
        return Micros(self.start - (self.left - x) * self.length // self.width)

    def last_time_in(self, x: int) -> Micros:
        """Give the last moment that falls on a pixel, or its first where it holds none."""
        return Micros(max(self.time_at(x), self.time_at(x + 1) - 1))

    def micros_of(self, pixels: float) -> Micros:
        """Give the time that so many pixels cover, rounded down."""
        return Micros(int(pixels * self.length // self.width))


def frame_length(frame_times: Sequence[Micros]) -> Micros:
    """Give the mean length of a frame; a usual one where there are fewer than two frames."""
    if len(frame_times) <= 1:
        return FRAME_WHERE_NONE
    return Micros(max(1, (frame_times[-1] - frame_times[0]) // (len(frame_times) - 1)))


def fitted(whole: Interval, left: int, width: int) -> Scale:
    """Lay all of the session over the pixels, with a margin on both sides."""
    width = max(width, NARROWEST_PX)
    inner = width - 2 * MARGIN_PX
    length = Micros(-(-max(1, whole.length) * width // inner))
    scale = Scale(whole.start, length, left, width)
    return replace(scale, start=Micros(whole.start - scale.micros_of(MARGIN_PX)))


def clamped(scale: Scale, whole: Interval) -> Scale:
    """Move the stretch back to where there is something to see."""
    margin = scale.micros_of(MARGIN_PX)
    first, last = whole.start - margin, whole.end + margin - scale.length
    return replace(scale, start=Micros(max(first, min(scale.start, last))))


def zoomed(scale: Scale, whole: Interval, frame: Micros, factor: float, x: int) -> Scale:
    """Show `factor` times as much time, with the moment at pixel `x` staying where it is.

    Stops at all of the session, and where one frame is as wide as is of use.
    """
    longest = fitted(whole, scale.left, scale.width).length
    shortest = min(longest, max(1, frame * scale.width // FRAME_PX_AT_MOST))
    length = max(shortest, min(round(scale.length * factor), longest))
    offset = x - scale.left
    start = scale.start + (scale.length - length) * offset // scale.width
    return clamped(replace(scale, start=Micros(start), length=Micros(length)), whole)


def middle_of(scale: Scale, position: Micros) -> int:
    """Give the pixel about which to zoom: the playhead's, or the middle where it is not in view."""
    x = scale.pixel_of(position)
    return x if scale.left <= x < scale.right else scale.left + scale.width // 2


def panned(scale: Scale, whole: Interval, pixels: float) -> Scale:
    """Show what lies so many pixels to the right."""
    moved = replace(scale, start=Micros(scale.start + scale.micros_of(pixels)))
    return clamped(moved, whole)


def shifted(scale: Scale, by: int) -> Scale:
    """Show everything so much later than it is."""
    return replace(scale, start=Micros(scale.start - by))


def fitted_to(scale: Scale, whole: Interval, left: int, width: int) -> Scale:
    """Lay the same stretch over other pixels; all of the session where all was shown."""
    shows_all = scale.length >= fitted(whole, scale.left, scale.width).length
    if shows_all:
        return fitted(whole, left, width)
    return clamped(replace(scale, left=left, width=max(width, NARROWEST_PX)), whole)


def paged(scale: Scale, whole: Interval, moment: Micros) -> Scale | None:
    """Turn the page so that a moment comes into view; None where it is in view.

    The moment then stands near the left edge, with most of the page still to come.
    """
    lead = scale.length // 12
    if scale.start <= moment <= scale.end - lead // 3:
        return None
    turned = clamped(replace(scale, start=Micros(moment - lead)), whole)
    return turned if turned.start != scale.start else None

"""Which frames a clip holds and when each is shown in it, told by the recording's frame index."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from fractions import Fraction

from annotator.errors import MediaError
from annotator.media.frame_index import FrameIndex
from annotator.media.timebase import Timescale
from annotator.model import Micros
from annotator.model.time import to_clock

_MILLION = 1_000_000
_FINE = 10_000
"""So many ticks a second tell a clip's times well enough, where the recording has fewer."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The frames of a clip.

    `first` and `last` number them in the recording; `ticks` are when each is shown, counted
    from the clip's start, and `end` is where the clip ends, both in steps of `base` seconds.
    """

    first: int
    last: int
    ticks: tuple[int, ...]
    end: int
    base: Fraction

    def duration(self, at: int) -> int:
        """Tell how many ticks the frame at a place of the clip is shown."""
        following = self.ticks[at + 1] if at + 1 < len(self.ticks) else self.end
        return following - self.ticks[at]

    def place_at(self, tick: Fraction | int) -> int:
        """Number the picture of the clip that is on screen at a tick of it, from 0."""
        return max(bisect_right(self.ticks, tick) - 1, 0)


def stretch_of(index: FrameIndex, scale: Timescale, start: Micros, end: Micros) -> Stretch:
    """Find the frames from the one on screen at `start` to the last that begins before `end`.

    Times are kept as the file has them. A frame that came on before `start` is shown from the
    clip's start on. Raises MediaError where there is no frame.
    """
    first, last = index.index_at(start), bisect_left(index.times, end) - 1
    if last < first:
        raise MediaError(
            f"There is no picture before {to_clock(end)}.",
            "Choose a later end, or cut the sound alone.",
        )
    finer = _refinement(scale.base)
    keys = sorted(index.keys) if index.by_dts else index.keys
    base = scale.base / finer
    starting = finer * keys[first] if index.times[first] == start else _tick_at(scale, start, base)
    ticks = [max(finer * key - starting, 0) for key in keys[first : last + 1]]
    length = max(round(Fraction(end - start, _MILLION) / base), ticks[-1] + 1)
    return Stretch(first, last, tuple(ticks), length, base)


def _refinement(base: Fraction) -> int:
    """Tell into how many steps a tick is parted, so that a step is 1/n s and short."""
    return base.numerator * max(-(-_FINE // base.denominator), 1)


def _tick_at(scale: Timescale, time: Micros, base: Fraction) -> int:
    """Give the last tick that is not after the moment, so that it is before the next frame's."""
    return int((Fraction(time, _MILLION) + scale.zero) // base)

"""The one place where a file's own timestamps become `Micros`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from annotator.model import Micros

_MILLION = 1_000_000
_LARGEST = 2**62
"""Below this, sums of two numbers fit into 64 bits."""

Ticks = NDArray[np.int64]
"""Many timestamps or counts at once."""


class Ratio(Protocol):
    """What the decoding library hands out as a ratio, under whichever type."""

    @property
    def numerator(self) -> int: ...

    @property
    def denominator(self) -> int: ...


def exact(ratio: Ratio) -> Fraction:
    """Take over the library's ratio as a fraction of the standard library."""
    return Fraction(ratio.numerator, ratio.denominator)


@dataclass(frozen=True, slots=True)
class Timescale:
    """How one stream counts time.

    A tick is `base` seconds; `zero` is the recording's time 0 in seconds on the stream's clock.
    """

    base: Fraction
    zero: Fraction = Fraction(0)

    def to_micros(self, ticks: int) -> Micros:
        """Convert a timestamp to microseconds from the recording's time 0, rounded half up."""
        return Micros(self.to_count(ticks, _MILLION))

    def to_count(self, ticks: int, per_second: int) -> int:
        """Count steps of 1/`per_second` s from time 0 to the timestamp, rounded half up."""
        factor, shift, divisor = self.line(per_second)
        return (ticks * factor + shift) // divisor

    def to_counts(self, ticks: Ticks, per_second: int = _MILLION) -> Ticks:
        """Do as `to_count` for many timestamps at once, just as exactly."""
        factor, shift, divisor = self.line(per_second)
        if farthest(ticks) * factor + abs(shift) < _LARGEST and divisor < _LARGEST:
            return (ticks * factor + shift) // divisor
        return np.array([self.to_count(tick, per_second) for tick in ticks.tolist()], np.int64)

    def line(self, per_second: int) -> tuple[int, int, int]:
        """Give factor, shift and divisor by which a timestamp becomes a count, in lowest terms.

        The count is (timestamp * factor + shift) // divisor.
        """
        base, zero = self.base, self.zero
        divisor = base.denominator * zero.denominator
        factor = 2 * per_second * base.numerator * zero.denominator
        shift = divisor - 2 * per_second * zero.numerator * base.denominator
        common = gcd(factor, shift, 2 * divisor)
        return factor // common, shift // common, 2 * divisor // common


def farthest(ticks: Ticks) -> int:
    """Give the largest distance from 0 among the timestamps; 0 where there are none."""
    return max(-int(ticks.min()), int(ticks.max())) if ticks.size else 0


def samples_at(time: Micros, rate: int) -> int:
    """Number the sample that stands at a moment, rounded half up; sample 0 is at time 0."""
    return (2 * time * rate + _MILLION) // (2 * _MILLION)


def time_of_sample(sample: int, rate: int) -> Micros:
    """Give the moment at which a sample stands, rounded half up."""
    return Micros((2 * sample * _MILLION + rate) // (2 * rate))

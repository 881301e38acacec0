"""The one place where a file's own timestamps become `Micros`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from annotator.model import Micros

_MILLION = 1_000_000


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
        base, zero = self.base, self.zero
        divisor = base.denominator * zero.denominator
        steps = ticks * base.numerator * zero.denominator - zero.numerator * base.denominator
        return (2 * steps * per_second + divisor) // (2 * divisor)

    def to_ticks(self, time: Micros) -> int:
        """Give the last timestamp that is not after the moment."""
        return int((Fraction(time, _MILLION) + self.zero) // self.base)


def samples_at(time: Micros, rate: int) -> int:
    """Number the sample that stands at a moment, rounded half up; sample 0 is at time 0."""
    return (2 * time * rate + _MILLION) // (2 * _MILLION)


def time_of_sample(sample: int, rate: int) -> Micros:
    """Give the moment at which a sample stands, rounded half up."""
    return Micros((2 * sample * _MILLION + rate) // (2 * rate))

"""Time as whole microseconds, half-open intervals of it, and its written forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context as DecimalContext
from decimal import Decimal, DecimalException, Inexact, InvalidOperation, Overflow
from typing import NewType

Micros = NewType("Micros", int)
"""Microseconds from the start of the session's first recording; in `media`, of the one at hand."""

ZERO = Micros(0)
SECOND = Micros(1_000_000)

LONGEST_SECONDS = 1_000_000_000
"""No time read from text reaches this many seconds (31 years), either way."""

_EXACT = DecimalContext(prec=40, traps=[Inexact, InvalidOperation, Overflow])
_MILLION = Decimal(1_000_000)
_LONGEST = Decimal(LONGEST_SECONDS)
_CLOCK = re.compile(r"^(-?)(?:(?:(\d+):)?(\d{1,2}):)?(\d+)(?:[.,](\d{1,6}))?$")


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A half-open stretch of time; an instant has `start == end`."""

    start: Micros
    end: Micros

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"interval ends ({self.end}) before it starts ({self.start})")

    @property
    def length(self) -> Micros:
        """Microseconds from start to end; 0 for an instant."""
        return Micros(self.end - self.start)

    def contains(self, moment: Micros) -> bool:
        """Tell whether the moment lies inside; an instant contains just itself."""
        return self.start <= moment < self.end or moment == self.start == self.end

    def overlaps(self, other: Interval) -> bool:
        """Tell whether the two share a moment; an instant touches what contains it."""
        if self.start == self.end:
            return other.contains(self.start)
        if other.start == other.end:
            return self.contains(other.start)
        return self.start < other.end and other.start < self.end


def from_seconds(seconds: Decimal | int) -> Micros:
    """Convert decimal seconds, exactly.

    Raises ValueError where the number has more than six decimals, is not finite, or reaches
    `LONGEST_SECONDS`.
    """
    if isinstance(seconds, Decimal) and not seconds.is_finite():
        raise ValueError("not a finite number of seconds")
    if not -_LONGEST < seconds < _LONGEST:
        raise ValueError("more seconds than any recording has")
    if isinstance(seconds, int):
        return Micros(seconds * 1_000_000)
    try:
        scaled = _EXACT.multiply(seconds, _MILLION)
    except DecimalException as error:
        raise ValueError("more than six decimals") from error
    whole = int(scaled)
    if whole != scaled:
        raise ValueError("more than six decimals")
    return Micros(whole)


def in_micros(seconds: float) -> Micros:
    """Convert seconds that somebody chose to the nearest microsecond."""
    return Micros(round(seconds * SECOND))


def to_seconds(time: Micros) -> Decimal:
    """Convert to decimal seconds with at least one and at most six decimals, exactly."""
    return Decimal(to_seconds_text(time))


def to_seconds_text(time: Micros) -> str:
    """Write as decimal seconds, such as `12.48`, `15.0` or `-0.000001`, never with an exponent."""
    sign = "-" if time < 0 else ""
    digits = str(abs(time)).rjust(7, "0")
    return f"{sign}{digits[:-6]}.{digits[-6:].rstrip('0') or '0'}"


def to_clock(time: Micros) -> str:
    """Write as `0:01:23.480`, rounded down to the millisecond so a frame never shows too late."""
    sign = "-" if time < 0 else ""
    millis = abs(time) // 1000
    seconds, millis = divmod(millis, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours}:{minutes:02d}:{seconds:02d}.{millis:03d}"


def to_clocks(span: Interval) -> str:
    """Write as `0:01:10.000 to 0:01:23.480`."""
    return f"{to_clock(span.start)} to {to_clock(span.end)}"


def from_clock(text: str) -> Micros:
    """Read `83.48`, `1:23.48` or `0:01:23,480` as time.

    Raises ValueError where the text is not a time.
    """
    match = _CLOCK.match(text.strip())
    if match is None:
        raise ValueError(f"not a time: {text!r}")
    sign, hours, minutes, seconds, decimals = match.groups()
    whole = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds)
    micros = whole * 1_000_000 + int((decimals or "").ljust(6, "0"))
    return Micros(-micros if sign else micros)

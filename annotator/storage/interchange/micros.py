"""Numbers of foreign files as time: exact, within what a session can hold, and never a guess."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, DecimalException
from fractions import Fraction

from annotator.model.time import LONGEST_SECONDS, Micros

_LONGEST_TEXT = 64
_WIDEST_POWER = 30


def micros_of(seconds: object) -> Micros | None:
    """Convert seconds (a number, or text with a point) to the nearest microsecond.

    None where that is no finite number, or one that reaches 31 years. A float counts as the
    shortest decimal that names it.
    """
    return _scaled(seconds, 6)


def micros_of_millis(millis: object) -> Micros | None:
    """Convert milliseconds as `micros_of` does seconds."""
    return _scaled(millis, 3)


def rate_told(text: str) -> Fraction | None:
    """Read frames a second as a recording of ours tells them; None where it tells none."""
    try:
        rate = Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None
    return rate if rate > 0 else None


def _scaled(value: object, power: int) -> Micros | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        return None
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value).strip())
        if not number.is_finite() or number.adjusted() > _WIDEST_POWER:
            return None
        if number and number.adjusted() < -_WIDEST_POWER:
            return Micros(0)
        whole = int(number.scaleb(power).to_integral_value(ROUND_HALF_EVEN))
    except (DecimalException, ValueError):
        return None
    return Micros(whole) if abs(whole) < LONGEST_SECONDS * 1_000_000 else None

"""Times in the cells of tables: seconds, milliseconds, clocks, frames and SMPTE, all exact."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from annotator.model.time import LONGEST_SECONDS, Micros
from annotator.storage.interchange.columns import TimeForm
from annotator.storage.interchange.micros import micros_of, micros_of_millis

Read = Callable[[str], Micros | None]

NONE_WORDS = frozenset({"", "na", "n/a", "nan", "null", "none", "-", "–", ".", "#n/a", "nat"})
"""What stands in a cell that holds nothing, in small letters."""

_MILLION = 1_000_000
_LONGEST = LONGEST_SECONDS * _MILLION
_LONGEST_TEXT = 40
_USUAL, _FINEST = 9, 6
_TENS = [10 ** (_FINEST - count) for count in range(_FINEST + 1)]
_CLOCK = re.compile(r"([-\N{MINUS SIGN}]?)(?:(\d{1,7}):)?(\d{1,6}):(\d{1,6})(?:[.,](\d{1,12}))?")
_CLOCK_OF_FOUR = re.compile(r"(\d{1,7}):(\d{1,2}):(\d{1,2}):(\d{3})")
_SMPTE = re.compile(r"(\d{1,3})[:;](\d{2})[:;](\d{2})([:;.])(\d{2,3})")
_GROUPED = {
    ".": re.compile(r"[-+]?\d{1,3}(?:[,\u00a0\u202f' ]\d{3})+(?:\.\d+)?"),
    ",": re.compile(r"[-+]?\d{1,3}(?:[.\u00a0\u202f' ]\d{3})+(?:,\d+)?"),
}
_WITH_UNIT = re.compile(
    r"([-+]?[\d.,]+)\s*(s|sec|secs|seconds?|sek|ms|msec|milliseconds?)", re.IGNORECASE
)
_RATE = re.compile(r"(\d{1,6}(?:[.,]\d{1,9})?)(?:/(\d{1,6}))?(?:\s*(?:fps|hz|p))?", re.IGNORECASE)
_BROADCAST = (15, 24, 30, 48, 60, 120)
_NEARLY = Fraction(6, 1000)
_FASTEST = 100_000
_DROPPED_PER_BASE = 15  # two frames of thirty, four of sixty
_TENTH_MINUTE = 10
_FRAME_DIGITS = 2
_FULL = 60  # minutes are an hour, seconds a minute


def rate_of(text: str) -> Fraction | None:
    """Read frames a second, such as "25", "30000/1001" or "29.97"; None where that is no rate.

    The rounded rates of television (23.976, 29.97, 59.94 …) are the exact ones: 30000/1001.
    """
    match = _RATE.fullmatch(text.strip()) if len(text) <= _LONGEST_TEXT else None
    if match is None or (match[2] and not int(match[2])):
        return None
    rate = Fraction(match[1].replace(",", ".")) / int(match[2] or 1)
    for base in _BROADCAST:
        exact = Fraction(base * 1000, 1001)
        if not match[2] and abs(rate - exact) < _NEARLY:
            return exact
    return rate if 0 < rate <= _FASTEST else None


def needs_rate(form: TimeForm) -> bool:
    """Tell whether times in that form mean something only at a rate."""
    return form in {TimeForm.FRAMES, TimeForm.SMPTE}


def reader_of(form: TimeForm, decimal: str, rate: Fraction | None) -> Read:
    """Give what reads times of a form from cells without blanks around them.

    It gives None for what is no such time; where frames are counted and there is no rate, always.
    """
    if needs_rate(form) and rate is None:
        return _nothing
    match form:
        case TimeForm.CLOCK:
            return read_clock
        case TimeForm.SMPTE:
            return _Smpte(rate or Fraction(1)).read
        case TimeForm.FRAMES:
            return _Frames(rate or Fraction(1), decimal).read
        case TimeForm.MILLISECONDS:
            return micros_of_millis if decimal != "," else _comma_millis
    return _seconds if decimal != "," else _comma_seconds


def _nothing(_text: str) -> Micros | None:
    return None


def _seconds(text: str) -> Micros | None:
    """Read seconds as `micros_of` does, those of the usual shape without its detour."""
    whole, _, decimals = text.partition(".")
    is_usual = len(whole) <= _USUAL and len(decimals) <= _FINEST and text.isascii()
    if is_usual and whole.isdigit():
        if not decimals:
            return Micros(int(whole) * _MILLION)
        if decimals.isdigit():
            return Micros(int(whole) * _MILLION + int(decimals) * _TENS[len(decimals)])
    return micros_of(text)


def _comma_seconds(text: str) -> Micros | None:
    return _seconds(text.replace(",", ".", 1))


def _comma_millis(text: str) -> Micros | None:
    return micros_of_millis(text.replace(",", ".", 1))


def read_clock(text: str) -> Micros | None:
    """Read h:mm:ss.mmm, mm:ss or h:mm:ss:mmm, the decimals of any number; None where it is none."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        four = _CLOCK_OF_FOUR.fullmatch(text)
        return read_clock(f"{four[1]}:{four[2]}:{four[3]}.{four[4]}") if four else None
    sign, hours, minutes, seconds, decimals = match.groups()
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    micros = whole * _MILLION
    if decimals:
        micros += round(Fraction(int(decimals) * _MILLION, 10 ** len(decimals)))
    return _within(-micros if sign else micros)


def _within(micros: int) -> Micros | None:
    return Micros(micros) if abs(micros) < _LONGEST else None


def is_number(text: str) -> bool:
    """Tell whether a cell holds a number, with a point or a comma before its decimals."""
    return micros_of(text) is not None or _comma_seconds(text) is not None


def is_smpte(text: str) -> bool:
    """Tell whether a cell holds hours, minutes, seconds and frames."""
    match = _SMPTE.fullmatch(text)
    return match is not None and match[4] != "." and len(match[5]) == _FRAME_DIGITS


@dataclass(frozen=True, slots=True)
class _Frames:
    """Reads numbers of frames, counted from 0."""

    rate: Fraction
    decimal: str

    def read(self, text: str) -> Micros | None:
        """Give when a frame begins; None where the text is no number."""
        try:
            number = Decimal(text.replace(",", ".", 1) if self.decimal == "," else text)
            if not number.is_finite() or abs(number.adjusted()) > _LONGEST_TEXT:
                return None
        except InvalidOperation:
            return None
        return _within(_micros_at(Fraction(number), self.rate))


@dataclass(frozen=True, slots=True)
class _Smpte:
    """Reads hh:mm:ss:ff, and hh:mm:ss;ff with dropped frame numbers where the rate has them."""

    rate: Fraction

    def read(self, text: str) -> Micros | None:
        """Give when a frame begins; None where there is no frame of that number."""
        match = _SMPTE.fullmatch(text)
        if match is None:
            return None
        hours, minutes, seconds, frame = (int(match[part]) for part in (1, 2, 3, 5))
        base = round(self.rate)
        if minutes >= _FULL or seconds >= _FULL or frame >= base:
            return None
        all_minutes = hours * 60 + minutes
        count = (all_minutes * 60 + seconds) * base + frame
        if ";" in text and self.rate == Fraction(base * 1000, 1001):
            dropped = base // _DROPPED_PER_BASE
            if seconds == 0 and frame < dropped and minutes % _TENTH_MINUTE:
                return None
            count -= dropped * (all_minutes - all_minutes // _TENTH_MINUTE)
        return _within(_micros_at(Fraction(count), self.rate))


def _micros_at(count: Fraction, rate: Fraction) -> int:
    exact = count * _MILLION / rate
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


@dataclass(frozen=True, slots=True)
class Mended:
    """A time that did not stand as the others of its column do, and what was put right."""

    time: Micros
    how: str


def mend(text: str, form: TimeForm, decimal: str) -> Mended | None:
    """Read a time that stands in another form than its column has, None where it is none."""
    if len(text) > _LONGEST_TEXT:
        return None
    text = text.strip().strip("\"'\u00a0\u202f").strip()
    if (clock := read_clock(text)) is not None and form is not TimeForm.SMPTE:
        return Mended(clock, "a time stands as on a clock among others that do not")
    if needs_rate(form):
        return None
    thousandths = form is TimeForm.MILLISECONDS
    read = micros_of_millis if thousandths else micros_of
    mark = decimal or "."
    if _GROUPED[mark].fullmatch(text):
        kept = "".join(one for one in text if one.isdigit() or one in {mark, "-"})
        time = read(kept.replace(",", "."))
        return Mended(time, "marks between thousands were left out") if time is not None else None
    if (match := _WITH_UNIT.fullmatch(text)) is not None:
        read = micros_of_millis if match[2].casefold().startswith("m") else micros_of
        time = read(match[1].replace(",", "."))
        return Mended(time, "the unit stands with the time") if time is not None else None
    time = read(text.replace(",", "."))
    return Mended(time, "a comma stands before the decimals") if time is not None else None

"""Times of subtitle files, read as they were meant, with what is wrong about each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotator.model.time import LONGEST_SECONDS, Micros

_NUMBER = re.compile(r"(-?)([0-9]{1,9})((?:[:;.,][0-9]{1,9}){0,3})")
_PART = re.compile(r"([:;.,])([0-9]+)")
_USUAL = re.compile(r"(?:([0-9]{2,6}):)?([0-5][0-9]):([0-5][0-9])([.,])([0-9]{3})")
_ARROW = re.compile(r"^\s*(\S{0,32}?)\s*(-->|--\s>|-{1,3}>|[–—]>|=>)\s*(\S{0,32})(.*)$")
_PLAIN_ARROW = "-->"
_MILLIS, _FINEST, _SIXTY = 3, 6, 60
_WHOLE_CLOCK = 3  # hours, minutes and seconds


@dataclass(frozen=True, slots=True)
class ReadTime:
    """A time, and what had to be put right to read it, in words."""

    time: Micros
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timing:
    """A line that tells from when to when a cue lasts; None where that cannot be read.

    `rest` is what follows on the line.
    """

    start: Micros | None
    end: Micros | None
    rest: str
    repairs: tuple[str, ...] = ()


def read_time(text: str, mark: str, *, hours: bool = False) -> ReadTime | None:
    """Read a time such as 00:00:09.025, None where it is none.

    `mark` is what should stand before the milliseconds, "." or ","; `hours` tells whether they
    should be there. A time may be as long as any recording's.
    """
    usual = _USUAL.fullmatch(text)
    if usual and usual[4] == mark and (usual[1] or not hours):
        hour, minute, second, millis = int(usual[1] or 0), int(usual[2]), int(usual[3]), usual[5]
        return ReadTime(
            Micros(((hour * 60 + minute) * 60 + second) * 1_000_000 + int(millis) * 1000)
        )
    return _read_unusual(text, mark, hours=hours)


def _read_unusual(text: str, mark: str, *, hours: bool) -> ReadTime | None:
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    repairs: list[str] = []
    numbers, fraction = _parts(match, mark, repairs)
    if hours and len(numbers) < _WHOLE_CLOCK:
        repairs.append("hours are missing")
    if any(number >= _SIXTY for number in numbers[1:]):
        repairs.append("minutes or seconds of 60 and more were carried over")
    seconds = 0
    for number in numbers:
        seconds = seconds * 60 + number
    if seconds >= LONGEST_SECONDS:
        return None
    micros = seconds * 1_000_000 + _fraction(fraction, repairs)
    return ReadTime(Micros(-micros if match[1] else micros), tuple(repairs))


def _parts(match: re.Match[str], mark: str, repairs: list[str]) -> tuple[list[int], str]:
    """Take a time apart into hours, minutes, seconds as far as given, and digits of a fraction."""
    pieces = _PART.findall(match[3])
    sign, last = pieces[-1] if pieces else ("", "")
    clock = [match[2], *(digits for _, digits in pieces)]
    if sign in {".", ","}:
        if sign != mark:
            repairs.append(f"“{sign}” stands before the milliseconds instead of “{mark}”")
        return [int(one) for one in clock[:-1]], last
    if len(last) == _MILLIS and len(clock) >= _WHOLE_CLOCK:
        repairs.append(f"“{sign}” stands before the milliseconds instead of “{mark}”")
        return [int(one) for one in clock[:-1]], last
    if len(clock) > _WHOLE_CLOCK:
        repairs.append("frames were left out, since their rate is not told")
        return [int(one) for one in clock[:-1]], "000"
    repairs.append("milliseconds are missing")
    return [int(one) for one in clock], "000"


def _fraction(digits: str, repairs: list[str]) -> int:
    if len(digits) > _FINEST:
        repairs.append("decimals beyond the sixth were left out")
    elif len(digits) < _MILLIS:
        repairs.append("the milliseconds have fewer than three digits and were read as decimals")
    return int(digits[:_FINEST].ljust(_FINEST, "0"))


def read_timing(line: str, mark: str, *, hours: bool = False) -> Timing | None:
    """Read a line such as "00:00:01.000 --> 00:00:02.500 align:start"; None where it is none.

    A line with another arrow is one only where both times can be read, since it may be speech.
    """
    match = _ARROW.match(line) if ">" in line else None
    if match is None:
        return None
    first, arrow, last, rest = match.groups()
    start, end = read_time(first, mark, hours=hours), read_time(last, mark, hours=hours)
    is_plain = arrow == _PLAIN_ARROW
    if (start is None and end is None) or (not is_plain and None in {start, end}):
        return None
    repairs = [one for time in (start, end) if time for one in time.repairs]
    if not is_plain:
        repairs.append(f"the arrow is “{arrow}” instead of “{_PLAIN_ARROW}”")
    return Timing(
        start.time if start else None,
        end.time if end else None,
        rest.strip(),
        tuple(dict.fromkeys(repairs)),
    )


def to_millis(time: Micros) -> int:
    """Round to the nearest whole millisecond, not below 0; halves go up."""
    return max(0, (time + 500) // 1000)


def to_stamp(time: Micros, mark: str) -> str:
    """Write a time as 00:00:09.025 with that mark, rounded as `to_millis` does."""
    return stamp_of(to_millis(time), mark)


def stamp_of(millis: int, mark: str) -> str:
    """Write milliseconds as 00:00:09.025 with that mark."""
    seconds, millis = divmod(millis, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}{mark}{millis:03d}"

"""Media fragments: the part of a film's address that says from when to when."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple
from urllib.parse import unquote

from annotator.model.time import ZERO, Micros
from annotator.storage.interchange.micros import micros_of

_NPT = re.compile(r"(?:(?:([0-9]{1,9}):)?([0-9]{1,2}):)?([0-9]{1,12}(?:\.[0-9]{0,30})?)(s?)")
_USUAL = re.compile(r"t=([0-9]{1,8})(?:\.([0-9]{1,6}))?,([0-9]{1,8})(?:\.([0-9]{1,6}))?")
_FRAMES = re.compile(r"([0-9]{1,9}):([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2})(?:\.([0-9]{1,2}))?)?")
_SMPTE = re.compile(r"smpte(?:-(24|25|30|30-drop|60|60-drop))?:(.*)", re.DOTALL)
_SIXTY, _TWO, _MILLION = 60, 2, 1_000_000


class Fragment(NamedTuple):
    """From when to when; `end` is None where that is the end of the film.

    `fault` says why no time can be taken, and is empty where one is; `repairs` tell what was put
    right. `is_spatial` tells whether a part of the picture is selected as well.
    """

    start: Micros = ZERO
    end: Micros | None = None
    fault: str = "no time is told"
    repairs: tuple[str, ...] = ()
    is_spatial: bool = False


def read_fragment(text: str) -> Fragment:
    """Read a fragment such as `t=npt:1.5,3&xywh=0,0,9,9`, with or without its sign in front.

    Of several times the last that is valid counts, as the standard has it.
    """
    usual = _USUAL.fullmatch(text)
    if usual is not None:
        start, end = _micros(usual[1], usual[2]), _micros(usual[3], usual[4])
        if start != end:
            return Fragment(start, end, "")
    found = Fragment()
    is_spatial = False
    for piece in text.removeprefix("#").split("&"):
        plain = piece if "=" in piece else unquote(piece)
        name, _, value = plain.partition("=")
        name = unquote(name)
        if name == "t":
            read = _read_time(unquote(value))
            found = found if read.fault and not found.fault else read
        is_spatial = is_spatial or name in {"xywh", "xyn", "xyr"}
    return Fragment(found.start, found.end, found.fault, found.repairs, is_spatial)


def _micros(seconds: str, decimals: str | None) -> Micros:
    return Micros(int(seconds) * _MILLION + int((decimals or "").ljust(6, "0")))


def _read_time(value: str) -> Fragment:
    repairs: list[str] = []
    smpte = _SMPTE.fullmatch(value)
    if value.startswith("clock:"):
        return Fragment(fault=f"the time is one of a day, “{value}”, and the film's is not told")
    body = smpte[2] if smpte else value.removeprefix("npt:")
    mark = "/" if "/" in body and "," not in body else ","
    ends = body.split(mark)
    if mark == "/":
        repairs.append("a slash stands between two times, as ELAN has it")
    is_broken = len(ends) > _TWO or not any(ends) or (len(ends) == _TWO and not ends[1])
    times = [
        _smpte_time(one, smpte[1] or "30") if smpte else _npt_time(one, repairs)
        for one in ends
        if one
    ]
    if is_broken or None in times:
        return Fragment(fault=f"“t={value}” is no valid time")
    if smpte and not smpte[1]:
        repairs.append("frames were counted as 30 a second, since their rate is not told")
    known = [time for time in times if time is not None]
    start = known[0] if ends[0] else ZERO
    end = known[-1] if len(ends) == _TWO else None
    if start == end:
        repairs.append("a time that selects nothing was taken for a moment")
    return Fragment(start, end, "", tuple(repairs))


def _npt_time(text: str, repairs: list[str]) -> Micros | None:
    match = _NPT.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds, unit = match.groups()
    if unit:
        repairs.append("an “s” stands after the seconds")
    known = micros_of(seconds)
    is_clock = minutes is not None
    if known is None or (is_clock and (int(minutes) >= _SIXTY or known >= _SIXTY * _MILLION)):
        return None
    whole = int(hours or 0) * _SIXTY + int(minutes or 0)
    return Micros(whole * _SIXTY * _MILLION + known)


def _smpte_time(text: str, kind: str) -> Micros | None:
    match = _FRAMES.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds = int(match[1]), int(match[2]), int(match[3])
    rate, _, drop = kind.partition("-")
    frames = int(match[4] or 0)
    if minutes >= _SIXTY or seconds >= _SIXTY or frames >= int(rate):
        return None
    count = ((hours * _SIXTY + minutes) * _SIXTY + seconds) * int(rate) + frames
    exact = Fraction(count) + Fraction(int((match[5] or "0").ljust(2, "0")), 100)
    speed = Fraction(int(rate))
    if drop:
        every = int(rate) // 15  # frames' numbers are left out each minute but the tenth
        whole = hours * _SIXTY + minutes
        exact -= every * (whole - whole // 10)
        speed = Fraction(int(rate) * 1000, 1001)
    return Micros(round(exact / speed * _MILLION))

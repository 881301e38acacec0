"""Reads what is typed to go somewhere: a time, or the number of a frame."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotator.model.time import Micros, from_clock

WHAT_TO_TYPE = "Type 1:23.48 or f2084"
_FRAME = re.compile(r"^(?:f|frame|#)\s*([0-9][0-9\s]{0,11})$", re.IGNORECASE)
_FINER_THAN_MILLIS = re.compile(r"[.,][0-9]{4,}$")
_REST_OF_MILLI = 999


@dataclass(frozen=True, slots=True)
class FrameTarget:
    """The frame of a number, counted from 0."""

    index: int


@dataclass(frozen=True, slots=True)
class TimeTarget:
    """The frame that is on screen at a time: the last one that begins by then."""

    time: Micros


def read_target(text: str) -> FrameTarget | TimeTarget | None:
    """Read `83.48`, `1:23.48`, `0:01:23.480`, `f2084` or `#2084`; None where it is no such text.

    A time with at most three decimals is taken as the end of its millisecond, 999 microseconds
    later: the readout rounds down, so a frame at 83.458333 s reads 0:01:23.458, and typing that
    must reach this frame and not the one before. More decimals are taken as they stand.
    """
    text = text.strip()
    frame = _FRAME.match(text)
    if frame:
        return FrameTarget(int("".join(frame[1].split())))
    try:
        time = from_clock(text)
    except ValueError:
        return None
    return TimeTarget(_end_of_milli(text, time))


def _end_of_milli(text: str, time: Micros) -> Micros:
    # Times before zero are shown rounded towards zero, so they already stand at the end.
    if text.startswith("-") or _FINER_THAN_MILLIS.search(text):
        return time
    return Micros(time + _REST_OF_MILLI)

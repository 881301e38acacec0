"""Chooses the ruler's ticks, from hours down to single frames."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from annotator.gui.timeline.geometry import Scale, frame_length
from annotator.model.time import Micros, to_clock

LABEL_PX = 92
FINE_LABEL_PX = 116
FRAME_LABEL_PX = 160
FRAME_PX = 7
FRAME_MARK = "  f"  # as a frame is typed to go there
_SECOND = 1_000_000
_HOUR = 3600 * _SECOND
_LADDER: tuple[tuple[int, int], ...] = (
    (1_000, 5),
    (2_000, 4),
    (5_000, 5),
    (10_000, 5),
    (20_000, 4),
    (50_000, 5),
    (100_000, 5),
    (200_000, 4),
    (500_000, 5),
    (_SECOND, 5),
    (2 * _SECOND, 4),
    (5 * _SECOND, 5),
    (10 * _SECOND, 5),
    (15 * _SECOND, 3),
    (30 * _SECOND, 6),
    (60 * _SECOND, 6),
    (120 * _SECOND, 4),
    (300 * _SECOND, 5),
    (600 * _SECOND, 5),
    (900 * _SECOND, 3),
    (1800 * _SECOND, 6),
    (_HOUR, 4),
    (2 * _HOUR, 4),
    (6 * _HOUR, 6),
    (12 * _HOUR, 6),
)
"""Steps between labels, and into how many parts the small ticks divide each."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the ruler; the long ones have a label, the others an empty one."""

    time: Micros
    label: str = ""


def ticks(scale: Scale, frame_times: Sequence[Micros]) -> list[Tick]:
    """Choose the ticks of a stretch, in order, none before time 0.

    Where frames are wide enough to be told apart each tick is a frame, labelled with its time
    and number; else they divide the clock evenly. Labels are at least `LABEL_PX` apart where
    frames come evenly.
    """
    if len(frame_times) > 1 and _pixels(scale, frame_length(frame_times)) >= FRAME_PX:
        return list(_frame_ticks(scale, frame_times))
    return list(_clock_ticks(scale))


def _pixels(scale: Scale, time: int) -> float:
    return time * scale.width / scale.length


def _frame_ticks(scale: Scale, frame_times: Sequence[Micros]) -> Iterator[Tick]:
    frame_px = _pixels(scale, frame_length(frame_times))
    every = next(n for n in _one_two_five() if n * frame_px >= FRAME_LABEL_PX)
    first = bisect_left(frame_times, scale.time_at(scale.left - FRAME_LABEL_PX))
    last = bisect_left(frame_times, scale.end)
    for index in range(first, last):
        time = frame_times[index]
        yield Tick(time, "" if index % every else f"{to_clock(time)}{FRAME_MARK}{index}")


def _one_two_five() -> Iterator[int]:
    for power in count():
        yield from (10**power, 2 * 10**power, 5 * 10**power)


def _clock_ticks(scale: Scale) -> Iterator[Tick]:
    step, parts = _clock_step(scale)
    small = step // parts
    first = max(0, scale.time_at(scale.left - FINE_LABEL_PX))
    for time in range(-(-first // small) * small, scale.end, small):
        yield Tick(Micros(time), "" if time % step else _label(time, step))


def _clock_step(scale: Scale) -> tuple[int, int]:
    for step, parts in _LADDER:
        if _pixels(scale, step) >= (LABEL_PX if step >= _SECOND else FINE_LABEL_PX):
            return step, parts
    day = 24 * _HOUR
    return next(n * day for n in _one_two_five() if _pixels(scale, n * day) >= LABEL_PX), 4


def _label(time: int, step: int) -> str:
    clock = to_clock(Micros(time))
    return clock if step < _SECOND else clock.partition(".")[0]

"""Puts moments that a hand points at on frames, and on what lies near them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from annotator.gui.timeline.geometry import Scale
from annotator.model.time import Micros

SNAP_PX = 7
"""From so many pixels away a moment snaps to something."""

SHORTEST = Micros(1000)
"""The shortest stretch that a hand can make where there are no frames; clocks can show it."""


class Snap(IntEnum):
    """What a moment can snap to; of two things equally near, the one named first."""

    PLAYHEAD = 0
    TAG = 1
    SILENCE = 2
    LIMIT = 3  # region, excluded spans and the ends of the session
    FRAME = 4
    NOTHING = 5

    @property
    def is_near(self) -> bool:
        """Whether it is something that lies at a place of its own, to be shown to the hand."""
        return self < Snap.FRAME


class Attractor(NamedTuple):
    """A moment that others snap to, and what it is."""

    time: int
    kind: Snap


class Snapped(NamedTuple):
    """Where a moment came to lie, and why."""

    time: Micros
    kind: Snap


@dataclass(frozen=True, slots=True)
class Candidates:
    """All that a moment may snap to; `frames` are in order, and may be none."""

    near: tuple[Attractor, ...] = ()
    frames: Sequence[Micros] = ()


def snapped(moment: Micros, scale: Scale, candidates: Candidates) -> Snapped:
    """Put a moment on the nearest thing within a few pixels, else on the nearest frame."""
    reach = scale.micros_of(SNAP_PX)
    close = [(abs(one.time - moment), one.kind, one.time) for one in candidates.near]
    found = min(close, default=None)
    if found is not None and found[0] <= reach:
        return Snapped(Micros(found[2]), found[1])
    if candidates.frames:
        return Snapped(nearest_frame(candidates.frames, moment), Snap.FRAME)
    return Snapped(moment, Snap.NOTHING)


def frame_shown_at(frame_times: Sequence[Micros], moment: Micros) -> Micros:
    """Give the time of the frame on screen at a moment; the moment itself without frames.

    Before the first frame that is the first frame.
    """
    if not frame_times:
        return moment
    return frame_times[max(0, bisect_right(frame_times, moment) - 1)]


def nearest_frame(frame_times: Sequence[Micros], moment: Micros) -> Micros:
    """Give the frame time nearest to a moment, the earlier of two; the moment without frames."""
    if not frame_times:
        return moment
    place = bisect_left(frame_times, moment)
    near = frame_times[max(0, place - 1) : place + 1]
    return min(near, key=lambda time: abs(time - moment))


def nearest_edge(frame_times: Sequence[Micros], moment: Micros, end: Micros) -> Micros:
    """Give the frame time nearest to a moment, or the end of the session where that is nearer."""
    frame = nearest_frame(frame_times, moment)
    return end if end > frame and abs(end - moment) < abs(frame - moment) else frame


def edge_after(frame_times: Sequence[Micros], start: Micros, end: Micros) -> Micros:
    """Give the first edge after a moment: the next frame, or the end of the session.

    Without frames that is the shortest stretch later, or the end of the session where that is
    nearer. It is later than `start` even where that lies beyond the session.
    """
    place = bisect_right(frame_times, start)
    if place < len(frame_times):
        return frame_times[place]
    after = end if frame_times else min(end, Micros(start + SHORTEST))
    return max(after, Micros(start + 1))


def edge_before(frame_times: Sequence[Micros], end: Micros, first: Micros) -> Micros:
    """Give the last edge before a moment: the frame before, or the start of the session, `first`.

    Without frames that is the shortest stretch earlier, or the start of the session where that
    is nearer. It is earlier than `end` even where that lies before the session.
    """
    place = bisect_left(frame_times, end)
    if place:
        return frame_times[place - 1]
    before = first if frame_times else max(first, Micros(end - SHORTEST))
    return min(before, Micros(end - 1))

"""Puts moments that a hand points at on the frames of the film."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from annotator.model.time import Micros

SHORTEST = Micros(1000)
"""The shortest stretch that a hand can make where there are no frames; clocks can show it."""


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

"""Works out the new times of a tag whose body or edge is dragged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.gui.timeline.hit import Part
from annotator.gui.timeline.snapping import edge_after, edge_before, nearest_edge, nearest_frame
from annotator.model.coding import Tag
from annotator.model.time import Interval, Micros


@dataclass(frozen=True, slots=True)
class Grip:
    """A tag held by a part of it; `held` is the moment that was under the mouse."""

    tag: Tag
    part: Part
    held: Micros


def dragged(
    grip: Grip, moment: Micros, frame_times: Sequence[Micros], whole: Interval
) -> tuple[Micros, Micros]:
    """Give the start and end of a tag dragged to a moment.

    Both stand on frames (an end may also stand at the end of the session); a stretch keeps at
    least one frame. Dragged back to where it was taken, the tag keeps its very times.
    """
    tag = grip.tag
    by = moment - grip.held
    if by == 0:
        return tag.start, tag.end
    if grip.part is Part.START:
        wanted = _snapped_start(frame_times, tag.start + by, whole)
        return min(wanted, edge_before(frame_times, tag.end, whole.start)), tag.end
    if grip.part is Part.END:
        wanted = _snapped_end(frame_times, tag.end + by, whole)
        return tag.start, max(wanted, edge_after(frame_times, tag.start, whole.end))
    return _moved(tag, by, frame_times, whole)


def _moved(
    tag: Tag, by: int, frame_times: Sequence[Micros], whole: Interval
) -> tuple[Micros, Micros]:
    length = tag.end - tag.start
    latest = max(whole.start, whole.end - length)
    start = _snapped_start(frame_times, min(tag.start + by, latest), whole)
    if tag.is_instant:
        return start, start
    end = _snapped_end(frame_times, start + length, whole)
    return start, max(end, edge_after(frame_times, start, whole.end))


def _snapped_start(frame_times: Sequence[Micros], moment: int, whole: Interval) -> Micros:
    return nearest_frame(frame_times, _within(moment, whole))


def _snapped_end(frame_times: Sequence[Micros], moment: int, whole: Interval) -> Micros:
    return nearest_edge(frame_times, _within(moment, whole), whole.end)


def _within(moment: int, whole: Interval) -> Micros:
    return Micros(max(whole.start, min(moment, whole.end)))

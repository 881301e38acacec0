"""Works out the new times of tags whose body or edge is dragged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from annotator.gui.timeline.hit import Part
from annotator.gui.timeline.snapping import (
    Snap,
    Snapped,
    edge_after,
    edge_before,
    nearest_edge,
    nearest_frame,
)
from annotator.model.coding import Tag
from annotator.model.time import Interval, Micros

Snapper = Callable[[Micros], Snapped]


@dataclass(frozen=True, slots=True)
class Grip:
    """A tag held by a part of it; `held` is the moment that was under the mouse."""

    tag: Tag
    part: Part
    held: Micros


@dataclass(frozen=True, slots=True)
class Dragged:
    """Where a dragged tag would lie, and the place it snapped to; None where that is a frame."""

    start: Micros
    end: Micros
    at: Micros | None = None


def drag(
    grip: Grip, moment: Micros, snap: Snapper, frame_times: Sequence[Micros], whole: Interval
) -> Dragged:
    """Give the times of a tag dragged to a moment, within the session.

    An edge snaps by itself; of a body the edge snaps that is nearer to something. A stretch
    keeps at least one frame. Dragged back to where it was taken, the tag keeps its very times.
    """
    tag = grip.tag
    by = moment - grip.held
    if by == 0:
        return Dragged(tag.start, tag.end)
    if grip.part is Part.START:
        found = snap(_within(tag.start + by, whole))
        start = min(found.time, edge_before(frame_times, tag.end, whole.start))
        return Dragged(start, tag.end, _shown(found, start))
    if grip.part is Part.END:
        found = _snapped_end(snap, tag.end + by, whole)
        end = max(found.time, edge_after(frame_times, tag.start, whole.end))
        return Dragged(tag.start, end, _shown(found, end))
    return _moved(tag, by, snap, frame_times, whole)


def dragged(
    grip: Grip, moment: Micros, frame_times: Sequence[Micros], whole: Interval
) -> tuple[Micros, Micros]:
    """Give the start and end of a tag dragged to a moment, where it snaps to frames alone."""
    found = drag(grip, moment, frames_alone(frame_times), frame_times, whole)
    return found.start, found.end


def frames_alone(frame_times: Sequence[Micros]) -> Snapper:
    """Make a snapper that knows frames alone; none where there are none."""
    return lambda moment: Snapped(
        nearest_frame(frame_times, moment), Snap.FRAME if frame_times else Snap.NOTHING
    )


def moved_along(
    tag: Tag, by: int, frame_times: Sequence[Micros], whole: Interval
) -> tuple[Micros, Micros]:
    """Give the times of a tag that goes along with another one, on frames where there are any."""
    if by == 0:
        return tag.start, tag.end
    found = _moved(tag, by, frames_alone(frame_times), frame_times, whole)
    return found.start, found.end


def _moved(
    tag: Tag, by: int, snap: Snapper, frame_times: Sequence[Micros], whole: Interval
) -> Dragged:
    length = tag.end - tag.start
    latest = max(whole.start, whole.end - length)
    wanted = _within(min(tag.start + by, latest), whole)
    first = snap(wanted)
    if first.kind.is_near and first.time > latest:  # it would lose some of its length there
        first = frames_alone(frame_times)(wanted)
    if tag.is_instant:
        return Dragged(first.time, first.time, _shown(first, first.time))
    last = snap(Micros(wanted + length))
    if last.kind.is_near and not _is_nearer(first, wanted, last, wanted + length):
        start = last.time - length
        if start >= whole.start and last.time <= whole.end:
            return Dragged(Micros(start), last.time, last.time)
    start = first.time
    if first.kind is not Snap.FRAME and start + length <= whole.end:
        return Dragged(start, Micros(start + length), _shown(first, start))
    end = nearest_edge(frame_times, _within(start + length, whole), whole.end)
    end = max(end, edge_after(frame_times, start, whole.end))
    return Dragged(start, end, _shown(first, start))


def _is_nearer(first: Snapped, start: int, last: Snapped, end: int) -> bool:
    return first.kind.is_near and abs(first.time - start) <= abs(last.time - end)


def _snapped_end(snap: Snapper, moment: int, whole: Interval) -> Snapped:
    """Snap an end, which may also stand at the end of the session, after the last frame."""
    wanted = _within(moment, whole)
    found = snap(wanted)
    is_last = whole.end > found.time and abs(whole.end - wanted) < abs(found.time - wanted)
    if found.kind is Snap.FRAME and is_last:
        return Snapped(whole.end, Snap.LIMIT)
    return found


def _shown(found: Snapped, kept: Micros) -> Micros | None:
    return found.time if found.kind.is_near and found.time == kept else None


def _within(moment: int, whole: Interval) -> Micros:
    return Micros(max(whole.start, min(moment, whole.end)))

"""What is selected on the timeline, and how rectangles, clicks and arrows choose it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from PyQt6.QtCore import QRect

from annotator.gui.timeline.lanes import Lane, Place, Row
from annotator.gui.timeline.scene import Scene
from annotator.model.coding import Tag, tag_order
from annotator.model.time import Interval, Micros

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected: tags by their ids, or a stretch of time, never both."""

    tags: frozenset[str] = NOTHING
    stretch: Interval | None = None

    def __post_init__(self) -> None:
        if self.tags and self.stretch is not None:
            raise ValueError("tags or a stretch of time can be selected, not both")


def hull(tags: Iterable[Tag]) -> Interval | None:
    """Give the stretch from the first start to the last end; None without tags."""
    kept = list(tags)
    if not kept:
        return None
    return Interval(min(tag.start for tag in kept), max(tag.end for tag in kept))


def in_band(scene: Scene, band: QRect) -> frozenset[str]:
    """Give the tags of the coded pass that a rectangle on the viewport touches."""
    first, last = scene.scale.time_at(band.left()), scene.scale.last_time_in(band.right())
    below = scene.scroll - scene.top
    top, bottom = band.top() + below, band.bottom() + below
    found: list[str] = []
    for lane, place in zip(scene.lanes.lanes, scene.bands, strict=False):
        if lane.head.own and place.top <= bottom and place.bottom >= top:
            for number, row in enumerate(lane.rows):
                row_top = place.row_top(number)
                if row_top <= bottom and row_top + place.row_height >= top:
                    found += _ids_in(row, first, last)
    return frozenset(found)


def in_view(scene: Scene) -> frozenset[str]:
    """Give the tags of the coded pass that touch the time in view, whatever lane they are in."""
    first, last = max(scene.scale.start, scene.whole.start), scene.scale.end
    found: list[str] = []
    for lane in scene.lanes.lanes:
        for row in lane.rows if lane.head.own else ():
            found += _ids_in(row, first, last)
    return frozenset(found)


def between(scene: Scene, one: Place, other: Place) -> frozenset[str]:
    """Give the tags from one to another: of all lanes from the one's to the other's."""
    first = min(one.tag.start, other.tag.start)
    last = max(one.tag.start, other.tag.start)
    lanes = scene.lanes.lanes[min(one.lane, other.lane) : max(one.lane, other.lane) + 1]
    found = {one.tag.id, other.tag.id}
    for lane in lanes:
        for row in lane.rows if lane.head.own else ():
            found.update(
                tag.id
                for place in row.between(first, last)
                if first <= (tag := row.tags[place]).start <= last
            )
    return frozenset(found)


class Way(Enum):
    """Where an arrow points to."""

    BACK = "back"
    FORWARD = "forward"
    UP = "up"
    DOWN = "down"


def neighbour(scene: Scene, place: Place | None, way: Way, position: Micros) -> Tag | None:
    """Give the tag that an arrow leads to; None where there is none that way.

    Back and forward go through a lane in order of time; up and down to the nearest tag in time
    of the next lane that has any. From nowhere, it is the tag nearest to the playhead.
    """
    lanes = scene.lanes.lanes
    if place is None:
        near = (_nearest(lane, position) for lane in lanes if lane.head.own)
        return min(
            (tag for tag in near if tag is not None),
            key=lambda tag: abs(tag.start - position),
            default=None,
        )
    if way in {Way.BACK, Way.FORWARD}:
        return _beside(lanes[place.lane], place.tag, forward=way is Way.FORWARD)
    further = lanes[place.lane + 1 :] if way is Way.DOWN else lanes[: place.lane][::-1]
    found = (_nearest(lane, place.tag.start) for lane in further if lane.head.own)
    return next((tag for tag in found if tag is not None), None)


def _ids_in(row: Row, first: int, last: int) -> list[str]:
    places = row.between(first, last)
    tags = row.tags[places.start : places.stop]
    if row.crowded:
        return [tag.id for tag in tags if tag.end >= first]
    if tags and tags[0].end < first:  # of tags that do not overlap only the first may
        del tags[0]
    return [tag.id for tag in tags]


def _beside(lane: Lane, tag: Tag, *, forward: bool) -> Tag | None:
    """Give the tag of a lane that comes next in order of time, one way or the other."""
    here = tag_order(tag)
    found: list[Tag] = []
    for row in lane.rows:
        place = _place_in(row, tag)
        if forward:
            later = row.tags[place : place + 2]
            found += [one for one in later if tag_order(one) > here][:1]
        elif place:
            found.append(row.tags[place - 1])
    return (min if forward else max)(found, key=tag_order, default=None)


def _nearest(lane: Lane, moment: int) -> Tag | None:
    marker = Tag("", "", Micros(moment), Micros(moment))
    near = [
        row.tags[one]
        for row in lane.rows
        for place in (_place_in(row, marker),)
        for one in (place - 1, place)
        if 0 <= one < len(row.tags)
    ]
    return min(near, key=lambda tag: (abs(tag.start - moment), tag_order(tag)), default=None)


def _place_in(row: Row, tag: Tag) -> int:
    return bisect_left(row.tags, tag_order(tag), key=tag_order)

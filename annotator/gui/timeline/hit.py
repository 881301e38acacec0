"""Tells what lies under the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from annotator.gui.timeline.bands import Band, band_at
from annotator.gui.timeline.geometry import Scale
from annotator.gui.timeline.lanes import Lanes
from annotator.model.coding import Tag

RULER_HEIGHT = 30
EDGE_INSIDE_PX = 6
EDGE_OUTSIDE_PX = 3
INSTANT_PX = 8


class Part(Enum):
    """The parts of the timeline that answer differently to the mouse."""

    RULER = "ruler"
    GUTTER = "gutter"
    EMPTY = "empty"
    BODY = "body"
    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies under the mouse; `tag` is None unless it is a tag or an edge of one."""

    part: Part
    tag: Tag | None = None


def hit(x: float, y: float, scale: Scale, made: Sequence[Band], lanes: Lanes) -> Hit:
    """Find what lies at a pixel; `y` counts from the top of the first lane, the ruler is above.

    Of several tags the one nearest to the pixel is hit, of equals the shortest.
    """
    if x < scale.left:
        return Hit(Part.GUTTER)
    if y < 0:
        return Hit(Part.RULER)
    lane = band_at(made, y)
    if lane is None:
        return Hit(Part.EMPTY)
    return _in_lane(x, made[lane].row_at(y), scale, lane, lanes)


def _in_lane(x: float, row: int, scale: Scale, lane: int, lanes: Lanes) -> Hit:
    first = scale.time_at(int(x) - INSTANT_PX)
    last = scale.time_at(int(x) + INSTANT_PX + 1)
    near = [
        (distance, place.tag.end - place.tag.start, place.tag.id, place.tag)
        for place in lanes.between(lane, first, last)
        if place.row == row and (distance := _distance(x, place.tag, scale)) <= _reach(place.tag)
    ]
    if not near:
        return Hit(Part.EMPTY)
    tag = min(near)[3]
    return Hit(part_of(x, tag, scale), tag)


def _reach(tag: Tag) -> int:
    return INSTANT_PX if tag.is_instant else EDGE_OUTSIDE_PX


def _distance(x: float, tag: Tag, scale: Scale) -> float:
    return max(0.0, scale.x_of(tag.start) - x, x - scale.x_of(tag.end))


def part_of(x: float, tag: Tag, scale: Scale) -> Part:
    """Tell which part of a tag a pixel in it belongs to; the edges of a stretch can be dragged."""
    if tag.is_instant:
        return Part.BODY
    start, end = scale.x_of(tag.start), scale.x_of(tag.end)
    inside = min(EDGE_INSIDE_PX, (end - start) / 3)
    if x <= start + inside and start >= scale.left:
        return Part.START
    return Part.END if x >= end - inside else Part.BODY

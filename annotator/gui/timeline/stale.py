"""Tells which parts of the timeline look different when something has moved or changed."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from PyQt6.QtCore import QRect

from annotator.gui.timeline.geometry import Scale
from annotator.gui.timeline.overlay import HEAD_WIDTH
from annotator.gui.timeline.scene import Scene
from annotator.gui.timeline.selecting import hull
from annotator.gui.timeline.strip import overview_scale
from annotator.model.change import Change, TagChange
from annotator.model.time import Interval, Micros

REACH = int(HEAD_WIDTH)
ONE_BY_ONE = 60
"""Of so many tags each is found, to repaint no more than where they are."""


def stale_parts(scene: Scene, one: Micros, other: Micros) -> list[QRect]:
    """Give the places where the playhead was and is, and what running stretches cover."""
    scale, foot = scene.scale, scene.foot
    lanes = foot if scene.shows_strip else scene.height
    places = [_bounded(scale, time) for time in (one, other)]
    if scene.running:
        places += [_bounded(scale, span.start) for span in scene.running]
        made = [_columns(min(places), max(places), 0, lanes)]
    else:
        made = [_columns(x, x, 0, lanes) for x in places]
    if scene.shows_strip:
        overview = overview_scale(scale, scene.whole)
        marks = (_bounded(overview, time) for time in (one, other))
        made += [_columns(x, x, foot, scene.height) for x in marks]
    return made


def span_of(changes: Iterable[Change]) -> Interval | None:
    """Give the stretch within which tags were changed; None where other things were, too."""
    tags = []
    for change in changes:
        if not isinstance(change, TagChange):
            return None
        tags += [tag for tag in (change.before, change.after) if tag is not None]
    return hull(tags)


def lanes_to_repaint(
    scene: Scene, before: AbstractSet[str], after: AbstractSet[str]
) -> tuple[set[int] | None, Interval | None]:
    """Give the lanes, and the stretch in them, of the tags that are in one set and not the other.

    None stands for all lanes, or for all time; the outlines of many tags differ from those of
    few, so that all is painted where one becomes the other.
    """
    if len(before) > ONE_BY_ONE or len(after) > ONE_BY_ONE:
        return None, None
    found = [scene.lanes.place(tag_id) for tag_id in before ^ after]
    places = [place for place in found if place is not None]
    return {place.lane for place in places}, hull(place.tag for place in places)


def _bounded(scale: Scale, time: Micros) -> int:
    return max(scale.left - REACH, min(scale.pixel_of(time), scale.right + REACH))


def _columns(first: int, last: int, top: int, bottom: int) -> QRect:
    return QRect(first - REACH, top, last - first + 2 * REACH, bottom - top)

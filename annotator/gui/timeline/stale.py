"""Tells which parts of the timeline look different when the playhead has moved."""

from __future__ import annotations

from PyQt6.QtCore import QRect

from annotator.gui.timeline.geometry import Scale
from annotator.gui.timeline.overlay import HEAD_WIDTH
from annotator.gui.timeline.scene import Scene
from annotator.gui.timeline.strip import overview_scale
from annotator.model.time import Micros

REACH = int(HEAD_WIDTH)


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


def _bounded(scale: Scale, time: Micros) -> int:
    return max(scale.left - REACH, min(scale.pixel_of(time), scale.right + REACH))


def _columns(first: int, last: int, top: int, bottom: int) -> QRect:
    return QRect(first - REACH, top, last - first + 2 * REACH, bottom - top)

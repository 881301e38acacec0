"""The slim bar at the foot of the timeline: which part of the session is shown."""

from __future__ import annotations

from annotator.gui.timeline.geometry import MARGIN_PX, Scale, fitted, panned
from annotator.model.time import Interval

BAR_HEIGHT = 12
SHORTEST_HANDLE = 28


def handle(scale: Scale, whole: Interval) -> tuple[float, float] | None:
    """Give the left edge and width of the handle in pixels; None where all is shown."""
    first, travel = _travel(scale, whole)
    if travel <= 0 or scale.length >= fitted(whole, scale.left, scale.width).length:
        return None
    width = max(SHORTEST_HANDLE, scale.length * scale.width / (scale.length + travel))
    share = min(1.0, max(0.0, (scale.start - first) / travel))
    return scale.left + share * (scale.width - width), width


def slid(scale: Scale, whole: Interval, pixels: float) -> Scale:
    """Give the scale when the handle is pulled so many pixels from where it was."""
    held = handle(scale, whole)
    if held is None:
        return scale
    way = max(1.0, scale.width - held[1])
    micros = pixels / way * _travel(scale, whole)[1]
    return panned(scale, whole, micros * scale.width / scale.length)


def _travel(scale: Scale, whole: Interval) -> tuple[int, int]:
    """Give the earliest start that the scale can be moved to, and how far it can be moved."""
    margin = scale.micros_of(MARGIN_PX)
    return whole.start - margin, whole.length + 2 * margin - scale.length

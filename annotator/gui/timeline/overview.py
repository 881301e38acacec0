"""The slim bar at the foot of the timeline: which part of the session is shown."""

from __future__ import annotations

from annotator.gui.timeline.geometry import Scale, fitted, panned
from annotator.model.time import Interval

BAR_HEIGHT = 12
SHORTEST_HANDLE = 28


def handle(scale: Scale, whole: Interval) -> tuple[float, float] | None:
    """Give the left edge and width of the handle in pixels; None where all is shown."""
    everything = fitted(whole, scale.left, scale.width)
    if scale.length >= everything.length:
        return None
    width = max(SHORTEST_HANDLE, scale.length * scale.width / everything.length)
    travel = everything.length - scale.length
    share = min(1.0, max(0.0, (scale.start - everything.start) / travel))
    return scale.left + share * (scale.width - width), width


def slid(scale: Scale, whole: Interval, pixels: float) -> Scale:
    """Give the scale when the handle is pulled so many pixels from where it was."""
    held = handle(scale, whole)
    if held is None:
        return scale
    travel = fitted(whole, scale.left, scale.width).length - scale.length
    way = max(1.0, scale.width - held[1])
    return panned(scale, whole, pixels / way * travel * scale.width / scale.length)

"""Turns the wheel of the mouse into zooming and panning."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QWheelEvent

from annotator.gui.timeline.geometry import Scale, panned, zoomed
from annotator.gui.timeline.magnify import to_point
from annotator.gui.timeline.scene import Scene

WHEEL_NOTCH = 120
ZOOM_A_NOTCH = 1.25
PAN_A_NOTCH = 90


def wheeled(event: QWheelEvent, scene: Scene, factor: float) -> Scale | None:
    """Give the scale that a turn of the wheel asks for.

    None where it asks for none: over the names of the lanes it scrolls. `factor` tells how many
    pixels a point of the scene is wide.
    """
    delta, x = event.angleDelta(), to_point(event.position(), factor).x()
    sideways = delta.x() if abs(delta.x()) > abs(delta.y()) else 0
    if not sideways and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        sideways = delta.y()
    if sideways:
        pixels = event.pixelDelta().x() / factor or sideways * PAN_A_NOTCH / WHEEL_NOTCH
        return panned(scene.scale, scene.whole, -pixels)
    if x < scene.scale.left or not delta.y():
        return None
    factor = ZOOM_A_NOTCH ** (-delta.y() / WHEEL_NOTCH)
    return zoomed(scene.scale, scene.whole, scene.frame, factor, x)

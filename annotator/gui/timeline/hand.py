"""What the mouse's gestures share: what they look at, what they change and what they tell."""

from __future__ import annotations

from typing import Protocol

from PyQt6.QtCore import QObject, QPoint, Qt, pyqtSignal

from annotator.gui.timeline.attractors import candidates_near
from annotator.gui.timeline.dragging import Snapper
from annotator.gui.timeline.geometry import panned
from annotator.gui.timeline.moving import Moving
from annotator.gui.timeline.scene import Scene
from annotator.gui.timeline.snapping import Snap, Snapped, snapped
from annotator.model.time import Micros

DRAG_BEGINS_PX = 4

Keys = Qt.KeyboardModifier


class Gesture(Protocol):
    """One thing that a hand does from the press of the button until it lets go."""

    def move(self, point: QPoint, keys: Keys) -> None:
        """Follow the mouse."""

    def drop(self, point: QPoint, keys: Keys) -> None:
        """Do what the gesture was for."""

    def cancel(self) -> None:
        """Leave everything as it was."""


class Hand(QObject):
    """The scene, what moves over it, and the signals by which gestures tell what is wanted."""

    sought = pyqtSignal(object)  # Micros
    chosen = pyqtSignal(object)  # Selection
    retimed = pyqtSignal(object)  # tuple[tuple[str, Micros, Micros], ...]
    framed = pyqtSignal(object, object)  # FramePart, Interval
    scale_pulled = pyqtSignal(object)  # Scale
    moved = pyqtSignal()  # what moves over the page looks different
    lifted = pyqtSignal(object)  # frozenset[str], tags that left the page or came back to it
    shape_changed = pyqtSignal(object)  # Qt.CursorShape

    def __init__(self, scene: Scene, moving: Moving, parent: QObject) -> None:
        super().__init__(parent)
        self.scene = scene
        self.moving = moving

    def snapper(self, keys: Keys, moments: list[Micros]) -> Snapper:
        """Make what snaps these moments, now that these keys are held; Alt has nothing snap."""
        scene, moving = self.scene, self.moving
        if keys & Keys.AltModifier:
            return lambda moment: Snapped(moment, Snap.NOTHING)
        near = candidates_near(scene, moments, moving.position, moving.hidden)
        return lambda moment: snapped(moment, scene.scale, near)

    def snap(self, keys: Keys, moment: Micros) -> Snapped:
        """Snap one moment that belongs to no tag."""
        return self.snapper(keys, [moment])(moment)

    def pull_view(self, point: QPoint) -> None:
        """Pull the view along where the mouse leaves it."""
        scale = self.scene.scale
        beyond = max(0, point.x() - scale.right) + min(0, point.x() - scale.left)
        if beyond:
            self.scale_pulled.emit(panned(scale, self.scene.whole, beyond))


def has_begun(start: QPoint, point: QPoint) -> bool:
    """Tell whether the mouse has gone far enough for a press to be a drag."""
    return abs(point.x() - start.x()) >= DRAG_BEGINS_PX

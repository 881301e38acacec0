"""Chooses what a press of the mouse begins, and follows it until the button is let go."""

from __future__ import annotations

from PyQt6.QtCore import QObject, QPoint, Qt

from annotator.gui.timeline.dragging import Grip
from annotator.gui.timeline.frame_parts import FramePart, edge_at, frame_parts
from annotator.gui.timeline.gestures import (
    Banding,
    Framing,
    Seeking,
    Stretching,
    moment_shown_at,
    slide_from,
)
from annotator.gui.timeline.hand import Gesture, Hand, Keys
from annotator.gui.timeline.hit import Hit, Part
from annotator.gui.timeline.tag_drag import TagDrag


class Mouse(QObject):
    """Knows what the hand is doing; `anchor` is the tag from which a click with Shift selects."""

    def __init__(self, hand: Hand, parent: QObject) -> None:
        super().__init__(parent)
        self._hand = hand
        self._gesture: Gesture | None = None
        self.anchor = ""

    @property
    def is_busy(self) -> bool:
        """Whether the hand holds something."""
        return self._gesture is not None

    def press(self, point: QPoint, keys: Keys) -> None:
        """Take hold of what lies under the mouse."""
        if self._hand.scene.session is not None:
            self._gesture = self._begun(point, keys)

    def move(self, point: QPoint, keys: Keys) -> None:
        """Follow the mouse with what the hand holds."""
        if self._gesture is not None:
            self._gesture.move(point, keys)
        else:
            self._hand.shape_changed.emit(self._shape_at(point))

    def release(self, point: QPoint, keys: Keys) -> None:
        """Let go, and do what the gesture was for."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.drop(point, keys)
        self._hand.shape_changed.emit(self._shape_at(point))

    def cancel(self) -> None:
        """Let go, and leave everything as it was."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.cancel()
        self._hand.shape_changed.emit(Qt.CursorShape.ArrowCursor)

    def let_go_if_gone(self) -> None:
        """Let go of tags that have been changed or deleted meanwhile."""
        gesture = self._gesture
        if isinstance(gesture, TagDrag) and not gesture.is_sound():
            self.cancel()

    def _begun(self, point: QPoint, keys: Keys) -> Gesture | None:
        hand, scene = self._hand, self._hand.scene
        if point.y() >= scene.foot:
            return slide_from(hand, point)
        if point.x() >= scene.scale.left and point.y() < scene.top:
            return self._begun_on_ruler(point, keys)
        found = scene.hit_at(point.x(), point.y())
        if found.tag is not None and scene.lanes.is_own(found.tag.id):
            if not keys & Keys.ShiftModifier:
                self.anchor = found.tag.id
            held = scene.scale.time_at(point.x())
            return TagDrag(hand, Grip(found.tag, found.part, held), point, keys, self.anchor)
        if found.part is Part.GUTTER:
            return None
        if not keys & (Keys.ControlModifier | Keys.ShiftModifier):
            hand.sought.emit(moment_shown_at(scene, point))
        return Banding(hand, point, keys)

    def _begun_on_ruler(self, point: QPoint, keys: Keys) -> Gesture:
        hand = self._hand
        if keys & Keys.ShiftModifier:
            return Stretching(hand, point, keys)
        edge = self._edge_at(point)
        if edge is not None:
            return Framing(hand, *edge, point)
        return Seeking(hand, point)

    def _edge_at(self, point: QPoint) -> tuple[FramePart, Part] | None:
        scene, moving = self._hand.scene, self._hand.moving
        parts = frame_parts(scene.session, moving.stretch)
        return edge_at(point.x(), point.y(), scene.scale, parts)

    def _shape_at(self, point: QPoint) -> Qt.CursorShape:
        scene = self._hand.scene
        if scene.session is None or point.y() >= scene.foot:
            return Qt.CursorShape.ArrowCursor
        if point.y() < scene.top:
            has_edge = self._edge_at(point) is not None
            return Qt.CursorShape.SizeHorCursor if has_edge else Qt.CursorShape.ArrowCursor
        found = scene.hit_at(point.x(), point.y())
        is_own = found.tag is not None and scene.lanes.is_own(found.tag.id)
        return _shape_of(found) if is_own else Qt.CursorShape.ArrowCursor


def _shape_of(found: Hit) -> Qt.CursorShape:
    if found.part in {Part.START, Part.END}:
        return Qt.CursorShape.SizeHorCursor
    return Qt.CursorShape.PointingHandCursor if found.tag else Qt.CursorShape.ArrowCursor

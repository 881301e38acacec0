"""Turns presses, moves and releases of the mouse into seeking, selecting, dragging and panning."""

from __future__ import annotations

from dataclasses import replace

from PyQt6.QtCore import QObject, QPoint, Qt, pyqtSignal

from annotator.gui.timeline.dragging import Grip, dragged
from annotator.gui.timeline.geometry import Scale, panned
from annotator.gui.timeline.hit import Hit, Part
from annotator.gui.timeline.overview import handle, slid
from annotator.gui.timeline.scene import Scene
from annotator.gui.timeline.snapping import frame_shown_at
from annotator.model.coding import Tag
from annotator.model.time import ZERO, Micros

DRAG_BEGINS_PX = 4


class Mouse(QObject):
    """Knows what the hand holds: nothing, the playhead, a tag or the handle at the foot."""

    sought = pyqtSignal(object)  # Micros
    tag_pressed = pyqtSignal(str)
    tag_dropped = pyqtSignal(str, object, object)
    tag_lifted = pyqtSignal(object, object)  # the tag as it would be, and the edge in the hand
    scale_pulled = pyqtSignal(object)  # Scale
    sliding_changed = pyqtSignal(bool)
    shape_changed = pyqtSignal(object)  # Qt.CursorShape

    def __init__(self, scene: Scene, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self._seeking = False
        self._sought: Micros | None = None
        self._slide: tuple[int, Scale] | None = None
        self._grip: Grip | None = None
        self._pressed_at = QPoint()
        self._lifted: Tag | None = None
        self._position = ZERO

    @property
    def is_busy(self) -> bool:
        """Whether the hand holds something."""
        return self._seeking or self._slide is not None or self._grip is not None

    def press(self, point: QPoint, position: Micros) -> None:
        """Take hold of what lies under the mouse; `position` is where the playhead stands."""
        self._position = position
        if self._scene.session is None:
            return
        self._pressed_at = point
        if point.y() >= self._scene.foot:
            self._take_handle(point)
            return
        found = self._scene.hit_at(point.x(), point.y())
        if found.tag is not None:
            held = self._scene.scale.time_at(point.x())
            self._grip = Grip(found.tag, found.part, held)
            self.tag_pressed.emit(found.tag.id)
        elif found.part is not Part.GUTTER:
            self._seeking = True
            self._sought = None
            self._seek(point)

    def move(self, point: QPoint) -> None:
        """Follow the mouse with what the hand holds."""
        if self._slide is not None:
            taken_at, scale = self._slide
            self.scale_pulled.emit(slid(scale, self._scene.whole, point.x() - taken_at))
        elif self._seeking:
            self._pull_view(point)
            self._seek(point)
        elif self._grip is not None:
            self._drag(self._grip, point)
        else:
            self.shape_changed.emit(self._shape_at(point))

    def release(self, point: QPoint) -> None:
        """Let go; a tag that was dragged stays where it is, one that was clicked is gone to."""
        grip, lifted = self._grip, self._lifted
        self._end()
        if lifted is not None and grip is not None:
            if (lifted.start, lifted.end) != (grip.tag.start, grip.tag.end):
                self.tag_dropped.emit(lifted.id, lifted.start, lifted.end)
        elif grip is not None:
            self.sought.emit(grip.tag.start)
        self.shape_changed.emit(self._shape_at(point))

    def cancel(self) -> None:
        """Let go, and leave a dragged tag as it was."""
        self._end()
        self.shape_changed.emit(Qt.CursorShape.ArrowCursor)

    def give_up(self) -> None:
        """Let go as `cancel` does, and go back to where the film stood before a drag."""
        was_dragging = self._lifted is not None
        self.cancel()
        if was_dragging:
            self.sought.emit(self._position)

    def let_go_if_gone(self) -> None:
        """Let go of a tag that has been changed or deleted meanwhile."""
        if self._grip is not None:
            place = self._scene.lanes.place(self._grip.tag.id)
            if place is None or place.tag != self._grip.tag:
                self.cancel()

    def _end(self) -> None:
        if self._lifted is not None:
            self.tag_lifted.emit(None, None)
        if self._slide is not None:
            self.sliding_changed.emit(False)
        self._grip = self._lifted = self._slide = None
        self._seeking = False

    def _seek(self, point: QPoint) -> None:
        scene = self._scene
        moment = scene.scale.time_at(point.x())
        if scene.frame_times:
            # the last moment on the pixel: a frame that begins on it counts as shown there
            moment = frame_shown_at(scene.frame_times, scene.scale.last_time_in(point.x()))
        moment = max(scene.whole.start, min(moment, scene.whole.end))
        if moment != self._sought:
            self._sought = moment
            self.sought.emit(moment)

    def _take_handle(self, point: QPoint) -> None:
        scene = self._scene
        held = handle(scene.scale, scene.whole)
        if held is None or point.x() < scene.scale.left:
            return
        if not held[0] <= point.x() <= held[0] + held[1]:
            middle = held[0] + held[1] / 2
            self.scale_pulled.emit(slid(scene.scale, scene.whole, point.x() - middle))
        self._slide = (point.x(), scene.scale)
        self.sliding_changed.emit(True)

    def _drag(self, grip: Grip, point: QPoint) -> None:
        if self._lifted is None and abs(point.x() - self._pressed_at.x()) < DRAG_BEGINS_PX:
            return
        self._pull_view(point)
        scene = self._scene
        moment = scene.scale.time_at(point.x())
        start, end = dragged(grip, moment, scene.frame_times, scene.whole)
        lifted = replace(grip.tag, start=start, end=end)
        if self._lifted is None or lifted != self._lifted:
            self._lifted = lifted
            edge = end if grip.part is Part.END else start
            self.tag_lifted.emit(lifted, edge)
            self.sought.emit(edge)

    def _pull_view(self, point: QPoint) -> None:
        """Pull the view along where the mouse leaves it."""
        scale = self._scene.scale
        beyond = max(0, point.x() - scale.right) + min(0, point.x() - scale.left)
        if beyond:
            self.scale_pulled.emit(panned(scale, self._scene.whole, beyond))

    def _shape_at(self, point: QPoint) -> Qt.CursorShape:
        if self._scene.session is None or point.y() >= self._scene.foot:
            return Qt.CursorShape.ArrowCursor
        return _shape_of(self._scene.hit_at(point.x(), point.y()))


def _shape_of(found: Hit) -> Qt.CursorShape:
    if found.part in {Part.START, Part.END}:
        return Qt.CursorShape.SizeHorCursor
    return Qt.CursorShape.PointingHandCursor if found.tag else Qt.CursorShape.ArrowCursor

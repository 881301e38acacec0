"""Hands the events of the mouse on to its gestures, in the points of the scene."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtGui import QMouseEvent
from PyQt6.QtWidgets import QWidget

from annotator.gui.timeline.magnify import to_point
from annotator.gui.timeline.mouse import Mouse
from annotator.gui.timeline.reason_field import ReasonField


class MouseEvents(QObject):
    """Watches the viewport; `factor` tells how many of its pixels a point is wide."""

    def __init__(self, mouse: Mouse, reason: ReasonField, port: QWidget, factor: float) -> None:
        super().__init__(port)
        self.factor = factor
        self._mouse = mouse
        self._reason = reason
        port.setMouseTracking(True)
        port.installEventFilter(self)

    def eventFilter(self, _watched: QObject | None, event: QEvent | None) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        point, keys = to_point(event.position(), self.factor), event.modifiers()
        is_left = event.button() == Qt.MouseButton.LeftButton
        match event.type():
            case QEvent.Type.MouseMove:
                self._mouse.move(point, keys)
            case QEvent.Type.MouseButtonDblClick if is_left and self._reason.ask_at(point):
                pass
            case QEvent.Type.MouseButtonPress | QEvent.Type.MouseButtonDblClick if is_left:
                self._mouse.press(point, keys)
            case QEvent.Type.MouseButtonRelease if is_left:
                self._mouse.release(point, keys)
            case _:
                return False
        return True

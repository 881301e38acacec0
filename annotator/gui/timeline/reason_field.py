"""A field on the timeline for the reason why a span is excluded; it holds up nobody."""

from __future__ import annotations

from PyQt6.QtCore import QPoint, QRect, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QKeyEvent
from PyQt6.QtWidgets import QLineEdit, QWidget

from annotator.gui.timeline.frame_parts import excluded_at, frame_parts
from annotator.gui.timeline.hit import RULER_HEIGHT
from annotator.gui.timeline.magnify import to_pixels
from annotator.gui.timeline.scene import Scene
from annotator.model.session import ExcludedSpan

WIDTH, GAP = 260, 6
NARROWEST = 120


class ReasonField(QLineEdit):
    """Stands beside its span while it has the focus; Enter or leaving it keeps what it says."""

    given = pyqtSignal(object, str)  # ExcludedSpan, reason

    def __init__(self, scene: Scene, parent: QWidget, factor: float) -> None:
        super().__init__(parent)
        self.factor = factor
        self._scene = scene
        self._span: ExcludedSpan | None = None
        self.setPlaceholderText("Why is this excluded? Enter keeps it.")
        self.setAccessibleName("Reason for the exclusion")
        self.returnPressed.connect(self._keep)
        self.hide()

    def ask(self, span: ExcludedSpan) -> None:
        """Ask for the reason of a span, below its mark on the ruler."""
        scale = self._scene.scale
        left = max(scale.left, min(scale.pixel_of(span.start), scale.right - NARROWEST))
        self._span = span
        self.setText(span.reason)
        self.selectAll()
        width = max(NARROWEST, min(WIDTH, scale.right - left))
        place = to_pixels(QRect(left, RULER_HEIGHT + GAP, width, 1), self.factor)
        self.setFixedWidth(place.width())
        self.move(place.topLeft())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_at(self, point: QPoint) -> bool:
        """Ask for the reason of the span whose mark lies at a pixel; tells whether there is one."""
        parts = frame_parts(self._scene.session, None)
        span = excluded_at(point.x(), point.y(), self._scene.scale, parts)
        if span is not None:
            self.ask(span)
        return span is not None

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self._let_go()
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        super().focusOutEvent(event)
        self._keep()

    def _keep(self) -> None:
        span, reason = self._span, self.text().strip()
        self._let_go()
        if span is not None and reason != span.reason:
            self.given.emit(span, reason)

    def _let_go(self) -> None:
        self._span = None
        if self.isVisible():
            self.hide()
            parent = self.parentWidget()
            above = parent.parentWidget() if parent is not None else None
            if above is not None and self.hasFocus():
                above.setFocus(Qt.FocusReason.OtherFocusReason)

"""Fields for a bar beside the film: letters typed there are left to the window's keys."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PyQt6.QtWidgets import QComboBox, QDoubleSpinBox, QLabel, QSizePolicy, QWidget

LEAST_LETTERS = 9
DONE_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class NumberField(QDoubleSpinBox):
    """A number with its unit; Enter says that the hand is done with it."""

    entered = pyqtSignal()

    def __init__(self, name: str, unit: str, limits: tuple[float, float], step: float) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setRange(*limits)
        self.setSingleStep(step)
        self.setDecimals(0 if step == int(step) else 1)
        self.setSuffix(unit)

    def event(self, event: QEvent | None) -> bool:
        """Leave keys that write no number to the window's shortcuts."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.text().isalpha()
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        super().keyPressEvent(event)
        if event is not None and event.key() in DONE_KEYS:
            event.accept()
            self.entered.emit()


class ListField(QComboBox):
    """A list to choose from, which a brush of the wheel does not change."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(LEAST_LETTERS)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is not None:
            event.ignore()


class ElidedLabel(QLabel):
    """A line of plain text that ends in dots where there is no room for all of it.

    One that is `whole_or_none` is not shown at all then.
    """

    def __init__(self, parent: QWidget | None = None, *, whole_or_none: bool = False) -> None:
        super().__init__(parent)
        self._whole_or_none = whole_or_none
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        metrics, room = self.fontMetrics(), self.contentsRect()
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        if self._whole_or_none and text != self.text():
            return
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, self.alignment() | Qt.AlignmentFlag.AlignVCenter, text)

"""The clock of the film, which turns into a field to type where to go."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QLineEdit, QWidget

from annotator.gui.player.go_to import WHAT_TO_TYPE, FrameTarget, TimeTarget, read_target
from annotator.gui.player.readout_words import frame_words, no_such_frame, position_tip
from annotator.gui.theme import Theme
from annotator.model.time import ZERO, Micros, to_clock

HEIGHT = 52
CLOCK_LINE = 30
WIDEST_CLOCK = "0:00:00.000"
PADDING = 8
LONGEST_TEXT = 24


class GoToField(QLineEdit):
    """The field to type in; Esc and the loss of the focus give up."""

    given_up = pyqtSignal()

    def event(self, event: QEvent | None) -> bool:
        # Without this, Esc would give up the running tag instead.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        super().focusOutEvent(event)
        if event is not None and event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.given_up.emit()

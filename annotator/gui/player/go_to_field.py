"""The field in which to type where to go."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QKeyEvent
from PyQt6.QtWidgets import QLineEdit, QWidget

LONGEST_TEXT = 24


class GoToField(QLineEdit):
    """A line that Esc and the loss of the focus give up."""

    given_up = pyqtSignal()
    focus_lost = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST_TEXT)
        self.setAccessibleName("Time or frame to go to")

    def event(self, event: QEvent | None) -> bool:
        # Esc is a key of the window too: without this it would give up a running tag instead.
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event is not None:
            super().keyPressEvent(event)
            # The line passes Enter on; the readout would take it as the wish to begin again.
            event.accept()
            if event is not None:
                event.accept()  # or Enter would go on to the readout and open the field again

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        super().focusOutEvent(event)
        stays = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}
        if event is not None and event.reason() not in stays:
            self.focus_lost.emit()

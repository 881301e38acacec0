"""The field in which tags are searched."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QLineEdit, QWidget

SEARCH_TIP = (
    "Words that must be in a tag: its code, participant, note or attributes. Also code:… who:… "
    "note:… said:… (in the transcript meanwhile) from:1:00 to:2:00 is:moment is:stretch is:unnamed"
)
LEAVING = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter})


class SearchField(QLineEdit):
    """Escape empties it and goes back to what is found; so do Enter and Down, with it kept."""

    left = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("Search tags, as in: reflection who:T01")
        self.setClearButtonEnabled(True)
        self.setAccessibleName("Search tags")
        self.setAccessibleDescription(SEARCH_TIP)
        self.setToolTip(SEARCH_TIP)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        elif event.key() in LEAVING:
            self.left.emit()
        else:
            super().keyPressEvent(event)

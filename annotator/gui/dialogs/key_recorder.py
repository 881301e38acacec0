"""A button that waits for a key to be pressed and tells which one it was."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QKeyEvent
from PyQt6.QtWidgets import QPushButton, QWidget

from annotator.gui.actions.keys import key_of

AT_REST = "Add a key…"
WAITING = "Press the key now…"


class KeyRecorder(QPushButton):
    """Takes any key that arrives as one: of a keyboard, a pedal, a gamepad or a remote control."""

    recorded = pyqtSignal(str)  # the key as it is written
    began = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(AT_REST, parent)
        self._waits = False
        self.setAutoDefault(False)
        self.clicked.connect(self.begin)

    @property
    def is_waiting(self) -> bool:
        """Whether the next key will be taken."""
        return self._waits

    def begin(self) -> None:
        """Wait for a key."""
        self._set_waiting(waits=True)
        self.setFocus()
        self.began.emit()

    def stop(self) -> None:
        """Wait no longer."""
        self._set_waiting(waits=False)

    def event(self, event: QEvent | None) -> bool:
        if not self._waits or not isinstance(event, QKeyEvent):
            return super().event(event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # whatever it does elsewhere, here it is recorded
        elif event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
            self._take(event)
        return True

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        self.stop()
        super().focusOutEvent(event)

    def _take(self, event: QKeyEvent) -> None:
        if key := key_of(event):
            self.stop()
            self.recorded.emit(key)

    def _set_waiting(self, *, waits: bool) -> None:
        self._waits = waits
        self.setText(WAITING if waits else AT_REST)
        self.setAccessibleName(self.text())

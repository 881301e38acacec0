"""Takes a key that is held down for one press, also where it is told as let go and pressed anew."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QKeySequence
from PyQt6.QtWidgets import QWidget

PAIR_MS = 10
"""Nobody presses a key again so soon after letting it go."""


class HeldKeys(QObject):
    """Keeps such presses from a window that is shown, so that no held key begins and ends a span.

    X11 repeats a key as a release and a press of the same moment. Qt knows them for a repeat
    only where it reads both at once, which on a busy machine it often does not. What counts is
    the time in the events. A key that may repeat goes on.
    """

    went_on = pyqtSignal(int)  # a key that was told as let go and is held

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._released_key, self._released_ms = 0, 0
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, _watched: QObject | None, event: QEvent | None) -> bool:
        if not isinstance(event, QKeyEvent) or event.isAutoRepeat():
            return False
        if event.type() == QEvent.Type.KeyRelease:
            self._released_key, self._released_ms = event.key(), event.timestamp()
        elif self._is_held(event) and not self._may_repeat(event):
            event.accept()  # as an override: it is no shortcut
            self.went_on.emit(event.key())
            return True
        return False

    def _is_held(self, event: QKeyEvent) -> bool:
        since_ms = event.timestamp() - self._released_ms
        return event.key() == self._released_key and 0 <= since_ms < PAIR_MS

    def _may_repeat(self, event: QKeyEvent) -> bool:
        keys = QKeySequence(event.keyCombination())
        actions = self._window.actions()
        return any(one.autoRepeat() and keys in one.shortcuts() for one in actions)

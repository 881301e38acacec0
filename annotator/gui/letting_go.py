"""Tells when a key that marks for as long as it is held is let go."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QCoreApplication, QEvent, QObject, QTimer, pyqtSignal
from PyQt6.QtGui import QAction, QKeyEvent
from PyQt6.QtWidgets import QWidget

from annotator.gui.held_keys import PAIR_MS

GOING_ON_MS = 3 * PAIR_MS
"""So long a key that was told as let go may still turn out to be held: see `HeldKeys`."""


class LettingGo(QObject):
    """Watches the keys of one window, and all events only while a key is held."""

    let_go = pyqtSignal(str, object)  # code id, Micros of the film

    def __init__(self, window: QWidget, moment: Callable[[], object]) -> None:
        super().__init__(window)
        self._window = window
        self._moment = moment
        self._pressed = 0
        self._held: dict[int, str] = {}
        self._leaving: dict[int, QTimer] = {}
        window.installEventFilter(self)

    def hold(self, code_id: str, action: QAction | None) -> bool:
        """Wait for the key of a code's action that is down now; False where none of them is."""
        keys = action.shortcuts() if action is not None else []
        own = {keys[0].key().value for keys in keys if keys.count()}
        if self._pressed not in own:
            return False
        if not self._held and (app := QCoreApplication.instance()) is not None:
            app.installEventFilter(self)
        self._held[self._pressed] = code_id
        return True

    def is_waiting(self, code_id: str) -> bool:
        """Tell whether a code's key is down as far as is known."""
        return code_id in self._held.values()

    def go_on(self, key: int) -> None:
        """Take a key that was told as let go for held after all."""
        if (timer := self._leaving.pop(key, None)) is not None:
            timer.stop()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is None:
            return False
        kind = event.type()
        if isinstance(event, QKeyEvent) and not event.isAutoRepeat():
            if kind == QEvent.Type.ShortcutOverride and watched is self._window:
                self._pressed = event.key()
            elif kind == QEvent.Type.KeyRelease:
                self._note_release(event.key())
        elif kind == QEvent.Type.WindowDeactivate and watched is self._window:
            for key in tuple(self._held):
                self._let_go(key, self._moment())
        return False

    def _note_release(self, key: int) -> None:
        self._pressed = 0
        if key not in self._held or key in self._leaving:
            return
        moment, timer = self._moment(), QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(lambda: self._let_go(key, moment))
        self._leaving[key] = timer
        timer.start(GOING_ON_MS)

    def _let_go(self, key: int, moment: object) -> None:
        if (timer := self._leaving.pop(key, None)) is not None:
            timer.stop()
            timer.deleteLater()
        code_id = self._held.pop(key, None)
        if not self._held and (app := QCoreApplication.instance()) is not None:
            app.removeEventFilter(self)
        if code_id is not None:
            self.let_go.emit(code_id, moment)

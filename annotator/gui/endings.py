"""Hears when the system asks the program to end: at logout, at shutdown or by Ctrl+C."""

from __future__ import annotations

import signal
import socket

from PyQt6 import sip
from PyQt6.QtCore import QObject, QSocketNotifier, pyqtSignal

NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # each system has some of them


class Endings(QObject):
    """Tells of it in Qt's own time, so that the session can be closed as it always is.

    Python acts on a signal only between two steps of its own, which Qt's loop may not take for
    hours; what a signal writes into a socket wakes that loop.
    """

    asked = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading, self._writing = socket.socketpair()
        self._reading.setblocking(False)
        self._writing.setblocking(False)
        watched = sip.voidptr(self._reading.fileno())
        self._notifier = QSocketNotifier(watched, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._tell)
        self._woken_before = signal.set_wakeup_fd(self._writing.fileno())
        known = [signal.Signals[name] for name in NAMES if name in signal.Signals.__members__]
        self._before = {one: signal.signal(one, _leave_to_the_socket) for one in known}

    def close(self) -> None:
        """Let signals do again what they did before."""
        self._notifier.setEnabled(False)
        for one, handler in self._before.items():
            signal.signal(one, handler)
        signal.set_wakeup_fd(self._woken_before)
        self._reading.close()
        self._writing.close()

    def _tell(self) -> None:
        self._reading.recv(64)
        self.asked.emit()


def _leave_to_the_socket(_number: int, _frame: object) -> None:
    """Do nothing here, where anything might be half done."""

"""The one place that starts threads: work leaves the UI thread here and its results come back."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Event, get_native_id
from typing import Any

from PyQt6.QtCore import QObject, QThread, pyqtSignal

from annotator.errors import AnnotatorError

OWN_FAULT = (
    "Something went wrong inside the program itself.",
    "What you tagged is kept; save it elsewhere to be sure, then start the program again.",
)

_PATIENCE = 10  # of 19: so patient that a film plays on smoothly, yet not starved

Work = Callable[[], Any]
Done = Callable[[Any], None]
Failed = Callable[[AnnotatorError], None]


@dataclass(frozen=True, slots=True)
class _Order:
    work: Work
    done: Done | None
    failed: Failed | None


class _Thread(QThread):
    """Runs orders one after another until it is handed None."""

    finished_order = pyqtSignal(object, object, object)

    def __init__(self, parent: QObject, *, patient: bool) -> None:
        super().__init__(parent)
        self.orders: SimpleQueue[_Order | None] = SimpleQueue()
        self._patient = patient

    def run(self) -> None:
        if self._patient:
            _give_way()
        while (order := self.orders.get()) is not None:
            try:
                result = order.work()
            except AnnotatorError as error:
                self.finished_order.emit(order, None, error)
            except Exception as fault:  # noqa: BLE001 the thread must live: it may hold tags to write
                sys.excepthook(type(fault), fault, fault.__traceback__)
                self.finished_order.emit(order, None, AnnotatorError(*OWN_FAULT))
            else:
                self.finished_order.emit(order, result, None)


class SerialWorker(QObject):
    """One background thread that does what it is given in order.

    `done` and `failed` are called in the thread that made the worker (the UI thread). Any other
    exception than an AnnotatorError is a fault of ours: it is handed to `sys.excepthook`, `failed`
    is called, and the thread goes on. A `patient` one gives way to whatever else wants the
    processors.
    """

    idle = pyqtSignal()

    def __init__(self, name: str, parent: QObject | None = None, *, patient: bool = False) -> None:
        super().__init__(parent)
        self._thread = _Thread(self, patient=patient)
        self._thread.setObjectName(name)
        self._thread.finished_order.connect(self._deliver)  # queued: it is sent from the thread
        self._waiting = 0
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many orders have been given and not yet answered."""
        return self._waiting

    def submit(self, work: Work, done: Done | None = None, failed: Failed | None = None) -> None:
        """Have `work` done in the background, after all that was submitted before."""
        self._waiting += 1
        self._thread.orders.put(_Order(work, done, failed))

    def close(self) -> None:
        """Finish all that was submitted, then end the thread; waits for it."""
        self._thread.orders.put(None)
        self._thread.wait()

    def _deliver(self, order: _Order, result: object, error: AnnotatorError | None) -> None:
        self._waiting -= 1
        if error is None and order.done is not None:
            order.done(result)
        elif error is not None and order.failed is not None:
            order.failed(error)
        if self._waiting == 0:
            self.idle.emit()


class Watcher(QObject):
    """Watches a job in the background for the window; `cancel` stops it at its next word."""

    told = pyqtSignal(float, str)  # how far from 0 to 1, and what it is doing
    told_part = pyqtSignal(str, float)  # name of an errand of it, and how far that is

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_cancelled = Event()

    def cancel(self) -> None:
        """Ask the job to stop."""
        self._is_cancelled.set()

    def progress(self, fraction: float, text: str) -> None:
        """Hear from the job, in its thread; it is told in the window's."""
        self.told.emit(fraction, text)

    def part(self, name: str, fraction: float) -> None:
        """Hear of one errand, likewise."""
        self.told_part.emit(name, fraction)

    def cancelled(self) -> bool:
        """Tell the job whether to stop."""
        return self._is_cancelled.is_set()


def _give_way() -> None:
    """Let all other threads go first, as far as the system has a word for it.

    Those that decoders start from here inherit it.
    """
    if sys.platform == "linux":  # where Qt's own priorities do nothing
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, get_native_id(), _PATIENCE)
    elif (thread := QThread.currentThread()) is not None:
        thread.setPriority(QThread.Priority.LowestPriority)

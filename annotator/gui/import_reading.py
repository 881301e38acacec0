"""Has foreign files read in the background, tells how far that is, and stops it when asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from annotator.errors import AnnotatorError
from annotator.gui.import_reports import import_job
from annotator.gui.tasks import SerialWorker, Watcher

PATIENCE_MS = 400
"""What takes longer than this is shown, and can be stopped."""


class Reading(QObject):
    """Reads one file at a time: whatever was being read before is stopped."""

    told = pyqtSignal(str)  # what is being done, with how much has been read
    took_long = pyqtSignal()

    def __init__(self, worker: SerialWorker, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._watcher: Watcher | None = None
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(PATIENCE_MS)
        self._clock.timeout.connect(self.took_long)

    def read(
        self,
        what: tuple[Any, ...],
        done: Callable[[Any], None],
        failed: Callable[[AnnotatorError], None],
    ) -> None:
        """Have a file looked at, as the job takes it; what is stopped is told to nobody."""
        self.stop()
        watcher = self._watcher = Watcher(self)
        watcher.told.connect(lambda _fraction, text: self._if_wanted(watcher, self.told.emit, text))
        self._clock.start()

        def end(tell: Callable[[Any], None]) -> Callable[[Any], None]:
            return lambda result: self._end(watcher, tell, result)

        self._worker.submit(import_job("look_at", *what, watcher), end(done), end(failed))

    def stop(self) -> None:
        """Stop what is being read, if anything is; it ends in the background."""
        self._clock.stop()
        if self._watcher is not None:
            self._watcher.cancel()
            self._watcher = None

    def _end(self, watcher: Watcher, tell: Callable[[Any], None], result: object) -> None:
        is_wanted = watcher is self._watcher
        if is_wanted:
            self.stop()
        watcher.deleteLater()
        if is_wanted:
            tell(result)

    def _if_wanted(self, watcher: Watcher, tell: Callable[[str], None], text: str) -> None:
        if watcher is self._watcher:
            tell(text)

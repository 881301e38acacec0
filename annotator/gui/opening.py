"""Opens films and sessions in the background and asks where something is missing."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal

from annotator.errors import AnnotatorError, StorageError
from annotator.gui.tasks import SerialWorker
from annotator.jobs.opening import begin_session, is_session, session_path_for
from annotator.storage.codec import decode_codebook
from annotator.storage.paths import builtin_codebooks
from annotator.storage.store import Opened, SessionStore

ChoosePlace = Callable[[Path, str], Path | None]


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asked to open, and as whom."""

    path: Path
    coder: str


class Opener(QObject):
    """Opens what it is given without holding up the window."""

    opened = pyqtSignal(object)  # Opened
    failed = pyqtSignal(str)
    busy = pyqtSignal(bool)

    def __init__(self, choose_place: ChoosePlace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choose_place = choose_place
        self._worker = SerialWorker("opening", self)
        self.coder = ""

    def open(self, path: Path, coder: str) -> None:
        """Open a session, or a film with the session that belongs to it, begun if need be."""
        request = Request(path, coder)
        self.coder = coder
        if is_session(path):
            self._start(partial(SessionStore.open, path, coder), self._fail)
            return
        session_path = session_path_for(path)
        if session_path.exists():
            self._start(partial(SessionStore.open, session_path, coder), self._fail)
        elif path.is_file() and not os.access(path.parent, os.W_OK):
            self._ask_place(request, session_path, "The film's folder cannot be written.")
        else:
            self._begin(request, session_path)

    def close(self) -> None:
        """End the background thread."""
        self._worker.close()

    def _begin(self, request: Request, session_path: Path) -> None:
        failed = partial(self._begin_failed, request, session_path)
        self._start(partial(_begin, request, session_path), failed)

    def _begin_failed(self, request: Request, session_path: Path, error: AnnotatorError) -> None:
        if isinstance(error, StorageError):
            self.busy.emit(False)
            self._ask_place(request, session_path, str(error))
        else:
            self._fail(error)

    def _ask_place(self, request: Request, session_path: Path, why: str) -> None:
        place = self._choose_place(session_path, why)
        if place is None:
            return
        if place.exists():
            self._start(partial(SessionStore.open, place, request.coder), self._fail)
        else:
            self._begin(request, place)

    def _start(self, work: Callable[[], Opened], failed: Callable[[AnnotatorError], None]) -> None:
        self.busy.emit(True)
        self._worker.submit(work, self._finish, failed)

    def _finish(self, opened: object) -> None:
        self.busy.emit(False)
        self.opened.emit(opened)

    def _fail(self, error: AnnotatorError) -> None:
        self.busy.emit(False)
        self.failed.emit(str(error))


def _begin(request: Request, session_path: Path) -> Opened:
    starter = next(path for path in builtin_codebooks() if path.name.startswith("starter"))
    book = decode_codebook(starter.read_bytes())
    return begin_session(request.path, session_path, request.coder, book)

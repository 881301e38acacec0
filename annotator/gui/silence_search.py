"""Listens for silences in the background, and looks again at once when the limits change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from annotator.errors import AnnotatorError
from annotator.gui.tasks import SerialWorker, Watcher
from annotator.model.session import Session
from annotator.model.time import Micros

if TYPE_CHECKING:
    from annotator.jobs.silences import FoundSilences
    from annotator.media.levels import PlacedLevels


@dataclass(frozen=True, slots=True)
class Limits:
    """What counts as a silence; `level` is in dBFS, None for each track's own."""

    minimum: Micros
    level: float | None = None


class SilenceSearch(QObject):
    """Hears a session's sound once; other limits are then a moment's work, the latest wins."""

    progressed = pyqtSignal(float)  # from 0 to 1, while it listens
    found = pyqtSignal(object)  # FoundSilences, in the region and outside of excluded spans
    failed = pyqtSignal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = SerialWorker("silences", self, patient=True)
        self._watcher: Watcher | None = None
        self._heard: Sequence[PlacedLevels] = ()
        self._wanted: tuple[Session, Limits] | None = None
        self._is_looking = False

    @property
    def is_listening(self) -> bool:
        """Whether the sound is still being heard."""
        return self._watcher is not None

    def begin(self, session: Session, session_path: Path, limits: Limits) -> None:
        """Listen to a session's sound, then look for its silences."""
        self.stop()
        self._wanted = (session, limits)
        watcher = Watcher(self)
        watcher.told.connect(partial(self._tell, watcher))
        self._watcher = watcher
        self._worker.submit(
            partial(_listened, session, session_path, watcher),
            partial(self._take, watcher),
            partial(self._fail, watcher),
        )

    def look(self, session: Session, limits: Limits) -> None:
        """Look again, with other limits or in another region."""
        self._wanted = (session, limits)
        if self._heard and not self._is_looking:
            self._is_looking = True
            work = partial(_looked, self._heard, session, limits)
            self._worker.submit(work, partial(self._tell_found, self._wanted), self._tell_failed)

    def stop(self) -> None:
        """Stop listening and forget what was heard; nothing more is told of it."""
        if self._watcher is not None:
            self._watcher.cancel()
        self._watcher, self._heard, self._wanted = None, (), None

    def close(self) -> None:
        """Stop, and end the background thread."""
        self.stop()
        self._worker.close()

    def _tell(self, watcher: Watcher, fraction: float, _text: str) -> None:
        if watcher is self._watcher:
            self.progressed.emit(fraction)

    def _take(self, watcher: Watcher, heard: Sequence[PlacedLevels]) -> None:
        watcher.deleteLater()
        if watcher is self._watcher and self._wanted is not None:
            self._watcher, self._heard = None, heard
            self.look(*self._wanted)

    def _fail(self, watcher: Watcher, error: AnnotatorError) -> None:
        watcher.deleteLater()
        if watcher is self._watcher:
            self.stop()
            self.failed.emit(str(error))

    def _tell_found(self, asked: tuple[Session, Limits], found: FoundSilences) -> None:
        self._is_looking = False
        if self._wanted is asked:
            self.found.emit(found)
        elif self._wanted is not None:
            self.look(*self._wanted)

    def _tell_failed(self, error: AnnotatorError) -> None:
        self._is_looking = False
        if self._wanted is not None:
            self.stop()
            self.failed.emit(str(error))


def _listened(session: Session, session_path: Path, watcher: Watcher) -> tuple[PlacedLevels, ...]:
    """Hear the sound; what does it is loaded here, in the background."""
    jobs = import_module("annotator.jobs.silences")
    sources = jobs.sources_of(session, session_path)
    heard: tuple[PlacedLevels, ...] = jobs.listen(sources, jobs.SilenceWish(), watcher)
    return heard


def _looked(heard: Sequence[PlacedLevels], session: Session, limits: Limits) -> FoundSilences:
    """Find what may be proposed; nothing where nobody is heard by the recording's own level."""
    jobs = import_module("annotator.jobs.silences")
    wish = jobs.SilenceWish(minimum=limits.minimum, level=limits.level)
    found: FoundSilences = jobs.silences_in(heard, wish)
    if found.is_empty and limits.level is None:
        return replace(found, proposals=())
    within = import_module("annotator.jobs.proposing").within
    return replace(found, proposals=within(session, found.proposals, limits.minimum))

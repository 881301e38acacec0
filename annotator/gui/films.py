"""Brings a session's film to the player, and looks for one that has moved."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal

from annotator import editing
from annotator.errors import AnnotatorError
from annotator.gui.document import Document
from annotator.gui.player.player import Player
from annotator.gui.questions import Questions
from annotator.gui.tasks import SerialWorker
from annotator.jobs.opening import film_of
from annotator.jobs.relocate import find_moved
from annotator.model.recording import Recording
from annotator.storage.paths import recording_path


class Films(QObject):
    """Opens the film of a document; asks once where it is not to be found."""

    said = pyqtSignal(str)
    refused = pyqtSignal(str)
    lacking = pyqtSignal(str)  # what to say where the picture would be

    def __init__(self, player: Player, questions: Questions, parent: QObject) -> None:
        super().__init__(parent)
        self._player = player
        self._questions = questions
        self._worker = SerialWorker("films", self)
        self._document: Document | None = None

    def show(self, document: Document) -> None:
        """Open the film of a session; one that has moved is looked for and asked for."""
        self._document = document
        place = film_of(document.session, document.path)
        if place.recording is None or place.path is None:
            self.lacking.emit("This session has no film yet.")
        elif place.is_missing:
            self._look_for(document, place.recording)
        else:
            self._player.open(place.path, place.recording.offset)

    def close(self) -> None:
        """End the background thread."""
        self._worker.close()

    def _look_for(self, document: Document, recording: Recording) -> None:
        self._worker.submit(
            partial(find_moved, recording, document.path),
            partial(self._looked, document, recording),
            self._refuse,
        )

    def _looked(self, document: Document, recording: Recording, found: object) -> None:
        if document is not self._document:
            return
        if isinstance(found, Recording):
            self._take(document, recording, found)
            self.said.emit(f"The film had moved and was found: {Path(found.path).name}")
            return
        answer = self._questions.find_film(recording, document.path)
        if answer is None:
            self.lacking.emit(f"The film is not there: {Path(recording.path).name}")
            self.refused.emit("The film was not found. Tags can be read and changed without it.")
        else:
            self._take(document, recording, answer)

    def _take(self, document: Document, old: Recording, new: Recording) -> None:
        if not document.read_only_reason:
            document.push(editing.replace_recording(document.session, old, new))
        self._player.open(recording_path(document.path, new), new.offset)

    def _refuse(self, error: AnnotatorError) -> None:
        self.refused.emit(str(error))

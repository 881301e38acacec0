"""Brings a session's recordings to the player, and looks for those that have moved."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal

from annotator import editing
from annotator.errors import AnnotatorError
from annotator.gui.document import Document
from annotator.gui.player.decks import Source
from annotator.gui.player.player import Player
from annotator.gui.questions import Questions
from annotator.gui.tasks import SerialWorker
from annotator.jobs.opening import film_of
from annotator.jobs.relocate import find_moved
from annotator.model.recording import Recording
from annotator.model.time import Micros
from annotator.storage.paths import recording_path

MOST_PICTURES = 4


class Films(QObject):
    """Opens the recordings of a document; asks once where the leading one is not to be found.

    Of the others, one that is not to be found is left out, and that is said.
    """

    said = pyqtSignal(str)
    refused = pyqtSignal(str)
    lacking = pyqtSignal(str)  # what to say where the picture would be

    def __init__(self, player: Player, questions: Questions, parent: QObject) -> None:
        super().__init__(parent)
        self._player = player
        self._questions = questions
        self._worker = SerialWorker("films", self)
        self._document: Document | None = None
        self._at: Micros | None = None

    def show(self, document: Document, at: Micros | None = None) -> None:
        """Open the recordings of a session; those that have moved are looked for.

        `at` is the moment to stand at; None means where the region that is coded begins.
        """
        self._document, self._at = document, at or document.session.region.start or None
        place = film_of(document.session, document.path)
        if place.recording is None or place.path is None:
            self.lacking.emit("This session has no film yet.")
        elif place.is_missing:
            self._look_for(document, place.recording)
        else:
            self._open(document, place.recording)

    def close(self) -> None:
        """End the background thread."""
        self._worker.close()

    def _open(self, document: Document, lead: Recording) -> None:
        played = _played_together(document.session.recordings, lead)
        sharing = sum(one.video is not None for one in played)
        self._player.open_lead(_source(document, lead), sharing, self._at)
        for other in played:
            if other is lead:
                continue
            if recording_path(document.path, other).is_file():
                self._join(document, other, sharing)
            else:
                self._worker.submit(
                    partial(find_moved, other, document.path),
                    partial(self._looked_for_other, document, other, sharing),
                    self._refuse,
                )

    def _join(self, document: Document, recording: Recording, sharing: int) -> None:
        self._player.decks.join(_source(document, recording), sharing)

    def _looked_for_other(
        self, document: Document, recording: Recording, sharing: int, found: Recording | None
    ) -> None:
        if document is not self._document:
            return
        if found is None:
            name = Path(recording.path).name
            self.refused.emit(f"“{name}” is not there, so the session plays without it.")
        else:
            self._replace(document, recording, found)
            self._join(document, found, sharing)

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
        self._replace(document, old, new)
        self._open(document, new)

    def _replace(self, document: Document, old: Recording, new: Recording) -> None:
        if not document.read_only_reason:
            document.push(editing.replace_recording(document.session, old, new))

    def _refuse(self, error: AnnotatorError) -> None:
        self.refused.emit(str(error))


def _source(document: Document, recording: Recording) -> Source:
    path = recording_path(document.path, recording)
    return Source(path, recording.offset, recording.id, recording.listening.track)


def _played_together(recordings: tuple[Recording, ...], lead: Recording) -> list[Recording]:
    """List what is played at once: the leading one, and the others as far as there is room."""
    others = [one for one in recordings if one.id != lead.id]
    with_picture = [one for one in others if one.video is not None][: MOST_PICTURES - 1]
    return [lead, *with_picture, *(one for one in others if one.video is None)]

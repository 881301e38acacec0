"""Lets go of a session only when everything in it is on disk or was knowingly given up."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject

from annotator.gui import dialogs
from annotator.gui.desk import Desk
from annotator.gui.document import SaveState
from annotator.gui.questions import Questions
from annotator.model.time import Micros


class Closing(QObject):
    """Saves, asks where saving fails, and then lets go."""

    def __init__(self, questions: Questions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._questions = questions
        self._desk: Desk | None = None
        self._then: Callable[[], None] = _nothing

    def close(self, desk: Desk, moment: Micros, then: Callable[[], None]) -> None:
        """Let go of a session, then go on; nothing happens where the person stays after all.

        Stretches that still run end at `moment`.
        """
        if self._desk is not None:
            return
        desk.tagging.finish(moment)
        if desk.document.state in {SaveState.SAVED, SaveState.READ_ONLY}:
            desk.close()
            then()
            return
        self._desk, self._then = desk, then
        desk.document.saved.connect(self._saved)
        desk.document.save_failed.connect(self._ask)
        desk.document.save()

    def _saved(self) -> None:
        desk = self._desk
        if desk is None or desk.document.state is not SaveState.SAVED:
            return
        then = self._then
        self._stay()
        desk.close()
        then()

    def _ask(self, why: str) -> None:
        desk = self._desk
        if desk is None:
            return
        document = desk.document
        match self._questions.leave_unsaved(why, document.unsaved_tags):
            case dialogs.Leave.SAVE_ELSEWHERE:
                place = self._questions.choose_session_place(document.path, why)
                if place is None:
                    self._stay()
                else:
                    document.save_as(place)
            case dialogs.Leave.GIVE_UP:
                then = self._then
                self._stay()
                desk.close()
                then()
            case dialogs.Leave.STAY:
                self._stay()

    def _stay(self) -> None:
        if self._desk is not None:
            self._desk.document.saved.disconnect(self._saved)
            self._desk.document.save_failed.disconnect(self._ask)
        self._desk, self._then = None, _nothing


def _nothing() -> None:
    """Go on with nothing."""

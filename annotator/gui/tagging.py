"""What happens when a code's key is pressed at the frame on screen."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal

from annotator.editing.marking import Marking, RunningSpan
from annotator.errors import AnnotatorError
from annotator.gui.document import Document
from annotator.model.codebook import Code, Speaker
from annotator.model.session import Session
from annotator.model.time import Interval, Micros, to_clock


class Tagging(QObject):
    """Turns presses of code keys into tags and keeps the stretches that run."""

    running_changed = pyqtSignal(object)  # tuple[RunningSpan, ...]
    tagged = pyqtSignal(str)  # id of the new tag
    said = pyqtSignal(str)  # what was done, for the status line
    refused = pyqtSignal(str)  # why nothing was done

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._marking = Marking()

    @property
    def running(self) -> tuple[RunningSpan, ...]:
        """The stretches that run, oldest first."""
        return self._marking.running

    def press(self, code_id: str, moment: Micros) -> None:
        """Tag the moment with a code, or begin or end a stretch there."""
        code = self._document.session.codebook.code(code_id)
        if code is None:
            return
        if why_not := self._document.why_no_tagging:
            self.refused.emit(why_not)
            return
        before = self._marking
        self._marking, interval = before.pressed(code, moment)
        if interval is not None:
            self._add(code, interval, before)
        elif self._marking is before:
            self.refused.emit(
                f"{code.name} started on this very frame. Move on, then press its key again."
            )
        else:
            self.said.emit(f"{code.name} runs from {to_clock(moment)}")
        if self._marking is not before:
            self.running_changed.emit(self.running)

    def give_up(self) -> None:
        """Give up the stretch that was begun last."""
        if not self.running:
            return
        span = self.running[-1]
        self._marking = self._marking.without(span)
        code = self._document.session.codebook.code(span.code_id)
        self.running_changed.emit(self.running)
        self.said.emit(f"{code.name if code else span.code_id} given up")

    def finish(self, moment: Micros) -> None:
        """End every stretch that runs, as when the session is closed in the middle of one."""
        for span in self.running:
            self.press(span.code_id, moment)

    def _add(self, code: Code, interval: Interval, before: Marking) -> None:
        participant = speaker_of(code, self._document.session)
        try:
            tag = self._document.add_tag(code.id, interval, participant)
        except AnnotatorError as error:
            self._marking = before
            self.refused.emit(str(error))
            return
        self.said.emit(f"{code.name} at {to_clock(interval.start)}")
        self.tagged.emit(tag.id)


def speaker_of(code: Code, session: Session) -> str:
    """Give the id of the one participant a code speaks of; empty where that is not clear."""
    if code.speaker not in {Speaker.THERAPIST, Speaker.CLIENT}:
        return ""
    fitting = [one.id for one in session.participants if one.role.value == code.speaker.value]
    return fitting[0] if len(fitting) == 1 else ""

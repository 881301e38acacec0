"""Finds in the background which clips of the tray consent bars, and why."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from annotator.gui.tasks import SerialWorker
from annotator.model.participant import ConsentScope
from annotator.model.session import Session
from annotator.model.stamps import today
from annotator.model.time import Interval, Micros

if TYPE_CHECKING:
    from annotator.model.disclosure import Judgement

SOON_MS = 150

_Key = tuple[Micros, Micros, ConsentScope]
"""What is judged: a stretch, and for which purpose."""


class ClipConsents(QObject):
    """Judges clips one after another, for the purpose that was chosen last."""

    judged = pyqtSignal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.level = ConsentScope.PRIVATE
        self.troubles: dict[str, str] = {}
        self._worker = SerialWorker("clip consents", self, patient=True)
        self._session: Session | None = None
        self._spans: Mapping[str, Interval] = {}
        self._known: dict[_Key, str] = {}
        self._grounds: tuple[object, ...] = (None, None, None)
        self._is_judging = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._go_on)

    def follow(self, session: Session | None, spans: Mapping[str, Interval]) -> None:
        """Judge these stretches of a session, as they will be written, by the ids of clips."""
        self._session, self._spans = session, spans
        self._soon.start()

    def set_level(self, level: ConsentScope) -> None:
        """Judge for another purpose."""
        if level is not self.level:
            self.level = level
            self._soon.start()

    def close(self) -> None:
        """End the background thread."""
        self._soon.stop()
        self._session, self._spans = None, {}
        self._worker.close()

    def _go_on(self) -> None:
        """Judge the next clip that has not been judged as things are, or tell what is known."""
        session = self._session
        if session is None or self._is_judging:
            return
        if not self._judged_by(session):
            self._known = {}
        asked = {one: (span.start, span.end, self.level) for one, span in self._spans.items()}
        missing = next((one for one, key in asked.items() if key not in self._known), None)
        if missing is not None:
            self._is_judging = True
            keep = partial(self._keep, asked[missing], self._grounds)
            work = partial(_trouble, session, self._spans[missing], self.level)
            self._worker.submit(work, keep, lambda error: keep(str(error)))
            return
        self._known = {key: self._known[key] for key in asked.values()}
        found = {clip_id: self._known[key] for clip_id, key in asked.items()}
        self.troubles = {clip_id: trouble for clip_id, trouble in found.items() if trouble}
        self.judged.emit()

    def _judged_by(self, session: Session) -> bool:
        """Tell whether what is known was judged by what the session says of people now.

        Tags about people whom nobody knows are left out of account.
        """
        now = (session.participants, session.excluded, session.transcripts)
        if all(one is other for one, other in zip(now, self._grounds, strict=True)):
            return True
        self._grounds = now
        return False

    def _keep(self, key: _Key, grounds: tuple[object, ...], trouble: str) -> None:
        self._is_judging = False
        if grounds is self._grounds:
            self._known[key] = trouble
        self._go_on()


def _trouble(session: Session, span: Interval, level: ConsentScope) -> str:
    """Say why a clip may not be shown; empty where it may."""
    disclosure = import_module("annotator.model.disclosure")  # nobody who codes only waits for it
    found: Judgement = disclosure.judge(session, [span], level, today())
    if not found.reasons:
        return ""
    return f"Not for {level.told}: {' '.join(found.reasons)}"

"""Shows who allows what, makes each change an edit of the session, and keeps exports in view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from annotator import editing
from annotator.editing import Edit
from annotator.errors import AnnotatorError
from annotator.gui import dialogs
from annotator.gui.document import Document
from annotator.gui.main_window import MainWindow
from annotator.gui.player.player import Player
from annotator.gui.questions import Questions
from annotator.gui.tasks import SerialWorker
from annotator.gui.theme import Theme
from annotator.model.consent_rules import called
from annotator.model.participant import Consent, Participant, ParticipantRole
from annotator.model.session import Session
from annotator.model.stamps import new_id, now, today

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.gui.dialogs import ConsentWindow
    from annotator.model.certificate import Certificate
    from annotator.model.recall import Recall
    from annotator.storage.export_log import ExportLog

EXPORTS = 2


class Consenting(QObject):
    """Reads and writes the log of exports in the background."""

    said = pyqtSignal(str)
    refused = pyqtSignal(str)
    log_shown = pyqtSignal()

    def __init__(self, window: MainWindow, questions: Questions, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._questions = window, questions
        self._player: Player | None = None
        self._document: Document | None = None
        self._dialog: ConsentWindow | None = None
        self._log: ExportLog | None = None
        self._read_at: Path | None = None
        self._worker = SerialWorker("consent", self)
        window.actions_table.bind("consent", self.show)

    def look_through(self, player: Player) -> None:
        """Open excluded stretches in this player."""
        self._player = player

    @property
    def dialog(self) -> ConsentWindow:
        """The window of consent, made when it is first wanted."""
        if self._dialog is None:
            made = dialogs.ConsentWindow(self._window.theme, self._window)
            made.consent_changed.connect(self._change)
            made.withdrawal_asked.connect(self._ask_to_withdraw)
            made.certificate_asked.connect(self._certify_withdrawal)
            made.reason_changed.connect(self._give_reason)
            made.span_opened.connect(self._open_span)
            made.person_added.connect(self._add_person)
            made.person_renamed.connect(self._rename_person)
            made.exports.recalled.connect(self._recall)
            made.exports.certificate_asked.connect(self._certify_export)
            for action_id in ("undo", "redo"):
                made.addAction(self._window.actions_table.by_id[action_id])
            self._dialog = made
        return self._dialog

    def follow(self, document: Document | None) -> None:
        """Serve this session from now on; none where None."""
        if self._dialog is not None:
            self._dialog.hide()
            self._dialog.form.show_person(None)
        self._document, self._log = document, None
        if document is not None:
            document.changed.connect(lambda _changes: self._refresh())
            document.saved.connect(self._follow_path)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        if self._dialog is not None:
            self._dialog.set_theme(theme)

    def close(self) -> None:
        """End the background thread."""
        self._worker.close()

    def show(self) -> None:
        """Show the window."""
        document = self._document
        if document is None:
            return
        dialog = self.dialog
        self._show_session(document)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        dialog.people_table.setFocus()
        self.read_log()

    def read_log(self) -> None:
        """Read what was exported, and show it where the window is open."""
        if self._document is not None and self._dialog is not None:
            self._read_at = self._document.path
            self._worker.submit(
                partial(_read_log, self._document.path, self._document.session.id),
                partial(self._take_log, self._document),
                self._log_trouble,
            )

    def commit(self) -> None:
        """Take what was typed in the window and not yet told, before the session is left."""
        if self._dialog is not None and self._dialog.isVisible():
            self._dialog.form.commit()

    def _refresh(self) -> None:
        """Follow the session."""
        if self._dialog is not None and self._dialog.isVisible() and self._document is not None:
            self._show_session(self._document)
            if self._log is not None:
                self._show_log(self._document.session, self._log)

    def _follow_path(self) -> None:
        """Read the log where the session is now, if it was saved elsewhere."""
        document = self._document
        if document is not None and self._log is not None and document.path != self._read_at:
            self.read_log()

    def _show_session(self, document: Document) -> None:
        self.dialog.show_session(document.session, today(), read_only=document.read_only_reason)

    def _take_log(self, document: Document, log: ExportLog) -> None:
        if document is self._document:
            self._log = log
            self._show_log(document.session, log)
        self.log_shown.emit()

    def _show_log(self, session: Session, log: ExportLog) -> None:
        self.dialog.show_log(session, log, _recalls(session, log))

    def _log_trouble(self, error: AnnotatorError) -> None:
        self.dialog.exports.show_trouble(str(error))
        self.log_shown.emit()

    def _push(self, make: Callable[[Session], Edit]) -> bool:
        """Do an edit; tells whether it was done."""
        document = self._document
        if document is None:
            return False
        try:
            document.push(make(document.session))
        except AnnotatorError as error:
            self.dialog.show_trouble(str(error))
            return False
        return True

    def _change(self, person: Participant, consent: Consent) -> None:
        self._push(lambda session: editing.change_consent(session, person, consent))

    def _add_person(self, code: str, role: ParticipantRole) -> None:
        one = Participant(new_id(), role, code)
        if self._push(lambda session: editing.add_participant(session, one)):
            self.dialog.choose(one.id)

    def _rename_person(self, participant: str, code: str) -> None:
        document = self._document
        old = document.session.participant(participant) if document is not None else None
        if old is not None and code.strip():
            new = replace(old, label=code.strip())
            self._push(lambda session: editing.replace_participant(session, old, new))

    def _ask_to_withdraw(self, person: Participant) -> None:
        exports = self._log.exports if self._log is not None else ()
        shown = sum(
            any(each.participant == person.id for each in one.record.shown)
            for one in exports
            if not one.given_up and not one.recalled
        )
        follows = import_module("annotator.gui.dialogs.consent_words").withdrawal_words
        if not self._questions.may_withdraw(called(person), follows(called(person), shown)):
            return
        day = today().isoformat()
        if self._push(lambda session: editing.withdraw_consent(session, person, day)) and shown:
            self.dialog.tabs.setCurrentIndex(EXPORTS)

    def _give_reason(self, number: int, reason: str) -> None:
        document = self._document
        if document is None or number >= len(document.session.excluded):
            return
        old = document.session.excluded[number]
        new = replace(old, reason=reason.strip())
        self._push(lambda session: editing.replace_excluded(session, old, new))

    def _open_span(self, number: int) -> None:
        document, player = self._document, self._player
        if document is None or player is None or number >= len(document.session.excluded):
            return
        player.pause()
        player.seek(document.session.excluded[number].start)

    def _recall(self, export_id: str) -> None:
        document = self._document
        if document is None or not export_id:
            return
        self._worker.submit(
            partial(_note_recalled, document.path, document.session.id, export_id),
            lambda _nothing: self.read_log(),
            self._log_trouble,
        )

    def _certify_export(self, export_id: str) -> None:
        document, log = self._document, self._log
        found = log.find(export_id) if log is not None else ()
        if document is not None and len(found) == 1:
            pages = import_module("annotator.model.certificate")
            page = pages.export_certificate(document.session, found[0], today())
            self._show_page(page, f"export-{export_id}")

    def _certify_withdrawal(self, person: Participant) -> None:
        document, log = self._document, self._log
        if document is not None and log is not None:
            pages = import_module("annotator.model.certificate")
            withdrawal = pages.withdrawal_of(person, log.exports)
            page = pages.withdrawal_certificate(document.session, withdrawal, today())
            self._show_page(page, f"withdrawal-{person.label or person.id}")

    def _show_page(self, page: Certificate, name: str) -> None:
        if told := self._questions.show_certificate(page, name):
            self.said.emit(told)


def _read_log(path: Path, session_id: str) -> ExportLog:
    logs = import_module("annotator.storage.export_log_elsewhere")
    log: ExportLog = logs.read_exports(path, session_id)
    return log


def _recalls(session: Session, log: ExportLog) -> tuple[Recall, ...]:
    judge = import_module("annotator.model.recall").to_recall
    recalls: tuple[Recall, ...] = judge(session, log.exports, today())
    return recalls


def _note_recalled(path: Path, session_id: str, export_id: str) -> None:
    logs = import_module("annotator.storage.export_log_elsewhere")
    logs.note_recalled(path, session_id, export_id, now())

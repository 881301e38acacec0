"""Writes the open session for another tool, after showing what that tool cannot hold."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from annotator.errors import AnnotatorError
from annotator.gui import dialogs
from annotator.gui.document import Document
from annotator.gui.main_window import MainWindow
from annotator.gui.passing import Passing
from annotator.gui.questions import Questions
from annotator.gui.tasks import SerialWorker
from annotator.gui.theme import Theme
from annotator.model.session import Session
from annotator.model.stamps import now
from annotator.storage.paths import SESSION_ENDING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.gui.dialogs import ExportWindow
    from annotator.gui.dialogs.export_formats import FormatLine
    from annotator.jobs.exporting import Writable
    from annotator.storage.interchange.report import Report

NOTHING_CHOSEN = "Choose at least one pass, or what was said."
WORKING = "Working out what will not be in the file…"


class Exporting(QObject):
    """Works out the loss in the background, one at a time; only what may be seen is written."""

    said = pyqtSignal(str)
    refused = pyqtSignal(str)
    shown = pyqtSignal()  # the loss is in the window, or told to be impossible

    def __init__(
        self, window: MainWindow, questions: Questions, passing: Passing, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._questions, self._passing = window, questions, passing
        self._document: Document | None = None
        self._dialog: ExportWindow | None = None
        self._asked: tuple[Session, str] | None = None
        self._is_working = False
        self._number = 0
        self._worker = SerialWorker("exports", self)
        window.actions_table.bind("export", self.show)
        passing.seen_changed.connect(self._refresh)

    @property
    def dialog(self) -> ExportWindow:
        """The window of an export, made when it is first wanted."""
        if self._dialog is None:
            made = dialogs.ExportWindow(self._window.theme, self._window)
            made.loss_asked.connect(self._ask_for_loss)
            made.place_asked.connect(self._ask_for_place)
            made.left.connect(self._leave)
            self._dialog = made
        return self._dialog

    def follow(self, document: Document | None) -> None:
        """Serve this session from now on; none where None."""
        self._document = document
        self._leave()
        if self._dialog is not None:
            self._dialog.hide()
        if document is not None:
            document.changed.connect(lambda _changes: self._refresh())

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        if self._dialog is not None:
            self._dialog.set_theme(theme)

    def close(self) -> None:
        """End the background thread."""
        self._worker.close()

    def show(self) -> None:
        """Show the window, once the formats are known."""
        if self._document is not None:
            self._number += 1
            self._worker.submit(_writable, partial(self._show, self._number), self._refuse)

    def _show(self, number: int, formats: Sequence[Writable]) -> None:
        if number != self._number or self._document is None:
            return
        lines = import_module("annotator.gui.dialogs.export_formats")
        offered: list[FormatLine] = [
            lines.FormatLine(one.id, one.title, one.suffixes, one.loses) for one in formats
        ]
        dialog = self.dialog
        dialog.show_formats(offered)
        dialog.show_session(self._document.session, self._passing.seen)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        dialog.list.setFocus()
        self._ask_for_loss()

    def _refresh(self) -> None:
        """Follow the session, and what may be seen of it."""
        if self._dialog is not None and self._dialog.isVisible() and self._document is not None:
            self._dialog.show_session(self._document.session, self._passing.seen)
            self._ask_for_loss()

    def _chosen(self) -> tuple[Session, str] | None:
        """Give what is to be written, and in which format; None where nothing is chosen."""
        document, form = self._document, self.dialog.format
        if document is None or form is None:
            return None
        session = self.dialog.restricted(document.session, self._passing.seen)
        return (session, form.id) if session is not None else None

    def _ask_for_loss(self) -> None:
        self._asked = self._chosen()
        if self._asked is None:
            self.dialog.show_trouble(NOTHING_CHOSEN if self.dialog.format else "")
            return
        self.dialog.show_working(WORKING)
        if not self._is_working:
            self._work_out(self._asked)

    def _work_out(self, asked: tuple[Session, str]) -> None:
        """Work out one loss; who only passes by a format in the list does not wait for its."""
        self._is_working = True
        name = self._suggested(asked[1]).name
        self._worker.submit(
            partial(_loss, asked, name),
            partial(self._take_loss, asked),
            partial(self._take_trouble, asked),
        )

    def _take_loss(self, asked: tuple[Session, str], report: Report) -> None:
        if self._is_last(asked):
            self.dialog.show_loss(report)
            self.shown.emit()

    def _take_trouble(self, asked: tuple[Session, str], error: AnnotatorError) -> None:
        if self._is_last(asked):
            self.dialog.show_trouble(str(error))
            self.shown.emit()

    def _is_last(self, asked: tuple[Session, str]) -> bool:
        """Tell whether this is what was asked for last; else that is worked out now."""
        self._is_working = False
        if self._asked is asked:
            return True
        if self._asked is not None:
            self._work_out(self._asked)
        return False

    def _suggested(self, form_id: str) -> Path:
        document, dialog = self._document, self.dialog
        suffix = next((one.suffixes[0] for one in dialog.formats.lines if one.id == form_id), "")
        if document is None:
            return Path(f"session{suffix}")
        stem = document.path.name.removesuffix(SESSION_ENDING)
        return document.path.with_name(f"{stem}{suffix}")

    def _ask_for_place(self) -> None:
        asked, form = self._chosen(), self.dialog.format
        if asked is None or form is None:
            return
        place = self._questions.choose_export_place(
            self._suggested(form.id), form.title, form.suffixes
        )
        if place is None:
            return
        self.dialog.show_working(f"Writing {place.name}…")
        self._number += 1
        self._worker.submit(
            partial(_write, asked, place),
            partial(self._written, self._number, place),
            partial(self._not_written, self._number),
        )

    def _written(self, number: int, place: Path, told: str) -> None:
        if number == self._number:
            self.dialog.hide()
        self.said.emit(f"{told} It is {place}.")

    def _not_written(self, number: int, error: AnnotatorError) -> None:
        if number == self._number:
            self.dialog.show_not_written(str(error))
        else:
            self.refused.emit(str(error))
        self.shown.emit()

    def _leave(self) -> None:
        """Forget what is on its way; a file that is being written is written."""
        self._number += 1
        self._asked = None

    def _refuse(self, error: AnnotatorError) -> None:
        self.refused.emit(str(error))


def _jobs() -> ModuleType:
    """Load the work of exports, which knows all formats, when it is first wanted."""
    return import_module("annotator.jobs.exporting")


def _writable() -> Sequence[Writable]:
    formats: Sequence[Writable] = _jobs().writable_formats()
    return formats


def _loss(asked: tuple[Session, str], name: str) -> Report:
    report: Report = _jobs().loss_of(*asked, name, now())
    return report


def _write(asked: tuple[Session, str], place: Path) -> str:
    told: str = _jobs().write_foreign(*asked, place, now())
    return told

"""Keeps the report of an import beside its session, tells what came of it, and shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from PyQt6.QtCore import QObject, pyqtSignal

from annotator.errors import AnnotatorError
from annotator.gui import dialogs
from annotator.gui.document import Document
from annotator.gui.main_window import MainWindow
from annotator.gui.panels.notices import NoticeKind
from annotator.gui.tasks import SerialWorker
from annotator.gui.theme import Theme
from annotator.model.session import Session
from annotator.model.stamps import now

if TYPE_CHECKING:
    from annotator.gui.dialogs import ReportWindow
    from annotator.jobs.converting import Read
    from annotator.jobs.importing import Made, Taken

NOTICE = "import"
HIDDEN = " They are hidden from you, as the passes of others are."
UNKEPT = "It could not be kept beside the session."


def import_job(name: str, *what: object) -> Callable[[], Any]:
    """Give work of `annotator.jobs.importing`, which loads when it is first done: all formats."""
    return lambda: getattr(import_module("annotator.jobs.importing"), name)(*what)


class ImportReports(QObject):
    """A notice says what came, and leads to the report, which stays with the session."""

    refused = pyqtSignal(str)
    told = pyqtSignal()  # an import is done and the notice of it is there
    shown = pyqtSignal()

    def __init__(self, window: MainWindow, worker: SerialWorker, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._worker = window, worker
        self._document: Document | None = None
        self._dialog: ReportWindow | None = None
        self._unkept = ""
        self._announced: tuple[Path, str] | None = None
        window.actions_table.bind("import_report", self.show)

    @property
    def dialog(self) -> ReportWindow:
        """The window of the report, made when it is first wanted."""
        if self._dialog is None:
            self._dialog = dialogs.ReportWindow(self._window.theme, self._window)
        return self._dialog

    def follow(self, document: Document | None) -> None:
        """Serve this session from now on; none where None."""
        self._document, self._unkept = document, ""
        if self._dialog is not None:
            self._dialog.hide()
        announced = self._announced
        if document is None or announced is None:
            return
        self._announced = None
        path, text = announced
        if path.name == document.path.name:
            self._tell(text, has_report="The report is " in text)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        if self._dialog is not None:
            self._dialog.set_theme(theme)

    def keep(
        self, document: Document, what: tuple[Read, Session], taken: Taken, *, is_hidden: bool
    ) -> None:
        """Keep the report of what a session has taken over, and tell of both."""
        read, _ = what
        report = taken.noted
        missing = max(0, report.counted_in - report.counted_out) if read.imported else 0
        told = _words().taken_words(taken.plan, read.path.name, missing)
        told += HIDDEN if is_hidden else ""
        parts = (*what, report)
        self._worker.submit(
            import_job("report_beside", document.path, parts, now()),
            partial(self._tell_kept, document, told),
            partial(self._tell_unkept, document, parts, told),
        )

    def announce(self, name: str, made: Sequence[Made]) -> None:
        """Tell what was made of a file, once the first session of it is open."""
        first = made[0]
        told = _words().made_words([one.session for one in made], name, first.path)
        trouble = next((one.trouble for one in made if one.trouble), "")
        if trouble:
            told += f" The report could not be kept: {trouble}"
        elif first.report is not None:
            told += f" The report is {first.report.name}, beside it."
        self._announced = (first.path, told)

    def show(self) -> None:
        """Show the newest report of an import into the open session."""
        document = self._document
        if document is None:
            return
        if self._unkept:
            self._show((UNKEPT, self._unkept))
        else:
            self._worker.submit(
                import_job("latest_report", document.path), self._show, self._refuse
            )

    def _show(self, report: tuple[str, str]) -> None:
        self.dialog.show_report(*report)
        self.shown.emit()

    def _refuse(self, error: AnnotatorError) -> None:
        self.refused.emit(str(error))
        self.shown.emit()

    def _tell_kept(self, document: Document, told: str, name: str) -> None:
        if document is self._document:
            self._unkept = ""
            where = f" The report is {name}, beside the session." if name else ""
            self._tell(f"{told}{where}", has_report=bool(name))

    def _tell_unkept(
        self, document: Document, parts: tuple[Any, ...], told: str, error: AnnotatorError
    ) -> None:
        if document is self._document:
            self._unkept = import_job("text_of_report", parts, now())()
            self._tell(f"{told} The report could not be kept: {error}", has_report=True, warn=True)

    def _tell(self, text: str, *, has_report: bool, warn: bool = False) -> None:
        action = self._window.actions_table.by_id["import_report"]
        self._window.parts.notices.show_notice(
            NoticeKind.WARNING if warn else NoticeKind.INFO,
            text,
            actions=(action,) if has_report else (),
            key=NOTICE,
        )
        self.told.emit()


def _words() -> ModuleType:
    """Load the words of imports when they are first wanted."""
    return import_module("annotator.gui.dialogs.import_words")

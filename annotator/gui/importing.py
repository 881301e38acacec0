"""Takes what foreign files hold into the open session, or makes sessions of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PyQt6.QtCore import QObject, pyqtSignal

from annotator.editing.blinding import visible_passes
from annotator.errors import AnnotatorError
from annotator.gui import dialogs
from annotator.gui.dialogs.files import OPENED
from annotator.gui.document import Document
from annotator.gui.import_kept import KeptChoices
from annotator.gui.import_reading import Reading
from annotator.gui.import_reports import ImportReports, import_job
from annotator.gui.main_window import MainWindow
from annotator.gui.passing import Passing
from annotator.gui.questions import Questions
from annotator.gui.tasks import SerialWorker, Watcher
from annotator.gui.theme import Theme
from annotator.model.change import Change, FieldChange, MemberChange
from annotator.model.session import Session
from annotator.model.stamps import new_id, now
from annotator.storage.interchange.interface import Wishes
from annotator.storage.paths import SESSION_ENDING

if TYPE_CHECKING:
    from annotator.gui.dialogs import ImportWindow
    from annotator.jobs.converting import Read
    from annotator.jobs.importing import Looked, Made, Taken

_SPOKEN = (".vtt", ".webvtt", ".srt")


class Importing(QObject):
    """Reads and works out everything in the background; what is taken over is one step."""

    said = pyqtSignal(str)
    refused = pyqtSignal(str)
    doing = pyqtSignal(str)  # what is being done, empty when that is over
    open_asked = pyqtSignal(object)  # Path of a film or a session
    spoken_dropped = pyqtSignal(object)  # Path of a transcript for the open session
    shown = pyqtSignal()  # what was asked for is in the window, or told to be impossible

    def __init__(
        self,
        window: MainWindow,
        questions: Questions,
        passing: Passing,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._questions = window, questions
        self._passing = passing
        self._document: Document | None = None
        self._dialog: ImportWindow | None = None
        self._kept: KeptChoices | None = None
        self._first: tuple[Path, Sequence[tuple[str, str]]] | None = None
        self._number = self._asked = 0
        self._watcher: Watcher | None = None
        self._worker = SerialWorker("imports", self)
        self._scout = SerialWorker("import kinds", self)  # not to wait for what is being read
        self._reading = Reading(self._worker, self)
        self._reading.told.connect(self._show_reading)
        self._reading.took_long.connect(self._offer_to_stop)
        self.reports = ImportReports(window, self._worker, self)
        self.reports.refused.connect(self.refused)
        window.actions_table.bind("import", self.ask)

    @property
    def dialog(self) -> ImportWindow:
        """The window of an import, made when it is first wanted."""
        if self._dialog is None:
            made = dialogs.ImportWindow(self._window.theme, self._window)
            made.read_asked.connect(self._read)
            made.plan_asked.connect(self._plan)
            made.take_asked.connect(self._take)
            made.make_asked.connect(self._make)
            made.left.connect(self._leave)
            made.stop_asked.connect(self._stop_reading)
            self._dialog, self._kept = made, KeptChoices(made, self._questions)
        return self._dialog

    def follow(self, document: Document | None) -> None:
        """Serve this session from now on; none where None."""
        self._document = document
        self._asked += 1
        self._leave()
        if self._dialog is not None:
            self._dialog.hide()
        self.reports.follow(document)
        if document is not None:
            document.changed.connect(self._follow_changes)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        if self._dialog is not None:
            self._dialog.set_theme(theme)
        self.reports.set_theme(theme)

    def close(self) -> None:
        """End the background thread; what is being made is stopped."""
        self._asked += 1
        self._leave()
        self._scout.close()
        self._worker.close()

    def ask(self) -> None:
        """Ask for a file, and show what would come of it."""
        if not self._is_refused():
            self._find_out(import_job("kinds_of_files"), self._ask_for)

    def offer(self, path: Path) -> None:
        """Import a file that was dropped, or have it opened where it is a film or a session."""
        name = path.name.lower()
        if name.endswith(OPENED):
            self.open_asked.emit(path)
        elif name.endswith(_SPOKEN) and self._document is not None:
            self.spoken_dropped.emit(path)
        else:
            self._find_out(import_job("is_foreign", path), partial(self._take_dropped, path))

    def take(self, path: Path) -> None:
        """Read a file in the background, and show what would come of it."""
        if not self._is_refused():
            self._leave()
            if self._dialog is not None:
                self._dialog.hide()
            self.doing.emit(f"Reading {path.name}…")
            self._submit(import_job("titles_of_formats"), partial(self._begin, path), self._refuse)

    def _is_refused(self) -> bool:
        """Tell whether nothing can be imported, and say why."""
        reason = self._document.read_only_reason if self._document is not None else ""
        if reason:
            self.refused.emit(reason)
            self.shown.emit()
        return bool(reason)

    def _ask_for(self, kinds: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        path = self._questions.choose_import(kinds)
        if path is not None:
            self.take(path)

    def _take_dropped(self, path: Path, is_foreign: bool) -> None:  # noqa: FBT001 an answer
        if is_foreign:
            self.take(path)
        else:
            self.open_asked.emit(path)

    def _begin(self, path: Path, forms: Sequence[tuple[str, str]]) -> None:
        """Read a file for the first time; the window comes with it, or where that takes long."""
        self._first = (path, forms)
        self._reading.read((path, Wishes(now=now()), ""), self._show_first, self._refuse)

    def _show_first(self, looked: Looked) -> None:
        if self._open():
            self._show(looked)

    def _open(self) -> bool:
        """Show the window of a file that is read for the first time; tells whether it may be."""
        first, self._first = self._first, None
        self.doing.emit("")
        if first is None:
            return True
        if self._is_refused():
            return False
        self.dialog.begin(*first, self._names(), Wishes(now=now()))
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        return True

    def _offer_to_stop(self) -> None:
        """Show that a file is still being read, with a way to stop that."""
        if self._open():
            self._show_reading(f"Reading {self.dialog.path.name}")
            self.dialog.offer_to_stop()
        else:
            self._reading.stop()

    def _show_reading(self, text: str) -> None:
        if self._first is None:
            self.dialog.set_busy(f"{text}…")

    def _stop_reading(self) -> None:
        """Stop, and show again what there was before; without any there is nothing to show."""
        self._leave()
        before = self.dialog.go_back()
        if before is None:
            self.dialog.reject()
        else:
            self._show(before)

    def _names(self) -> dict[str, str] | None:
        document = self._document
        if document is None:
            return None
        return {code.id: code.name for code in document.session.codebook.codes_in_use}

    def _follow_changes(self, changes: Sequence[Change]) -> None:
        """Work out anew what would come, where other codes or passes are here now."""
        if self._dialog is None or not self._dialog.isVisible() or self._dialog.is_busy:
            return
        if any(isinstance(one, FieldChange | MemberChange) for one in changes):
            self._dialog.parts.contents.show_names(self._names())
            self._plan()

    def _read(self, form_id: str, wishes: Wishes) -> None:
        self._number += 1
        self.dialog.set_busy(f"Reading {self.dialog.path.name}…")
        self._reading.read((self.dialog.path, wishes, form_id), self._show, self._tell_trouble)

    def _show(self, looked: Looked) -> None:
        if looked.table is not None and self._kept is not None:
            self._kept.show(looked.kept)
        self.dialog.show_looked(looked)
        self.shown.emit()

    def _tell_trouble(self, error: AnnotatorError) -> None:
        self.dialog.set_busy("")
        self.dialog.show_trouble(str(error))
        self.shown.emit()

    def _plan(self) -> None:
        document, read, found = self._document, self._read_now, self.dialog.session
        if document is None or read is None or found is None:
            return
        self._number += 1
        what = (read, found, self.dialog.choices)
        work = import_job("plan_taking", document.session, what, new_id)
        self._submit(work, self._show_plan, self._show_no_plan)

    @property
    def _read_now(self) -> Read | None:
        looked = self.dialog.looked
        return looked.read if looked is not None else None

    def _show_plan(self, taken: Taken) -> None:
        self.dialog.show_plan(taken.plan)
        self.shown.emit()

    def _show_no_plan(self, error: AnnotatorError) -> None:
        self.dialog.show_plan(None, str(error))
        self.shown.emit()

    def _take(self) -> None:
        document, read, found = self._document, self._read_now, self.dialog.session
        if document is None or read is None or found is None:
            return
        if self._is_refused():
            return
        document.pass_leaving.emit()  # what runs ends: other codes may come
        session, choices = document.session, self.dialog.choices
        self._number += 1
        self._watcher = Watcher(self)
        self.dialog.set_busy("Taking it over…")
        films = (document.path.parent, self._watcher)
        work = import_job("plan_taking", session, (read, found, choices), new_id, films)
        self._submit(work, partial(self._push, document, session, read), self._tell_trouble)

    def _push(self, document: Document, session: Session, read: Read, taken: Taken) -> None:
        if document.session is not session:
            self._take()  # changed meanwhile: worked out anew
            return
        before = {one.id for one in session.passes}
        new = [one.id for one in taken.after.passes if one.id not in before]
        shown = self._pass_to_show(document, taken.after, new)
        try:
            document.push(taken.plan.edit, _Shown(document, shown), taken.after)
        except AnnotatorError as error:
            self._tell_trouble(error)
            return
        if shown:
            document.show_pass(shown)
        found = self.dialog.session
        self.dialog.set_busy("")
        self.dialog.hide()
        if found is not None:
            seen = visible_passes(taken.after, document.coder, blind=self._passing.blind)
            is_hidden = bool(new) and not any(one.id in new for one in seen)
            self.reports.keep(document, (read, found), taken, is_hidden=is_hidden)

    def _pass_to_show(self, document: Document, after: Session, new: Sequence[str]) -> str:
        """Give the pass to show: her own where it came; another only where she has no tags yet."""
        own = after.pass_of(document.coder)
        if own is not None and own.id in new:
            return own.id
        if document.tags:
            return ""
        seen = visible_passes(after, document.coder, blind=self._passing.blind)
        return next((one.id for one in seen if one.id in new), "")

    def _make(self) -> None:
        read, wanted = self._read_now, self.dialog.wanted
        if read is None or not wanted:
            return
        target = self._target(read, wanted)
        if target is None:
            return
        self._number += 1
        self._watcher = Watcher(self)
        self._watcher.told.connect(self._show_progress)
        self.dialog.set_busy("Making the session…")
        by = (self._document.coder if self._document is not None else "", now())
        work = import_job("make_sessions", read, wanted, target, by, self._watcher)
        self._submit(work, partial(self._open_made, read.path.name), self._tell_trouble)

    def _target(self, read: Read, wanted: Sequence[Session]) -> Path | None:
        if len(wanted) > 1:
            return self._questions.choose_sessions_folder(read.path.parent)
        name = import_job("safe_name", wanted[0].title or read.path.stem)()
        return self._questions.choose_new_session(read.path.with_name(f"{name}{SESSION_ENDING}"))

    def _show_progress(self, _fraction: float, text: str) -> None:
        if self.dialog.isVisible():
            self.dialog.set_busy(f"{text}…")

    def _open_made(self, name: str, made: Sequence[Made]) -> None:
        self.dialog.set_busy("")
        self.dialog.hide()
        self.reports.announce(name, made)
        self.open_asked.emit(made[0].path)

    def _leave(self) -> None:
        """Forget what is on its way; what is being made is stopped."""
        self._number += 1
        self._first = None
        self._reading.stop()
        self.doing.emit("")
        if self._watcher is not None:
            self._watcher.cancel()
            self._watcher = None

    def _refuse(self, error: AnnotatorError) -> None:
        self._first = None
        self.doing.emit("")
        if self._dialog is not None:
            self._dialog.hide()
        self._tell_refused(error)

    def _tell_refused(self, error: AnnotatorError) -> None:
        self.refused.emit(str(error))
        self.shown.emit()

    def _find_out(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Find something out before a file is read; what is being read goes on."""
        asked = self._asked

        def take(result: object) -> None:
            if asked == self._asked:
                done(result)

        self._scout.submit(work, take, self._tell_refused)

    def _submit(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[AnnotatorError], None],
    ) -> None:
        """Have work done; what is not waited for any more when it is done, is told to nobody."""
        number = self._number

        def if_wanted(tell: Callable[[Any], None]) -> Callable[[Any], None]:
            return lambda result: tell(result) if number == self._number else None

        self._worker.submit(work, if_wanted(done), if_wanted(failed))


class _Shown:
    """Goes back to the coder's own pass where the one that came is taken back."""

    def __init__(self, document: Document, pass_id: str) -> None:
        self._document, self._pass_id = document, pass_id

    def undone(self) -> None:
        """Show a pass that is there."""
        if self._pass_id and self._document.coding_pass is None:
            self._document.code_as(self._document.coder)

    def redone(self) -> None:
        """Show the pass that came."""
        if self._pass_id:
            self._document.show_pass(self._pass_id)

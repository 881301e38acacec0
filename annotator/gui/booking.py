"""Shows the codebook's editor, and makes what was done there one edit of the session."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from annotator.editing.book_draft import draft_edit
from annotator.editing.book_move import Move, MoveChoices, plan_move
from annotator.editing.edit import Edit
from annotator.editing.fates import TagsGo
from annotator.errors import AnnotatorError
from annotator.gui.document import Document
from annotator.gui.main_window import MainWindow
from annotator.gui.panels.notices import NoticeKind
from annotator.gui.questions import Questions
from annotator.gui.showing import Showing
from annotator.gui.tasks import SerialWorker
from annotator.gui.theme import Theme
from annotator.model.book_compare import is_same_instrument
from annotator.model.change import Change, FieldChange
from annotator.model.codebook import Codebook
from annotator.model.session import Session
from annotator.storage.books import read_book, write_book
from annotator.storage.library import builtin_ids, list_builtin, load_builtin

if TYPE_CHECKING:
    from annotator.gui.codebook.move import MoveWindow
    from annotator.gui.codebook.window import CodebookWindow

Make = Callable[[Session], Edit]
NOTICE = "newer-codebook"


class Booking(QObject):
    """Long work is done beside the window: a book may have a hundred thousand tags."""

    said = pyqtSignal(str)
    refused = pyqtSignal(str)
    doing = pyqtSignal(str)  # what is being done, empty when that is over
    book_changed = pyqtSignal(object)  # Codebook

    def __init__(
        self, window: MainWindow, questions: Questions, showing: Showing, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._questions = questions
        self._document: Document | None = None
        self._editor: CodebookWindow | None = None
        self._mover: MoveWindow | None = None
        self._asked = 0
        self._planning = 0
        self._planned: tuple[Codebook, MoveChoices] | None = None
        self._worker = SerialWorker("codebook", self)
        self.said.connect(showing.tell)
        self.refused.connect(showing.refuse)
        self.doing.connect(showing.show_doing)
        window.actions_table.bind("codebook", self.show_editor)
        window.actions_table.bind("move_codebook", self.show_move)

    def follow(self, document: Document | None) -> None:
        """Serve this session from now on; none where None."""
        self._document = document
        self._asked += 1
        self._planning += 1
        for dialog in (self._editor, self._mover):
            if dialog is not None:
                dialog.hide()
        if document is not None:
            document.changed.connect(self._follow_changes)
            self._offer_newer(document)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        for dialog in (self._editor, self._mover):
            if dialog is not None:
                dialog.set_theme(theme)

    def close(self) -> None:
        """End the background thread."""
        self._worker.close()

    @property
    def editor(self) -> CodebookWindow:
        """The editor, made when it is first asked for."""
        if self._editor is None:
            module = import_module("annotator.gui.codebook.window")
            made: CodebookWindow = module.CodebookWindow(
                self._window.theme,
                self._ask_fate,
                self._questions.may_discard_draft,
                self._window,
            )
            made.apply_asked.connect(self._apply_draft)
            made.move_asked.connect(self.show_move)
            made.import_asked.connect(self._read_file)
            made.export_asked.connect(self._write_file)
            self._editor = made
        return self._editor

    @property
    def mover(self) -> MoveWindow:
        """The window of the move, made when it is first asked for."""
        if self._mover is None:
            module = import_module("annotator.gui.codebook.move")
            made: MoveWindow = module.MoveWindow(self._window.theme, self._window)
            made.plan_asked.connect(self._plan)
            made.file_asked.connect(self._read_file)
            made.move_asked.connect(self._move)
            self._mover = made
        return self._mover

    def may_leave(self) -> bool:
        """Whether the session may be left: no change to its codebook would be lost unasked."""
        return self._editor is None or self._editor.may_leave()

    def show_editor(self) -> None:
        """Show the editor; a draft that was left open is gone on with."""
        if self._document is None:
            return
        if not self.editor.isVisible():
            self._begin_draft(self._document)
        self.editor.show()
        self.editor.raise_()
        self.editor.activateWindow()

    def show_move(self, chosen: Codebook | None = None) -> None:
        """Show the move to another book, with this one chosen where it is given."""
        document = self._document
        if document is None:
            return
        try:
            books = [load_builtin(one.id) for one in list_builtin()]
        except AnnotatorError as error:
            self.refused.emit(str(error))
            books = []
        self.mover.show()
        self.mover.raise_()
        self.mover.activateWindow()
        given = chosen if isinstance(chosen, Codebook) else None
        self.mover.offer(document.session.codebook, books, given)

    def _begin_draft(self, document: Document) -> None:
        session = document.session
        tags = Counter(tag.code for one in session.passes for tag in one.tags)
        answers = Counter(answer.item for one in session.passes for answer in one.ratings)
        module = import_module("annotator.gui.codebook.working")
        working = module.Working(session.codebook, tags, answers)
        self.editor.edit(working, document.read_only_reason)

    def _ask_fate(
        self, name: str, noun: str, count: int, targets: Sequence[tuple[str, str]]
    ) -> TagsGo | None:
        return self._questions.ask_where_tags_go(name, noun, count, targets)

    def _apply_draft(self) -> None:
        draft, before = self.editor.working.draft, self.editor.working.before

        def make(session: Session) -> Edit:
            if session.codebook != before:
                raise AnnotatorError(
                    "The codebook was changed in the meantime.",
                    "Close this window and open it again to work on the book as it is now.",
                )
            return draft_edit(session, draft, builtin_ids())

        self.editor.set_busy(busy=True)
        self._do(make, self._draft_done, self.editor.tell)

    def _draft_done(self) -> None:
        self.editor.hide()

    def _do(self, make: Make, done: Callable[[], None], failed: Callable[[str], None]) -> None:
        """Make an edit beside the window and push it; anew where the session changed meanwhile."""
        document = self._document
        if document is None:
            return
        document.pass_leaving.emit()  # what runs ends: its code may be another afterwards
        session, asked = document.session, self._asked
        self.doing.emit("Changing the codebook…")

        def work() -> tuple[Edit, Session]:
            edit = make(session)
            return edit, edit.apply(session)

        def take(result: tuple[Edit, Session]) -> None:
            if asked != self._asked:
                self._rest()
            elif document.session is not session:
                self._do(make, done, failed)
            else:
                self._push(document, result, done, failed)

        def refuse(error: AnnotatorError) -> None:
            self._rest()
            failed(str(error))

        self._worker.submit(work, take, refuse)

    def _rest(self) -> None:
        self.doing.emit("")
        if self._editor is not None:
            self._editor.set_busy(busy=False)

    def _push(
        self,
        document: Document,
        result: tuple[Edit, Session],
        done: Callable[[], None],
        failed: Callable[[str], None],
    ) -> None:
        edit, after = result
        self._rest()
        try:
            document.push(edit, after=after)
        except AnnotatorError as error:
            failed(str(error))
            return
        done()
        book = document.session.codebook
        self.said.emit(f"The codebook is now {book.name}, version {book.version}.")

    def _plan(self, book: Codebook, choices: MoveChoices) -> None:
        document = self._document
        if document is None:
            return
        self._planning += 1
        session, asked = document.session, self._planning

        def take(move: Move) -> None:
            if asked == self._planning:
                self.mover.show_plan(move)

        def refuse(error: AnnotatorError) -> None:
            if asked == self._planning:
                self.mover.show_plan(None, str(error))

        self._planned = (book, choices)
        self._worker.submit(partial(plan_move, session, book, choices), take, refuse)

    def _move(self) -> None:
        if self._planned is None:
            return
        book, choices = self._planned
        self._do(
            lambda session: plan_move(session, book, choices).edit,
            self._moved,
            lambda text: self.mover.show_plan(None, text),
        )

    def _moved(self) -> None:
        self._window.parts.notices.dismiss(NOTICE)
        self.mover.hide()
        if self._editor is not None:
            self._editor.hide()

    def _read_file(self) -> None:
        path = self._questions.choose_codebook()
        if path is None:
            return
        try:
            book = read_book(path).book
        except AnnotatorError as error:
            self._tell(str(error))
            return
        self.show_move(book)

    def _write_file(self) -> None:
        book = self.editor.working.book
        path = self._questions.choose_codebook_place(book)
        if path is None:
            return
        try:
            write_book(path, book)
        except AnnotatorError as error:
            self._tell(str(error))
            return
        self.said.emit(f"The codebook is kept as {path.name}.")

    def _tell(self, text: str) -> None:
        if self._mover is not None and self._mover.isVisible():
            self._mover.show_plan(None, text)
        else:
            self.editor.tell(text)

    def _follow_changes(self, changes: tuple[Change, ...]) -> None:
        document = self._document
        books = [
            one
            for one in changes
            if isinstance(one, FieldChange) and isinstance(one.after, Codebook)
        ]
        if document is not None and books:
            self._window.actions_table.set_codebook(document.session.codebook)
            self.book_changed.emit(document.session.codebook)

    def _offer_newer(self, document: Document) -> None:
        """Say where the book came with the program in another, newer version."""
        own = document.session.codebook
        if own.id not in builtin_ids() or document.read_only_reason:
            return
        book = load_builtin(own.id)
        is_older = _numbers(own.version) < _numbers(book.version)
        if not is_older or is_same_instrument(own, book):
            return
        action = self._window.actions_table.by_id["move_codebook"]
        text = f"{own.name} has a newer version: {book.version}. This session uses {own.version}."
        notices = self._window.parts.notices
        notices.show_notice(NoticeKind.INFO, text, actions=(action,), key=NOTICE)


def _numbers(version: str) -> tuple[int, ...]:
    """Give the numbers of a version of a published book, without what a lab made of it."""
    published = version.partition("-")[0]
    return tuple(int(part) for part in published.split(".") if part.isdecimal())

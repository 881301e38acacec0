"""Opens the help window at the page that was asked for, or that fits where one is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QApplication, QDialog, QWidget

from annotator.errors import AnnotatorError
from annotator.gui import dialogs
from annotator.gui.actions import ACTIONS
from annotator.gui.dialogs.help_pages import HelpPage, shipped_pages
from annotator.gui.dialogs.keys_page import keys_page
from annotator.gui.main_window import MainWindow
from annotator.gui.questions import Questions
from annotator.gui.theme import Theme
from annotator.model.codebook import Codebook

if TYPE_CHECKING:
    from annotator.gui.dialogs import HelpWindow

PAGES = {
    "first_steps": "first-steps",
    "keys": "keys",
    "glossary": "glossary",
    "file_format": "file-format",
}
USUAL_PAGE = "first-steps"


class Helping(QObject):
    """The help window, made when it is first wanted.

    A part of the window that has a page of its own names it in its property `helpPage`.
    """

    refused = pyqtSignal(str)
    said = pyqtSignal(str)

    def __init__(self, window: MainWindow, questions: Questions, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._questions = questions
        self._help: HelpWindow | None = None
        self._book: Codebook | None = None
        self._pages: Sequence[HelpPage] = ()
        table = window.actions_table
        for action_id, page in PAGES.items():
            table.bind(action_id, partial(self.show, page))
        table.bind("help_here", self.show_here)
        table.bind("print_keys", self.print_keys)
        table.keys_changed.connect(self._show_keys)
        window.parts.proposals.setProperty("helpPage", "silences")
        window.parts.wall.setProperty("helpPage", "recordings")
        window.parts.codes.setProperty("helpPage", "coding")

    @property
    def pages(self) -> Sequence[HelpPage]:
        """The pages there are, in order."""
        if not self._pages:
            self._pages = shipped_pages()
        return self._pages

    def set_codebook(self, book: Codebook | None) -> None:
        """Let the page of keys list this codebook's."""
        self._book = book
        self._show_keys()

    def set_theme(self, theme: Theme) -> None:
        """Take up another look."""
        if self._help is not None:
            self._help.set_theme(theme)

    def show(self, page: str, heading: str = "") -> None:
        """Show a page of help, at a heading where one is given."""
        asking = QApplication.activeModalWidget()
        shown = self._own() if asking is None else self._beside(asking)
        shown.show_page(page, heading)
        shown.show()
        shown.raise_()
        shown.activateWindow()

    def show_here(self) -> None:
        """Show the page that belongs to where the focus is."""
        focus, asking = QApplication.focusWidget(), QApplication.activeModalWidget()
        if asking is not None and (focus is None or focus.window() is self._window):
            focus = asking
        self.show(page_for(focus))

    def print_keys(self) -> None:
        """Print the page of keys, or say why that cannot be."""
        try:
            self._questions.print_page(self._keys_text())
        except AnnotatorError as error:
            self.refused.emit(str(error))

    def keep_keys(self) -> None:
        """Write the page of keys to a file, or say why that cannot be."""
        try:
            path = self._questions.keep_page(self._keys_text())
        except AnnotatorError as error:
            self.refused.emit(str(error))
            return
        if path is not None:
            self.said.emit(f"The keys are kept in “{path.name}”.")

    def _own(self) -> HelpWindow:
        if self._help is None:
            self._help = self._made(self._window)
        return self._help

    def _beside(self, asking: QWidget) -> HelpWindow:
        """Give a window that belongs to the dialog that asks, since that one bars all others."""
        for shown in asking.findChildren(dialogs.HelpWindow):
            return shown
        made = self._made(asking)
        if isinstance(asking, QDialog):
            asking.finished.connect(made.close)
        return made

    def _made(self, parent: QWidget) -> HelpWindow:
        made = dialogs.HelpWindow(self._window.theme, ACTIONS, self.pages, parent=parent)
        made.print_asked.connect(self.print_keys)
        made.keep_asked.connect(self.keep_keys)
        made.set_codebook(self._book, self._window.actions_table.key_map)
        return made

    def _keys_text(self) -> str:
        return keys_page(ACTIONS, self._book, self._window.actions_table.key_map)

    def _show_keys(self) -> None:
        if self._help is not None:
            self._help.set_codebook(self._book, self._window.actions_table.key_map)


def page_for(widget: QWidget | None) -> str:
    """Give the page of help of a widget, of what it stands in, or else the usual one."""
    while widget is not None:
        page = widget.property("helpPage")
        if isinstance(page, str) and page:
            return page
        widget = widget.parentWidget()
    return USUAL_PAGE

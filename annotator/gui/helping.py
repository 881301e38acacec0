"""Opens the help window at the page that was asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject

from annotator.gui import dialogs
from annotator.gui.actions import ACTIONS
from annotator.gui.main_window import MainWindow
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


class Helping(QObject):
    """The help window, made when it is first wanted."""

    def __init__(self, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._help: HelpWindow | None = None
        self._book: Codebook | None = None
        for action_id, page in PAGES.items():
            window.actions_table.bind(action_id, partial(self.show, page))

    def set_codebook(self, book: Codebook | None) -> None:
        """Let the page of keys list this codebook's."""
        self._book = book
        if self._help is not None:
            self._help.set_codebook(book)

    def set_theme(self, theme: Theme) -> None:
        """Take up another look."""
        if self._help is not None:
            self._help.set_theme(theme)

    def show(self, page: str) -> None:
        """Show a page of help."""
        if self._help is None:
            self._help = dialogs.HelpWindow(self._window.theme, ACTIONS, parent=self._window)
            self._help.set_codebook(self._book)
        self._help.show_page(page)
        self._help.show()
        self._help.raise_()

"""Choices of columns that are kept by name: used for another table, kept, and replaced if so."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from annotator.errors import AnnotatorError
from annotator.gui.questions import Questions
from annotator.storage.interchange.columns import TableColumns

if TYPE_CHECKING:
    from annotator.gui.dialogs import ImportWindow


class KeptChoices:
    """Serves the page of columns in the window of an import."""

    def __init__(self, dialog: ImportWindow, questions: Questions) -> None:
        self._dialog, self._questions = dialog, questions
        dialog.kept_chosen.connect(self._use)
        dialog.keep_asked.connect(self._keep)

    def show(self, chosen: str) -> None:
        """Offer all that are kept, of which one was used to read the table, if any was."""
        names: Sequence[str] = _mappings().list_mappings()
        self._dialog.parts.table.show_kept(names, chosen)

    def _use(self, name: str) -> None:
        try:
            columns = _mappings().load_mapping(name)
        except AnnotatorError as error:
            self._dialog.show_trouble(str(error))
            return
        self._dialog.wish(columns=self._dialog.parts.table.fitted(columns))

    def _keep(self, name: str, columns: TableColumns) -> None:
        try:
            if self._is_taken(name, columns) and not self._questions.may_replace_choice(name):
                return
            _mappings().save_mapping(name, columns)
        except AnnotatorError as error:
            self._dialog.show_trouble(str(error))
            return
        self.show(name)

    def _is_taken(self, name: str, columns: TableColumns) -> bool:
        """Tell whether another choice has the name; the same one is no other."""
        kept = _mappings()
        return name in kept.list_mappings() and kept.load_mapping(name) != columns


def _mappings() -> ModuleType:
    """Load what reads and writes them when it is first wanted."""
    return import_module("annotator.storage.mappings")

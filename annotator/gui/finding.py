"""The palette in the program: opens over the window and does what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from annotator.gui.choosing import Choosing
from annotator.gui.desk import Desk
from annotator.gui.helping import Helping
from annotator.gui.main_window import MainWindow
from annotator.gui.theme import Theme

if TYPE_CHECKING:
    from annotator.gui.palette.items import Item
    from annotator.gui.palette.search import Search
    from annotator.gui.palette.view import PaletteView

NO_SESSION = "Open a session first."


@dataclass(frozen=True, slots=True)
class Reach:
    """Where what was found leads to; `desk` gives the open session's, or None."""

    choosing: Choosing
    helping: Helping
    desk: Callable[[], Desk | None]
    recent: Callable[[], tuple[str, ...]]


class Finding(QObject):
    """The palette, made when it is first wanted; pressed again its key closes it."""

    chosen = pyqtSignal(str)  # the name by which what was chosen is remembered

    def __init__(self, window: MainWindow, reach: Reach, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._reach = reach
        self._view: PaletteView | None = None
        self._search: Search | None = None
        window.actions_table.bind("palette", self.open)

    @property
    def view(self) -> PaletteView | None:
        """The palette; None until it was wanted."""
        return self._view

    @property
    def is_ready(self) -> bool:
        """Whether all tags can be found; while they cannot, more is found by and by."""
        return self._search is not None and self._search.is_ready

    def open(self) -> None:
        """Open the palette over what can be found now."""
        items = import_module("annotator.gui.palette.items")
        desk = self._reach.desk()
        document = desk.document if desk is not None else None
        entries = items.entries_of(self._items())
        search = self._made()
        if self._view is not None:
            keys = self._window.actions_table.key_map.of_action("palette")
            self._view.field.closing_keys = frozenset(keys)
        search.begin(entries, self._reach.recent(), document)

    def set_theme(self, theme: Theme) -> None:
        """Take up another look."""
        if self._view is not None:
            self._view.set_theme(theme)

    def _items(self) -> Iterator[Item]:
        sources = import_module("annotator.gui.palette.sources")
        table = self._window.actions_table
        desk = self._reach.desk()
        yield from sources.action_items(table)
        why_not = desk.document.why_no_tagging if desk is not None else NO_SESSION
        yield from sources.code_items(table, why_not)
        yield from sources.setting_items()
        yield from sources.help_items(self._reach.helping.pages)

    def _made(self) -> Search:
        if self._search is None:
            search = import_module("annotator.gui.palette.search")
            view = import_module("annotator.gui.palette.view")
            kind = import_module("annotator.gui.palette.items").Kind
            self._view = view.PaletteView(self._window.theme, self._window)
            doing = search.Doing(
                {
                    kind.ACTION: self._act,
                    kind.CODE: self._tag,
                    kind.SETTING: self._reach.choosing.show_setting,
                    kind.HELP: self._help,
                    kind.TAG: self._go_to,
                }
            )
            made: Search = search.Search(self._view, doing, self)
            made.chosen.connect(self.chosen)
            self._search = made
        return self._search

    def _act(self, action_id: str) -> None:
        self._window.actions_table.by_id[action_id].trigger()

    def _tag(self, code_id: str) -> None:
        action = self._window.actions_table.by_code.get(code_id)
        if action is not None:
            action.trigger()

    def _help(self, place: str) -> None:
        page, _, heading = place.partition("#")
        self._reach.helping.show(page, heading)

    def _go_to(self, tag_id: str) -> None:
        desk = self._reach.desk()
        if desk is not None:
            desk.go_to(tag_id)

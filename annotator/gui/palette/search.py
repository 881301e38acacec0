"""Answers what is typed into the palette, and lets what was chosen happen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QObject, QTimer, pyqtSignal
from PyQt6.QtWidgets import QApplication, QWidget

from annotator.gui.document import Document
from annotator.gui.palette.items import Entry, Item, Kind, found
from annotator.gui.palette.ranking import folded
from annotator.gui.palette.sources import code_names, tag_item
from annotator.gui.palette.tag_lines import TagLines
from annotator.gui.palette.view import PaletteView

MOST_ITEMS = 40
MOST_TAGS = 60
SLICE_S = 0.003
NOTHING = "Nothing fits. Try fewer letters, or part of a note or a time such as 12:30."
HOW = "↑ ↓ to choose · Enter to do it · Esc to go back"
MORE = f"The first {MOST_TAGS} tags are shown; type more to find others."


@dataclass(frozen=True, slots=True)
class Doing:
    """What happens with an item of each kind, told its id."""

    by_kind: dict[Kind, Callable[[str], object]]


class Search(QObject):
    """Searches the entries it is given when the palette opens, and the tags of the document."""

    chosen = pyqtSignal(str)  # the name by which an item is remembered

    def __init__(self, view: PaletteView, doing: Doing, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._doing = doing
        self._entries: Sequence[Entry] = ()
        self._recent: Sequence[str] = ()
        self._document: Document | None = None
        self._lines = TagLines()
        self._back_to: QWidget | None = None
        self._slices = QTimer(self)
        self._slices.timeout.connect(self._go_on)
        view.typed.connect(lambda _text: self.answer())
        view.chosen.connect(self._do)
        view.closed.connect(self._end)

    @property
    def is_ready(self) -> bool:
        """Whether all tags can be searched."""
        return self._lines.is_ready

    def begin(
        self, entries: Sequence[Entry], recent: Sequence[str], document: Document | None
    ) -> None:
        """Open the palette over these entries and a document's tags."""
        self._entries, self._recent, self._document = entries, recent, document
        book = document.session.codebook if document is not None else None
        self._lines.begin(document.tags if document is not None else (), code_names(book))
        self._come_back_to(QApplication.focusWidget())
        self._view.open()
        self.answer()
        self._slices.start(0)

    def answer(self) -> None:
        """Show what fits the text in the field."""
        query = folded(self._view.field.text())
        items = found(self._entries, query, self._recent)[:MOST_ITEMS]
        tags, are_more = self._lines.find(query, MOST_TAGS)
        if self._document is not None:
            book = self._document.session.codebook
            items += [tag_item(tag, book) for tag in tags]
        self._view.show_items(items, self._words(items, are_more=are_more))

    def _words(self, items: Sequence[Item], *, are_more: bool) -> str:
        if not items:
            return NOTHING if self._lines.is_ready else "Looking through the tags…"
        return MORE if are_more else HOW

    def _go_on(self) -> None:
        if self._lines.is_ready or self._lines.go_on(SLICE_S):
            self._slices.stop()
            if self._view.field.text():
                self.answer()

    def _do(self, item: Item) -> None:
        if item.why_not:
            self._view.say(f"Not possible now: {item.why_not}")
            return
        self._view.close_up()
        if item.kind is not Kind.TAG:
            self.chosen.emit(item.name)
        self._doing.by_kind[item.kind](item.id)

    def _come_back_to(self, widget: QWidget | None) -> None:
        self._back_to = widget
        if widget is not None:
            widget.destroyed.connect(self._forget)

    def _forget(self) -> None:
        """Come back to nothing: what had the focus is gone, such as a notice."""
        self._back_to = None

    def _end(self, had_focus: bool) -> None:  # noqa: FBT001 a slot
        """Give the focus back to where it was, unless it has gone elsewhere."""
        self._slices.stop()
        back, self._back_to = self._back_to, None
        if back is None:
            return
        back.destroyed.disconnect(self._forget)
        if had_focus and back.isVisible():
            back.setFocus()

"""The table of tags with the choice of the pass it shows."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.document import Document
from annotator.gui.panels.cell_pictures import DrawnOnce
from annotator.gui.panels.labels import dress_heading, dress_quiet
from annotator.gui.panels.pass_choices import NEW_PASS, pass_choices
from annotator.gui.panels.search_field import SEARCH_TIP, SearchField
from annotator.gui.panels.tag_cells import Column
from annotator.gui.panels.tag_choosers import (
    Chips,
    ChoiceDelegate,
    code_choices,
    participant_choices,
)
from annotator.gui.panels.tag_copies import as_table
from annotator.gui.panels.tag_delegates import NoteDelegate, StartDelegate, TimeDelegate
from annotator.gui.panels.tags_model import COLUMNS, Role, TagsModel
from annotator.gui.panels.tags_view import TagsView
from annotator.gui.theme import Theme
from annotator.model.change import Change, MemberChange
from annotator.model.coding import Tag, tag_order
from annotator.model.session import Session
from annotator.model.time import SECOND, ZERO, Micros

HOUR = 3600 * SECOND
LEAST_LETTERS = 9
"""So much of a pass's name is seen, however narrow the panel."""

NO_SESSION = "Tags appear here once a film is open."
NO_TAGS = "No tags yet.\nPress a code's key while the film shows the moment you mean."
NONE_FOUND = "No tag has all of that."
NO_TAGS_OF_OTHER = "There are no tags in this pass."


class TagsPanel(QWidget):
    """Shows the tags of a document's pass, lets them be edited, and tells what is selected."""

    tag_selected = pyqtSignal(str)  # the person selected one tag alone
    selection_changed = pyqtSignal(object)  # frozenset[str], by the person or because tags went
    tag_activated = pyqtSignal(str)  # go to this tag's start
    refused = pyqtSignal(str)  # why a change was not made, in plain words

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Tags")
        self._selected: frozenset[str] = frozenset()
        self._quiet = False
        self._order = (0, Qt.SortOrder.AscendingOrder)
        self.blind = False
        self.model = TagsModel(self)
        self.view = TagsView()
        self._title, self._count = QLabel("Tags"), QLabel()
        self.passes = QComboBox()
        self.passes.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.passes.setMinimumContentsLength(LEAST_LETTERS)
        self.search = SearchField()
        self._empty = QLabel()
        self._pages = QStackedWidget()
        self._delegates: set[QStyledItemDelegate] = set()
        self._lay_out(theme)
        self.view.setModel(self.model)
        self.set_theme(theme)
        self._connect()
        self.set_document(None)

    def set_document(self, document: Document | None) -> None:
        """Show another document's tags; None empties the table."""
        old = self.model.document
        if old is not None:
            old.changed.disconnect(self._follow)
            old.pass_changed.disconnect(self._show_pass)
        self.model.show_document(document)
        self.view.set_hours(hours=document is not None and lasts_hours(document.session))
        if document is not None:
            document.changed.connect(self._follow)
            document.pass_changed.connect(self._show_pass)
        self._show_pass()

    @property
    def selected(self) -> frozenset[str]:
        """The ids of the selected tags."""
        return self._selected

    def select(self, tag_ids: frozenset[str]) -> None:
        """Select tags by id and bring the first into view; ids not shown are left out.

        Nothing is told, since whoever calls this knows.
        """
        rows = sorted(row for row in map(self.model.row_of, tag_ids) if row is not None)
        if self._ids_at(rows) == self._selected:
            return
        self._selected = self._ids_at(rows)
        if not self.view.is_put_off:
            self._show_selected()
        self._show_count()

    def _show_selected(self) -> None:
        rows = sorted(row for row in map(self.model.row_of, self._selected) if row is not None)
        self._quiet = True
        self._select_rows(rows)
        self._quiet = False

    def show_position(self, position: Micros) -> None:
        """Mark the tag that began last; the table follows while that mark is in sight."""
        before = self.model.row_at_playhead
        followed = before < 0 or self._is_in_sight(before)
        self.model.set_position(position)
        row = self.model.row_at_playhead
        if row not in {before, -1} and followed and not self.view.is_editing:
            self.view.scrollTo(self.model.index(row, 0))

    def edit_note(self) -> None:
        """Begin to write the note of the current tag, or else of the first selected."""
        self._edit(Column.NOTE)

    def begin_search(self) -> None:
        """Let the coder type what she looks for."""
        self.search.setFocus()
        self.search.selectAll()

    def copy_selected(self) -> None:
        """Copy the selected tags, in the order they are shown, as text for a spreadsheet."""
        rows = sorted(one for one in map(self.model.row_of, self._selected) if one is not None)
        tags = [tag for tag in map(self.model.tag_at, rows) if tag is not None]
        clipboard = QApplication.clipboard()
        if tags and clipboard is not None:
            clipboard.setText(as_table(tags, COLUMNS, self.model.names))

    def set_blind(self, *, blind: bool) -> None:
        """Leave the passes of others out of the choice, or not."""
        self.blind = blind
        self._list_passes()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        dress_heading(self._title, theme)
        dress_quiet(self._count, theme)
        dress_quiet(self._empty, theme)
        self._empty.setMargin(theme.spacing_large)
        self.view.set_theme(theme)
        self._set_delegates(theme)

    def _together(self, tag: Tag) -> Sequence[Tag]:
        """Give the selected tags where this is one of them: what is changed, is for all."""
        if tag.id not in self._selected:
            return (tag,)
        rows = (self.model.row_of(tag_id) for tag_id in self._selected)
        found = (self.model.tag_at(row) for row in rows if row is not None)
        return sorted((one for one in found if one is not None), key=tag_order)

    def _edit(self, column: Column) -> None:
        self.view.paint_now()
        row = self.view.currentIndex().row()
        tag = self.model.tag_at(row)
        if tag is None or (self._selected and tag.id not in self._selected):
            rows = sorted(one for one in map(self.model.row_of, self._selected) if one is not None)
            row = rows[0] if rows else -1
        if row < 0:
            self.refused.emit("Select a tag first.")
        elif self.model.why_not:
            self.refused.emit(self.model.why_not)
        else:
            self.view.edit_cell(self.model.index(row, COLUMNS.index(column)))

    def _lay_out(self, theme: Theme) -> None:
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.passes.setAccessibleName("Coding pass shown")
        self.passes.setToolTip("Whose coding pass is shown")
        self.passes.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.view.setAccessibleName("Table of tags")
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._empty)
        head = QHBoxLayout()
        head.setContentsMargins(theme.spacing, theme.spacing_small, theme.spacing_small, 0)
        head.setSpacing(theme.spacing)
        head.addWidget(self._title)
        head.addWidget(self._count, 1)
        head.addWidget(self.passes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.spacing_small)
        layout.addLayout(head)
        line = QHBoxLayout()
        line.setContentsMargins(theme.spacing, 0, theme.spacing_small, 0)
        line.addWidget(self.search)
        layout.addLayout(line)
        layout.addWidget(self._pages, 1)

    def _set_delegates(self, theme: Theme) -> None:
        chips = Chips(theme)
        start = StartDelegate(theme, self.view)
        start.pencil_clicked.connect(self.view.edit_soon)
        code = ChoiceDelegate(
            "Code", lambda: code_choices(self.model.names, chips), self.view, chips
        )
        people = ChoiceDelegate(
            "Participant", lambda: participant_choices(self.model.names), self.view
        )
        times = TimeDelegate(theme, self.view)
        delegates: tuple[QStyledItemDelegate, ...]
        plain = DrawnOnce(self.view)
        delegates = (start, times, times, code, people, plain, NoteDelegate(self.view))
        for old in self._delegates:
            old.deleteLater()
        self._delegates = set(delegates)
        for place, delegate in enumerate(delegates):
            self.view.setItemDelegateForColumn(place, delegate)

    def _connect(self) -> None:
        self.model.together = self._together
        self.model.refused.connect(self.refused)
        self.model.modelReset.connect(self._reselect)
        self.view.caught_up.connect(self._show_selected)
        self.model.rowsAboutToBeInserted.connect(self.view.put_off_painting)
        self.view.seek_asked.connect(self._activate)
        self.view.note_asked.connect(self.edit_note)
        self.passes.activated.connect(self._choose_pass)
        self.search.textChanged.connect(self._search)
        self.search.left.connect(self.view.setFocus)
        self.view.sort_asked.connect(self._sort)
        self.view.change_asked.connect(self._edit)
        self.view.copy_asked.connect(self.copy_selected)
        if (selection := self.view.selectionModel()) is not None:
            selection.selectionChanged.connect(self._note_selection)

    def _activate(self, index: QModelIndex) -> None:
        tag = index.data(Role.TAG)
        if isinstance(tag, Tag):
            self.tag_activated.emit(tag.id)

    def _follow(self, changes: Sequence[Change]) -> None:
        if any(isinstance(change, MemberChange) for change in changes):
            self._list_passes()
        self._show_count()

    def _show_pass(self) -> None:
        self._list_passes()
        self._show_count()

    def _list_passes(self) -> None:
        document = self.model.document
        self.passes.clear()
        self.passes.setVisible(document is not None)
        if document is None:
            return
        for value, text in pass_choices(document.session, document.coder, blind=self.blind):
            self.passes.addItem(text, value)
        shown = document.pass_id if document.coding_pass else NEW_PASS
        self.passes.setCurrentIndex(max(0, self.passes.findData(shown)))

    def _choose_pass(self, place: int) -> None:
        document, pass_id = self.model.document, self.passes.itemData(place)
        if document is None:
            return
        if pass_id == NEW_PASS:
            document.code_as(document.coder)
        elif pass_id != document.pass_id:
            document.show_pass(pass_id)

    def _show_count(self) -> None:
        count = self.model.rowCount()
        document = self.model.document
        whole = len(document.tags) if document is not None else 0
        words = [count_words(count, len(self._selected), whole)] if document else []
        if self.model.document is not None and self.model.viewing_only:
            words.append("view only")
        self._count.setText(" · ".join(words))
        self._empty.setText(self._empty_words())
        self._pages.setCurrentIndex(0 if count else 1)

    def _empty_words(self) -> str:
        if self.model.document is None:
            return NO_SESSION
        if self.search.text().strip():
            return NONE_FOUND
        return NO_TAGS_OF_OTHER if self.model.viewing_only else NO_TAGS

    def _search(self, line: str) -> None:
        problem = self.model.search(line)
        self.search.setToolTip(problem or SEARCH_TIP)
        self._show_count()

    def _sort(self, column: int) -> None:
        """Order by a column; by the same one again the other way round."""
        header = self.view.horizontalHeader()
        ascending, descending = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        order = ascending
        if self._order == (column, ascending):
            order = descending
        self._order = (column, order)
        self.model.sort(column, order)
        if header is not None:
            header.setSortIndicatorShown(True)
            header.setSortIndicator(column, order)

    def _note_selection(self) -> None:
        selection = self.view.selectionModel()
        if self._quiet or selection is None:
            return
        chosen = self._ids_at([index.row() for index in selection.selectedRows()])
        if chosen == self._selected:
            return
        self._selected = chosen
        self._show_count()
        self.selection_changed.emit(chosen)
        if len(chosen) == 1:
            self.tag_selected.emit(next(iter(chosen)))

    def _reselect(self) -> None:
        """Select again, after the rows were made afresh, what is still there."""
        wanted, self._selected = self._selected, frozenset()
        self.select(wanted)
        if self._selected != wanted:
            self.selection_changed.emit(self._selected)
        self._show_count()

    def _select_rows(self, rows: Sequence[int]) -> None:
        selection = self.view.selectionModel()
        if selection is None:
            return
        chosen = QItemSelection()
        last = len(COLUMNS) - 1
        for first, end in runs_of(rows):
            chosen.select(self.model.index(first, 0), self.model.index(end, last))
        flags = QItemSelectionModel.SelectionFlag
        selection.select(chosen, flags.ClearAndSelect)
        if rows:
            selection.setCurrentIndex(self.model.index(rows[0], 0), flags.NoUpdate)
            self.view.scrollTo(self.model.index(rows[0], 0))

    def _ids_at(self, rows: Sequence[int]) -> frozenset[str]:
        tags = (self.model.tag_at(row) for row in rows)
        return frozenset(tag.id for tag in tags if tag is not None)

    def _is_in_sight(self, row: int) -> bool:
        port = self.view.viewport()
        box = self.view.visualRect(self.model.index(row, 0))
        return port is not None and port.rect().intersects(box)


def lasts_hours(session: Session) -> bool:
    """Tell whether times of an hour and more are to be expected in a session."""
    return session.duration == ZERO or session.duration >= HOUR


def count_words(count: int, selected: int, whole: int = 0) -> str:
    """Say how many tags there are and, above one, how many of them are selected.

    `whole` is how many there are with those that a search leaves out.
    """
    words = "1 tag" if count == 1 else f"{count:,} tags"
    if whole > count:
        words = f"{count:,} of {whole:,} tags"
    return f"{words}, {selected} selected" if selected > 1 else words


def runs_of(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Gather ascending row numbers into stretches, as first and last."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs

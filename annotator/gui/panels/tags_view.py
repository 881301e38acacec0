"""The table of tags as it behaves: single letters stay code keys, Enter goes to a tag."""

from __future__ import annotations

from collections.abc import Collection

from PyQt6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
    pyqtSignal,
)
from PyQt6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QKeySequence, QResizeEvent
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyleOptionHeader,
    QTableView,
    QWidget,
)

from annotator.gui.panels.column_widths import (
    CHOSEN_FROM,
    USUALLY_HIDDEN,
    fitted,
    narrowest,
    natural_widths,
)
from annotator.gui.panels.tag_cells import Column
from annotator.gui.panels.tags_model import COLUMNS
from annotator.gui.theme import Theme

ROW_HEIGHT = 30
HEAD_PADDING = 12
SHORT_NAMES = {Column.PARTICIPANT: "Part."}
ITEMS = "QTableView::item { padding: 0 5px; border: none; }"
HEADS = "QHeaderView::section { padding: 6px 5px; }"
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class TagsHeader(QHeaderView):
    """Names the columns, in short where there is no room for all of a name."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader | None, section: int) -> None:
        """Prepare how the heading of a column is drawn."""
        super().initStyleOptionForIndex(option, section)
        if option is None or not 0 <= section < len(COLUMNS):
            return
        name = COLUMNS[section].value
        if option.fontMetrics.horizontalAdvance(name) + HEAD_PADDING > self.sectionSize(section):
            option.text = SHORT_NAMES.get(COLUMNS[section], name)


class TagsView(QTableView):
    """Whole rows are selected; cells are edited by double click or on request."""

    seek_asked = pyqtSignal(QModelIndex)
    note_asked = pyqtSignal()
    copy_asked = pyqtSignal()
    change_asked = pyqtSignal(object)  # Column, of all selected tags
    sort_asked = pyqtSignal(int)  # column
    caught_up = pyqtSignal()  # what was put off is about to be painted

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setStyleSheet(ITEMS + HEADS)
        self.setHorizontalHeader(TagsHeader(self))
        self._hours = False
        self._hidden = USUALLY_HIDDEN
        self._type_scale = 1.0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.paint_now)
        self.doubleClicked.connect(self._double_clicked)
        self._shape_headers()

    @property
    def is_editing(self) -> bool:
        """Whether a cell is being edited."""
        return self.state() == QAbstractItemView.State.EditingState

    def keyboardSearch(self, _search: str | None) -> None:
        """Leave letters alone: they are the keys of codes."""

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Act on Enter and F2; leave the rest to Qt."""
        if event is None:
            return
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in ENTER and held == Qt.KeyboardModifier.ControlModifier:
            self.edit_cell(self.currentIndex())
        elif event.key() in ENTER:
            self._ask_seek(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.note_asked.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:
        """Offer what can be changed of all selected tags at once."""
        if event is not None:
            self.change_menu().popup(event.globalPos())

    def change_menu(self) -> QMenu:
        """Make the menu of what can be changed of the selected tags."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column in (Column.CODE, Column.PARTICIPANT, Column.NOTE):
            action = menu.addAction(f"Change {column.value.casefold()}…")
            if action is not None:
                action.setData(column)
        columns = self.columns_menu()
        columns.setTitle("Columns")
        menu.addSeparator()
        menu.addMenu(columns)
        menu.triggered.connect(self._ask_change)
        return menu

    def _ask_change(self, action: QAction) -> None:
        if not action.isCheckable():  # not one of the columns' menu within
            self.change_asked.emit(action.data())

    def edit_cell(self, index: QModelIndex) -> bool:
        """Begin to edit a cell; False where it cannot be edited."""
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return False
        selection, flags = self.selectionModel(), QItemSelectionModel.SelectionFlag
        if selection is not None and selection.isRowSelected(index.row(), QModelIndex()):
            selection.setCurrentIndex(index, flags.NoUpdate)  # several stay selected
        else:
            self.setCurrentIndex(index)
        self.edit(index)
        return self.is_editing

    def edit_soon(self, index: QModelIndex) -> None:
        """Begin to edit a cell once the click that asked for it has been dealt with."""
        cell = QPersistentModelIndex(index)
        QTimer.singleShot(0, lambda: self.edit_cell(QModelIndex(cell)))

    def put_off_painting(self) -> None:
        """Paint in the next turn: film, timeline and keys come first, the table right after."""
        if not self._soon.isActive():
            self.setUpdatesEnabled(False)
            self._soon.start()

    def paint_now(self) -> None:
        """Paint what was put off."""
        if self._soon.isActive() or not self.updatesEnabled():
            self._soon.stop()
            self.caught_up.emit()
            self.setUpdatesEnabled(True)

    @property
    def is_put_off(self) -> bool:
        """Whether the table is to be painted in the next turn."""
        return self._soon.isActive()

    def set_theme(self, theme: Theme) -> None:
        """Make rows and columns as large as the type needs."""
        self._type_scale = theme.scale
        rows = self.verticalHeader()
        if rows is not None:
            rows.setMinimumSectionSize(1)
            rows.setDefaultSectionSize(theme.px(ROW_HEIGHT))
        self.fit_columns()

    def set_hours(self, *, hours: bool) -> None:
        """Make room for times of an hour and more, or take it back."""
        if hours != self._hours:
            self._hours = hours
            self.fit_columns()

    def fit_columns(self) -> None:
        """Give each column the width that its kind of text needs; the note gets the rest."""
        header, port = self.horizontalHeader(), self.viewport()
        if header is None or port is None:
            return
        widths = fitted(port.width(), self._natural_widths(), self._type_scale, self._hidden)
        for place, column in enumerate(COLUMNS):
            self.setColumnHidden(place, column not in widths)
            if column in widths:
                header.resizeSection(place, widths[column])

    @property
    def hidden_columns(self) -> list[str]:
        """The names of the columns that are left out."""
        return sorted(column.value for column in self._hidden)

    def hide_columns(self, names: Collection[str]) -> None:
        """Leave out the columns of these names; nothing changes where one is unknown."""
        if set(names) <= {"", *(column.value for column in COLUMNS)}:
            self.show_columns([column for column in CHOSEN_FROM if column.value in names])

    def show_columns(self, hidden: Collection[Column]) -> None:
        """Leave out these columns and no others; those that must be there stay."""
        self._hidden = frozenset(hidden) & frozenset(CHOSEN_FROM)
        self.fit_columns()

    def columns_menu(self) -> QMenu:
        """Make the menu in which columns are chosen."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column in CHOSEN_FROM:
            action = menu.addAction(column.value)
            if action is not None:
                action.setCheckable(True)
                action.setChecked(column not in self._hidden)
                action.setData(column)
        menu.triggered.connect(lambda action: self.show_columns(self._hidden ^ {action.data()}))
        return menu

    def minimumSizeHint(self) -> QSize:
        """Have room for the columns without which a tag cannot be told."""
        bar = self.verticalScrollBar()
        beside = bar.sizeHint().width() if bar is not None else 0
        width = narrowest(self._natural_widths(), self._type_scale) + beside + 2
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        self.fit_columns()

    def _natural_widths(self) -> dict[Column, int]:
        return natural_widths(self.fontMetrics().horizontalAdvance, hours=self._hours)

    def _double_clicked(self, index: QModelIndex) -> None:
        if COLUMNS[index.column()] in {Column.START, Column.LENGTH}:
            self._ask_seek(index)
        else:
            self.edit_cell(index)

    def _ask_seek(self, index: QModelIndex) -> None:
        if index.isValid():
            self.seek_asked.emit(index)

    def _shape_headers(self) -> None:
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        if rows is None or columns is None:
            return
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.hide()
        columns.sectionClicked.connect(self.sort_asked)
        columns.setHighlightSections(False)
        columns.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        columns.customContextMenuRequested.connect(
            lambda place: self.columns_menu().popup(columns.mapToGlobal(place))
        )
        columns.setTextElideMode(Qt.TextElideMode.ElideRight)
        columns.setSectionsMovable(False)
        columns.setMinimumSectionSize(48)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

"""Rows of words under headings, each with a key, of which one column may be written in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QColor

from annotator.gui.theme import Theme

NO_PARENT = QModelIndex()
_Role = Qt.ItemDataRole
_TEXTS = frozenset({_Role.DisplayRole, _Role.ToolTipRole})


@dataclass(frozen=True, slots=True)
class Row:
    """A row in words; `trouble` names the column whose words are a warning, none where negative."""

    key: str
    cells: tuple[str, ...]
    trouble: int = -1


class RowsModel(QAbstractTableModel):
    """Tells what is written in its one column that can be, and keeps the old words until shown."""

    written = pyqtSignal(str, str)  # key of the row, what was written

    def __init__(
        self, headings: tuple[str, ...], parent: QObject | None = None, *, writable: int = -1
    ) -> None:
        super().__init__(parent)
        self.headings, self.rows = headings, tuple[Row, ...]()
        self._writable, self._is_open, self._danger = writable, True, QColor()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show rows; where the keys are those of before, what is chosen stays chosen."""
        if [one.key for one in rows] == [one.key for one in self.rows] and rows:
            self.rows = tuple(rows)
            self._tell_all()
            return
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def row_of(self, key: str) -> int:
        """Give where the row with a key stands, -1 where there is none."""
        return next((place for place, one in enumerate(self.rows) if one.key == key), -1)

    def set_open(self, *, is_open: bool) -> None:
        """Let the writable column be written in, or not."""
        self._is_open = is_open

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._danger = theme.danger
        self._tell_all()

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        is_ours = orientation is Qt.Orientation.Horizontal and 0 <= section < len(self.headings)
        return self.headings[section] if is_ours and role == _Role.DisplayRole else None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        can = self._is_open and index.isValid() and index.column() == self._writable
        return super().flags(index) | (Qt.ItemFlag.ItemIsEditable if can else Qt.ItemFlag(0))

    def data(self, index: QModelIndex, role: int = _Role.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row, column = self.rows[index.row()], index.column()
        if role == _Role.ForegroundRole and column == row.trouble:
            return self._danger
        if role == _Role.AccessibleTextRole:
            return f"{self.headings[column]}: {row.cells[column]}"
        if role == _Role.EditRole and column == self._writable:
            return row.cells[column]
        return row.cells[column] if role in _TEXTS else None

    def setData(self, index: QModelIndex, value: object, role: int = _Role.EditRole) -> bool:
        if role != _Role.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        row = self.rows[index.row()]
        if str(value) != row.cells[index.column()]:
            self.written.emit(row.key, str(value))
        return True

    def _tell_all(self) -> None:
        if self.rows:
            last = self.index(len(self.rows) - 1, len(self.headings) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

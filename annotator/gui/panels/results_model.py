"""A table of results, and the moments behind one of its cells, as rows."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QAbstractListModel, QAbstractTableModel, QModelIndex, QObject, Qt

from annotator.model.table import Place, Table
from annotator.model.time import to_clock
from annotator.reports.writing import headed, shown

NO_PARENT = QModelIndex()
_TEXTS = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole})


class ResultsModel(QAbstractTableModel):
    """Shows a table; None for none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table: Table | None = None

    @property
    def table(self) -> Table | None:
        """The table that is shown."""
        return self._table

    def show_table(self, table: Table | None) -> None:
        """Show another table."""
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def places(self, index: QModelIndex) -> tuple[Place, ...]:
        """Give the places behind a cell."""
        if self._table is None or not index.isValid():
            return ()
        return self._table.places(index.row(), index.column())

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        """Count the rows."""
        return 0 if parent.isValid() or self._table is None else len(self._table.rows)

    def columnCount(self, parent: QModelIndex = NO_PARENT) -> int:
        """Count the columns."""
        return 0 if parent.isValid() or self._table is None else len(self._table.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Name a column, and tell what it means."""
        table = self._table
        if table is None or orientation is not Qt.Orientation.Horizontal:
            return None
        if not 0 <= section < len(table.columns):
            return None
        column = table.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return headed(column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(is_text=all(isinstance(row[section], str) for row in table.rows))
        return column.definition if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the words of a cell, numbers at the right."""
        if self._table is None or not index.isValid():
            return None
        column = self._table.columns[index.column()]
        value = self._table.rows[index.row()][index.column()]
        if role in _TEXTS:
            return shown(value, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            count = len(self.places(index))
            behind = f"\nEnter lists the {count} behind it" if count else ""
            return f"{headed(column)}: {shown(value, column)}{behind}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(is_text=isinstance(value, str))
        return None


def _side(*, is_text: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if is_text else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


class MomentsModel(QAbstractListModel):
    """One row a moment: when it is, and what is tagged there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places: tuple[Place, ...] = ()
        self._words: tuple[str, ...] = ()

    def show_places(self, places: Sequence[Place], words: Sequence[str]) -> None:
        """Show these moments; `words` say for each what is tagged there."""
        self.beginResetModel()
        self._places, self._words = tuple(places), tuple(words)
        self.endResetModel()

    def place_at(self, row: int) -> Place | None:
        """Give the moment of a row; None where there is no such row."""
        return self._places[row] if 0 <= row < len(self._places) else None

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self._places)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the words of a moment."""
        place = self.place_at(index.row()) if index.isValid() else None
        if place is None or role not in _TEXTS:
            return None
        at = place.interval
        until = f" to {to_clock(at.end)}" if at.length else ""
        words = self._words[index.row()]
        return f"{to_clock(at.start)}{until}" + (f"   {words}" if words else "")

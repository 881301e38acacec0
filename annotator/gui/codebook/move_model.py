"""What becomes of each code and rating in use, as a table."""

from __future__ import annotations

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from annotator.editing.book_move import Move, MoveLine
from annotator.editing.move_words import becomes, counted, remarks

HEADINGS = ("In the session", "Used by", "Becomes", "To know")
NO_PARENT = QModelIndex()
_Role = Qt.ItemDataRole


class MoveModel(QAbstractTableModel):
    """One line for each code and rating that has tags or answers."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._move: Move | None = None
        self._rows: tuple[tuple[str, ...], ...] = ()

    @property
    def lines(self) -> tuple[MoveLine, ...]:
        """The lines shown."""
        return self._move.lines if self._move else ()

    def show_move(self, move: Move | None, names: dict[str, str]) -> None:
        """Show a move; `names` are those of the session's book by id."""
        rows = tuple(_cells(line, move, names) for line in move.lines) if move else ()
        if len(rows) == len(self._rows):
            self._move, self._rows = move, rows
            if rows:
                last = self.index(len(rows) - 1, len(HEADINGS) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._move, self._rows = move, rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        if role != _Role.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return HEADINGS[section] if 0 <= section < len(HEADINGS) else None

    def data(self, index: QModelIndex, role: int = _Role.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        if role in {_Role.DisplayRole, _Role.ToolTipRole}:
            return self._rows[index.row()][index.column()]
        return None


def _cells(line: MoveLine, move: Move, names: dict[str, str]) -> tuple[str, ...]:
    name = names.get(line.old_id, line.old_id)
    told = "; ".join(remarks(line))
    return (name, counted(line.count, line.part), becomes(line, move), told)

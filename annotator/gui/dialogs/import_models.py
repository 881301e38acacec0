"""What the window of an import lists: codes, tiers, and the rows of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PyQt6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    Qt,
    pyqtSignal,
)

from annotator.editing.importing import CodeLine
from annotator.gui.dialogs.import_words import COLUMNS, USES, shortened
from annotator.gui.dialogs.ticks import NO_PARENT
from annotator.storage.interchange.columns import Column
from annotator.storage.interchange.interface import TablePreview, TierFacts, TierUse

NEW_CODE = "(new)"
"""Stands for a new code where one of ours could be chosen; no code has an id like it."""

_LONGEST_VALUE = 24
_Role = Qt.ItemDataRole
_TEXTS = frozenset({_Role.DisplayRole, _Role.ToolTipRole, _Role.AccessibleTextRole})
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Cells(QAbstractTableModel):
    """Rows of words under headings; what can be chosen in `picked` column is told."""

    def __init__(self, headings: tuple[str, ...], parent: QObject | None) -> None:
        super().__init__(parent)
        self.headings = headings
        self.cells: tuple[tuple[str, ...], ...] = ()
        self.picked = -1

    def show_cells(self, cells: Sequence[tuple[str, ...]]) -> None:
        """Show rows; where there are as many as before, the choice among them stays."""
        if len(cells) == len(self.cells) and cells:
            self.cells = tuple(cells)
            last = self.index(len(cells) - 1, len(self.headings) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.cells = tuple(cells)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.cells)

    def columnCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        is_ours = orientation is Qt.Orientation.Horizontal and 0 <= section < len(self.headings)
        if is_ours and role == _Role.TextAlignmentRole:
            return self._side(section)
        return self.headings[section] if is_ours and role == _Role.DisplayRole else None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        can_be_picked = index.isValid() and index.column() == self.picked
        return super().flags(index) | (
            Qt.ItemFlag.ItemIsEditable if can_be_picked else Qt.ItemFlag(0)
        )

    def data(self, index: QModelIndex, role: int = _Role.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.cells):
            return None
        if role == _Role.AccessibleTextRole:
            return f"{self.headings[index.column()]}: {self.cells[index.row()][index.column()]}"
        if role == _Role.TextAlignmentRole:
            return self._side(index.column())
        return self.cells[index.row()][index.column()] if role in _TEXTS else None

    def _side(self, column: int) -> Qt.AlignmentFlag | None:
        return _RIGHT if self.headings[column] in {"Tags", "Times", "Annotations"} else None


class CodesModel(_Cells):
    """What becomes of each code of a file, and how many tags it has."""

    picked_for = pyqtSignal(str, str)  # foreign id, id of ours or NEW_CODE

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(("In the file", "Tags", "Becomes"), parent)
        self._lines: tuple[CodeLine, ...] = ()

    @property
    def lines(self) -> tuple[CodeLine, ...]:
        """The codes shown; none where no session takes them over."""
        return self._lines

    def show_codes(self, lines: Sequence[CodeLine], names: Mapping[str, str]) -> None:
        """Show what becomes of codes; `names` are those of the session's codes by id."""
        self._lines, self.picked = tuple(lines), 2
        self.show_cells(
            [
                (
                    one.foreign_name or one.foreign_id,
                    f"{one.count:,}",
                    "A new code" if one.is_new else names.get(one.id, one.id),
                )
                for one in lines
            ]
        )

    def show_counts(self, counts: Sequence[tuple[str, int]]) -> None:
        """Show names of codes, where no session takes them over."""
        self._lines, self.picked = (), -1
        self.show_cells(
            [(name, f"{count:,}", "A code of the new session") for name, count in counts]
        )

    def data(self, index: QModelIndex, role: int = _Role.DisplayRole) -> object:
        if role == _Role.EditRole and index.isValid() and index.row() < len(self._lines):
            one = self._lines[index.row()]
            return NEW_CODE if one.is_new else one.id
        return super().data(index, role)

    def setData(self, index: QModelIndex, value: object, role: int = _Role.EditRole) -> bool:
        if role != _Role.EditRole or not 0 <= index.row() < len(self._lines):
            return False
        self.picked_for.emit(self._lines[index.row()].foreign_id, str(value))
        return True


class TiersModel(_Cells):
    """The tiers of a file, and what each is taken for."""

    picked_for = pyqtSignal(str, object)  # name of the tier, TierUse

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(("Tier", "Annotations", "What stands in it", "Taken for"), parent)
        self._tiers: tuple[TierFacts, ...] = ()
        self.picked = 3

    def show_tiers(self, tiers: Sequence[TierFacts]) -> None:
        """Show tiers."""
        self._tiers = tuple(tiers)
        self.show_cells(
            [
                (
                    one.name,
                    f"{one.count:,}",
                    _values(one),
                    USES[one.use],
                )
                for one in tiers
            ]
        )

    def data(self, index: QModelIndex, role: int = _Role.DisplayRole) -> object:
        if role == _Role.EditRole and index.isValid() and index.row() < len(self._tiers):
            return self._tiers[index.row()].use.value
        return super().data(index, role)

    def setData(self, index: QModelIndex, value: object, role: int = _Role.EditRole) -> bool:
        if role != _Role.EditRole or not 0 <= index.row() < len(self._tiers):
            return False
        tier, use = self._tiers[index.row()], TierUse(str(value))
        if use is not tier.use:
            self.picked_for.emit(tier.name, use)
        return True


@dataclass(frozen=True, slots=True)
class _Nothing:
    """Stands for no table."""

    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


class ColumnsModel(QAbstractTableModel):
    """The first rows of a table, under a row that says what each column is."""

    picked_for = pyqtSignal(str, object)  # heading, Column

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table: TablePreview | _Nothing = _Nothing()
        self._roles: Mapping[str, Column] = {}

    def show_table(self, table: TablePreview | None) -> None:
        """Show a table; None for none."""
        self.beginResetModel()
        self._table = table or _Nothing()
        self._roles = table.columns.columns if table is not None else {}
        self.endResetModel()

    def show_choice(self, roles: Mapping[str, Column]) -> None:
        """Show what the columns are taken for from now on."""
        self._roles = roles
        if self._table.headings:
            self.dataChanged.emit(self.index(0, 0), self.index(0, self.columnCount() - 1))

    @property
    def roles(self) -> Mapping[str, Column]:
        """What each column is taken for, by its heading."""
        headings = self._table.headings
        return {one: self.role_of(place) for place, one in enumerate(headings)}

    def role_of(self, column: int) -> Column:
        """Tell what a column is taken for."""
        return self._roles.get(self._table.headings[column], Column.LEAVE)

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        has_rows = not parent.isValid() and self._table.headings
        return 1 + len(self._table.rows) if has_rows else 0

    def columnCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._table.headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != _Role.DisplayRole:
            return None
        headings = self._table.headings
        return headings[section] if 0 <= section < len(headings) else None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        editable = index.isValid() and index.row() == 0
        return super().flags(index) | (Qt.ItemFlag.ItemIsEditable if editable else Qt.ItemFlag(0))

    def data(self, index: QModelIndex, role: int = _Role.DisplayRole) -> object:
        if not index.isValid() or index.column() >= len(self._table.headings):
            return None
        heading = self._table.headings[index.column()]
        if index.row() == 0:
            taken = self.role_of(index.column())
            if role == _Role.EditRole:
                return taken.value
            words = COLUMNS[taken]
            if role == _Role.AccessibleTextRole:
                return f"The column {heading} is: {words}"
            return words if role in _TEXTS else None
        row = self._table.rows[index.row() - 1]
        cell = row[index.column()] if index.column() < len(row) else ""
        return cell if role in _TEXTS else None

    def setData(self, index: QModelIndex, value: object, role: int = _Role.EditRole) -> bool:
        if role != _Role.EditRole or not index.isValid() or index.row() != 0:
            return False
        column = Column(str(value))
        if column is not self.role_of(index.column()):
            self.picked_for.emit(self._table.headings[index.column()], column)
        return True


def _values(tier: TierFacts) -> str:
    return " · ".join(shortened(value, _LONGEST_VALUE) for value in tier.values)

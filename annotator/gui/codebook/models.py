"""What the editor lists: members of a book, its problems, small tables and codes to tick."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PyQt6.QtCore import (
    QAbstractListModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    Qt,
    pyqtSignal,
)
from PyQt6.QtGui import QColor

from annotator.gui.codebook.rows import ATTRIBUTE_HEADINGS, Row
from annotator.gui.dialogs.ticks import TicksModel
from annotator.model.book_compare import Member
from annotator.model.codebook import Code, RatingItem
from annotator.model.problem import Problem

NO_PARENT = QModelIndex()
_Role = Qt.ItemDataRole
_SPOKEN = (_Role.DisplayRole, _Role.ToolTipRole, _Role.AccessibleTextRole)


class MembersModel(QAbstractListModel):
    """The codes, groups, ratings or scores of a book, each by its name."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._members: tuple[Member, ...] = ()

    def show_members(self, members: Sequence[Member]) -> None:
        """Show these; where there are as many as before, the choice among them stays."""
        if len(members) == len(self._members):
            self._members = tuple(members)
            if members:
                self.dataChanged.emit(self.index(0), self.index(len(members) - 1))
            return
        self.beginResetModel()
        self._members = tuple(members)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._members)

    def data(self, index: QModelIndex, role: int = _Role.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._members):
            return None
        one = self._members[index.row()]
        if role in _SPOKEN:
            return _spoken(one)
        if role == _Role.DecorationRole and isinstance(one, Code):
            return QColor(one.colour)
        return None


def _spoken(one: Member) -> str:
    retired = isinstance(one, Code | RatingItem) and one.retired
    key = f"   [{one.key}]" if isinstance(one, Code) and one.key else ""
    return f"{one.name or one.id}{key}{' (retired)' if retired else ''}"


class ProblemsModel(QAbstractListModel):
    """What is wrong with the book, then what could be better."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.problems: tuple[tuple[Problem, str], ...] = ()

    def show_problems(self, problems: Sequence[tuple[Problem, str]]) -> None:
        """Show problems, each with the words for it."""
        if tuple(problems) == self.problems:
            return
        self.beginResetModel()
        self.problems = tuple(problems)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.problems)

    def data(self, index: QModelIndex, role: int = _Role.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.problems) or role not in _SPOKEN:
            return None
        problem, words = self.problems[index.row()]
        return f"{'Could be better' if problem.is_warning else 'Wrong'}: {words}"


class RowsModel(QAbstractTableModel):
    """A small table whose cells are typed in."""

    edited = pyqtSignal()

    def __init__(self, headings: tuple[str, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings = headings
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        if tuple(rows) == self.rows:
            self.rows = tuple(rows)
            return
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def insert(self, index: int) -> None:
        """Put an empty row in; it begins like the one before where that tells a group."""
        begin = self.rows[index - 1] if index and self._headings == ATTRIBUTE_HEADINGS else None
        first = begin.cells[0] if begin else ""
        row = Row((first, *[""] * (len(self._headings) - 1)), begin.made_of[:1] if begin else ())
        self.beginInsertRows(NO_PARENT, index, index)
        self.rows = (*self.rows[:index], row, *self.rows[index:])
        self.endInsertRows()

    def remove(self, index: int) -> None:
        """Take a row out."""
        self.beginRemoveRows(NO_PARENT, index, index)
        self.rows = (*self.rows[:index], *self.rows[index + 1 :])
        self.endRemoveRows()
        self.edited.emit()

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        if role != _Role.DisplayRole or not 0 <= section < len(self._headings):
            return None
        return self._headings[section] if orientation is Qt.Orientation.Horizontal else None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        editable = Qt.ItemFlag.ItemIsEditable if index.isValid() else Qt.ItemFlag(0)
        return super().flags(index) | editable

    def data(self, index: QModelIndex, role: int = _Role.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        cell = self.rows[index.row()].cells[index.column()]
        if role == _Role.AccessibleTextRole:
            return f"{self._headings[index.column()]}: {cell}"
        return cell if role in {_Role.DisplayRole, _Role.EditRole} else None

    def setData(self, index: QModelIndex, value: object, role: int = _Role.EditRole) -> bool:
        if role != _Role.EditRole or not index.isValid():
            return False
        row, column = self.rows[index.row()], index.column()
        cells = (*row.cells[:column], str(value), *row.cells[column + 1 :])
        made = Row(cells, row.made_of)
        self.rows = (*self.rows[: index.row()], made, *self.rows[index.row() + 1 :])
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True


class CodesModel(TicksModel):
    """Codes, some of which are ticked: `kept` holds them as they were ticked, unknown ones too."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kept: tuple[str, ...] = ()

    def show_codes(self, codes: Sequence[tuple[str, str]], kept: Collection[str]) -> None:
        """Show codes by id and name."""
        if tuple(codes) == self._lines and tuple(kept) == self.kept:
            return
        self.kept = tuple(kept)
        self.show_lines(codes)

    def _is_on(self, key: str) -> bool:
        return key in self.kept

    def _turn(self, key: str, *, is_on: bool) -> None:
        rest = tuple(one for one in self.kept if one != key)
        self.kept = (*rest, key) if is_on else rest

"""Lines to tick, none of them at first."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, pyqtSignal

NO_PARENT = QModelIndex()
_Role = Qt.ItemDataRole
_TEXTS = frozenset({_Role.DisplayRole, _Role.ToolTipRole, _Role.AccessibleTextRole})


class ChecksModel(QAbstractListModel):
    """Each line has a key; what is ticked stays so where the lines are shown again."""

    ticked = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[tuple[str, str], ...] = ()
        self._on: set[str] = set()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The keys of the lines that are ticked, from the top."""
        return tuple(key for key, _ in self._lines if key in self._on)

    def choose(self, keys: Sequence[str]) -> None:
        """Tick these lines and no others."""
        self._on = set(keys)
        if self._lines:
            last = self.index(len(self._lines) - 1)
            self.dataChanged.emit(self.index(0), last, [_Role.CheckStateRole])
        self.ticked.emit()

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show lines of a key and its words."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        checkable = Qt.ItemFlag.ItemIsUserCheckable if index.isValid() else Qt.ItemFlag(0)
        return super().flags(index) | checkable

    def data(self, index: QModelIndex, role: int = _Role.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        key, words = self._lines[index.row()]
        if role == _Role.CheckStateRole:
            return Qt.CheckState.Checked if key in self._on else Qt.CheckState.Unchecked
        return words if role in _TEXTS else None

    def setData(self, index: QModelIndex, value: object, role: int = _Role.EditRole) -> bool:
        if role != _Role.CheckStateRole or not index.isValid():
            return False
        key = self._lines[index.row()][0]
        is_on = value in {Qt.CheckState.Checked, Qt.CheckState.Checked.value}
        (self._on.add if is_on else self._on.discard)(key)
        self.dataChanged.emit(index, index, [role])
        self.ticked.emit()
        return True

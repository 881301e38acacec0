"""Lines to tick: all of them at first, or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, pyqtSignal
from PyQt6.QtWidgets import QListView

NO_PARENT = QModelIndex()
_Role = Qt.ItemDataRole
_TEXTS = frozenset({_Role.DisplayRole, _Role.ToolTipRole, _Role.AccessibleTextRole})


def show_ticks(view: QListView, model: TicksModel, name: str) -> None:
    """Let a list show lines to tick, whose name a screen reader says."""
    view.setModel(model)
    view.setFrameShape(QListView.Shape.NoFrame)
    view.setSpacing(3)
    view.setAccessibleName(f"{name}; the space bar ticks a line")


class TicksModel(QAbstractListModel):
    """Each line has a key; one that is shown again stays as it was.

    Lines with new keys are ticked, or with `starts_ticked` off are not.
    """

    ticked = pyqtSignal()

    def __init__(self, parent: QObject | None = None, *, starts_ticked: bool = True) -> None:
        super().__init__(parent)
        self._lines: tuple[tuple[str, str], ...] = ()
        self._starts_ticked = starts_ticked
        self._turned: set[str] = set()  # the keys that are not as they start

    @property
    def chosen(self) -> tuple[str, ...]:
        """The keys of the lines that are ticked, from the top."""
        return tuple(key for key, _ in self._lines if self._is_on(key))

    @property
    def are_all(self) -> bool:
        """Whether every line is ticked."""
        return len(self.chosen) == len(self._lines)

    def choose(self, keys: Iterable[str]) -> None:
        """Tick these lines and no others."""
        wanted = set(keys)
        for key, _ in self._lines:
            self._turn(key, is_on=key in wanted)
        if self._lines:
            last = self.index(len(self._lines) - 1)
            self.dataChanged.emit(self.index(0), last, [_Role.CheckStateRole])
        self.ticked.emit()

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show lines of a key and its words."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self._turned &= {key for key, _ in lines}
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
            return Qt.CheckState.Checked if self._is_on(key) else Qt.CheckState.Unchecked
        return words if role in _TEXTS else None

    def setData(self, index: QModelIndex, value: object, role: int = _Role.EditRole) -> bool:
        if role != _Role.CheckStateRole or not index.isValid():
            return False
        is_on = value in {Qt.CheckState.Checked, Qt.CheckState.Checked.value}
        self._turn(self._lines[index.row()][0], is_on=is_on)
        self.dataChanged.emit(index, index, [role])
        self.ticked.emit()
        return True

    def _is_on(self, key: str) -> bool:
        return (key in self._turned) != self._starts_ticked

    def _turn(self, key: str, *, is_on: bool) -> None:
        (self._turned.discard if is_on == self._starts_ticked else self._turned.add)(key)

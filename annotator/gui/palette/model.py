"""What was found, as rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from annotator.gui.palette.items import Item

NO_PARENT = QModelIndex()


class Role(IntEnum):
    """What the delegate asks for beside Qt's own roles."""

    ITEM = Qt.ItemDataRole.UserRole + 1


class FoundModel(QAbstractListModel):
    """The items found, best first; made afresh with each key typed, since only few are shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[Item, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """What is offered, best first."""
        return self._items

    def show_items(self, items: Sequence[Item]) -> None:
        """Offer other items."""
        if tuple(items) == self._items:
            return
        self.beginResetModel()
        self._items = tuple(items)
        self.endResetModel()

    def item_at(self, row: int) -> Item | None:
        """Give the item of a row; None where there is no such row."""
        return self._items[row] if 0 <= row < len(self._items) else None

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give what a role asks for."""
        item = self.item_at(index.row()) if index.isValid() else None
        if item is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return item.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return item.spoken
            case Qt.ItemDataRole.ToolTipRole:
                return item.why_not or item.beside
            case Role.ITEM:
                return item
            case _:
                return None

"""Keeps pictures of a table's cells, so that one row more costs no writing of all the others."""

from __future__ import annotations

from collections.abc import Hashable

from PyQt6.QtCore import QModelIndex, QObject, QPoint, QRect, Qt
from PyQt6.QtGui import QPainter, QPixmap
from PyQt6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

MOST_KEPT = 2000


class DrawnOnce(QStyledItemDelegate):
    """Draws cells that look the same once, and then copies them.

    What `look_of` gives must differ wherever a cell looks different for another reason than its
    size and its state.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._kept: dict[Hashable, QPixmap] = {}

    def look_of(self, index: QModelIndex) -> Hashable:
        """Give what decides, besides size and state, how a cell looks."""
        return str(index.data())

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Draw the cell."""
        device = painter.device() if painter is not None else None
        if painter is None or device is None:
            return
        rect, ratio = option.rect, device.devicePixelRatioF()
        key = (self.look_of(index), rect.width(), rect.height(), option.state.value, ratio)
        picture = self._kept.get(key)
        if picture is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            picture = self._kept[key] = self._drawn(option, index, ratio)
        painter.drawPixmap(rect.topLeft(), picture)

    def _drawn(self, option: QStyleOptionViewItem, index: QModelIndex, ratio: float) -> QPixmap:
        """Draw a cell by itself, on nothing: the ground of its row is the table's."""
        size = option.rect.size()
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        own = QStyleOptionViewItem(option)
        own.rect = QRect(QPoint(0, 0), size)
        painter = QPainter(picture)
        super().paint(painter, own, index)
        painter.end()
        return picture

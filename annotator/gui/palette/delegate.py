"""Draws one line of the palette: what it is, what is said beside it, and its keys."""

from __future__ import annotations

from PyQt6.QtCore import QModelIndex, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFont, QPainter
from PyQt6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.gui.palette.items import Item
from annotator.gui.palette.model import Role
from annotator.gui.theme import Theme

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CUT = Qt.TextElideMode.ElideRight
LINES = 1.9  # the height of a row, in lines
CHIP = 0.55  # the side of a code's colour, likewise
KIND_SIGNS = 9  # room for the longest word of a kind


class FoundDelegate(QStyledItemDelegate):
    """What is not possible now is muted and says why where others have their keys."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        return QSize(200, round(option.fontMetrics.height() * LINES))

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        item = index.data(Role.ITEM)
        if painter is None or not isinstance(item, Item):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.selection)
            painter.drawRoundedRect(box, self._theme.radius, self._theme.radius)
        gap = float(self._theme.spacing_small)
        self._paint(painter, box.adjusted(gap, 0, -gap, 0), item, option.font)
        painter.restore()

    def _paint(self, painter: QPainter, box: QRectF, item: Item, font: QFont) -> None:
        theme, gap = self._theme, float(self._theme.spacing_small)
        painter.setFont(theme.small(font))
        painter.setPen(theme.text_muted)
        painter.drawText(box, _LEFT, item.kind.word)
        box.setLeft(box.left() + painter.fontMetrics().averageCharWidth() * KIND_SIGNS + gap)
        painter.setFont(theme.digits(font))
        self._paint_right(painter, box, item)
        if item.colour:
            self._paint_chip(painter, box, item.colour)
        painter.setPen(theme.text_muted if item.why_not else theme.text)
        title = painter.fontMetrics().elidedText(item.title, _CUT, int(box.width()))
        painter.drawText(box, _LEFT, title)
        box.setLeft(box.left() + painter.fontMetrics().horizontalAdvance(title) + 1.5 * gap)
        painter.setPen(theme.text_muted)
        beside = " ".join(item.beside.split())
        painter.drawText(
            box, _LEFT, painter.fontMetrics().elidedText(beside, _CUT, int(box.width()))
        )

    def _paint_right(self, painter: QPainter, box: QRectF, item: Item) -> None:
        """Draw the keys, or why it is not possible, and take their room from the box."""
        muted, gap = self._theme.text_muted, float(self._theme.spacing_small)
        painter.setPen(muted if item.why_not else self._theme.text)
        wanted = item.why_not or item.keys
        words = painter.fontMetrics().elidedText(wanted, _CUT, int(box.width() * 0.5))
        painter.drawText(box, _RIGHT, words)
        if words:
            taken = painter.fontMetrics().horizontalAdvance(words) + 2 * gap
            box.setRight(box.right() - taken)

    def _paint_chip(self, painter: QPainter, box: QRectF, colour: str) -> None:
        side = painter.fontMetrics().height() * CHIP
        chip = QRectF(box.left(), box.center().y() - side / 2, side, side)
        painter.setPen(self._theme.line_strong)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(chip, 3, 3)
        box.setLeft(chip.right() + self._theme.spacing_small)

"""A cell of a table that looks like what it is: a list to choose from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QAbstractItemModel, QMargins, QModelIndex, QObject, QPointF, QSize, Qt
from PyQt6.QtGui import QIcon, QKeyEvent, QPainter, QPen, QPolygonF
from PyQt6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.gui.panels.tag_choosers import Choice, Chooser
from annotator.gui.theme import Theme

Choices = Callable[[], Sequence[tuple[str, str]]]
"""Give what can be chosen: each value with its words."""

ARROW_ROOM, ARROW = 26, 4.5
CELL_PADDING = 8
_RIGHT_ROOM = QMargins(CELL_PADDING, 0, ARROW_ROOM + CELL_PADDING + 8, 8)
_ARROW = ((-ARROW, -ARROW / 2), (0.0, ARROW / 2), (ARROW, -ARROW / 2))


class PickDelegate(QStyledItemDelegate):
    """Draws an arrow beside what is chosen, and opens the list where the cell can be changed."""

    def __init__(self, name: str, choices: Choices, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._name, self._choices, self._theme = name, choices, theme

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        return size.grownBy(_RIGHT_ROOM) if _can_be_picked(index) else size

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        if painter is None or not _can_be_picked(index):
            super().paint(painter, option, index)
            return
        theme, box = self._theme, option.rect.adjusted(3, 3, -4, -4)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.line_strong, 1))
        painter.setBrush(theme.surface_raised)
        painter.drawRoundedRect(box, theme.radius / 2, theme.radius / 2)
        painter.setFont(option.font)
        is_free = bool(option.state & QStyle.StateFlag.State_Enabled)
        painter.setPen(theme.text if is_free else theme.text_muted)
        words = box.adjusted(CELL_PADDING, 0, -ARROW_ROOM, 0)
        text = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.setPen(QPen(theme.text_muted, 1.6))
        middle = QPointF(box.right() - ARROW_ROOM / 2, box.center().y() + 1)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([middle + QPointF(x, y) for x, y in _ARROW]))
        painter.restore()

    def createEditor(
        self, parent: QWidget | None, _option: QStyleOptionViewItem, _index: QModelIndex
    ) -> QWidget:
        """Make the list of a cell."""
        offered = [Choice(value, text, QIcon()) for value, text in self._choices()]
        chooser = Chooser(offered, parent)
        chooser.setAccessibleName(self._name)
        chooser.settled.connect(lambda: self._settle(chooser))
        return chooser

    def setEditorData(self, editor: QWidget | None, index: QModelIndex) -> None:
        """Begin at what the cell holds."""
        if isinstance(editor, Chooser):
            editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(
        self, editor: QWidget | None, model: QAbstractItemModel | None, index: QModelIndex
    ) -> None:
        """Hand over what was chosen, if anything was."""
        if isinstance(editor, Chooser) and model is not None and editor.chosen:
            model.setData(index, editor.currentData())

    def _settle(self, chooser: Chooser) -> None:
        if chooser.chosen:
            self.commitData.emit(chooser)
        self.closeEditor.emit(chooser, QAbstractItemDelegate.EndEditHint.NoHint)


class PickTable(QTableView):
    """A table with the manners of all of ours; a click or Return opens a list in a cell.

    The columns that are `stretched` share the room that is over; without any the last one has it.
    """

    def __init__(self, name: str, *stretched: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setStyleSheet(f"QTableView::item {{ padding: 0 {CELL_PADDING}px; border: none; }}")
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        if (side := self.verticalHeader()) is not None:
            side.hide()
        self._stretched = stretched
        self.clicked.connect(self.pick)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if (heads := self.horizontalHeader()) is None:
            return
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heads.setHighlightSections(False)
        heads.setTextElideMode(Qt.TextElideMode.ElideRight)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setStretchLastSection(not self._stretched)
        for column in self._stretched:
            heads.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def pick(self, index: QModelIndex) -> None:
        """Open the list of a cell, where it has one."""
        if _can_be_picked(index) and self.state() is not QAbstractItemView.State.EditingState:
            self.edit(index)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        # Qt would let Return go on to the dialog, whose main button takes it
        is_return = event is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event is not None and is_return and _can_be_picked(self.currentIndex()):
            self.pick(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)


def _can_be_picked(index: QModelIndex) -> bool:
    return bool(index.flags() & Qt.ItemFlag.ItemIsEditable)

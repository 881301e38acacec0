"""How the times and notes of the tags table are drawn and edited."""

from __future__ import annotations

from PyQt6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QRect, Qt, pyqtSignal
from PyQt6.QtGui import QMouseEvent, QPainter
from PyQt6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.gui.icons import icon
from annotator.gui.panels.cell_pictures import DrawnOnce
from annotator.gui.panels.tags_model import Role
from annotator.gui.theme import Theme

MARKER_WIDTH = 3
PENCIL = 16
PENCIL_LEFT = 5
NO_HOURS = "0:"
LONGEST_TIME = "00:00:00.000"
EDITOR_PADDING = 26
NOTE_ROOM = 320


class TimeDelegate(DrawnOnce):
    """Draws times in digits of one width and edits them as text."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem | None, index: QModelIndex) -> None:
        """Prepare how the cell is drawn."""
        super().initStyleOption(option, index)
        if option is not None:
            option.font = self._theme.digits(option.font)
            option.text = (option.text or "").removeprefix(NO_HOURS)  # room for the names of codes

    def createEditor(
        self, parent: QWidget | None, _option: QStyleOptionViewItem, _index: QModelIndex
    ) -> QWidget:
        """Make the editor of a cell."""
        editor = QLineEdit(parent)
        editor.setFrame(False)
        editor.setFont(self._theme.digits(editor.font()))
        editor.setPlaceholderText("0:01:23.480")
        editor.setAccessibleName("Time")
        return editor

    def updateEditorGeometry(
        self, editor: QWidget | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Give the editor room for a whole time, however narrow its column is."""
        super().updateEditorGeometry(editor, option, index)
        if editor is not None:
            text = editor.fontMetrics().horizontalAdvance(LONGEST_TIME)
            widen(editor, text + EDITOR_PADDING)


class StartDelegate(DrawnOnce):
    """A start time with the mark of the playhead and, under the mouse, a pencil to edit it.

    A double click on a start goes there, so typing another one begins at the pencil.
    """

    pencil_clicked = pyqtSignal(QModelIndex)

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._times = TimeDelegate(theme, self)

    def initStyleOption(self, option: QStyleOptionViewItem | None, index: QModelIndex) -> None:
        """Prepare how the cell is drawn."""
        self._times.initStyleOption(option, index)

    def createEditor(
        self, parent: QWidget | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> QWidget:
        """Make the editor of a cell."""
        return self._times.createEditor(parent, option, index)

    def updateEditorGeometry(
        self, editor: QWidget | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Give the editor room for a whole time."""
        self._times.updateEditorGeometry(editor, option, index)

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Draw the cell."""
        super().paint(painter, option, index)
        if painter is None:
            return
        if index.data(Role.AT_PLAYHEAD):
            bar = QRect(option.rect.topLeft(), option.rect.bottomLeft())
            bar.setWidth(MARKER_WIDTH)
            painter.fillRect(bar.adjusted(0, 4, 0, -4), self._theme.accent)
        if option.state & QStyle.StateFlag.State_MouseOver and _is_editable(index):
            colour = self._theme.text_muted
            if option.state & QStyle.StateFlag.State_Selected:
                colour = option.palette.highlightedText().color()
            icon("pencil", colour).paint(painter, pencil_box(option.rect))

    def editorEvent(
        self,
        event: QEvent | None,
        model: QAbstractItemModel | None,
        option: QStyleOptionViewItem,
        index: QModelIndex,
    ) -> bool:
        """Take a click on the pencil."""
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and _is_editable(index)
            and pencil_box(option.rect).adjusted(-4, -4, 4, 4).contains(event.pos())
        ):
            self.pencil_clicked.emit(index)
            return True
        return super().editorEvent(event, model, option, index)


class NoteDelegate(DrawnOnce):
    """Edits a note as one line of text."""

    def createEditor(
        self, parent: QWidget | None, _option: QStyleOptionViewItem, _index: QModelIndex
    ) -> QWidget:
        """Make the editor of a cell."""
        editor = QLineEdit(parent)
        editor.setFrame(False)
        editor.setPlaceholderText("Write a note")
        editor.setAccessibleName("Note")
        return editor

    def updateEditorGeometry(
        self, editor: QWidget | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Give the editor room for a sentence, however narrow its column is."""
        super().updateEditorGeometry(editor, option, index)
        if editor is not None:
            widen(editor, NOTE_ROOM)


def pencil_box(cell: QRect) -> QRect:
    """Give where the pencil stands in a cell of start times."""
    top = cell.top() + (cell.height() - PENCIL) // 2
    return QRect(cell.left() + PENCIL_LEFT, top, PENCIL, PENCIL)


def widen(editor: QWidget, least: int) -> None:
    """Make an editor at least so wide, without leaving the table that it stands in."""
    box, port = editor.geometry(), editor.parentWidget()
    if port is None or box.width() >= least:
        return
    width = min(least, port.width())
    left = max(0, min(box.left(), port.width() - width))
    editor.setGeometry(left, box.top(), width, box.height())


def _is_editable(index: QModelIndex) -> bool:
    return bool(index.flags() & Qt.ItemFlag.ItemIsEditable)

"""The list of cues: keys and mouse move in it, and select words."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent
from PyQt6.QtWidgets import QAbstractItemView, QListView

from annotator.gui.panels.transcript_delegate import CueDelegate, Place
from annotator.gui.panels.transcript_model import CuesModel
from annotator.gui.theme import Theme

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_PLAIN = Qt.KeyboardModifier.NoModifier
_ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})
_ROWS = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
    | {Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}
)


class CuesView(QListView):
    """Shows cues of any height, and keeps which words are selected."""

    sought = pyqtSignal(int)  # row whose time is asked for
    edit_asked = pyqtSignal(int)  # row
    words_changed = pyqtSignal()
    scrolled_away = pyqtSignal()  # by the reader's own hand

    def __init__(self, model: CuesModel, theme: Theme) -> None:
        super().__init__()
        self._anchor: Place | None = None
        self._cursor: Place | None = None
        self._dragged = False
        self._cues = model
        self.painter_of_cues = CueDelegate(theme, self.font())
        self.setModel(model)
        self.setItemDelegate(self.painter_of_cues)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("Transcript")
        bar = self.verticalScrollBar()
        if bar is not None:
            bar.actionTriggered.connect(lambda _action: self.scrolled_away.emit())
        model.rowsInserted.connect(self.forget_words)
        model.rowsRemoved.connect(self.forget_words)
        model.dataChanged.connect(self.forget_words)

    @property
    def marked(self) -> tuple[Place, Place] | None:
        """The first and the last selected word; None where none is."""
        if self._anchor is None or self._cursor is None:
            return None
        return min(self._anchor, self._cursor), max(self._anchor, self._cursor)

    def mark(self, anchor: Place, cursor: Place) -> None:
        """Select the words from one to another."""
        self._anchor, self._cursor = anchor, cursor
        self._show_marked()

    def forget_words(self) -> None:
        """Select no words."""
        if self._anchor is not None or self._cursor is not None:
            self._anchor = self._cursor = None
            self._show_marked()

    def show_current(self, row: int) -> None:
        """Mark the row that is being said; none where -1."""
        before, self.painter_of_cues.current_row = self.painter_of_cues.current_row, row
        if row != before:
            for one in (before, row):
                self.update(self._cues.index(one))

    def go_to(self, row: int) -> None:
        """Make a row the one where keys act, and bring it into view."""
        index = self._cues.index(row)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours and type."""
        self.painter_of_cues.set_theme(theme, self.font())
        self.scheduleDelayedItemsLayout()

    def event(self, event: QEvent | None) -> bool:
        is_ours = (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and self._takes(event)
        )
        if is_ours and event is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        key, row = event.key(), self.currentIndex().row()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row >= 0:
            self.sought.emit(row)
        elif key == Qt.Key.Key_F2 and row >= 0:
            self.edit_asked.emit(row)
        elif key == Qt.Key.Key_Escape and self.marked:
            self.forget_words()
        elif key in _ARROWS and event.modifiers() & _SHIFT:
            self._extend(Qt.Key(key))
        elif self._takes(event):
            self.scrolled_away.emit()
            super().keyPressEvent(event)
        else:
            event.ignore()  # no searching by letter: those are the keys of codes

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        super().mousePressEvent(event)
        if event is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._dragged = False
        place = self._place_at(event.position().toPoint())
        if event.modifiers() & _SHIFT and place and self._anchor:
            self._dragged = True
            self.mark(self._anchor, place)
            return
        self.forget_words()
        self._anchor = place

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is None or not event.buttons() & Qt.MouseButton.LeftButton or not self._anchor:
            return
        place = self._place_at(event.position().toPoint())
        if place is not None and (self._dragged or place != self._anchor):
            self._dragged = True
            self.mark(self._anchor, place)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        super().mouseReleaseEvent(event)
        row = self.currentIndex().row()
        is_left = event is not None and event.button() == Qt.MouseButton.LeftButton
        if is_left and not self._dragged and row >= 0:
            self._cursor = None
            self.sought.emit(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        place = self._place_at(event.position().toPoint()) if event is not None else None
        if place is not None:
            self._dragged = True
            self.mark(place, place)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        super().wheelEvent(event)
        self.scrolled_away.emit()

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._cues.rowCount():
            row = max(self.painter_of_cues.current_row, 0)
            model = self.selectionModel()
            if model is not None:
                choose = QItemSelectionModel.SelectionFlag.ClearAndSelect
                model.setCurrentIndex(self._cues.index(row), choose)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        viewport = self.viewport()
        if viewport is not None:
            self.painter_of_cues.set_width(viewport.width())
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _takes(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = event.key()
        if plain == _SHIFT:
            return key in _ARROWS
        return plain == _PLAIN and (
            key in _ROWS or (key == Qt.Key.Key_Escape and self.marked is not None)
        )

    def _place_at(self, point: QPoint) -> Place | None:
        index = self.indexAt(point)
        if not index.isValid():
            return None
        corner = self.visualRect(index).topLeft()
        word = self.painter_of_cues.word_at(self._cues.cues[index.row()], point - corner)
        return None if word is None else (index.row(), word)

    def _extend(self, key: Qt.Key) -> None:
        if self._anchor is None or self._cursor is None:
            row = self.currentIndex().row()
            if row >= 0 and self._words(row):
                self.mark((row, 0), (row, 0))
                if key == Qt.Key.Key_Down:
                    self.mark((row, 0), (row, self._words(row) - 1))
            return
        self.mark(self._anchor, self._moved(self._cursor, key))
        self.setCurrentIndex(self._cues.index(self._cursor[0]))

    def _moved(self, place: Place, key: Qt.Key) -> Place:
        """Give the place one word or cue further; the same where there is none."""
        row, word = place
        match key:
            case Qt.Key.Key_Right if word + 1 < self._words(row):
                return row, word + 1
            case Qt.Key.Key_Left if word > 0:
                return row, word - 1
            case Qt.Key.Key_Down if word + 1 < self._words(row):
                return row, self._words(row) - 1
            case Qt.Key.Key_Up if word > 0:
                return row, 0
        step = 1 if key in {Qt.Key.Key_Right, Qt.Key.Key_Down} else -1
        row += step
        while 0 <= row < self._cues.rowCount() and not self._words(row):
            row += step
        if not 0 <= row < self._cues.rowCount():
            return place
        goes_to_end = key in {Qt.Key.Key_Left, Qt.Key.Key_Down}
        return row, self._words(row) - 1 if goes_to_end else 0

    def _words(self, row: int) -> int:
        return len(self._cues.cues[row].text.split())

    def _show_marked(self) -> None:
        self.painter_of_cues.marked = self.marked
        viewport = self.viewport()
        if viewport is not None:
            viewport.update()
        self.words_changed.emit()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and self.hasFocus():
            self.scrollTo(current)

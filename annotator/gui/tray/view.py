"""The list of the tray: clips are chosen, put in another order, played and given titles there."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QAbstractItemView, QApplication, QListView

from annotator.gui.theme import Theme
from annotator.gui.tray.delegate import ClipDelegate
from annotator.gui.tray.model import ClipsModel
from annotator.gui.tray.ordering import gap_at, place_without, stepped

_ALT, _PLAIN = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
_PLAY = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_WALKED = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down})
_Select = QItemSelectionModel.SelectionFlag
_PULL_PX = 12
"""So near an edge a hand that drags pulls the list along."""


class ClipsView(QListView):
    """Rows are dragged by hand alone, within the list: a clip never leaves the window so."""

    chosen_changed = pyqtSignal()
    moved = pyqtSignal(int)  # the chosen clips go to this place of the order without them
    play_asked = pyqtSignal()
    removal_asked = pyqtSignal()

    def __init__(self, model: ClipsModel, theme: Theme) -> None:
        super().__init__()
        self.clips = model
        self._theme = theme
        self._delegate = ClipDelegate(theme, self.font())
        self._pressed: QPoint | None = None
        self._gap: int | None = None
        self._prepare()

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows that are chosen, in order."""
        selection = self.selectionModel()
        found = selection.selectedRows() if selection is not None else []
        return tuple(sorted(index.row() for index in found))

    @property
    def gap(self) -> int | None:
        """Between which rows what is dragged would come; None where nothing is dragged."""
        return self._gap

    def choose(self, rows: tuple[int, ...]) -> None:
        """Choose these rows and no others, the first of which comes into view."""
        selection = self.selectionModel()
        if selection is None or rows == self.rows:
            return
        wanted = QItemSelection()
        for row in rows:
            wanted.select(self.clips.index(row), self.clips.index(row))
        if rows:
            first = self.clips.index(rows[0])
            selection.setCurrentIndex(first, _Select.NoUpdate)
            self.scrollTo(first)
        selection.select(wanted, _Select.ClearAndSelect)

    def write_title(self) -> None:
        """Let the title of the chosen clip be written."""
        if self.rows and self.clips.is_writable:
            self.setFocus()
            index = self.clips.index(self.rows[0])
            self.scrollTo(index)
            self.edit(index)

    def step(self, by: int) -> None:
        """Ask for the chosen clips so many places on; at the ends they stop."""
        rows = self.rows
        if rows and self.clips.is_writable:
            self.moved.emit(stepped(rows, by, self.clips.rowCount()))

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours and type."""
        self._theme = theme
        self._delegate.set_theme(theme, self.font())
        self.setStyleSheet(
            f"QListView {{ background: {theme.surface.name()}; border: 2px solid"
            f" {theme.surface.name()}; }}"
            f"QListView:focus {{ border-color: {theme.focus.name()}; }}"
        )
        self.scheduleDelayedItemsLayout()

    def event(self, event: QEvent | None) -> bool:
        """Keep the list's own keys from the window's shortcuts."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if self._is_own(event):
                event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        key = Qt.Key(event.key())
        if not self._is_own(event):
            event.ignore()  # letters and arrows belong to the window
        elif event.modifiers() == _ALT:
            self.step(_STEPS[key])
        elif key in _PLAY:
            self.play_asked.emit()
        elif key == Qt.Key.Key_F2:
            self.write_title()
        elif key == Qt.Key.Key_Delete:
            self.removal_asked.emit()
        elif key == Qt.Key.Key_Escape:
            self._let_go()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is None:
            return
        point = event.position().toPoint()
        is_left = event.button() == Qt.MouseButton.LeftButton and event.modifiers() == _PLAIN
        is_on_row = self.indexAt(point).isValid()
        self._pressed = point if is_left and is_on_row and self.clips.is_writable else None
        is_chosen = self.indexAt(point).row() in self.rows
        if not (self._pressed is not None and is_chosen and len(self.rows) > 1):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is None or self._pressed is None:
            super().mouseMoveEvent(event)
            return
        point = event.position().toPoint()
        far = (point - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self._gap is not None or far:
            self._pull(point.y())
            self._show_gap(gap_at(point.y(), self._places()))

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        gap, pressed = self._gap, self._pressed
        self._let_go()
        is_plain = event is not None and event.modifiers() == _PLAIN
        if gap is None and pressed is not None and is_plain and len(self.rows) > 1:
            self.choose((self.indexAt(pressed).row(),))  # a click on one of several
        if gap is None:
            super().mouseReleaseEvent(event)
        else:
            self.setState(QAbstractItemView.State.NoState)
            self.moved.emit(place_without(gap, self.rows))

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and self.indexAt(event.position().toPoint()).isValid():
            self.play_asked.emit()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        if self._gap is None:
            return
        painter = QPainter(self.viewport())
        painter.setPen(QPen(self._theme.accent, self._theme.px(3)))
        y = self._gap_y(self._gap)
        painter.drawLine(0, y, self.width(), y)
        painter.end()

    def _prepare(self) -> None:
        self.setModel(self.clips)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Clips of the tray")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        if (selection := self.selectionModel()) is not None:
            selection.selectionChanged.connect(lambda _new, _old: self.chosen_changed.emit())
        self.set_theme(self._theme)

    def _is_own(self, event: QKeyEvent) -> bool:
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == _ALT:
            return key in _STEPS
        if key == Qt.Key.Key_Escape:
            return self._gap is not None
        if held == Qt.KeyboardModifier.ShiftModifier:
            return key in _WALKED
        if held == Qt.KeyboardModifier.ControlModifier:
            return key == Qt.Key.Key_A
        own = key in _PLAY | _WALKED | {Qt.Key.Key_Delete, Qt.Key.Key_F2}
        return held == _PLAIN and own

    def _places(self) -> list[tuple[int, int]]:
        rects = (self.visualRect(self.clips.index(row)) for row in range(self.clips.rowCount()))
        return [(rect.top(), rect.height()) for rect in rects]

    def _gap_y(self, gap: int) -> int:
        places = self._places()
        if gap < len(places):
            return max(1, places[gap][0])
        return places[-1][0] + places[-1][1] - 1 if places else 0

    def _show_gap(self, gap: int | None) -> None:
        if gap != self._gap:
            self._gap = gap
            if (port := self.viewport()) is not None:
                port.update()

    def _pull(self, y: int) -> None:
        bar, port = self.verticalScrollBar(), self.viewport()
        if bar is not None and port is not None:
            near = self._theme.px(_PULL_PX)
            beyond = max(0, y - port.height() + near) - max(0, near - y)
            bar.setValue(bar.value() + beyond)

    def _let_go(self) -> None:
        self._pressed = None
        self._show_gap(None)

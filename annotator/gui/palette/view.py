"""The palette as it stands over the window: a field, what it found, and a line of words."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QModelIndex, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QKeyEvent
from PyQt6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from annotator.gui.actions.keys import key_of
from annotator.gui.palette.delegate import LINES, FoundDelegate
from annotator.gui.palette.items import Item
from annotator.gui.palette.model import FoundModel
from annotator.gui.theme import Theme

HINT = "Command, code, tag, setting or help"
ROWS = 11
SIGNS_WIDE = 96
SHARE_ABOVE = 0.1  # of the window's height
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_KEPT_FOCUS = frozenset({Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason})


class PaletteField(QLineEdit):
    """Takes every key while it has the focus: none of them acts on the film behind it."""

    moved = pyqtSignal(int)  # so many rows down
    entered = pyqtSignal()
    given_up = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.closing_keys: frozenset[str] = frozenset()

    def event(self, event: QEvent | None) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() in _TABS:
                return True  # there is nowhere else to go here
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        key = Qt.Key(event.key())
        if key in _MOVES:
            self.moved.emit(_MOVES[key])
        elif key in ENTER:
            self.entered.emit()
        elif key == Qt.Key.Key_Escape or key_of(event) in self.closing_keys:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        super().focusOutEvent(event)
        if event is not None and event.reason() not in _KEPT_FOCUS:
            self.given_up.emit()


class PaletteView(QFrame):
    """Part of the window, not a window of its own: the film goes on behind it."""

    typed = pyqtSignal(str)
    chosen = pyqtSignal(object)  # Item
    closed = pyqtSignal(bool)  # whether it had the focus

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.field, self.list, self.words = PaletteField(), QListView(), QLabel()
        self.model = FoundModel(self)
        self._delegate = FoundDelegate(theme, self.list)
        self._theme = theme
        self.setObjectName("palette")
        self.setAccessibleName("Find anything")
        self.setAutoFillBackground(True)
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self.hide()
        parent.installEventFilter(self)

    @property
    def current(self) -> Item | None:
        """The item that Enter would choose; None where nothing was found."""
        return self.model.item_at(self.list.currentIndex().row())

    def open(self) -> None:
        """Stand over the window, empty, with the focus."""
        self.field.clear()
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_up(self) -> None:
        """Go away."""
        if not self.isHidden():
            had_focus = self.field.hasFocus()
            self.hide()
            self.closed.emit(had_focus)

    def show_items(self, items: list[Item], words: str) -> None:
        """Show what was found and a line of words below it; the first is the current one."""
        before = self.current
        self.model.show_items(items)
        row = items.index(before) if before in items and not self.field.isModified() else 0
        self.list.setCurrentIndex(self.model.index(row, 0))
        self.field.setModified(False)
        self.say(words)
        self._tell()

    def say(self, words: str) -> None:
        """Say something in the line below."""
        self.words.setText(words)
        self.words.setAccessibleName(words)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self._delegate.set_theme(theme)
        self.setStyleSheet(
            f"#palette {{ background: {theme.surface.name()}; border-radius: {theme.radius}px;"
            f"  border: 1px solid {theme.line_strong.name()}; }}"
            f"#palette QListView {{ background: {theme.surface.name()}; border: none;"
            "  outline: none; }"
            f"#palette QLabel {{ color: {theme.text_muted.name()}; }}"
        )
        self._place()

    def eventFilter(self, _watched: QObject | None, event: QEvent | None) -> bool:
        """Stay in the middle of the window."""
        if event is not None and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def move_by(self, rows: int) -> None:
        """Go up or down in the list; from the ends to the other end by single steps."""
        count = self.model.rowCount()
        if not count:
            return
        row = self.list.currentIndex().row() + rows
        row = row % count if abs(rows) == 1 else min(max(row, 0), count - 1)
        self.list.setCurrentIndex(self.model.index(row, 0))
        self._tell()

    def _enter(self) -> None:
        if (item := self.current) is not None:
            self.chosen.emit(item)

    def _click(self, index: QModelIndex) -> None:
        if (item := self.model.item_at(index.row())) is not None:
            self.chosen.emit(item)

    def _tell(self) -> None:
        """Let those who hear the screen know what is current."""
        item = self.current
        count = self.model.rowCount()
        spoken = f"{item.spoken}. {self.list.currentIndex().row() + 1} of {count}" if item else ""
        self.field.setAccessibleDescription(spoken or self.words.text())

    def _lay_out(self) -> None:
        theme = self._theme
        self.field.setPlaceholderText(HINT)
        self.field.setAccessibleName(HINT)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName("Found")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        rows = QVBoxLayout(self)
        gap = theme.spacing_small
        rows.setContentsMargins(gap, gap, gap, gap)
        rows.setSpacing(gap)
        for part in (self.field, self.list, self.words):
            rows.addWidget(part)

    def _connect(self) -> None:
        self.field.textEdited.connect(self.typed)
        self.field.moved.connect(self.move_by)
        self.field.entered.connect(self._enter)
        self.field.given_up.connect(self.close_up)
        self.list.clicked.connect(self._click)

    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        measure = self.fontMetrics()
        width = min(measure.averageCharWidth() * SIGNS_WIDE, window.width() - 2 * 24)
        rows = round(measure.height() * LINES) * ROWS
        self.list.setFixedHeight(min(rows, max(60, window.height() * 2 // 3)))
        self.resize(width, self.sizeHint().height())
        self.move((window.width() - width) // 2, round(window.height() * SHARE_ABOVE))


_TABS = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab})
_MOVES = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: 1 - ROWS,
    Qt.Key.Key_PageDown: ROWS - 1,
}

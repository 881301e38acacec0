"""Small parts of the tray: buttons that press the window's actions, and fields for texts."""

from __future__ import annotations

from math import ceil

from PyQt6.QtCore import QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QAction, QFocusEvent, QFontMetrics, QKeyEvent
from PyQt6.QtWidgets import (
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from annotator.gui.icons import icon
from annotator.gui.panels.flow import ElidedButton
from annotator.gui.theme import Theme

SOON_MS = 1500
"""What is typed is kept when the hand has rested so long, or goes elsewhere."""

ICON_PX = 18
_FEWEST, _MOST = 2, 6
_FRAME = 12
"""So many pixels the frame of a field takes at usual type, above and below together."""


class ActionButton(QToolButton):
    """Presses an action, with a text or an icon of its own; its tip names the key."""

    def __init__(self, action: QAction, text: str = "", picture: str = "") -> None:
        super().__init__()
        self._action, self._picture = action, picture
        self.setText(text)
        self.setAccessibleName(action.text())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys where they were
        self.setAutoRepeat(action.autoRepeat())
        if picture and text:
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours and as large as the type asks for."""
        self.setIconSize(QSize(theme.px(ICON_PX), theme.px(ICON_PX)))
        if self._picture:
            self.setIcon(icon(self._picture, theme))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event is not None:
            event.ignore()  # the space bar plays the film

    def _follow(self) -> None:
        self.setEnabled(self._action.isEnabled())
        self.setToolTip(self._action.toolTip())


class PressButton(ElidedButton):
    """Presses an action, with a text of its own; its tip names the key."""

    def __init__(self, action: QAction, text: str, picture: str = "") -> None:
        super().__init__(text)
        self._action, self._picture = action, picture
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("primary", bool(picture))
        self.setAutoDefault(True)  # Return presses it, since Space plays the film
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours and as large as the type asks for."""
        size = theme.px(ICON_PX)
        self.setIconSize(QSize(size, size))
        if self._picture:
            self.setIcon(icon(self._picture, theme.accent_text))
        padding = f"padding: {theme.px(3)}px {theme.px(12)}px;"
        focused = f"padding: {theme.px(2)}px {theme.px(11)}px;"
        self.setStyleSheet(f"QPushButton {{ {padding} }} QPushButton:focus {{ {focused} }}")

    def _follow(self) -> None:
        self.setEnabled(self._action.isEnabled())
        self.setToolTip(self._action.toolTip())


class LineField(QLineEdit):
    """A line that is told once it has been written, not at every letter."""

    written = pyqtSignal(str)

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self._shown = ""
        self._soon = _rest_timer(self)
        self._soon.timeout.connect(self.flush)
        self.textEdited.connect(lambda _text: self._soon.start())
        self.editingFinished.connect(self.flush)

    def show_text(self, text: str) -> None:
        """Show a text; what is being typed stays."""
        if text != self._shown:
            self._shown = text
            if self.text() != text:
                self.setText(text)

    def flush(self) -> None:
        """Tell what was written, where it is new."""
        self._soon.stop()
        if self.text() != self._shown:
            self._shown = self.text()
            self.written.emit(self._shown)


class TextField(QPlainTextEdit):
    """Some lines that are told once they have been written; it grows with them."""

    written = pyqtSignal(str)

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._shown = ""
        self._scale = 1.0
        self._soon = _rest_timer(self)
        self._soon.timeout.connect(self.flush)
        self.textChanged.connect(self._note_change)
        self.fit()

    def show_text(self, text: str) -> None:
        """Show a text; what is being typed stays."""
        if text != self._shown:
            self._shown = text
            if self.toPlainText() != text:
                self.setPlainText(text)

    def flush(self) -> None:
        """Tell what was written, where it is new."""
        self._soon.stop()
        if self.toPlainText() != self._shown:
            self._shown = self.toPlainText()
            self.written.emit(self._shown)

    def set_scale(self, scale: float) -> None:
        """Be as high as type of this size asks for."""
        self._scale = scale
        self.fit()

    def fit(self) -> None:
        """Be as high as the lines that there are, within limits."""
        document = self.document()
        lines = document.size().height() if document is not None else _FEWEST
        margin = document.documentMargin() if document is not None else 0
        shown = max(_FEWEST, min(round(lines), _MOST))
        frame = _FRAME * self._scale + 2 * margin
        self.setFixedHeight(ceil(shown * QFontMetrics(self.font()).lineSpacing() + frame))

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        super().focusOutEvent(event)
        self.flush()

    def _note_change(self) -> None:
        self.fit()
        if self.toPlainText() != self._shown:
            self._soon.start()


def _rest_timer(parent: QWidget) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(SOON_MS)
    return timer

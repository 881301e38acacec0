"""The buttons of the transport bar."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, QSize, Qt, QTimerEvent
from PyQt6.QtGui import QAction, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QToolButton, QWidget

from annotator.gui.icon_shapes import SHAPES
from annotator.gui.icons import paint_shape
from annotator.gui.theme import Theme

TARGET, NARROWEST = 36, 28
"""How large a button is, and how narrow it may get before one of them is left out."""

PLAY_TARGET = 46
ICON = 24
PLAY_ICON = 26
MOST_LARGER = 1.5
"""Beyond this the buttons stay behind the type, so that all of them fit below the film."""

_SLENDER = "QToolButton { padding: 4px 1px; }"
"""With this the icon has its whole size where a button is as narrow as it may be."""

REPEAT_AFTER_MS = 400
REPEAT_EVERY_MS = 90


def on_bar(theme: Theme, size: float) -> int:
    """Give a size on the bar, meant for usual type, in whole pixels for the type there is."""
    return round(size * min(theme.scale, MOST_LARGER))


class BarButton(QToolButton):
    """A button of an action: a click takes no focus, and with the focus Enter presses it.

    Space and arrows are left to the window, where they play and step.
    """

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._has_repeated = False
        self.setDefaultAction(action)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(TARGET, TARGET)
        self.setIconSize(QSize(ICON, ICON))
        self.setStyleSheet(_SLENDER)
        self.setAutoRepeat(action.autoRepeat())
        self.setAutoRepeatDelay(REPEAT_AFTER_MS)
        self.setAutoRepeatInterval(REPEAT_EVERY_MS)
        action.changed.connect(self._name)
        self._name()

    def set_theme(self, theme: Theme) -> None:
        """Be as large as the type asks for."""
        self.setFixedSize(on_bar(theme, TARGET), on_bar(theme, TARGET))
        self.setIconSize(QSize(on_bar(theme, ICON), on_bar(theme, ICON)))

    def timerEvent(self, event: QTimerEvent | None) -> None:
        super().timerEvent(event)
        self._has_repeated = self.isDown()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        self._has_repeated = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        if self._has_repeated:
            self.setDown(False)  # letting go must not step once more, past the frame wanted
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent | None) -> None:
        if event is not None:
            event.ignore()

    def _name(self) -> None:
        action = self.defaultAction()
        if action is not None:
            self.setAccessibleName(action.text().rstrip("…"))


class PlayButton(BarButton):
    """The round one that plays and pauses."""

    def __init__(self, action: QAction, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(action, parent)
        self._theme = theme
        self._playing = False
        self.setAutoRepeat(False)
        self.setFixedSize(PLAY_TARGET, PLAY_TARGET)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_playing(self, *, playing: bool) -> None:
        """Show what a press would do now."""
        self._playing = playing
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self.setFixedSize(on_bar(theme, PLAY_TARGET), on_bar(theme, PLAY_TARGET))
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ground())
        painter.drawEllipse(box.adjusted(3, 3, -3, -3))
        if self.hasFocus():
            painter.setPen(QPen(self._theme.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        side = on_bar(self._theme, PLAY_ICON)
        place = QRectF(0, 0, side, side)
        place.moveCenter(box.center())
        ink = self._theme.accent_text if self.isEnabled() else self._theme.line_strong
        paint_shape(painter, SHAPES["pause" if self._playing else "play"], place, ink)

    def _ground(self) -> QColor:
        if not self.isEnabled():
            return self._theme.line
        accent, lighter = self._theme.accent, self._theme.is_dark
        if self.isDown():
            return accent.lighter(120) if lighter else accent.darker(125)
        if self.underMouse():
            return accent.lighter(110) if lighter else accent.darker(112)
        return accent

"""The light of the exercise that measures a reaction time: off a ring, on a disc with a word."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QSizePolicy, QWidget

from annotator.gui.theme import Theme

SIZE_PX = 148
EDGE_PX = 6
WORD_PX = 26
INNER_SHARE = 0.72
NOT_PRESSES = frozenset(
    {
        Qt.Key.Key_Escape,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
        Qt.Key.Key_F1,
    }
)


class Light(QWidget):
    """Takes any key, or a click, as a press for as long as it `listens`."""

    pressed = pyqtSignal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.listens = False
        self.is_on = False
        self.word = ""
        self.setFixedHeight(theme.px(SIZE_PX + 2 * EDGE_PX))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Light")

    def sizeHint(self) -> QSize:
        """Give room for the disc and its edge."""
        return QSize(self.theme.px(SIZE_PX), self.theme.px(SIZE_PX + 2 * EDGE_PX))

    def show_light(self, word: str, *, on: bool) -> None:
        """Light up or go out, at once, so that the moment can be taken."""
        self.is_on, self.word = on, word
        self.setAccessibleDescription(word)
        self.repaint()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None or not self.listens or event.key() in NOT_PRESSES:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.pressed.emit()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        super().mousePressEvent(event)
        if self.listens:
            self.pressed.emit()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        del event
        theme = self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        reach = theme.px(SIZE_PX) / 2 - theme.px(EDGE_PX)
        middle = QPointF(self.width() / 2, self.height() / 2)
        pen = QPen(theme.accent if self.is_on else theme.line_strong, theme.px(3))
        if not self.is_on:
            pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.setBrush(theme.accent if self.is_on else theme.surface)
        painter.drawEllipse(middle, reach, reach)
        painter.setPen(theme.accent_text if self.is_on else theme.text_muted)
        painter.setFont(self._font())
        inner = reach * INNER_SHARE
        box = QRectF(middle.x() - inner, middle.y() - inner, 2 * inner, 2 * inner)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(box, flags, self.word)
        painter.end()

    def _font(self) -> QFont:
        if not self.is_on:
            return self.font()
        font = QFont(self.font())
        font.setPixelSize(self.theme.px(WORD_PX))
        font.setWeight(QFont.Weight.DemiBold)
        return font

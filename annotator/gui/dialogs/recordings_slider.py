"""A slider that tells apart what a hand tries and what it settles on."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, QSignalBlocker, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PyQt6.QtWidgets import QSlider, QWidget

from annotator.gui.player.volume import GROOVE, KNOB
from annotator.gui.theme import Theme

HEIGHT = 32
WIDE = 200
NARROW = 100
NOTCH = 5.0
NEAR_REST = 3  # steps within which the mouse catches at the value that changes nothing


class TrialSlider(QSlider):
    """A slider from `least` to `most` that fills from `rest`, the value that changes nothing.

    `tried` follows each movement; `settled` comes once, when the mouse or key is let go.
    """

    tried = pyqtSignal(int)
    settled = pyqtSignal(int)

    def __init__(
        self,
        name: str,
        span: tuple[int, int],
        rest: int,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._rest = rest
        self._held_key = False
        self._unsettled = False
        self.setRange(*span)
        self.setSingleStep(5)
        self.setPageStep(20)
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(NARROW)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.valueChanged.connect(self._try)

    def show_value(self, value: int) -> None:
        """Show a value without telling; not while a hand is at work."""
        if not self._unsettled:
            with QSignalBlocker(self):
                self.setValue(value)
            self.update()

    def forget_hand(self) -> None:
        """Take no more notice of a hand that still moves it; what it tried is not settled."""
        self._unsettled = self._held_key = False
        self.setSliderDown(False)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDE, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        self._held_key = True
        super().keyPressEvent(event)
        if not self._unsettled:
            self._held_key = False

    def keyReleaseEvent(self, event: QKeyEvent | None) -> None:
        super().keyReleaseEvent(event)
        if event is not None and not event.isAutoRepeat():
            self._settle()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        super().focusOutEvent(event)
        self._settle()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and self.isSliderDown():
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        self.setSliderDown(False)
        self._settle()
        if event is not None:
            event.accept()

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is not None:
            event.ignore()  # the wheel scrolls; a brush of it must not change the film

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, middle = self._theme, self.height() / 2
        at, rest = self._place(self.value()), self._place(self._rest)
        ink = theme.accent if self.isEnabled() else theme.line_strong
        painter.setPen(Qt.PenStyle.NoPen)
        ends = (self._place(self.minimum()), self._place(self.maximum()))
        for start, end, colour in ((*ends, theme.line), (min(at, rest), max(at, rest), ink)):
            painter.setBrush(colour)
            bar = QRectF(start - GROOVE / 2, middle - GROOVE / 2, end - start + GROOVE, GROOVE)
            painter.drawRoundedRect(bar, GROOVE / 2, GROOVE / 2)
        if self._rest != self.minimum():
            painter.setPen(QPen(theme.line_strong, 1.5))
            painter.drawLine(QPointF(rest, middle - NOTCH), QPointF(rest, middle + NOTCH))
        painter.setBrush(ink)
        painter.setPen(QPen(theme.surface, 2))
        painter.drawEllipse(QPointF(at, middle), KNOB, KNOB)
        if self.hasFocus():
            painter.setPen(QPen(theme.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            box = QRectF(self.rect()).adjusted(1, 4, -1, -4)
            painter.drawRoundedRect(box, theme.radius, theme.radius)

    def _place(self, value: int) -> float:
        share = (value - self.minimum()) / (self.maximum() - self.minimum())
        return KNOB + 2 + share * (self.width() - 2 * KNOB - 4)

    def _follow(self, event: QMouseEvent) -> None:
        self.setSliderDown(True)
        left, right = self._place(self.minimum()), self._place(self.maximum())
        share = (event.position().x() - left) / max(right - left, 1)
        value = round(self.minimum() + share * (self.maximum() - self.minimum()))
        self.setValue(self._rest if abs(value - self._rest) <= NEAR_REST else value)
        event.accept()

    def _try(self, value: int) -> None:
        self._unsettled = True
        self.tried.emit(value)
        if not self.isSliderDown() and not self._held_key:
            self._settle()  # moved by a screen reader, which lets go at once

    def _settle(self) -> None:
        self._held_key = False
        if self._unsettled and not self.isSliderDown():
            self._unsettled = False
            self.settled.emit(self.value())

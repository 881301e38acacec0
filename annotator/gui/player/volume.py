"""The slider of the volume."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, QSignalBlocker, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QSlider, QWidget

from annotator.gui.theme import Theme

HEIGHT = 36
WIDEST = 120
NARROWEST = 48
STEPS = 100
STEP, LEAP = 5, 10
GROOVE = 4.0
KNOB = 7.0
_KEYS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down})


class VolumeSlider(QSlider):
    """A slider that jumps to the click; of all keys it takes only up and down."""

    volume_requested = pyqtSignal(float)  # 0 to 1

    def __init__(self, theme: Theme, keys: str = "", parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._keys = ""
        self._theme = theme
        self._muted = False
        self.setRange(0, STEPS)
        self.setSingleStep(STEP)
        self.setPageStep(LEAP)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(NARROWEST)
        self.setAccessibleName("Volume")
        self.valueChanged.connect(self._ask)
        self.show_keys(keys)

    def show_keys(self, keys: str) -> None:
        """Name the keys that change the volume; empty where there are none."""
        self._keys = f" ({keys})" if keys else ""
        self._tell()

    def show_volume(self, volume: float) -> None:
        """Show a volume from 0 to 1, without asking for it."""
        with QSignalBlocker(self):
            self.setValue(round(volume * STEPS))
        self._tell()
        self.update()

    def show_muted(self, *, muted: bool) -> None:
        """Show whether the sound is off."""
        self._muted = muted
        self._tell()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self.update()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in _KEYS:
            super().keyPressEvent(event)
        elif event is not None:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        self.setSliderDown(False)
        if event is not None:
            event.accept()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        left, right = KNOB + 1, self.width() - KNOB - 1
        at = left + (right - left) * self.value() / STEPS
        on = self.isEnabled() and not self._muted
        filled = self._theme.accent if on else self._theme.line_strong
        painter.setPen(Qt.PenStyle.NoPen)
        for start, end, colour in ((left, right, self._theme.line), (left, at, filled)):
            painter.setBrush(colour)
            bar = QRectF(start - GROOVE / 2, middle - GROOVE / 2, end - start + GROOVE, GROOVE)
            painter.drawRoundedRect(bar, GROOVE / 2, GROOVE / 2)
        painter.setBrush(filled)
        painter.setPen(QPen(self._theme.surface, 2))
        painter.drawEllipse(QPointF(at, middle), KNOB, KNOB)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            box = QRectF(self.rect()).adjusted(1, 6, -1, -6)
            painter.drawRoundedRect(box, self._theme.radius, self._theme.radius)

    def _follow(self, event: QMouseEvent) -> None:
        self.setSliderDown(True)
        self.setValue(value_at(event.position().x(), self.width()))
        event.accept()

    def _ask(self, value: int) -> None:
        self._tell()
        self.volume_requested.emit(value / STEPS)

    def _tell(self) -> None:
        off = ", sound is off" if self._muted else ""
        self.setToolTip(f"Volume {self.value()} %{off}{self._keys}")


def value_at(x: float, width: int) -> int:
    """Give the slider's value under a place, held to 0 to `STEPS`."""
    left, right = KNOB + 1, width - KNOB - 1
    share = (x - left) / max(right - left, 1)
    return round(min(1.0, max(0.0, share)) * STEPS)

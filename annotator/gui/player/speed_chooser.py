"""The chooser of the speed."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, QSignalBlocker, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PyQt6.QtWidgets import QComboBox, QWidget

from annotator.gui.player.words import speed_text
from annotator.gui.theme import Theme
from annotator.media.clock import SPEEDS

HEIGHT = 36
PADDING = 10
ARROW = 8
_KEYS = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F4}
)


class SpeedChooser(QComboBox):
    """A list of speeds; letters and Space are left to the window."""

    speed_requested = pyqtSignal(float)

    def __init__(self, theme: Theme, keys: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        for speed in SPEEDS:
            self.addItem(speed_text(float(speed)), float(speed))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMaxVisibleItems(len(SPEEDS))
        self.setAccessibleName("Speed")
        self.show_keys(keys)
        self.setFixedSize(self.sizeHint())
        self.show_speed(1.0)
        self.currentIndexChanged.connect(self._ask)

    def show_keys(self, keys: str) -> None:
        """Name the keys that change the speed; empty where there are none."""
        self.setToolTip("Speed; the pitch of voices stays" + (f" ({keys})" if keys else ""))

    def show_speed(self, speed: float) -> None:
        """Show a speed, without asking for it; one that is not in the list is just written."""
        at = next((at for at, one in enumerate(SPEEDS) if one == speed), -1)
        with QSignalBlocker(self):
            self.setPlaceholderText(speed_text(speed))
            self.setCurrentIndex(at)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        widest = max(metrics.horizontalAdvance(speed_text(float(speed))) for speed in SPEEDS)
        return QSize(widest + 3 * PADDING + ARROW, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        if event.key() not in _KEYS:
            event.ignore()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent | None) -> None:
        if event is not None:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is not None:
            event.ignore()  # a brush of the wheel must not change how the film runs

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        hovered = self.underMouse() and self.isEnabled()
        painter.setPen(QPen(theme.focus, 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.hover if hovered else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, theme.radius, theme.radius)
        painter.setPen(theme.text if self.isEnabled() else theme.line_strong)
        words = box.adjusted(0, 0, -PADDING - ARROW, 0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words.adjusted(0, 0, -PADDING * 0.7, 0), right, self.shown_text)
        self._paint_arrow(painter, QPointF(box.right() - PADDING - ARROW / 2, box.center().y() + 1))

    @property
    def shown_text(self) -> str:
        """The speed as it is written."""
        return self.currentText() or self.placeholderText()

    def _paint_arrow(self, painter: QPainter, middle: QPointF) -> None:
        ink = self._theme.text_muted if self.isEnabled() else self._theme.line_strong
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(ink, 1.6, Qt.PenStyle.SolidLine, cap, join))
        half, drop = ARROW / 2, ARROW / 4
        painter.drawPolyline(
            QPolygonF(
                [
                    middle + QPointF(-half, -drop),
                    middle + QPointF(0, drop),
                    middle + QPointF(half, -drop),
                ]
            )
        )

    def _ask(self, at: int) -> None:
        if at >= 0:
            self.speed_requested.emit(float(SPEEDS[at]))

"""Lists to choose from and ticks, drawn so that they can be made out in both themes."""

from __future__ import annotations

from PyQt6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PyQt6.QtWidgets import QCheckBox, QComboBox, QWidget

from annotator.gui.icon_shapes import SHAPES
from annotator.gui.icons import paint_shape
from annotator.gui.theme import Theme

HEIGHT = 36
PADDING = 11
ARROW = 8
BOX = 18
GAP = 8
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Chooser(QComboBox):
    """A list to choose from that a brush of the wheel leaves alone."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(HEIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        texts = [self.itemText(at) for at in range(self.count())]
        widest = max((self.fontMetrics().horizontalAdvance(text) for text in texts), default=0)
        return QSize(widest + 3 * PADDING + ARROW + 4, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is not None:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        theme, box = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hovered = self.underMouse() and self.isEnabled()
        painter.setBrush(theme.hover if hovered else theme.surface_raised)
        _outline(painter, self, box, theme)
        ink = theme.text if self.isEnabled() else theme.line_strong
        painter.setPen(ink)
        painter.drawText(box.adjusted(PADDING, 0, 0, 0), _LEFT, self.currentText())
        middle = QPointF(box.right() - PADDING - ARROW / 2, box.center().y() + 1)
        half, drop = ARROW / 2, ARROW / 4
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(ink, 1.6, Qt.PenStyle.SolidLine, cap, join))
        tips = (QPointF(-half, -drop), QPointF(0, drop), QPointF(half, -drop))
        painter.drawPolyline(QPolygonF([middle + tip for tip in tips]))


class Tick(QCheckBox):
    """A box to tick, with its words."""

    def __init__(self, text: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(BOX + GAP + words + 6, HEIGHT - 8)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        theme, can = self._theme, self.isEnabled()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(1, 0, BOX, BOX)
        box.moveTop((self.height() - BOX) / 2)
        ground = theme.hover if self.underMouse() and can else theme.surface
        if self.isChecked():
            ground = theme.accent if can else theme.line
        painter.setBrush(ground)
        painter.setPen(QPen(theme.line_strong if can else theme.line, 1))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if self.isChecked():
            ink = theme.accent_text if can else theme.line_strong
            paint_shape(painter, SHAPES["check"], box.adjusted(2, 2, -2, -2), ink)
        painter.setPen(theme.text if can else theme.line_strong)
        words = QRect(BOX + GAP + 1, 0, self.width() - BOX - GAP, self.height())
        painter.drawText(words, _LEFT, self.text())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.focus, 2))
            painter.drawRoundedRect(box, 4, 4)


def _outline(painter: QPainter, widget: QWidget, box: QRectF, theme: Theme) -> None:
    """Draw what surrounds a control, as the buttons have it."""
    width = 2 if widget.hasFocus() else 1
    colour = theme.line_strong if widget.isEnabled() else theme.line
    painter.setPen(QPen(theme.focus if widget.hasFocus() else colour, width))
    edge = width / 2
    painter.drawRoundedRect(box.adjusted(edge, edge, -edge, -edge), theme.radius, theme.radius)

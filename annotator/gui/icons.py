"""Icons as vector drawings of our own, in the theme's colours and sharp on every screen."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPainterPath, QPen, QPixmap

from annotator.gui.icon_shapes import BOX, SHAPES, STROKE, Shape
from annotator.gui.theme import Theme

FADED = 0.4  # how much of a plain colour is left where the icon is disabled


def icon(name: str, ink: Theme | QColor) -> QIcon:
    """Make the icon of a name, in a theme's colours or in one colour.

    It is painted anew for each size and screen. Raises KeyError where no icon has the name.
    """
    shape = SHAPES[name]
    if isinstance(ink, Theme):
        return QIcon(ShapeEngine(shape, ink.text, ink.line_strong))
    return QIcon(ShapeEngine(shape, ink, _faded(ink)))


def icon_names() -> tuple[str, ...]:
    """List the names that icons have."""
    return tuple(SHAPES)


class ShapeEngine(QIconEngine):
    """Paints one shape whenever Qt asks for the icon."""

    def __init__(self, shape: Shape, colour: QColor, disabled: QColor) -> None:
        super().__init__()
        self._shape = shape
        self._colour = colour
        self._disabled = disabled

    def clone(self) -> QIconEngine:
        return ShapeEngine(self._shape, self._colour, self._disabled)

    def paint(
        self, painter: QPainter | None, rect: QRect, mode: QIcon.Mode, _state: QIcon.State
    ) -> None:
        if painter is not None:
            colour = self._disabled if mode is QIcon.Mode.Disabled else self._colour
            paint_shape(painter, self._shape, QRectF(rect), colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return picture


def paint_shape(painter: QPainter, shape: Shape, box: QRectF, colour: QColor) -> None:
    """Draw a shape as large as fits into the middle of a box."""
    scale = min(box.width(), box.height()) / BOX
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.center() - QPointF(BOX, BOX) * scale / 2)
    painter.scale(scale, scale)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPath(to_path(shape.fill))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(colour, STROKE, Qt.PenStyle.SolidLine, cap, join))
    painter.drawPath(to_path(shape.stroke))
    painter.restore()


def to_path(text: str) -> QPainterPath:
    """Read a drawing: a letter, then its numbers, as `icon_shapes` explains.

    Raises KeyError for a letter that is none of them.
    """
    path = QPainterPath()
    words = text.split()
    while words:
        letter = words.pop(0)
        count = _NUMBERS[letter]
        numbers = [float(word) for word in words[:count]]
        del words[:count]
        _draw(path, letter, numbers)
    return path


def _draw(path: QPainterPath, letter: str, at: list[float]) -> None:
    match letter:
        case "M":
            path.moveTo(*at)
        case "L":
            path.lineTo(*at)
        case "C":
            path.cubicTo(*at)
        case "O":
            x, y, radius = at
            path.addEllipse(QPointF(x, y), radius, radius)
        case "A":
            x, y, radius, start, sweep = at
            ring = QRectF(x - radius, y - radius, 2 * radius, 2 * radius)
            path.arcMoveTo(ring, start)
            path.arcTo(ring, start, sweep)
        case "R":
            x, y, width, height, rounding = at
            path.addRoundedRect(QRectF(x, y, width, height), rounding, rounding)
        case _:
            path.closeSubpath()


def _faded(colour: QColor) -> QColor:
    faded = QColor(colour)
    faded.setAlphaF(colour.alphaF() * FADED)
    return faded


_NUMBERS = {"M": 2, "L": 2, "C": 6, "O": 3, "A": 5, "R": 5, "Z": 0}

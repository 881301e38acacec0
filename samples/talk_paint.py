"""Painter's tools for the film: smooth outlines, gradients and soft shadows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QRadialGradient,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    Point = tuple[float, float]

WIDTH, HEIGHT = 640, 360


def canvas() -> QImage:
    """Make a transparent picture of the film's size."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image


def painter_on(image: QImage) -> QPainter:
    """Start painting with smooth edges and no outline."""
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setPen(Qt.PenStyle.NoPen)
    return painter


def colour(text: str, alpha: float = 1.0) -> QColor:
    """Make a colour from `#rrggbb` and an opacity from 0 to 1."""
    made = QColor(text)
    made.setAlphaF(alpha)
    return made


def points(text: str) -> list[Point]:
    """Read points written as `x,y x,y`."""
    pairs = (pair.split(",") for pair in text.split())
    return [(float(x), float(y)) for x, y in pairs]


def smooth(corners: Sequence[Point], *, closed: bool = True) -> QPainterPath:
    """Draw a soft curve through all points (Catmull-Rom turned into Bezier pieces)."""
    count = len(corners)
    path = QPainterPath(QPointF(*corners[0]))
    for i in range(count if closed else count - 1):
        if closed:
            a, b, c, d = (corners[(i + k) % count] for k in (-1, 0, 1, 2))
        else:
            a, b, c, d = (corners[min(max(i + k, 0), count - 1)] for k in (-1, 0, 1, 2))
        first = (b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6)
        second = (c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6)
        path.cubicTo(QPointF(*first), QPointF(*second), QPointF(*c))
    return path


def straight(corners: Sequence[Point]) -> QPainterPath:
    """Draw a closed outline of straight lines."""
    path = QPainterPath(QPointF(*corners[0]))
    for point in corners[1:]:
        path.lineTo(QPointF(*point))
    path.closeSubpath()
    return path


def rounded(x: float, y: float, width: float, height: float, radius: float) -> QPainterPath:
    """Draw a box with round corners."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(x, y, width, height), radius, radius)
    return path


def oval(x: float, y: float, rx: float, ry: float) -> QPainterPath:
    """Draw an ellipse around a centre."""
    path = QPainterPath()
    path.addEllipse(QPointF(x, y), rx, ry)
    return path


def shade(start: Point, end: Point, *stops: str) -> QBrush:
    """Make a brush that runs evenly through the colours from one point to another."""
    gradient = QLinearGradient(QPointF(*start), QPointF(*end))
    for place, stop in enumerate(stops):
        gradient.setColorAt(place / (len(stops) - 1), QColor(stop))
    return QBrush(gradient)


def glow(centre: Point, radius: float, tint: str, alpha: float) -> QBrush:
    """Make a brush that fades from the tint at the centre to nothing at the radius."""
    gradient = QRadialGradient(QPointF(*centre), radius)
    for place in (0.0, 0.25, 0.5, 0.75, 1.0):
        gradient.setColorAt(place, colour(tint, alpha * (1 - place) ** 2))
    return QBrush(gradient)


def stroke(painter: QPainter, path: QPainterPath, tint: str, width: float) -> None:
    """Draw the outline with round ends, not the area."""
    pen = QPen(colour(tint), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)


def fill(painter: QPainter, path: QPainterPath, brush: QBrush | str) -> None:
    """Fill the area with a colour or a gradient."""
    painter.fillPath(path, QBrush(QColor(brush)) if isinstance(brush, str) else brush)


def shadow(painter: QPainter, path: QPainterPath, blur: float, alpha: float) -> None:
    """Lay a blurred dark shape of the path's form."""
    image = canvas()
    inner = painter_on(image)
    inner.setTransform(painter.transform())
    inner.fillPath(path, QBrush(colour("#2a1608", alpha)))
    inner.end()
    pixels = as_array(image)
    pixels[:] = cv2.GaussianBlur(pixels, (0, 0), blur)
    painter.save()
    painter.resetTransform()
    painter.drawImage(0, 0, image)
    painter.restore()


def as_array(image: QImage) -> np.ndarray:
    """Look at the picture's own pixels: rows, columns, then blue, green, red, alpha."""
    bits = image.bits()
    bits.setsize(image.sizeInBytes())
    return np.frombuffer(bits, np.uint8).reshape(image.height(), image.width(), 4)

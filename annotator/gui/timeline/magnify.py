"""Between the pixels of the viewport and the points that the timeline is drawn in.

Everything on the timeline is measured in points; at an interface size of 200 % a point is two
pixels wide.
"""

from __future__ import annotations

from math import ceil, floor

from PyQt6.QtCore import QPoint, QPointF, QRect, QSize


def to_point(place: QPoint | QPointF, factor: float) -> QPoint:
    """Give the point that lies at a pixel."""
    return (QPointF(place) / factor).toPoint()


def to_points(size: QSize, factor: float) -> QSize:
    """Give the size in points of something measured in pixels, rounded up."""
    return QSize(ceil(size.width() / factor), ceil(size.height() / factor))


def to_pixels(rect: QRect, factor: float) -> QRect:
    """Give the pixels that a rectangle of points covers, even in part."""
    return _outward(rect, factor)


def covered(rect: QRect, factor: float) -> QRect:
    """Give the points that a rectangle of pixels covers, even in part."""
    return _outward(rect, 1 / factor)


def _outward(rect: QRect, by: float) -> QRect:
    left, top = floor(rect.left() * by), floor(rect.top() * by)
    right, bottom = ceil((rect.right() + 1) * by), ceil((rect.bottom() + 1) * by)
    return QRect(left, top, right - left, bottom - top)

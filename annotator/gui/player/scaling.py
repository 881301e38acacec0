"""Fits a frame into the window: fast while it plays, as well as can be while it stands."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QImage, QPainter


def letterbox(frame: QSize, view: QSize, ratio: float) -> QRect:
    """Place a frame in the middle of a view, as large as fits, in pixels of the screen.

    `frame` is in its own pixels, `view` in logical ones, of which each is `ratio` screen pixels
    wide. Sides are rounded to whole screen pixels, so edges stay sharp; none is less than 1.
    """
    wide, high = round(view.width() * ratio), round(view.height() * ratio)
    if frame.width() * high >= frame.height() * wide:
        width, height = wide, round(wide * frame.height() / frame.width())
    else:
        width, height = round(high * frame.width() / frame.height()), high
    width, height = max(width, 1), max(height, 1)
    return QRect((wide - width) // 2, (high - height) // 2, width, height)


class FrameScaler:
    """Paints frames and keeps the last one that was scaled well, for the next repaint."""

    def __init__(self) -> None:
        self._scaled = QImage()

    def forget(self) -> None:
        """Take note that the next frame is another one."""
        self._scaled = QImage()

    def paint(
        self, painter: QPainter, frame: QImage, place: QRect, ratio: float, *, fast: bool
    ) -> None:
        """Draw the frame at a place given in screen pixels, `ratio` to a logical one."""
        painter.save()
        if fast:
            self._scaled = QImage()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(_logical(place, ratio), frame)
        else:
            scaled = self._well_scaled(frame, place.size())
            scaled.setDevicePixelRatio(ratio)
            painter.drawImage(QPointF(place.topLeft()) / ratio, scaled)
        painter.restore()

    def _well_scaled(self, frame: QImage, size: QSize) -> QImage:
        if self._scaled.size() != size:
            self._scaled = frame.scaled(
                size,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        return self._scaled


def _logical(place: QRect, ratio: float) -> QRectF:
    return QRectF(
        place.x() / ratio, place.y() / ratio, place.width() / ratio, place.height() / ratio
    )

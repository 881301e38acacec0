"""The overview at the foot of the timeline as a strip of film, with what is shown framed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PyQt6.QtCore import QLineF, QRectF, Qt
from PyQt6.QtGui import QColor, QImage, QPainter, QPen

from annotator.gui.timeline.geometry import Scale, fitted
from annotator.gui.timeline.look import Look
from annotator.gui.timeline.overview import handle
from annotator.model.time import Interval, Micros

if TYPE_CHECKING:
    from annotator.gui.timeline.scene import Scene

STRIP_HEIGHT = 44
PICTURE_HEIGHT = 36
PICTURE_TOP = (STRIP_HEIGHT - PICTURE_HEIGHT) // 2
NARROWEST, WIDEST = 20, 96
MOST_PICTURES = 400
FRAME_PX, GAP_PX = 2.0, 1.0
DIMMED = 150
NEAR = 1.5
"""A picture stands in for one that is not made yet up to so many cells away."""


@dataclass(frozen=True, slots=True)
class StripPicture:
    """A picture of the film at a session time."""

    time: Micros
    image: QImage


@dataclass(frozen=True, slots=True)
class FilmStrip:
    """The film from its start to its end in session time; `pictures` are in order of time.

    `aspect` is a picture's width by its height. While it is not whole, places without a picture
    of their own stay empty.
    """

    span: Interval
    aspect: float
    pictures: tuple[StripPicture, ...] = ()
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A place on the strip, in pixels, with the session time in the middle of it."""

    left: float
    width: float
    middle: Micros


def overview_scale(scale: Scale, whole: Interval) -> Scale:
    """Lay the whole session over the width of the timeline."""
    return fitted(whole, scale.left, scale.width)


def cells_of(strip: FilmStrip, scale: Scale) -> list[Cell]:
    """Share the strip between pictures side by side; the last one has what is left."""
    left, right = scale.x_of(strip.span.start), scale.x_of(strip.span.end)
    width = min(max(round(PICTURE_HEIGHT * strip.aspect), NARROWEST), WIDEST)
    made: list[Cell] = []
    while left < right - 1 and len(made) < MOST_PICTURES:
        here = min(float(width), right - left)
        middle = scale.start + int((left + here / 2 - scale.left) * scale.length / scale.width)
        made.append(Cell(left, here, Micros(middle)))
        left += width
    return made


def picture_for(cell: Cell, pictures: Sequence[StripPicture], reach: int) -> QImage | None:
    """Find the picture nearest to a cell's middle; None where none is within a reach in time."""
    place = bisect_left(pictures, cell.middle, key=lambda one: one.time)
    near = pictures[max(place - 1, 0) : place + 1]
    nearest = min(near, key=lambda one: abs(one.time - cell.middle), default=None)
    if nearest is None or abs(nearest.time - cell.middle) > reach:
        return None
    return nearest.image


def paint_strip(painter: QPainter, scene: Scene, look: Look) -> None:
    """Paint the pictures of the overview, with its upper edge at 0."""
    theme, strip = look.theme, scene.strip
    painter.fillRect(QRectF(0, 0, scene.scale.right, STRIP_HEIGHT), theme.surface_raised)
    painter.setPen(QPen(theme.line, 1))
    painter.drawLine(QLineF(0, 0.5, scene.scale.right, 0.5))
    if strip is None:
        return
    scale = overview_scale(scene.scale, scene.whole)
    cells = cells_of(strip, scale)
    reach = _reach(strip, cells, scale)
    for cell in cells:
        target = QRectF(cell.left, PICTURE_TOP, max(cell.width - GAP_PX, 1), PICTURE_HEIGHT)
        image = picture_for(cell, strip.pictures, reach)
        if image is None:
            painter.fillRect(target, theme.line)
        else:
            painter.drawImage(target, image, _source(image, target.width()))


def paint_shown(painter: QPainter, scene: Scene, position: Micros, look: Look) -> None:
    """Frame what is shown, dim the rest, and mark the playhead, with the upper edge at 0."""
    scale = overview_scale(scene.scale, scene.whole)
    held = handle(scene.scale, scene.whole)
    if held is not None:
        dim = QColor(look.theme.surface_raised)
        dim.setAlpha(DIMMED)
        left, right = held[0], held[0] + held[1]
        for start, end in ((float(scale.left), left), (right, float(scale.right))):
            painter.fillRect(QRectF(start, 1, end - start, STRIP_HEIGHT - 1), dim)
    x = round(scale.x_of(position)) + 0.5
    painter.setPen(QPen(look.theme.playhead, 1.5))
    painter.drawLine(QLineF(x, PICTURE_TOP, x, PICTURE_TOP + PICTURE_HEIGHT))
    if held is not None:
        painter.setPen(QPen(look.theme.accent, FRAME_PX))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        frame = QRectF(held[0], 1, held[1], STRIP_HEIGHT - 1)
        inset = FRAME_PX / 2
        painter.drawRoundedRect(frame.adjusted(inset, inset, -inset, -inset), 4, 4)


def _reach(strip: FilmStrip, cells: Sequence[Cell], scale: Scale) -> int:
    """Tell how far in time a picture may stand from the middle of its cell."""
    if strip.is_whole or not cells:
        return scale.length
    return int(cells[0].width * NEAR * scale.length / scale.width)


def _source(image: QImage, width: float) -> QRectF:
    """Cut from the middle of a picture what fits into a narrower place."""
    whole = image.width() / image.height() * PICTURE_HEIGHT
    used = image.width() * min(1.0, width / whole)
    return QRectF((image.width() - used) / 2, 0, used, image.height())

"""Paints what lies under the tags: ruler, lanes with their names, region and excluded spans."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QLineF, QRectF, Qt
from PyQt6.QtGui import QBrush, QColor, QPainter, QPen

from annotator.gui.timeline.bands import Band
from annotator.gui.timeline.geometry import Scale
from annotator.gui.timeline.hit import RULER_HEIGHT
from annotator.gui.timeline.lanes import Lane
from annotator.gui.timeline.look import Look
from annotator.gui.timeline.ticks import Tick
from annotator.model.session import Session

LONG_TICK, SHORT_TICK = 10, 5
LABEL_LEFT, LABEL_ROOM = 8, 152
LABEL_TOP, LABEL_BOTTOM = 1, 12  # the playhead's grip lies below
DIMMED = 165
HATCHED = 120
FAINT = 140
CHIP_PX = 4.0
CHIP_LEFT = 10.0
NAME_LEFT = 22.0
NARROWEST_GUTTER, WIDEST_GUTTER = 96, 172

_LABEL = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextDontClip)


def gutter_width(lanes: Sequence[Lane], look: Look) -> int:
    """Give the width that the names of the lanes need, within limits."""
    widest = max((look.metrics.horizontalAdvance(lane.name) for lane in lanes), default=0.0)
    return int(min(look.theme.px(WIDEST_GUTTER), max(NARROWEST_GUTTER, widest + NAME_LEFT + 14)))


def paint_ruler(painter: QPainter, scale: Scale, ticks: Sequence[Tick], look: Look) -> None:
    """Paint the ruler's ticks and their labels."""
    theme = look.theme
    painter.fillRect(QRectF(0, 0, scale.right, RULER_HEIGHT), theme.surface)
    painter.setFont(look.small)
    short: list[QLineF] = []
    long: list[QLineF] = []
    for tick in ticks:
        x = round(scale.x_of(tick.time)) + 0.5
        length = LONG_TICK if tick.label else SHORT_TICK
        line = QLineF(x, RULER_HEIGHT - length, x, RULER_HEIGHT)
        (long if tick.label else short).append(line)
        ends = x + LABEL_LEFT + look.metrics.horizontalAdvance(tick.label)
        if tick.label and x >= scale.left and ends <= scale.right:
            painter.setPen(theme.text_muted)
            height = RULER_HEIGHT - LABEL_TOP - LABEL_BOTTOM
            rect = QRectF(x + LABEL_LEFT, LABEL_TOP, theme.px(LABEL_ROOM), height)
            painter.drawText(rect, _LABEL, tick.label)
    faint = QColor(theme.line_strong)
    faint.setAlpha(FAINT)
    painter.setPen(QPen(faint, 1))
    _draw(painter, short)
    painter.setPen(QPen(theme.line_strong, 1))
    _draw(painter, long)
    painter.setPen(QPen(theme.line, 1))
    edge = RULER_HEIGHT - 0.5
    painter.drawLine(QLineF(0, edge, scale.right, edge))


def paint_grid(
    painter: QPainter, scale: Scale, ticks: Sequence[Tick], height: float, look: Look
) -> None:
    """Lead the labelled ticks down through the lanes, faintly."""
    colour = QColor(look.theme.line)
    colour.setAlpha(130)
    painter.setPen(QPen(colour, 1))
    places = [round(scale.x_of(tick.time)) + 0.5 for tick in ticks if tick.label]
    _draw(painter, [QLineF(x, 0, x, height) for x in places])


def paint_band(painter: QPainter, number: int, band: Band, right: int, look: Look) -> None:
    """Paint the ground of a lane."""
    ground = look.theme.surface_raised if number % 2 else look.theme.surface
    painter.fillRect(QRectF(0, band.top, right, band.height), ground)


def paint_name(painter: QPainter, lane: Lane, band: Band, width: int, look: Look) -> None:
    """Paint the name of a lane, with a chip in the colour of its first code."""
    theme = look.theme
    height = min(band.height - 6, 18.0)
    middle = band.top + band.height / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.code(lane.codes[0]).colour if lane.codes else theme.line_strong)
    painter.drawRoundedRect(QRectF(CHIP_LEFT, middle - height / 2, CHIP_PX, height), 2, 2)
    painter.setFont(look.font_for(band.height))
    painter.setPen(theme.text)
    room = width - NAME_LEFT - 8
    text = look.metrics.elidedText(lane.name, Qt.TextElideMode.ElideRight, room)
    rect = QRectF(NAME_LEFT, band.top, room, band.height)
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, text)


def paint_excluded(
    painter: QPainter, session: Session, scale: Scale, height: float, look: Look
) -> None:
    """Hatch the spans that are excluded."""
    colour = QColor(look.theme.line_strong)
    colour.setAlpha(HATCHED)
    brush = QBrush(colour, Qt.BrushStyle.BDiagPattern)
    for span in session.excluded:
        left, right = _seen(scale, span.start, span.end)
        if right <= left:
            continue
        painter.fillRect(QRectF(left, 0, right - left, height), look.theme.hover)
        painter.fillRect(QRectF(left, 0, right - left, height), brush)
        painter.setPen(QPen(look.theme.line_strong, 1))
        _draw(painter, [QLineF(x, 0, x, height) for x in (left, right)])


def paint_outside(
    painter: QPainter, session: Session, scale: Scale, height: float, look: Look
) -> None:
    """Dim what lies outside the region, and line its two ends."""
    colour = QColor(look.theme.background)
    colour.setAlpha(DIMMED)
    region = session.region
    if region.end <= region.start:
        return
    for start, end in ((scale.start, region.start), (region.end, scale.end)):
        left, right = _seen(scale, start, end)
        if right > left:
            painter.fillRect(QRectF(left, 0, right - left, height), colour)
    painter.setPen(QPen(look.theme.line_strong, 1))
    inside = [time for time in (region.start, region.end) if scale.start < time < scale.end]
    places = [round(scale.x_of(time)) + 0.5 for time in inside]
    _draw(painter, [QLineF(x, 0, x, height) for x in places])


def _seen(scale: Scale, start: int, end: int) -> tuple[float, float]:
    left = max(float(scale.left), scale.x_of(start))
    return left, min(float(scale.right), scale.x_of(end))


def _draw(painter: QPainter, lines: Sequence[QLineF]) -> None:
    if lines:
        painter.drawLines(*lines)

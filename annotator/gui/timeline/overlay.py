"""Paints what moves over the tags: running stretches, the dragged tag and the playhead."""

from __future__ import annotations

from PyQt6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PyQt6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPen

from annotator.gui.theme import tinted
from annotator.gui.timeline.bands import Band
from annotator.gui.timeline.geometry import Scale
from annotator.gui.timeline.hit import RULER_HEIGHT
from annotator.gui.timeline.look import BAR_ROUNDING, Look
from annotator.model.time import Micros, to_clock

HEAD_WIDTH, HEAD_HEIGHT = 13.0, 10.0
LIVE_EDGE_PX = 5.0
LIVE_SHARE = 0.6
LINE_PX = 1.5
BAND_ALPHA = 36


def paint_running(
    painter: QPainter,
    code_id: str,
    times: tuple[Micros, Micros],
    place: tuple[Band, int],
    scale: Scale,
    look: Look,
) -> None:
    """Paint a stretch that runs from its start to the playhead, dashed, with a live edge."""
    band, row = place
    code = look.code(code_id)
    start, position = times
    here = scale.x_of(position)
    left = max(min(scale.x_of(start), here), scale.left - 20.0)
    right = min(max(scale.x_of(start), here), scale.right + 20.0)
    bar = QRectF(left, band.row_top(row), max(4.0, right - left), band.row_height)
    growing = QLinearGradient(scale.x_of(start), 0, here, 0)
    growing.setColorAt(0, code.fill)
    growing.setColorAt(1, tinted(code.colour, look.theme, LIVE_SHARE))
    painter.setBrush(growing)
    painter.setPen(QPen(code.colour, 1.5, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(bar.adjusted(0.75, 0.75, -0.75, -0.75), BAR_ROUNDING, BAR_ROUNDING)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(code.colour)
    edge = QRectF(here - LIVE_EDGE_PX / 2, bar.top() - 1, LIVE_EDGE_PX, bar.height() + 2)
    painter.drawRoundedRect(edge, 1.5, 1.5)
    text_left = max(bar.left(), float(scale.left)) + 8
    room = bar.right() - 8 - text_left
    text = code.name if code.name_width <= room else code.short
    if code.short_width <= room:
        painter.setFont(look.font_for(band.row_height))
        painter.setPen(look.theme.text)
        rect = QRectF(text_left, bar.top(), room, bar.height())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, text)


def paint_playhead(painter: QPainter, x: float, bottom: float, look: Look) -> None:
    """Paint the playhead: a grip in the ruler and a thin line down through the lanes."""
    colour = look.theme.playhead
    x = round(x) + 0.5
    painter.setPen(QPen(colour, LINE_PX))
    painter.drawLine(QLineF(x, RULER_HEIGHT - 3, x, bottom))
    painter.setPen(QPen(look.theme.surface, 1))
    painter.setBrush(colour)
    painter.drawPath(_head(x, RULER_HEIGHT - 1.5))


def paint_time(painter: QPainter, moment: Micros, x: float, look: Look, scale: Scale) -> None:
    """Write a moment in a small plate in the ruler, near a pixel and always in view."""
    text = to_clock(moment)
    width = look.metrics.horizontalAdvance(text) + 14
    left = min(max(x - width / 2, float(scale.left)), scale.right - width)
    plate = QRectF(left, 4, width, RULER_HEIGHT - 10)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.theme.accent)
    painter.drawRoundedRect(plate, 4, 4)
    painter.setFont(look.small)
    painter.setPen(look.theme.accent_text)
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)


def paint_guide(painter: QPainter, x: float, bottom: float, look: Look) -> None:
    """Paint the thin line that shows what the moment in the hand has snapped to."""
    x = round(x) + 0.5
    painter.setPen(QPen(look.theme.accent, 1, Qt.PenStyle.DashLine))
    painter.drawLine(QLineF(x, RULER_HEIGHT - 4, x, bottom))


def paint_band(painter: QPainter, band: QRect, look: Look) -> None:
    """Paint the rectangle with which tags are being selected."""
    tint = QColor(look.theme.accent)
    tint.setAlpha(BAND_ALPHA)
    painter.setPen(QPen(look.theme.accent, 1))
    painter.setBrush(tint)
    painter.drawRect(QRectF(band).adjusted(0.5, 0.5, -0.5, -0.5))


def paint_handle(painter: QPainter, rect: QRectF, look: Look, *, held: bool) -> None:
    """Paint the handle of the bar at the foot."""
    colour = QColor(look.theme.line_strong)
    colour.setAlpha(255 if held else 150)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)


def paint_focus(painter: QPainter, rect: QRectF, look: Look) -> None:
    """Show that the keyboard is here."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.theme.focus, 2))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 3, 3)


def _head(x: float, tip: float) -> QPainterPath:
    """Shape the grip: a rounded plate that ends in a point at the line."""
    half, top = HEAD_WIDTH / 2, tip - HEAD_HEIGHT
    path = QPainterPath(QPointF(x, tip))
    path.lineTo(x - half, tip - half + 1)
    path.lineTo(x - half, top + 3)
    path.quadTo(x - half, top, x - half + 3, top)
    path.lineTo(x + half - 3, top)
    path.quadTo(x + half, top, x + half, top + 3)
    path.lineTo(x + half, tip - half + 1)
    path.closeSubpath()
    return path

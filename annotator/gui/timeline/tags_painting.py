"""Paints tags: stretches as rounded bars, instants as diamonds, crowds as columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from math import log2

from PyQt6.QtCore import QPointF, QRect, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPen

from annotator.gui.timeline.bands import Band
from annotator.gui.timeline.crowding import Crowd, Single, drawn
from annotator.gui.timeline.geometry import Scale
from annotator.gui.timeline.lanes import Lane
from annotator.gui.timeline.look import CodeLook, Look, diamond
from annotator.model.coding import Tag
from annotator.model.time import Micros

BAR_ROUNDING = 4.0
SOLID_BELOW_PX = 7
STRIPE_PX = 3.0
TEXT_GAP = 8.0
LONGEST_LABEL_PX = 220
SELECTION_PX = 2.0


def paint_lane(
    painter: QPainter, lane: Lane, band: Band, scale: Scale, look: Look, hidden: str
) -> None:
    """Paint the tags of a lane, all but the one whose id is `hidden`."""
    painter.setFont(look.font_for(band.row_height))
    columns: dict[str, list[QRect]] = defaultdict(list)
    seen = painter.clipBoundingRect()
    for number, row in enumerate(lane.rows):
        top, height = band.row_top(number), band.row_height
        if top > seen.bottom() or top + height < seen.top():
            continue
        for item in drawn(row, scale, scale.left - LONGEST_LABEL_PX, scale.right):
            if isinstance(item, Crowd):
                columns[item.code].append(_column(item, top, height, scale))
            elif item.tag.id == hidden:
                continue
            elif (sliver := _sliver(item.tag, top, height, scale)) is not None:
                columns[item.tag.code].append(sliver)
            else:
                paint_tag(painter, item, top, height, scale, look)
    _paint_columns(painter, columns, look)


def paint_tag(
    painter: QPainter, item: Single, top: int, height: int, scale: Scale, look: Look
) -> None:
    """Paint one tag in a sub-row."""
    tag = item.tag
    if tag.is_instant:
        room = _room(scale, tag.start, item.room_until)
        paint_instant(painter, tag, QRectF(scale.x_of(tag.start), top, room, height), look)
    else:
        paint_bar(painter, look.code(tag.code), bar_of(tag, top, height, scale), scale.left, look)


def bar_of(tag: Tag, top: int, height: int, scale: Scale) -> QRectF:
    """Give the bar of a stretch: never narrower than can be seen, never much beyond the view."""
    left = max(scale.x_of(tag.start), scale.left - 40.0)
    right = min(scale.x_of(tag.end), scale.right + 40.0)
    return QRectF(left, top, max(3.0, right - left - 1), height)


def paint_instant(painter: QPainter, tag: Tag, place: QRectF, look: Look) -> None:
    """Paint a diamond at the left of a place, and beside it what of its name there is room for."""
    pin = look.pin(tag.code, place.height())
    size = pin.width() / look.ratio
    x, middle = place.left(), place.center().y()
    painter.drawPixmap(QPointF(x - size / 2, middle - size / 2), pin)
    beside = size / 2 + 4
    text = _fitting(look.code(tag.code), place.width() - beside - size / 2 - 4)
    if text:
        painter.setPen(look.theme.text_muted)
        rect = QRectF(x + beside, place.top(), LONGEST_LABEL_PX, place.height())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, text)


def paint_bar(painter: QPainter, code: CodeLook, bar: QRectF, left: float, look: Look) -> None:
    """Paint a rounded bar with a strong edge where it begins, and what text there is room for."""
    painter.setPen(QPen(code.colour, 1))
    painter.setBrush(code.fill)
    painter.drawRoundedRect(bar.adjusted(0.5, 0.5, -0.5, -0.5), BAR_ROUNDING, BAR_ROUNDING)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(code.colour)
    stripe = QRectF(bar.left() + 2, bar.top() + 3, STRIPE_PX, bar.height() - 6)
    painter.drawRoundedRect(stripe, 1.5, 1.5)
    text_left = max(bar.left(), left) + STRIPE_PX + TEXT_GAP
    room = bar.right() - TEXT_GAP - text_left
    text = _fitting(code, room)
    if text:
        painter.setPen(look.theme.text)
        rect = QRectF(text_left, bar.top(), room + TEXT_GAP, bar.height())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, text)


def paint_selection(
    painter: QPainter, tag: Tag, top: int, height: int, scale: Scale, look: Look
) -> None:
    """Outline a tag, with a line of the ground's colour between tag and outline."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pens = ((look.theme.surface, SELECTION_PX * 2), (look.theme.text, SELECTION_PX))
    for colour, width in pens:
        painter.setPen(_mitred(colour, width))
        if tag.is_instant:
            reach = min(height, 15.0) / 2 + 0.5
            painter.drawPolygon(diamond(scale.x_of(tag.start), top + height / 2, reach))
        else:
            painter.drawRoundedRect(bar_of(tag, top, height, scale), BAR_ROUNDING, BAR_ROUNDING)


def _mitred(colour: QColor, width: float) -> QPen:
    return QPen(
        colour,
        width,
        Qt.PenStyle.SolidLine,
        Qt.PenCapStyle.RoundCap,
        Qt.PenJoinStyle.RoundJoin,
    )


def _column(crowd: Crowd, top: int, height: int, scale: Scale) -> QRect:
    """Give the column of a crowd: the higher the more tags it stands for."""
    share = min(1.0, 0.4 + 0.15 * log2(crowd.count))
    left, right = scale.pixel_of(crowd.start), scale.pixel_of(crowd.end)
    high = max(3, round(height * share))
    return QRect(left, top + (height - high) // 2, max(2, right - left - 1), high)


def _sliver(tag: Tag, top: int, height: int, scale: Scale) -> QRect | None:
    """Give the place of a stretch too narrow for a rounded bar; None for any other tag."""
    if tag.start == tag.end or (tag.end - tag.start) * scale.width >= SOLID_BELOW_PX * scale.length:
        return None
    left, right = scale.pixel_of(tag.start), scale.pixel_of(tag.end)
    return QRect(left, top, max(3, right - left - 1), height)


def _paint_columns(painter: QPainter, columns: Mapping[str, list[QRect]], look: Look) -> None:
    """Paint crowds and slivers colour by colour, since thousands may be in view."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(Qt.PenStyle.NoPen)
    for code, rects in columns.items():
        painter.setBrush(look.code(code).colour)
        painter.drawRects(*rects)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _room(scale: Scale, start: Micros, until: Micros | None) -> float:
    x = scale.x_of(start)
    beyond = scale.right if until is None else min(float(scale.right), scale.x_of(until))
    return max(0.0, min(LONGEST_LABEL_PX + 40.0, beyond - x))


def _fitting(code: CodeLook, room: float) -> str:
    if code.name_width <= room:
        return code.name
    return code.short if code.short_width <= room else ""

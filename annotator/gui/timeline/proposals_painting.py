"""Paints proposals: dashed outlines in their lane, and a mark in the ruler for the current one."""

from __future__ import annotations

from PyQt6.QtCore import QRect, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPen

from annotator.gui.timeline.hit import RULER_HEIGHT
from annotator.gui.timeline.look import BAR_ROUNDING, CodeLook, Look
from annotator.gui.timeline.proposals import Box, ShownProposals, box_of
from annotator.gui.timeline.scene import Scene
from annotator.model.coding import Tag

DASHES = (3.0, 2.4)
THIN_PX, THICK_PX = 1.4, 1.8
FILL_ALPHA = 190
GRIP_PX, GRIP_HEIGHT, GRIP_LEFT = 3.0, 10.0, 6.0
GRIPS_FROM_PX = 64
TEXT_LEFT = 14
MARK_HEIGHT = 4
BEYOND_PX = 20.0


def paint_proposals(painter: QPainter, shown: ShownProposals, scene: Scene, look: Look) -> None:
    """Paint all proposals that are in view, the current one last."""
    scale = scene.scale
    in_view = [tag for tag in shown.tags if tag.end >= scale.start and tag.start <= scale.end]
    painter.save()
    painter.setClipRect(QRect(scale.left, scene.top, scale.width, scene.room))
    for tag in sorted(in_view, key=lambda one: one.id == shown.current):
        box = box_of(tag, scene)
        if box is not None:
            _paint(painter, tag, _bounded(box, scene), look, is_current=tag.id == shown.current)
    painter.restore()
    for tag in in_view:
        if tag.id == shown.current:
            _paint_mark(painter, tag, scene, look)


def _paint(painter: QPainter, tag: Tag, bar: QRectF, look: Look, *, is_current: bool) -> None:
    code = look.code(tag.code)
    width = THICK_PX if is_current else THIN_PX
    pen = QPen(look.theme.text if is_current else code.colour, width)
    pen.setDashPattern(DASHES)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(_fill(code) if is_current else Qt.BrushStyle.NoBrush)
    inner = bar.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.drawRoundedRect(inner, BAR_ROUNDING, BAR_ROUNDING)
    if is_current and bar.width() >= GRIPS_FROM_PX:
        _paint_grips(painter, bar, look)
    _write(painter, code, bar, look, is_current=is_current)


def _paint_grips(painter: QPainter, bar: QRectF, look: Look) -> None:
    """Show that both ends can be taken hold of."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.theme.text)
    height = min(GRIP_HEIGHT, bar.height() - 8)
    for x in (bar.left() + GRIP_LEFT, bar.right() - GRIP_LEFT - GRIP_PX):
        grip = QRectF(x, bar.center().y() - height / 2, GRIP_PX, height)
        painter.drawRoundedRect(grip, GRIP_PX / 2, GRIP_PX / 2)


def _write(painter: QPainter, code: CodeLook, bar: QRectF, look: Look, *, is_current: bool) -> None:
    """Write the code's name as a question, where there is room."""
    left = TEXT_LEFT if bar.width() >= GRIPS_FROM_PX else TEXT_LEFT / 2
    room = bar.width() - 2 * left
    for text in (f"{code.name}?", f"{code.short}?"):
        if look.metrics.horizontalAdvance(text) <= room:
            painter.setFont(look.font_for(bar.height()))
            painter.setPen(look.theme.text if is_current else look.theme.text_muted)
            place = bar.adjusted(left, 0, -left, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
            return


def _paint_mark(painter: QPainter, tag: Tag, scene: Scene, look: Look) -> None:
    """Mark the current one under the ruler, so that it is found however narrow it is."""
    scale = scene.scale
    left = max(scale.x_of(tag.start), float(scale.left))
    right = min(scale.x_of(tag.end), float(scale.right))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.theme.accent)
    mark = QRectF(left, RULER_HEIGHT - MARK_HEIGHT, max(right - left, 4.0), MARK_HEIGHT)
    painter.drawRoundedRect(mark, MARK_HEIGHT / 2, MARK_HEIGHT / 2)


def _bounded(box: Box, scene: Scene) -> QRectF:
    """Cut what reaches far beyond the view: dashes over hours are slow to draw."""
    left = max(box.left, scene.scale.left - BEYOND_PX)
    right = min(box.left + box.width, scene.scale.right + BEYOND_PX)
    return QRectF(left, box.top, max(right - left, 1.0), box.height)


def _fill(code: CodeLook) -> QColor:
    fill = QColor(code.fill)
    fill.setAlpha(FILL_ALPHA)
    return fill

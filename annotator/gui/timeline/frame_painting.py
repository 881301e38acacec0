"""Paints the marks of region, excluded spans and selected time, over ruler and lanes."""

from __future__ import annotations

from PyQt6.QtCore import QLineF, QPointF, QRectF, Qt
from PyQt6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from annotator.gui.timeline.frame_parts import FrameKind, frame_parts
from annotator.gui.timeline.geometry import Scale
from annotator.gui.timeline.hit import RULER_HEIGHT
from annotator.gui.timeline.look import Look
from annotator.gui.timeline.moving import Moving
from annotator.gui.timeline.scene import Scene
from annotator.model.time import Interval

MARK_HEIGHT = 8.0
TAB_PX, TAB_HEIGHT = 7.0, 11.0
STRETCH_ALPHA = 34
HATCHED = 150


def paint_frame_marks(painter: QPainter, scene: Scene, moving: Moving, look: Look) -> None:
    """Paint all that frames the coding, what is dragged where it would lie."""
    painter.save()
    scale = scene.scale
    whole = QRectF(scale.left, 0, scale.width, scene.foot)
    painter.setClipRect(whole, Qt.ClipOperation.IntersectClip)
    for part in reversed(frame_parts(scene.session, moving.stretch)):
        is_held = part == moving.held and moving.held_at is not None
        span = moving.held_at if is_held and moving.held_at is not None else part.span
        if span.end < scale.start or span.start > scale.end:
            continue
        if part.kind is FrameKind.STRETCH:
            _paint_stretch(painter, span, scene, look)
        elif part.kind is FrameKind.EXCLUDED:
            _paint_excluded(painter, span, scale, look)
        else:
            _paint_region(painter, span, scale, look)
        if is_held:
            _paint_ends(painter, span, scene, look)
    painter.restore()


def _paint_stretch(painter: QPainter, span: Interval, scene: Scene, look: Look) -> None:
    left, right = _pixels(span, scene.scale)
    tint = QColor(look.theme.accent)
    tint.setAlpha(STRETCH_ALPHA)
    painter.fillRect(QRectF(left, 0, right - left, scene.foot), tint)
    bar = QRectF(left, RULER_HEIGHT - 4, right - left, 4)
    painter.fillRect(bar, look.theme.accent)
    _paint_ends(painter, span, scene, look)


def _paint_ends(painter: QPainter, span: Interval, scene: Scene, look: Look) -> None:
    painter.setPen(QPen(look.theme.accent, 1))
    for moment in (span.start, span.end):
        x = round(scene.scale.x_of(moment)) + 0.5
        painter.drawLine(QLineF(x, RULER_HEIGHT - TAB_HEIGHT, x, scene.foot))


def _paint_excluded(painter: QPainter, span: Interval, scale: Scale, look: Look) -> None:
    left, right = _pixels(span, scale)
    mark = QRectF(left, RULER_HEIGHT - MARK_HEIGHT, max(2.0, right - left), MARK_HEIGHT - 1)
    colour = QColor(look.theme.danger)
    painter.fillRect(mark, look.theme.surface)
    colour.setAlpha(HATCHED)
    painter.fillRect(mark, QBrush(colour, Qt.BrushStyle.BDiagPattern))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.theme.danger, 1))
    painter.drawRect(mark.adjusted(0.5, 0.5, -0.5, 0.5))


def _paint_region(painter: QPainter, span: Interval, scale: Scale, look: Look) -> None:
    """Paint a tab at each end that points into the region."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.theme.text_muted)
    foot = RULER_HEIGHT - 1.0
    for moment, way in ((span.start, 1.0), (span.end, -1.0)):
        x = float(round(scale.x_of(moment)))
        corners = (
            QPointF(x, foot - TAB_HEIGHT),
            QPointF(x + way * TAB_PX, foot - TAB_HEIGHT / 2),
            QPointF(x, foot),
        )
        painter.drawPolygon(QPolygonF(corners))


def _pixels(span: Interval, scale: Scale) -> tuple[float, float]:
    left = max(scale.x_of(span.start), scale.left - 4.0)
    return float(round(left)), float(round(min(scale.x_of(span.end), scale.right + 4.0)))

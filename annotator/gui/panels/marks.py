"""Small drawings shared by buttons and table: the cap of a key and the chip of a code."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from annotator.gui.theme import Theme, contrast
from annotator.model.codebook import CodeKind

CAP_HEIGHT = 22.0
CAP_LEAST = 26.0  # holds any single letter, so that names begin below one another
CAP_PADDING = 6.0
CAP_ROUNDING = 5.0
CAP_DEPTH = 2.0  # how far the key stands above the board
CHIP_WIDTH = 16.0
DOT_RADIUS = 5.0
BAR_HEIGHT = 7.0
FAINT = 2.5  # contrast below which a chip could be overlooked


def cap_width(text: str, font: QFont) -> float:
    """Give the width of a key's cap in pixels; single letters all get the same."""
    return max(CAP_LEAST, QFontMetricsF(font).horizontalAdvance(text) + 2 * CAP_PADDING)


def paint_cap(painter: QPainter, box: QRectF, text: str, theme: Theme) -> None:
    """Draw a key with its letter; without a letter, the empty place of one."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = box.adjusted(0.5, 0.5, -0.5, -0.5)
    if text:
        painter.setPen(QPen(theme.line_strong, 1))
        painter.setBrush(theme.line_strong)
        painter.drawRoundedRect(box, CAP_ROUNDING, CAP_ROUNDING)
        painter.setBrush(theme.surface_raised)
        painter.drawRoundedRect(box.adjusted(0, 0, 0, -CAP_DEPTH), CAP_ROUNDING, CAP_ROUNDING)
        painter.setPen(theme.text)
        painter.drawText(box.adjusted(0, 0, 0, -CAP_DEPTH), Qt.AlignmentFlag.AlignCenter, text)
    else:
        painter.setPen(QPen(theme.line_strong, 1, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, CAP_ROUNDING, CAP_ROUNDING)
    painter.restore()


def paint_chip(
    painter: QPainter, centre: QPointF, colour: QColor, kind: CodeKind, theme: Theme
) -> None:
    """Draw a code's colour in the shape of its kind: a dot for a moment, a bar for a stretch.

    A colour that hardly shows on the theme's surface gets an outline.
    """
    faint = contrast(colour, theme.surface) < FAINT
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.line_strong, 1) if faint else QPen(Qt.PenStyle.NoPen))
    painter.setBrush(colour)
    if kind is CodeKind.POINT:
        painter.drawEllipse(centre, DOT_RADIUS, DOT_RADIUS)
    else:
        bar = QRectF(0, 0, CHIP_WIDTH, BAR_HEIGHT)
        bar.moveCenter(centre)
        painter.drawRoundedRect(bar, BAR_HEIGHT / 2, BAR_HEIGHT / 2)
    painter.restore()

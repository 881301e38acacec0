"""What is painted over or in place of the film: words, the speed, the mark of the focus."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from annotator.gui.icon_shapes import SHAPES
from annotator.gui.icons import paint_shape
from annotator.gui.player.words import speed_text
from annotator.gui.theme import Theme
from annotator.gui.theme import title as title_font

# The surround of a film is dark in both themes, and so are these.
WORDS = QColor("#e8edf0")
FAINT = QColor("#a3b0b9")
BADGE = QColor(8, 11, 13, 190)

WIDEST_WORDS = 460.0
ICON = 48.0
GAP = 14.0
INSET = 12.0
BADGE_PADDING = 11.0
BADGE_HEIGHT = 28.0
CORNER = 14.0
_WRAPPED = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop) | int(
    Qt.TextFlag.TextWordWrap
)


def paint_words(painter: QPainter, box: QRectF, icon: str, title: str, below: str) -> None:
    """Write in the middle of the box: an icon, a title and what stands below, each if given."""
    painter.save()
    column = QRectF(0, 0, min(WIDEST_WORDS, box.width() - 2 * INSET), box.height())
    large = title_font(painter.font())
    fonts = [(text, font) for text, font in ((title, large), (below, painter.font())) if text]
    heights = [_height(text, font, column) for text, font in fonts]
    whole = sum(heights) + GAP / 2 * (len(heights) - 1) + (ICON + GAP if icon else 0)
    column.moveCenter(box.center())
    top = box.center().y() - whole / 2
    if icon:
        place = QRectF(box.center().x() - ICON / 2, top, ICON, ICON)
        paint_shape(painter, SHAPES[icon], place, FAINT)
        top += ICON + GAP
    for (text, font), height in zip(fonts, heights, strict=True):
        painter.setFont(font)
        painter.setPen(FAINT if text is below and title else WORDS)
        painter.drawText(QRectF(column.left(), top, column.width(), height), _WRAPPED, text)
        top += height + GAP / 2
    painter.restore()


def paint_speed(painter: QPainter, box: QRectF, speed: float) -> None:
    """Write the speed into the upper right corner."""
    text = speed_text(speed)
    width = _badge_width(painter, text)
    place = QRectF(box.right() - width - INSET, box.top() + INSET, width, BADGE_HEIGHT)
    _paint_badge(painter, place, text)


def paint_caption(painter: QPainter, box: QRectF, text: str) -> None:
    """Write which recording this is into the lower left corner."""
    width = min(_badge_width(painter, text), box.width() - 2 * INSET)
    place = QRectF(box.left() + INSET, box.bottom() - INSET - BADGE_HEIGHT, width, BADGE_HEIGHT)
    _paint_badge(painter, place, text)


def paint_focus(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """Mark the four corners, quietly: the film is to be looked at, not its frame."""
    painter.save()
    inner = box.adjusted(4, 4, -4, -4)
    for pen in (QPen(BADGE, 5), QPen(WORDS if not theme.is_dark else theme.focus, 2)):
        painter.setPen(pen)
        for corner, right, down in (
            (inner.topLeft(), 1, 1),
            (inner.topRight(), -1, 1),
            (inner.bottomLeft(), 1, -1),
            (inner.bottomRight(), -1, -1),
        ):
            across, along = QPointF(CORNER * right, 0), QPointF(0, CORNER * down)
            painter.drawPolyline(QPolygonF([corner + across, corner, corner + along]))
    painter.restore()


def _badge_width(painter: QPainter, text: str) -> float:
    return QFontMetricsF(_bold(painter.font())).horizontalAdvance(text) + 2 * BADGE_PADDING


def _paint_badge(painter: QPainter, place: QRectF, text: str) -> None:
    """Write a few words on a ground that any picture lets read."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(_bold(painter.font()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(BADGE)
    painter.drawRoundedRect(place, BADGE_HEIGHT / 2, BADGE_HEIGHT / 2)
    painter.setPen(WORDS)
    room = place.width() - 2 * BADGE_PADDING
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room) + 1)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


def _height(text: str, font: QFont, column: QRectF) -> float:
    return QFontMetricsF(font).boundingRect(column, _WRAPPED, text).height()

"""Which part of a picture is seen: zooming about a point and moving, within the picture's edges."""

from __future__ import annotations

from dataclasses import replace

from PyQt6.QtCore import QPointF, QRect, QRectF, QSize

from annotator.gui.player.scaling import letterbox
from annotator.model.recording import Look

MOST_ZOOM = 16.0


def whole_place(frame: QSize, view: QSize, ratio: float, look: Look) -> QRectF:
    """Place the whole picture round a view, in pixels of the screen; what lies outside is unseen.

    The look's point stands in the middle as far as the picture's edges allow; a side that is
    shorter than the view's is centred. `view` is in logical pixels.
    """
    place = letterbox(frame, view, ratio)
    wide, high = round(view.width() * ratio), round(view.height() * ratio)
    width, height = place.width() * look.zoom, place.height() * look.zoom
    left = _begin(width, wide, look.across)
    top = _begin(height, high, look.down)
    return QRectF(left, top, width, height)


def seen_part(frame: QSize, view: QSize, ratio: float, look: Look) -> tuple[QRectF, QRectF]:
    """Give the part of the frame that is seen, in its pixels, and where on the screen it stands."""
    whole = whole_place(frame, view, ratio, look)
    edge = QRectF(0, 0, round(view.width() * ratio), round(view.height() * ratio))
    target = whole.intersected(edge)
    across, down = frame.width() / whole.width(), frame.height() / whole.height()
    source = QRectF(
        (target.x() - whole.x()) * across,
        (target.y() - whole.y()) * down,
        target.width() * across,
        target.height() * down,
    )
    return source, target


def zoomed(look: Look, factor: float, at: QPointF, frame: QSize, view: QSize) -> Look:
    """Make the picture larger or smaller so that what is under a point of the view stays there."""
    zoom = min(max(look.zoom * factor, 1.0), MOST_ZOOM)
    before = whole_place(frame, view, 1, look)
    share_x = (at.x() - before.x()) / before.width()
    share_y = (at.y() - before.y()) / before.height()
    place = letterbox(frame, view, 1)
    width, height = place.width() * zoom, place.height() * zoom
    middle = QPointF(share_x - (at.x() - view.width() / 2) / width, 0)
    middle.setY(share_y - (at.y() - view.height() / 2) / height)
    return _centred(replace(look, zoom=zoom), middle, place, view)


def moved(look: Look, by: QPointF, frame: QSize, view: QSize) -> Look:
    """Move the picture by some pixels of the view, as far as its edges allow."""
    place = letterbox(frame, view, 1)
    middle = QPointF(
        look.across - by.x() / (place.width() * look.zoom),
        look.down - by.y() / (place.height() * look.zoom),
    )
    return _centred(look, middle, place, view)


def _centred(look: Look, middle: QPointF, place: QRect, view: QSize) -> Look:
    """Give the look whose middle is as near as the picture's edges allow."""
    across = _held(middle.x(), view.width() / (place.width() * look.zoom))
    down = _held(middle.y(), view.height() / (place.height() * look.zoom))
    return replace(look, across=round(across, 4), down=round(down, 4))


def _held(middle: float, share: float) -> float:
    """Keep the middle of a window over the picture from reaching beyond the picture's edges."""
    return 0.5 if share >= 1 else min(max(middle, share / 2), 1 - share / 2)


def _begin(length: float, room: int, middle: float) -> float:
    if length <= room:
        return float((room - round(length)) // 2)
    return min(max(room / 2 - middle * length, room - length), 0.0)

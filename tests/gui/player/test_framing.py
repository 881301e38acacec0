from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtCore import QPointF, QRectF, QSize

from annotator.gui.player.framing import MOST_ZOOM, moved, seen_part, whole_place, zoomed
from annotator.gui.player.scaling import letterbox
from annotator.model.recording import Look

FRAME, VIEW = QSize(1920, 1080), QSize(800, 600)
SIDES = st.integers(16, 4000)
SHARES = st.floats(0, 1)


def share_at(look: Look, at: QPointF) -> tuple[float, float]:
    """Tell which point of the picture stands at a point of the view."""
    place = whole_place(FRAME, VIEW, 1, look)
    return (at.x() - place.x()) / place.width(), (at.y() - place.y()) / place.height()


@given(SIDES, SIDES, SIDES, SIDES, st.sampled_from([1.0, 1.5, 2.0]))
def test_unzoomed_the_whole_picture_is_seen_where_the_letterbox_is(
    width: int, height: int, wide: int, high: int, ratio: float
) -> None:
    frame, view = QSize(width, height), QSize(wide, high)
    source, target = seen_part(frame, view, ratio, Look())
    assert target == QRectF(letterbox(frame, view, ratio))
    assert source.width() == pytest.approx(width)
    assert source.height() == pytest.approx(height)


@given(SIDES, SIDES, st.floats(1, MOST_ZOOM), SHARES, SHARES)
def test_zoomed_no_bar_grows_and_the_part_lies_in_the_picture(
    width: int, height: int, zoom: float, across: float, down: float
) -> None:
    frame = QSize(width, height)
    look = Look(zoom=zoom, across=across, down=down)
    source, target = seen_part(frame, VIEW, 1, look)
    plain = letterbox(frame, VIEW, 1)
    assert target.width() >= plain.width() - 1
    assert target.height() >= plain.height() - 1
    assert source.left() >= -0.01
    assert source.top() >= -0.01
    assert source.right() <= width + 0.01
    assert source.bottom() <= height + 0.01


def test_what_is_under_the_pointer_stays_there() -> None:
    at = QPointF(300, 280)
    look = Look(zoom=2)
    before = share_at(look, at)
    after = share_at(zoomed(look, 1.5, at, FRAME, VIEW), at)
    assert after == pytest.approx(before, abs=0.001)


def test_zooming_out_ends_with_the_whole_picture() -> None:
    look = zoomed(Look(zoom=4, across=0.9, down=0.1), 0.001, QPointF(10, 10), FRAME, VIEW)
    assert (look.zoom, look.across, look.down) == (1, 0.5, 0.5)


def test_zooming_in_has_an_end() -> None:
    assert zoomed(Look(zoom=15), 9, QPointF(0, 0), FRAME, VIEW).zoom == MOST_ZOOM


def test_the_picture_follows_the_hand_and_stops_at_its_edge() -> None:
    look = Look(zoom=4)
    at = QPointF(400, 300)
    before = share_at(look, at)
    by = QPointF(40, -20)
    after = share_at(moved(look, by, FRAME, VIEW), at + by)
    assert after == pytest.approx(before, abs=0.001)
    far = moved(look, QPointF(99_999, 99_999), FRAME, VIEW)
    assert seen_part(FRAME, VIEW, 1, far)[0].topLeft().manhattanLength() < 0.5


def test_an_unzoomed_picture_does_not_move() -> None:
    assert moved(Look(), QPointF(50, 50), FRAME, VIEW) == Look()

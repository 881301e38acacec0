"""The film strip in the overview: cells, the order of pictures, and the frame round the shown."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QColor, QImage
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.theme import light
from annotator.gui.timeline.geometry import fitted
from annotator.gui.timeline.strip import (
    MOST_PICTURES,
    PICTURE_HEIGHT,
    STRIP_HEIGHT,
    FilmStrip,
    StripPicture,
    cells_of,
    picture_for,
)
from annotator.gui.timeline.view import TimelineView
from annotator.model import Interval, Micros

MINUTE = Interval(Micros(0), Micros(60_000_000))
WIDE = 16 / 9


def grey(level: int) -> QImage:
    image = QImage(64, PICTURE_HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor(level, level, level))
    return image


def strip_of(times: list[float], *, is_whole: bool = True) -> FilmStrip:
    """Make a strip whose pictures grow lighter."""
    pictures = tuple(
        StripPicture(Micros(round(time * 1_000_000)), grey(40 + 20 * number))
        for number, time in enumerate(times)
    )
    return FilmStrip(MINUTE, WIDE, pictures, is_whole)


def port(view: TimelineView) -> QWidget:
    found = view.viewport()
    assert found is not None
    return found


def levels(view: TimelineView) -> list[int]:
    """Read the grey in the middle of each cell."""
    image = port(view).grab().toImage()
    y = port(view).height() - STRIP_HEIGHT // 2
    cells = cells_of(strip_of([]), view.overview)
    return [image.pixelColor(int(cell.left + cell.width / 2), y).red() for cell in cells]


@pytest.fixture
def shown(view: TimelineView) -> TimelineView:
    view.resize(1000, 300)
    view.set_position(Micros(60_000_000))
    view.show_strip(strip_of([0, 10, 20, 30, 40, 50]))
    return view


@given(
    width=st.integers(64, 4000),
    start=st.integers(-20_000_000, 20_000_000),
    length=st.integers(10**6, 10**11),
    aspect=st.floats(0.1, 5),
)
def test_cells_stand_side_by_side_over_the_film(
    width: int, start: int, length: int, aspect: float
) -> None:
    span = Interval(Micros(start), Micros(start + length))
    scale = fitted(Interval(min(span.start, Micros(0)), span.end), 100, width)
    cells = cells_of(FilmStrip(span, aspect), scale)
    assert len(cells) <= MOST_PICTURES
    for before, after in pairwise(cells):
        assert after.left == pytest.approx(before.left + before.width)
        assert before.middle <= after.middle
    for cell in cells:
        assert scale.x_of(span.start) <= cell.left + 1
        assert cell.left + cell.width <= scale.x_of(span.end) + 1
        assert cell.left - 1 <= scale.x_of(cell.middle) <= cell.left + cell.width + 1


def test_a_cell_takes_the_nearest_picture_within_reach() -> None:
    pictures = strip_of([0, 10, 20]).pictures
    cell = cells_of(FilmStrip(MINUTE, WIDE), fitted(MINUTE, 0, 1000))[3]
    assert 12_000_000 < cell.middle < 15_000_000
    assert picture_for(cell, pictures, 60_000_000) is pictures[1].image
    assert picture_for(cell, pictures, 1_000_000) is None
    assert picture_for(cell, (), 60_000_000) is None


def test_pictures_stand_in_the_order_of_the_film(shown: TimelineView) -> None:
    found = levels(shown)
    assert found == sorted(found)
    assert set(found) == {40, 60, 80, 100, 120, 140}


def test_while_it_is_being_made_the_rest_is_empty(shown: TimelineView) -> None:
    shown.show_strip(strip_of([0], is_whole=False))
    found = levels(shown)
    assert found[0] == 40
    assert set(found[3:]) == {light().line.red()}


def test_none_gives_the_slim_bar_again(shown: TimelineView) -> None:
    laid_out: list[bool] = []
    shown.laid_out.connect(lambda: laid_out.append(True))
    shown.show_strip(None)
    assert laid_out
    y = port(shown).height() - STRIP_HEIGHT // 2
    image = port(shown).grab().toImage()
    assert image.pixelColor(shown.scale.left + 60, y).red() not in {40, 60}


def test_what_is_shown_is_framed_and_the_rest_pale(shown: TimelineView) -> None:
    plain = levels(shown)
    shown.set_position(Micros(15_000_000))
    for _ in range(3):
        shown.zoom_in()
    found = levels(shown)
    assert found[-1] > plain[-1]
    middle = shown.overview.pixel_of(shown.scale.start + shown.scale.length // 3)
    image = port(shown).grab().toImage()
    assert image.pixelColor(middle, port(shown).height() - 1) == light().accent


def test_dragging_the_frame_moves_what_is_shown(shown: TimelineView) -> None:
    shown.set_position(Micros(15_000_000))
    for _ in range(3):
        shown.zoom_in()
    before = shown.scale.start
    y = port(shown).height() - STRIP_HEIGHT // 2
    here = QPoint(shown.overview.pixel_of(15_000_000), y)
    QTest.mousePress(port(shown), Qt.MouseButton.LeftButton, pos=here)
    QTest.mouseMove(port(shown), here + QPoint(200, 0))
    QTest.mouseRelease(port(shown), Qt.MouseButton.LeftButton, pos=here + QPoint(200, 0))
    assert shown.scale.start > before + 5_000_000


def test_the_playhead_is_marked_and_leaves_no_trace(shown: TimelineView, qtbot: QtBot) -> None:
    y = port(shown).height() - STRIP_HEIGHT // 2
    colour = light().playhead
    for second in (10, 30, 50):
        shown.set_position(Micros(second * 1_000_000))
        qtbot.wait_until(lambda: not port(shown).visibleRegion().isEmpty())
        image = port(shown).grab().toImage()
        x = shown.overview.pixel_of(second * 1_000_000)
        marked = [column for column in range(image.width()) if _is_like(image, column, y, colour)]
        assert marked
        assert all(abs(column - x) <= 1 for column in marked)


def _is_like(image: QImage, x: int, y: int, colour: QColor) -> bool:
    found = image.pixelColor(x, y)
    return abs(found.red() - colour.red()) < 12 and abs(found.green() - colour.green()) < 12

"""Several pictures share the wall without overlapping, and each can come to lead."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtCore import QRect, QSize, Qt
from PyQt6.QtGui import QImage
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui.player.picture import PictureView
from annotator.gui.player.wall import Arrangement, PictureWall, arranged
from annotator.gui.theme import light

SIDES = st.integers(320, 4000)


@pytest.fixture
def wall(qtbot: QtBot) -> PictureWall:
    made = PictureWall(PictureView(light()), light())
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


@given(SIDES, SIDES, st.integers(0, 3), st.sampled_from([Arrangement.LARGE, Arrangement.SIDE]))
def test_places_lie_on_the_wall_and_apart(
    width: int, height: int, others: int, arrangement: Arrangement
) -> None:
    places = arranged(QSize(width, height), others, arrangement)
    whole = QRect(0, 0, width, height)
    assert len(places) == others + 1
    assert all(whole.contains(place) and not place.isEmpty() for place in places)
    assert not any(first.intersects(second) for first, second in combinations(places, 2))


@given(SIDES, SIDES, st.integers(1, 3))
def test_the_large_one_has_most_of_the_wall(width: int, height: int, others: int) -> None:
    lead = arranged(QSize(width, height), others, Arrangement.LARGE)[0]
    assert lead.width() * lead.height() > 0.6 * width * height


@given(SIDES, SIDES, st.integers(1, 3))
def test_side_by_side_all_are_as_large(width: int, height: int, others: int) -> None:
    places = arranged(QSize(width, height), others, Arrangement.SIDE)
    assert max(one.width() for one in places) - min(one.width() for one in places) <= 1
    assert max(one.height() for one in places) - min(one.height() for one in places) <= 1


def test_alone_a_picture_has_the_whole_wall(wall: PictureWall) -> None:
    assert wall.lead.geometry() == wall.rect()
    assert wall.shown == ()


def test_others_come_and_go(wall: PictureWall) -> None:
    wall.show_others(2)
    assert [view.isVisible() for view in wall.others] == [True, True, False]
    wall.others[1].show_frame(QImage(8, 8, QImage.Format.Format_RGB32))
    wall.arrange(Arrangement.ONE)
    assert wall.lead.geometry() == wall.rect()
    assert not any(view.isVisible() for view in wall.others)
    wall.arrange(Arrangement.SIDE)
    wall.show_others(1)
    assert [view.isVisible() for view in wall.others] == [True, False, False]
    assert wall.others[1].frame.isNull()


def test_a_double_click_asks_for_another_to_lead(wall: PictureWall, qtbot: QtBot) -> None:
    wall.show_others(3)
    with qtbot.waitSignal(wall.lead_requested) as asked:
        QTest.mouseDClick(wall.others[2], Qt.MouseButton.LeftButton)
    assert asked.args == [2]
    with qtbot.waitSignal(wall.lead_double_clicked):
        QTest.mouseDClick(wall.lead, Qt.MouseButton.LeftButton)

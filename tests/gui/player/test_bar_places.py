"""The bar's parts never cover each other, and give way in the right order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.player.bar_places import Fit, Row, Widths, fit_row, share_width

NEED = Widths(130, 150, 350, 90, 220, 4, 12, 8)
ROW = Row(4, 28, 36, (62, 62, 54, 54))


@given(st.integers(NEED.least, 3000))
def test_no_part_covers_another_or_leaves_the_bar(width: int) -> None:
    places = share_width(width, NEED)
    assert NEED.left_least <= places.left_width <= NEED.left_best
    assert NEED.right_least <= places.right_width <= NEED.right_best
    assert places.left == NEED.margin_left
    assert places.left + places.left_width + NEED.gap <= places.middle
    assert places.middle + NEED.middle + NEED.gap <= places.right
    assert places.right + places.right_width == width - NEED.margin_right


@given(st.integers(NEED.least, 3000))
def test_the_left_is_whole_as_long_as_the_right_can_give_way(width: int) -> None:
    places = share_width(width, NEED)
    assert places.left_width == NEED.left_best or places.right_width == NEED.right_least


def test_in_a_wide_bar_the_middle_stands_in_the_middle() -> None:
    assert share_width(1100, NEED).middle == (1100 - NEED.middle) // 2


def test_in_a_narrow_bar_the_middle_makes_room_for_the_right() -> None:
    places = share_width(740, NEED)
    assert places.middle < (740 - NEED.middle) // 2


@pytest.mark.parametrize(
    ("room", "fit"),
    [
        (900, Fit(0, 36, 350)),
        (349, Fit(0, 35, 342)),
        (286, Fit(0, 28, 286)),
        (285, Fit(1, 36, 278)),
        (229, Fit(2, 36, 198)),
        (110, Fit(3, 28, 110)),
        (20, Fit(3, 28, 110)),
    ],
)
def test_buttons_stand_closer_before_a_pair_is_left_out(room: int, fit: Fit) -> None:
    assert fit_row(room, ROW) == fit


@given(st.integers(110, 900))
def test_the_buttons_never_need_more_than_there_is(room: int) -> None:
    fit = fit_row(room, ROW)
    assert fit.width <= room
    assert ROW.least <= fit.button <= ROW.best

"""Boxes are held, moved and resized by numbers, whatever the size of the picture on screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.masks.geometry import LEAST, Fit, Grip, between, dragged, grip_at, middle_of
from annotator.media.face_boxes import Box

BOX = Box(100, 50, 200, 150)
NUMBERS = st.floats(-500, 500)


def test_a_picture_lies_in_the_middle_of_its_room() -> None:
    fit = Fit.of((1920, 1080), (960, 740))
    assert (fit.scale, fit.left, fit.top) == (0.5, 0, 100)
    assert fit.to_screen(Box(0, 0, 1920, 1080)) == Box(0, 100, 960, 640)
    assert fit.to_picture(480, 370) == (960, 540)
    assert fit.to_picture(-5, 5000) == (0, 1080)


@given(st.integers(1, 4000), st.integers(1, 4000), st.integers(1, 2000), st.integers(1, 2000))
def test_a_place_comes_back_from_the_screen(
    width: int, height: int, across: int, down: int
) -> None:
    fit = Fit.of((width, height), (across, down))
    on_screen = fit.to_screen(Box(width / 3, height / 4, width / 3, height / 4))
    assert fit.to_picture(on_screen.left, on_screen.top) == pytest.approx((width / 3, height / 4))


@pytest.mark.parametrize(
    ("x", "y", "grip"),
    [
        (150, 100, Grip.ALL),
        (101, 100, Grip.LEFT),
        (199, 100, Grip.RIGHT),
        (150, 47, Grip.TOP),
        (150, 155, Grip.BOTTOM),
        (97, 52, Grip.TOP_LEFT),
        (203, 48, Grip.TOP_RIGHT),
        (100, 150, Grip.BOTTOM_LEFT),
        (205, 155, Grip.BOTTOM_RIGHT),
        (90, 100, Grip.NOTHING),
        (150, 170, Grip.NOTHING),
    ],
)
def test_what_is_held(x: float, y: float, grip: Grip) -> None:
    assert grip_at(BOX, x, y, 8) is grip


@given(st.floats(0, 30), st.floats(0, 30))
def test_of_a_small_box_the_nearer_side_is_held(width: float, height: float) -> None:
    box = Box(0, 0, width, height)
    for x, y in ((0.0, 0.0), (width, height), (width / 2, height / 2)):
        assert grip_at(box, x, y, 8) is not Grip.NOTHING


@given(NUMBERS, NUMBERS, st.sampled_from(Grip))
def test_sides_do_not_pass_each_other(across: float, down: float, grip: Grip) -> None:
    box = dragged(BOX, grip, across, down)
    assert box.width >= LEAST - 1e-9
    assert box.height >= LEAST - 1e-9
    if grip is Grip.ALL:
        assert (box.width, box.height) == pytest.approx((BOX.width, BOX.height))
    if grip is Grip.NOTHING:
        assert box == BOX


def test_a_side_that_is_not_held_stays() -> None:
    assert dragged(BOX, Grip.TOP_LEFT, 10, -20) == Box(110, 30, 200, 150)
    assert dragged(BOX, Grip.RIGHT, 10, -20) == Box(100, 50, 210, 150)


def test_a_new_box_is_drawn_either_way_and_not_too_small() -> None:
    assert between((30, 40), (10, 90)) == Box(10, 40, 30, 90)
    assert between((30, 40), (33, 90)) is None


def test_a_box_that_no_mouse_drew_is_in_the_middle() -> None:
    assert middle_of((200, 100)).centre == (100, 50)

"""Colours: known figures of the sources, and what must hold of any colours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.colours import (
    Eyes,
    contrast,
    difference,
    difference_of_labs,
    is_colour,
    least_difference,
)

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
GREYS = st.integers(0, 255).map(lambda shade: f"#{3 * f'{shade:02x}'}")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [  # rows of the test data that Sharma, Wu and Dalal published with their paper
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, -1.0, 2.0), (50.0, 0.0, 0.0), 2.3669),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0009), 7.1792),
        ((50.0, 2.5, 0.0), (61.0, -5.0, 29.0), 22.8977),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ],
)
def test_differences_are_those_of_the_paper(
    one: tuple[float, float, float], other: tuple[float, float, float], expected: float
) -> None:
    assert difference_of_labs(one, other) == pytest.approx(expected, abs=1e-4)
    assert difference_of_labs(other, one) == pytest.approx(expected, abs=1e-4)


def test_black_and_white_are_the_ends() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert difference("#000000", "#ffffff") == pytest.approx(100, abs=0.01)


@given(COLOURS, COLOURS)
def test_colours_differ_as_much_either_way(one: str, other: str) -> None:
    assert difference(one, other) == pytest.approx(difference(other, one))
    assert contrast(one, other) == contrast(other, one) >= 1
    assert difference(one, one) == 0


@given(GREYS, GREYS, st.sampled_from(Eyes))
def test_greys_differ_as_much_to_all(one: str, other: str, eyes: Eyes) -> None:
    assert difference(one, other, eyes) == pytest.approx(difference(one, other), abs=1e-2)


def test_red_and_green_are_near_to_those_who_lack_the_cone() -> None:
    red, green = "#b32d00", "#5c6e00"
    assert difference(red, green) > 30
    assert difference(red, green, Eyes.DEUTERANOPIA) < difference(red, green) / 2
    least, eyes = least_difference(red, green)
    assert eyes in {Eyes.PROTANOPIA, Eyes.DEUTERANOPIA}
    assert least == difference(red, green, eyes)


@pytest.mark.parametrize("text", ["", "red", "#fff", "#12345g", "#1234567", "4477aa"])
def test_what_is_no_colour(text: str) -> None:
    assert not is_colour(text)
    with pytest.raises(ValueError, match="not a colour"):
        contrast(text, "#ffffff")

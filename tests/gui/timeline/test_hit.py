from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.timeline.bands import LOWEST_ROW, band_at, bands, total_height
from annotator.gui.timeline.geometry import Scale
from annotator.gui.timeline.hit import Hit, Part, hit
from annotator.gui.timeline.lanes import Lanes
from annotator.model import Code, Codebook, Group, Micros, Tag

BOOK = Codebook("b", "1", "B", groups=(Group("g", "G"),), codes=(Code("a", "A", group="g"),))
INSTANT = Tag("i", "a", Micros(100_000), Micros(100_000))
STRETCH = Tag("s", "a", Micros(300_000), Micros(400_000))
UNDER = Tag("u", "a", Micros(320_000), Micros(380_000))
SCALE = Scale(Micros(0), Micros(1_000_000), 100, 1000)  # a pixel a millisecond


@pytest.mark.parametrize(
    ("x", "row", "part", "tag"),
    [
        (200, 0, Part.BODY, INSTANT),
        (193, 0, Part.BODY, INSTANT),
        (215, 0, Part.EMPTY, None),
        (400, 0, Part.START, STRETCH),
        (398, 0, Part.START, STRETCH),
        (450, 0, Part.BODY, STRETCH),
        (499, 0, Part.END, STRETCH),
        (450, 1, Part.BODY, UNDER),
        (600, 0, Part.EMPTY, None),
        (50, 0, Part.GUTTER, None),
    ],
)
def test_what_lies_under_the_mouse(x: int, row: int, part: Part, tag: Tag | None) -> None:
    lanes = Lanes(BOOK, [INSTANT, STRETCH, UNDER])
    made = bands(lanes.row_counts(), 100)
    y = made[0].row_top(row) + made[0].row_height / 2
    assert hit(x, y, SCALE, made, lanes) == Hit(part, tag)


def test_above_the_lanes_is_the_ruler_and_below_is_nothing() -> None:
    lanes = Lanes(BOOK, [STRETCH])
    made = bands(lanes.row_counts(), 100)
    assert hit(450, -1, SCALE, made, lanes) == Hit(Part.RULER)
    assert hit(450, 99, SCALE, made, lanes) == Hit(Part.EMPTY)


def test_a_narrow_stretch_still_has_a_body() -> None:
    tag = Tag("n", "a", Micros(500_000), Micros(509_000))
    lanes = Lanes(BOOK, [tag])
    made = bands(lanes.row_counts(), 100)
    parts = {hit(x, 10, SCALE, made, lanes).part for x in range(600, 610)}
    assert parts == {Part.START, Part.BODY, Part.END}


def test_an_edge_out_of_view_cannot_be_held() -> None:
    scale = Scale(Micros(301_000), Micros(50_000), 100, 1000)
    lanes = Lanes(BOOK, [STRETCH])
    made = bands(lanes.row_counts(), 100)
    assert hit(100, 10, scale, made, lanes).part is Part.BODY


@given(st.lists(st.integers(1, 6), min_size=1, max_size=20), st.integers(0, 600))
def test_bands_stand_one_below_the_other(counts: list[int], height: int) -> None:
    made = bands(counts, height)
    assert made[0].top == 0
    for one, two in pairwise(made):
        assert one.bottom == two.top
    for band, count in zip(made, counts, strict=True):
        assert band.row_height >= LOWEST_ROW
        assert band.row_top(0) >= band.top
        assert band.row_top(count - 1) + band.row_height <= band.bottom
        assert [band.row_at(band.row_top(n) + 1) for n in range(count)] == list(range(count))


@given(st.lists(st.integers(1, 6), min_size=1, max_size=20), st.floats(0, 2000))
def test_band_at_finds_the_band(counts: list[int], y: float) -> None:
    made = bands(counts, 200)
    number = band_at(made, y)
    if number is None:
        assert y >= made[-1].bottom
    else:
        assert made[number].top <= y < made[number].bottom


def test_eight_lanes_fit_a_low_timeline() -> None:
    assert total_height(bands([1] * 8, 138)) <= 138


def test_lanes_fill_the_height_where_they_can() -> None:
    assert total_height(bands([1] * 6, 188)) == 188

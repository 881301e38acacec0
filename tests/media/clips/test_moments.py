"""When pictures of several recordings are shown, and where, whatever they are like."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import MediaError
from annotator.media.clips.composition import Corner, Inset, Layout
from annotator.media.clips.moments import Running, moments_of
from annotator.media.clips.panes import board_of
from annotator.model import Interval, Micros

SECOND = 1_000_000
BOUNDS = Interval(Micros(2 * SECOND), Micros(5 * SECOND))


def running(rate: int, start: int, length: int) -> Running:
    """Give a recording of even frames that begins at a moment and lasts so many microseconds."""
    step = SECOND // rate
    times = tuple(Micros(at) for at in range(start, start + length, step))
    return Running(Fraction(rate), Interval(Micros(start), Micros(start + length)), times)


RUNNING = st.builds(
    running, st.integers(1, 60), st.integers(-SECOND, 6 * SECOND), st.integers(1, 5 * SECOND)
)


@given(st.lists(RUNNING, min_size=1, max_size=4))
def test_all_frames_of_the_fastest_have_their_moment(films: list[Running]) -> None:
    found = moments_of(films, BOUNDS)
    assert found[0] == BOUNDS.start
    assert [*found] == sorted(set(found))
    assert all(BOUNDS.contains(moment) for moment in found)
    fastest = max(films, key=lambda one: one.rate)
    assert {one for one in fastest.times if BOUNDS.contains(one)} <= set(found)


@given(st.lists(RUNNING, min_size=1, max_size=4))
def test_none_is_shown_long_after_it_has_ended_or_missed_when_it_begins(
    films: list[Running],
) -> None:
    found = moments_of(films, BOUNDS)
    for film in films:
        for edge in (film.span.start, film.span.end):
            if BOUNDS.contains(edge):
                after = [moment for moment in found if moment >= edge]
                assert after
                assert after[0] - edge < 10_000


def test_the_next_one_leads_where_the_fastest_does_not_run() -> None:
    slow, fast = running(10, 0, 6 * SECOND), running(50, 3 * SECOND, SECOND)
    found = moments_of([slow, fast], BOUNDS)
    gaps = [(one, other - one) for one, other in pairwise(found)]
    assert {gap for at, gap in gaps if at < 2_900_000} == {100_000}
    assert {gap for at, gap in gaps if 3 * SECOND <= at < 3_980_000} == {20_000}


SIZES = st.lists(st.tuples(st.integers(16, 4000), st.integers(16, 4000)), min_size=2, max_size=4)


@given(SIZES)
def test_panes_stand_apart_inside_and_on_even_pixels(sizes: list[tuple[int, int]]) -> None:
    canvas = board_of(Layout.SIDE, sizes)
    assert canvas.width <= 1960
    assert canvas.height <= 1100
    assert len(canvas.panes) == len(sizes)
    for at, one in enumerate(canvas.panes):
        numbers = (one.left, one.top, one.width, one.height, canvas.width, canvas.height)
        assert all(number >= 0 and number % 2 == 0 for number in numbers)
        assert one.width >= 2
        assert one.height >= 2
        assert one.left + one.width <= canvas.width
        assert one.top + one.height <= canvas.height
        for other in canvas.panes[at + 1 :]:
            beside = one.left + one.width < other.left or other.left + other.width < one.left
            assert beside or one.top + one.height < other.top


@given(SIZES, st.sampled_from(Corner), st.floats(0.01, 0.99))
def test_a_small_picture_stays_inside(
    sizes: list[tuple[int, int]], corner: Corner, share: float
) -> None:
    canvas = board_of(Layout.INSET, sizes[:2], Inset(corner, share))
    small = canvas.panes[1]
    assert 0 <= small.left <= small.left + small.width <= canvas.width
    assert 0 <= small.top <= small.top + small.height <= canvas.height
    assert small.height <= max(canvas.height / 2 + 2, 2)
    around = small.grown(canvas.line)
    assert around.left >= 0
    assert around.top >= 0


def test_too_few_and_too_many_are_said() -> None:
    for layout, count in (
        (Layout.ONE, 2),
        (Layout.SIDE, 1),
        (Layout.SIDE, 5),
        (Layout.INSET, 1),
        (Layout.INSET, 3),
    ):
        with pytest.raises(MediaError, match=f"{count} (is|are) chosen"):
            board_of(layout, [(192, 128)] * count)

"""The region cut into bins, and what a pass says of each."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import ExcludedSpan, Interval, Micros, Origin, Session, Tag
from annotator.model.bins import (
    Remainder,
    bin_states,
    bins_of,
    next_empty,
)
from tests.support.tapping import a_session, a_tag

S = 1_000_000


def framed(start: int, end: int, *excluded: tuple[int, int]) -> Session:
    spans = tuple(ExcludedSpan(Micros(a * S), Micros(b * S)) for a, b in excluded)
    return replace(a_session(), region=seconds(start, end), excluded=spans)


def seconds(start: float, end: float) -> Interval:
    return Interval(Micros(round(start * S)), Micros(round(end * S)))


def an_answer(name: str, code: str, start: float, end: float) -> Tag:
    return replace(a_tag(name, code, round(start * S), round(end * S)), origin=Origin.BIN)


def test_a_grid_starts_with_the_region_and_keeps_what_is_left() -> None:
    grid = bins_of(framed(5, 30), Micros(10 * S))
    assert [one.interval for one in grid] == [seconds(5, 15), seconds(15, 25), seconds(25, 30)]
    assert [one.number for one in grid] == [0, 1, 2]


@pytest.mark.parametrize(
    ("remainder", "last"), [(Remainder.DROP, (15, 25)), (Remainder.JOIN, (15, 30))]
)
def test_what_is_left_can_be_dropped_or_joined(remainder: Remainder, last: tuple[int, int]) -> None:
    assert bins_of(framed(5, 30), Micros(10 * S), remainder)[-1].interval == seconds(*last)


def test_a_region_shorter_than_a_bin() -> None:
    assert len(bins_of(framed(0, 5), Micros(10 * S))) == 1
    assert bins_of(framed(0, 5), Micros(10 * S), Remainder.JOIN) == ()


def test_excluded_time_trims_bins_and_takes_whole_ones_away() -> None:
    grid = bins_of(framed(0, 50, (8, 12), (14, 15), (20, 30), (30, 32)), Micros(10 * S))
    assert [(one.number, one.interval, one.counted // S) for one in grid] == [
        (0, seconds(0, 8), 8),
        (1, seconds(12, 20), 7),
        (3, seconds(32, 40), 8),
        (4, seconds(40, 50), 10),
    ]


def test_no_grid_without_a_length() -> None:
    with pytest.raises(ValueError, match="no grid"):
        bins_of(framed(0, 10), Micros(0))


def test_states_are_read_from_answers_alone() -> None:
    grid = bins_of(framed(0, 40), Micros(10 * S))
    tags = [
        an_answer("1", "noise", 0, 10),
        an_answer("2", "calm", 0, 10),
        a_tag("3", "noise", 10 * S, 20 * S),
        an_answer("4", "calm", 30, 40),
    ]
    states = bin_states(grid, tags)
    assert [state.codes for state in states] == [("calm", "noise"), (), (), ("calm",)]
    assert [state.codes for state in bin_states(grid, tags, {"noise"})] == [("noise",), (), (), ()]
    assert next_empty(states, Micros(15 * S)) == grid[1]
    assert next_empty(states, Micros(20 * S)) == grid[2]
    assert next_empty(states, Micros(35 * S)) == grid[1]
    assert next_empty(states[:1], Micros(0)) is None


def test_answers_hold_when_excluded_time_is_moved_and_a_finer_grid_has_its_own() -> None:
    grid = bins_of(framed(0, 40, (18, 20)), Micros(10 * S))
    fine, whole = an_answer("f", "calm", 0, 5), an_answer("w", "calm", 10, 20)
    states = bin_states(grid, [fine, whole])
    assert [state.tags for state in states] == [(), (whole,), (), ()]


@given(
    st.integers(0, 40),
    st.integers(1, 60),
    st.lists(st.tuples(st.integers(0, 100), st.integers(0, 20)), max_size=4),
    st.integers(1, 30),
)
def test_bins_cover_all_that_counts_once(
    start: int, length: int, excluded: list[tuple[int, int]], step: int
) -> None:
    spans = [(a, a + b) for a, b in excluded]
    grid = bins_of(framed(start, start + length, *spans), Micros(step * S))
    counted = [
        second
        for second in range(start, start + length)
        if not any(a <= second < b for a, b in spans)
    ]
    assert sum(one.counted for one in grid) == len(counted) * S
    for one in grid:
        assert one.cell.start <= one.interval.start < one.interval.end <= one.cell.end
    for before, after in pairwise(grid):
        assert before.interval.end <= after.interval.start

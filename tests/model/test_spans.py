"""Stretches of time taken together."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Interval, Micros
from annotator.model.spans import merged, shared, shifted, total, union, without

SPANS = st.lists(st.tuples(st.integers(0, 90), st.integers(0, 20)), max_size=12).map(
    lambda pairs: [span(start, start + length) for start, length in pairs]
)
WITHIN = (10, 80)


def span(start: int, end: int) -> Interval:
    return Interval(Micros(start), Micros(end))


def test_stretches_move_to_the_clock_of_a_recording() -> None:
    assert shifted([span(3, 4)], Micros(-2)) == (span(1, 2),)


def test_those_that_touch_are_one_and_those_of_no_length_none() -> None:
    assert union([span(5, 7), span(1, 3), span(9, 9), span(3, 4)]) == (span(1, 4), span(5, 7))


@given(SPANS)
def test_what_is_merged_and_what_is_left_make_up_the_whole(spans: list[Interval]) -> None:
    within = span(*WITHIN)
    taken, free = merged(spans, within), without([within], spans)
    assert total((*taken, *free)) == within.length
    together = sorted([*taken, *free])
    assert all(a.end == b.start for a, b in pairwise(together))
    for moment in range(*WITHIN):
        is_taken = any(one.start <= moment < one.end for one in spans)
        assert any(one.contains(Micros(moment)) for one in taken) is is_taken


@given(SPANS, SPANS)
def test_what_is_shared_lies_in_both(first: list[Interval], second: list[Interval]) -> None:
    found = shared(union(first), union(second))
    for moment in range(111):
        in_both = all(any(a.start <= moment < a.end for a in each) for each in (first, second))
        assert any(one.start <= moment < one.end for one in found) is in_both

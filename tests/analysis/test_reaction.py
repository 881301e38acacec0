"""A coder's reaction time, from the times of the answers to signals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.reaction import Answer, Reaction, answer_of, reaction_from
from annotator.errors import AnnotatorError
from annotator.model import Micros

MS = 1000
TIMES = [ms * MS for ms in range(300, 400, 10)]


def test_the_delay_is_the_median_of_the_answers() -> None:
    assert reaction_from(TIMES, 10, 0) == Reaction(
        Micros(345_000), Micros(37_065), used=10, outlying=0, missed=0, early=0
    )


def test_a_slow_press_is_put_aside() -> None:
    found = reaction_from([*TIMES[:9], 1_400 * MS], 10, 0)
    assert (found.delay, found.used, found.outlying) == (340_000, 9, 1)


def test_signals_without_an_answer_and_early_presses_are_counted() -> None:
    found = reaction_from(TIMES[:8], 10, 3)
    assert (found.used, found.missed, found.early) == (8, 2, 3)


@pytest.mark.parametrize(
    ("took", "answer"),
    [
        (0, Answer.EARLY),
        (99_999, Answer.EARLY),
        (100_000, Answer.COUNTED),
        (1_500_000, Answer.COUNTED),
        (1_500_001, Answer.LATE),
    ],
)
def test_a_press_answers_from_a_tenth_of_a_second_on(took: int, answer: Answer) -> None:
    signal = Micros(7_000_000)
    assert answer_of(signal, Micros(signal + took)) is answer


def test_equal_times_have_no_spread() -> None:
    found = reaction_from([250 * MS] * 10, 10, 0)
    assert (found.delay, found.spread, found.used) == (250_000, 0, 10)


@pytest.mark.parametrize("times", [[], TIMES[:7]])
def test_too_few_answers_tell_nothing(times: list[int]) -> None:
    with pytest.raises(AnnotatorError, match="Do the exercise again"):
        reaction_from(times, 10, 0)


@given(st.lists(st.integers(100 * MS, 1_500 * MS), min_size=10, max_size=10))
def test_the_delay_lies_among_the_answers_in_any_order(times: list[int]) -> None:
    found = reaction_from(times, 10, 0)
    assert min(times) <= found.delay <= max(times)
    assert found.used + found.outlying == 10
    assert found == reaction_from(times[::-1], 10, 0)

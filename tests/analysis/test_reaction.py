"""A coder's reaction time, from signals and presses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.reaction import Reaction, reaction_of
from annotator.errors import AnnotatorError
from annotator.model import Micros

SIGNALS = [Micros(n * 3_000_000) for n in range(10)]
TIMES = [300, 310, 320, 330, 340, 350, 360, 370, 380, 390]


def pressed(times_ms: list[int]) -> list[Micros]:
    return [Micros(at + ms * 1000) for at, ms in zip(SIGNALS, times_ms, strict=False)]


def test_the_delay_is_the_median_of_the_answers() -> None:
    assert reaction_of(SIGNALS, pressed(TIMES)) == Reaction(
        Micros(345_000), Micros(37_065), used=10, outlying=0, missed=0, early=0
    )


def test_a_slow_press_is_put_aside() -> None:
    found = reaction_of(SIGNALS, pressed([*TIMES[:9], 1_400]))
    assert (found.delay, found.used, found.outlying) == (340_000, 9, 1)


def test_presses_that_are_early_or_too_late_answer_nothing() -> None:
    presses = [*pressed(TIMES[:8]), Micros(SIGNALS[8] + 50_000), Micros(SIGNALS[9] + 1_600_000)]
    found = reaction_of(SIGNALS, presses)
    assert (found.used, found.missed, found.early) == (8, 2, 2)


def test_only_the_first_press_answers() -> None:
    presses = [*pressed(TIMES), *pressed([900] * 10)]
    found = reaction_of(SIGNALS, presses)
    assert (found.delay, found.early) == (345_000, 10)


def test_an_answer_belongs_to_the_signal_before_it() -> None:
    signals = [Micros(n * 500_000) for n in range(10)]
    late = [Micros(at + 700_000) for at in signals]
    assert reaction_of(signals, late).delay == 200_000


def test_equal_times_have_no_spread() -> None:
    found = reaction_of(SIGNALS, pressed([250] * 10))
    assert (found.delay, found.spread, found.used) == (250_000, 0, 10)


@pytest.mark.parametrize("presses", [[], pressed(TIMES[:7])])
def test_too_few_answers_tell_nothing(presses: list[Micros]) -> None:
    with pytest.raises(AnnotatorError, match="Do the exercise again"):
        reaction_of(SIGNALS, presses)


@given(st.lists(st.integers(100, 1_500), min_size=10, max_size=10))
def test_the_delay_lies_among_the_answers_in_any_order(times: list[int]) -> None:
    presses = pressed(times)
    found = reaction_of(SIGNALS[::-1], presses[::-1])
    assert min(times) * 1000 <= found.delay <= max(times) * 1000
    assert found.used + found.outlying == 10
    assert found == reaction_of(SIGNALS, presses)

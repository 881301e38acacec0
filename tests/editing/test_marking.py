"""Pressing keys: instants at once, stretches at the second press."""

from __future__ import annotations

from annotator.editing.marking import Marking, RunningSpan
from annotator.model import Interval, Micros
from tests.support.edits import BOOK

REFLECTION, _, SILENCE = BOOK.codes


def test_a_point_code_tags_the_instant() -> None:
    marking, interval = Marking().pressed(REFLECTION, Micros(40_000))
    assert interval == Interval(Micros(40_000), Micros(40_000))
    assert marking == Marking()


def test_a_span_code_runs_until_its_second_press() -> None:
    begun, nothing = Marking().pressed(SILENCE, Micros(40_000))
    assert nothing is None
    assert begun.running == (RunningSpan("silence", Micros(40_000)),)
    ended, interval = begun.pressed(SILENCE, Micros(90_000))
    assert interval == Interval(Micros(40_000), Micros(90_000))
    assert ended.running == ()


def test_a_second_press_earlier_on_the_film_turns_the_stretch_round() -> None:
    begun, _ = Marking().pressed(SILENCE, Micros(90_000))
    _, interval = begun.pressed(SILENCE, Micros(40_000))
    assert interval == Interval(Micros(40_000), Micros(90_000))


def test_a_second_press_on_the_same_frame_changes_nothing() -> None:
    begun, _ = Marking().pressed(SILENCE, Micros(90_000))
    again, interval = begun.pressed(SILENCE, Micros(90_000))
    assert interval is None
    assert again is begun


def test_giving_up_leaves_the_others_running() -> None:
    marking = Marking((RunningSpan("a", Micros(1)), RunningSpan("b", Micros(2))))
    assert marking.without(marking.running[1]).running == (RunningSpan("a", Micros(1)),)

"""Clips know their length and which of their pauses count."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.clip import Clip, Pause
from annotator.model.time import Interval, Micros

CLIP = Clip("c1", Micros(10), Micros(20))


def at(*times: int) -> tuple[Pause, ...]:
    return tuple(Pause(Micros(time), f"at {time}") for time in times)


def test_a_clip_is_a_half_open_stretch() -> None:
    assert CLIP.interval == Interval(Micros(10), Micros(20))
    assert CLIP.length == 10


@pytest.mark.parametrize("end", [10, 9])
def test_a_clip_without_length_is_none(end: int) -> None:
    with pytest.raises(ValueError, match="clip ends"):
        replace(CLIP, end=Micros(end))


def test_it_stops_in_order_and_only_inside() -> None:
    clip = replace(CLIP, pauses=at(20, 19, 9, 10, 15))
    assert [pause.time for pause in clip.stops] == [10, 15, 19]


def test_two_questions_of_one_moment_stay_in_the_order_given() -> None:
    pauses = (Pause(Micros(12), "second"), Pause(Micros(11), "first"), Pause(Micros(12), "third"))
    assert [one.question for one in replace(CLIP, pauses=pauses).stops] == [
        "first",
        "second",
        "third",
    ]


@given(st.lists(st.integers(-50, 50)), st.integers(-50, 49), st.integers(1, 60))
def test_trimming_and_widening_loses_no_pause(times: list[int], start: int, length: int) -> None:
    wide = Clip("c", Micros(-50), Micros(51), pauses=at(*times))
    narrow = replace(wide, start=Micros(start), end=Micros(start + length))
    assert all(narrow.interval.contains(one.time) for one in narrow.stops)
    again = replace(narrow, start=wide.start, end=wide.end)
    assert again.stops == wide.stops
    assert len(wide.stops) == len(times)

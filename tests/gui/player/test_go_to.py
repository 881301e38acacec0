"""What is typed to go somewhere reaches the very frame that was read off."""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.player.go_to import FrameTarget, TimeTarget, read_target
from annotator.gui.player.words import frame_words, grouped
from annotator.model.time import Micros, from_clock, to_clock

RATES = [Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001), Fraction(60), Fraction(240)]
AN_HOUR_AT_240 = 864_000


def frame_time(index: int, rate: Fraction, start: int) -> int:
    return start + round(index * 1_000_000 / rate)


def frame_on_screen(time: int, near: int, rate: Fraction, start: int) -> int:
    first = max(near - 20, 0)
    times = [frame_time(index, rate, start) for index in range(first, near + 20)]
    return first + bisect_right(times, time) - 1


@given(
    st.integers(0, AN_HOUR_AT_240),
    st.sampled_from(RATES),
    st.integers(0, 3_000_000),
)
def test_a_time_read_off_reaches_its_frame(index: int, rate: Fraction, start: int) -> None:
    shown = to_clock(Micros(frame_time(index, rate, start)))
    target = read_target(shown)
    assert isinstance(target, TimeTarget)
    assert frame_on_screen(target.time, index, rate, start) == index


def test_without_the_rest_of_the_millisecond_the_frame_before_would_be_shown() -> None:
    rate, index = Fraction(24000, 1001), 2001
    shown = to_clock(Micros(frame_time(index, rate, 0)))
    assert shown == "0:01:23.458"
    assert frame_on_screen(from_clock(shown), index, rate, 0) == index - 1
    assert read_target(shown) == TimeTarget(Micros(83_458_999))


@given(st.integers(-3_000_000, -1), st.sampled_from(RATES))
def test_a_time_before_zero_read_off_reaches_its_frame(start: int, rate: Fraction) -> None:
    target = read_target(to_clock(Micros(start)))
    assert isinstance(target, TimeTarget)
    assert frame_on_screen(target.time, 0, rate, start) == 0


@pytest.mark.parametrize(
    ("text", "micros"),
    [
        ("83.48", 83_480_999),
        ("1:23.48", 83_480_999),
        ("0:01:23.480", 83_480_999),
        (" 0:01:23,480 ", 83_480_999),
        ("83", 83_000_999),
        ("83.4583", 83_458_300),
        ("83.458333", 83_458_333),
        ("0", 999),
    ],
)
def test_times_are_read(text: str, micros: int) -> None:
    assert read_target(text) == TimeTarget(Micros(micros))


@pytest.mark.parametrize("text", ["f2084", "F2084", "#2084", "f 2 084", "frame 2084", " #2084 "])
def test_frames_are_read(text: str) -> None:
    assert read_target(text) == FrameTarget(2084)


def test_a_frame_number_is_read_as_the_readout_writes_it() -> None:
    words = frame_words(2084, 2502, Micros(0))
    assert read_target(words[1]) == FrameTarget(2084)
    assert read_target(f"f{grouped(1_234_567)}") == FrameTarget(1_234_567)


@pytest.mark.parametrize(
    "text", ["", " ", "f", "#", "f-1", "f2.5", "abc", "1:2:3:4", "1:23.", "0.1234567", "²", "f²"]
)
def test_anything_else_is_not_read(text: str) -> None:
    assert read_target(text) is None


@given(st.text(max_size=24))
def test_no_text_makes_trouble(text: str) -> None:
    target = read_target(text)
    assert target is None or isinstance(target, FrameTarget | TimeTarget)

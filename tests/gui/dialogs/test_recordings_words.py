"""The words of the window of recordings, and what can be typed there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.dialogs.recordings_words import (
    align_problem,
    facts_words,
    file_name,
    offset_text,
    offset_words,
    read_offset,
    read_shape,
    short_offset,
    step_of,
    turn_words,
)
from annotator.model import Micros
from tests.support.recordings import CLIENT, FILM, RECORDER, SILENT


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("0.48", 480_000),
        ("+0.480 s", 480_000),
        ("-0,48", -480_000),
        ("\N{MINUS SIGN} 0.480123", -480_123),
        ("+0:01.480", 1_480_000),
        ("-1:02:03", -3_723_000_000),
        (" 2 seconds ", 2_000_000),
    ],
)
def test_an_offset_is_read_as_people_write_it(text: str, offset: int) -> None:
    assert read_offset(text) == offset


@pytest.mark.parametrize("text", ["", "soon", "+", "--1", "1.2.3", "s", "1000000000", "0.1234567"])
def test_what_is_no_offset_is_not_read(text: str) -> None:
    assert read_offset(text) is None


@given(st.integers(min_value=-(10**13), max_value=10**13))
def test_an_offset_written_is_read_back_to_the_microsecond(offset: int) -> None:
    assert read_offset(offset_text(Micros(offset))) == offset


def test_an_offset_is_told_in_words() -> None:
    assert offset_words(Micros(480_000)) == "0.480 s after the first recording."
    assert offset_words(Micros(-61_000_000)) == "0:01:01.000 before the first recording."
    assert offset_words(Micros(0)) == "Together with the first recording."
    assert short_offset(Micros(480_499)) == "+0.480 s"
    assert short_offset(Micros(-480_500)) == "\N{MINUS SIGN}0.481 s"
    assert short_offset(Micros(59_999_900)) == "+0:01:00.000"


def test_a_step_is_a_frame_of_that_recording() -> None:
    assert step_of(FILM) == 40_000
    assert step_of(CLIENT) == 33_367
    assert step_of(RECORDER) == 10_000


@pytest.mark.parametrize("rate", ["", "0/0", "0", "unknown"])
def test_a_film_of_unknown_rate_still_has_a_step(rate: str) -> None:
    assert FILM.video is not None
    odd = replace(FILM, video=replace(FILM.video, rate=rate))
    assert step_of(odd) == 40_000
    assert "frames" not in facts_words(odd)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("5:4", "5:4"),
        ("16 / 9", "16:9"),
        ("720x576", "5:4"),
        ("1.85", "37:20"),
        ("2,39", "239:100"),
        ("21:9", "21:9"),
        ("42:18", "7:3"),
    ],
)
def test_a_shape_is_read_as_people_write_it(text: str, shape: str) -> None:
    assert read_shape(text) == shape


@pytest.mark.parametrize("text", ["", "wide", "4:0", "0:3", "0", "100:1", "4:3:2", "-4:3"])
def test_what_is_no_shape_is_not_read(text: str) -> None:
    assert read_shape(text) is None


def test_the_facts_of_a_recording_fit_one_line() -> None:
    assert facts_words(CLIENT) == "0:45:12 · 1920 × 1080 · 29.97 frames a second · 2 sound tracks"
    assert facts_words(RECORDER) == "0:45:12 · sound alone"
    assert facts_words(SILENT).endswith("no sound")
    assert file_name(CLIENT) == "client.mov"


def test_aligning_needs_sound_in_both() -> None:
    assert align_problem(CLIENT, FILM, is_busy=False) == ""
    assert "no sound" in align_problem(SILENT, FILM, is_busy=False)
    assert "first recording" in align_problem(CLIENT, SILENT, is_busy=False)
    assert "Another" in align_problem(CLIENT, FILM, is_busy=True)


def test_turns_have_words() -> None:
    words = [turn_words(turn) for turn in (0, 90, 180, 270)]
    assert words == ["as the film says", "turned right", "upside down", "turned left"]

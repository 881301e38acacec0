"""Silences are where nobody speaks, whatever noise the recording has."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.media.levels import PlacedLevels, levels_of_segment
from annotator.media.loudness import loudness_of
from annotator.media.segment import AudioSegment
from annotator.media.silences import find_common_silences, find_silences
from annotator.model import SECOND, Micros
from tests.support.shapes import levels_of
from tests.support.talks import (
    RATE,
    Sound,
    gain,
    hum,
    levels_from,
    noise,
    seconds_of,
    segment_of,
    talk,
)

SAMPLE = Path(__file__).parents[2] / "samples" / "first-session"
SILENCES = [(10.0, 14.0), (25.0, 31.5), (40.0, 41.0)]
LONG = SILENCES[:2]
MINUTE = 60.0
TALK = talk(MINUTE, SILENCES)


def rumble(decibels: float) -> Sound:
    """Make uneven noise of low pitch, as of traffic."""
    low = np.convolve(noise(MINUTE, 0), np.ones(400) / 400, "same")
    return low / low.std() * gain(decibels)


def test_sample_has_its_two_long_silences_and_nothing_else() -> None:
    truth = json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))["silences"]
    levels = levels_of(SAMPLE / "first-session.mp4")
    found = seconds_of(find_silences(levels))
    expected = [(one["start"], one["end"]) for one in truth if one["length"] >= 3]
    assert len(found) == len(expected) == 2
    assert np.array(found) == pytest.approx(np.array(expected), abs=0.05)


@pytest.mark.parametrize(
    "sound",
    [
        pytest.param(TALK, id="digital zero"),
        pytest.param(TALK + noise(MINUTE, -80), id="clean"),
        pytest.param(TALK + noise(MINUTE, -60), id="room"),
        pytest.param(TALK + noise(MINUTE, -42), id="hiss"),
        pytest.param(TALK + hum(MINUTE, -45), id="hum"),
        pytest.param(TALK + rumble(-50), id="rumble"),
        pytest.param((TALK + noise(MINUTE, -50)) * gain(-45), id="very quiet"),
        pytest.param((TALK + noise(MINUTE, -50)) * gain(-55), id="some steps of 16 bit"),
        pytest.param((TALK + noise(MINUTE, -60)) * gain(30), id="clipped"),
    ],
)
def test_any_noise_floor(sound: Sound) -> None:
    found = seconds_of(find_silences(levels_from(sound)))
    assert len(found) == 2
    assert np.array(found) == pytest.approx(np.array(LONG), abs=0.05)


def test_what_is_muted_does_not_hide_the_floor_of_the_rest() -> None:
    sound = TALK + noise(MINUTE, -60)
    sound[35 * RATE :] = 0
    assert seconds_of(find_silences(levels_from(sound))) == [*LONG, (35.0, 60.0)]


def test_a_minute_of_talk_in_an_hour_is_found() -> None:
    levels = levels_from(talk(1800, [(0, 900), (960, 1800)]) + noise(1800, -60))
    assert seconds_of(find_silences(levels)) == [(0, 900), (960, 1800)]


def test_talk_without_a_silence() -> None:
    assert find_silences(levels_from(talk(MINUTE, []) + noise(MINUTE, -60))) == ()


def test_music_is_no_silence() -> None:
    dice = np.random.default_rng(3)
    notes = [
        hum(0.25, float(dice.uniform(-30, -20)), 220 * 2 ** (int(dice.integers(24)) / 12))
        * np.linspace(1, 0.2, RATE // 4)
        for _ in range(240)
    ]
    assert find_silences(levels_from(np.concatenate(notes) + noise(MINUTE, -70))) == ()


@pytest.mark.parametrize(
    "sound",
    [
        pytest.param(noise(MINUTE, -25), id="loud hiss"),
        pytest.param(noise(MINUTE, -60), id="hiss"),
        pytest.param(hum(MINUTE, -40), id="hum"),
        pytest.param(np.zeros(60 * RATE), id="digital zero"),
    ],
)
def test_steady_noise_is_one_silence(sound: Sound) -> None:
    levels = levels_from(sound)
    assert loudness_of(levels.mixed(), levels.step) is None
    assert seconds_of(find_silences(levels)) == [(0, 60)]


@pytest.mark.parametrize("seconds", [0.0, 0.001, 0.02, 2.0])
def test_too_short_for_a_silence(seconds: float) -> None:
    assert find_silences(levels_from(noise(seconds, -60))) == ()
    assert find_silences(levels_from(noise(seconds, -60)), level=-20) == ()


def test_a_click_does_not_end_a_silence_and_a_word_does() -> None:
    sound = TALK + noise(MINUTE, -60)
    clicked, answered = sound.copy(), sound.copy()
    clicked[28 * RATE : 28 * RATE + 600] += noise(600 / RATE, -15)
    answered[28 * RATE : 28 * RATE + 4800] += noise(0.3, -35)
    assert seconds_of(find_silences(levels_from(clicked))) == LONG
    assert seconds_of(find_silences(levels_from(answered))) == [
        LONG[0],
        (25.0, 28.0),
        (28.3, 31.5),
    ]


def test_a_voice_that_dies_away_belongs_to_the_talk() -> None:
    sound = talk(MINUTE, LONG)
    tail = noise(0.15, -53, seed=9)
    sound[25 * RATE : 25 * RATE + len(tail)] += tail
    found = seconds_of(find_silences(levels_from(sound + noise(MINUTE, -62))))
    assert found[1] == pytest.approx((25.15, 31.5), abs=0.02)


def test_minimum() -> None:
    levels = levels_from(TALK + noise(MINUTE, -60))
    assert seconds_of(find_silences(levels, minimum=SECOND)) == SILENCES
    assert seconds_of(find_silences(levels, minimum=Micros(5 * SECOND))) == [SILENCES[1]]


def test_padding_is_taken_from_both_ends_and_never_turns_them_round() -> None:
    levels = levels_from(TALK + noise(MINUTE, -60))
    padded = find_silences(levels, padding=Micros(500_000))
    assert seconds_of(padded) == [(10.5, 13.5), (25.5, 31.0)]
    assert seconds_of(find_silences(levels, padding=Micros(2 * SECOND))) == [(27, 29.5)]


def test_a_segment_does_as_well() -> None:
    sound = segment_of(TALK + noise(MINUTE, -60))
    assert find_silences(sound) == find_silences(levels_of_segment(sound))
    assert seconds_of(find_silences(sound)) == LONG


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 1000),
    level=st.floats(-70, -15),
    floor=st.floats(-70, -35),
    minimum=st.sampled_from((200, 350, 1000)),
    step=st.sampled_from((5, 10, 25)),
)
def test_with_a_level_the_same_as_pydub(
    seed: int, level: float, floor: float, minimum: int, step: int
) -> None:
    from pydub.silence import detect_silence  # noqa: PLC0415 segment.py has kept pydub quiet

    sound = talk(6, [(1, 1.7), (3, 4.6)], seed=seed) + noise(6, floor, seed)
    segment: AudioSegment = segment_of(sound, sound * 0.4)
    expected = detect_silence(segment, minimum, level, step)
    levels = levels_of_segment(segment, Micros(step * 1000))
    found = find_silences(levels, minimum=Micros(minimum * 1000), level=level)
    spans = [[one.start // 1000, one.end // 1000] for one in found]
    assert len(spans) == len(expected)
    assert np.array(spans) == pytest.approx(np.array(expected), abs=step)


def test_together_silent_is_where_both_are() -> None:
    one = talk(MINUTE, [(10, 20), (40, 50)], seed=5) + noise(MINUTE, -60)
    other = talk(MINUTE, [(15, 25), (30, 34)], seed=6) * gain(-20) + noise(MINUTE, -75)
    tracks = [PlacedLevels(levels_from(one)), PlacedLevels(levels_from(other))]
    assert seconds_of(find_common_silences(tracks)) == [(15, 20)]
    late = [tracks[0], PlacedLevels(tracks[1].levels, Micros(-5 * SECOND))]
    assert seconds_of(find_common_silences(late)) == [(10, 20)]


def test_offset_moves_what_is_found() -> None:
    levels = levels_from(TALK + noise(MINUTE, -60))
    (first, _) = find_common_silences([PlacedLevels(levels, Micros(1_234_567))])
    assert (first.start, first.end) == (11_234_567, 15_234_567)

"""Shifts drawn at random: far enough, not too far, and different each time."""

from __future__ import annotations

import numpy as np
import pytest

from annotator.media.voice_shift import (
    FORMANTS_DOWN,
    FORMANTS_UP,
    PITCH_DOWN,
    PITCH_UP,
    VoiceShift,
    drawn,
    pitch_of,
)
from tests.support.vowels import RATE, vowel


def is_in(value: float, *ranges: tuple[float, float]) -> bool:
    return any(low <= value <= high for low, high in ranges)


def test_shifts_are_drawn_from_their_ranges_and_go_all_ways() -> None:
    shifts = [drawn() for _ in range(300)]
    assert all(is_in(one.pitch, PITCH_UP, PITCH_DOWN) for one in shifts)
    assert all(is_in(one.formants, FORMANTS_UP, FORMANTS_DOWN) for one in shifts)
    assert len({(one.pitch > 1, one.formants > 1) for one in shifts}) == 4
    assert len(set(shifts)) == 300


def test_no_shift_beyond_an_octave() -> None:
    with pytest.raises(ValueError, match="octave"):
        VoiceShift(2.5, 1.0)
    with pytest.raises(ValueError, match="octave"):
        VoiceShift(1.0, 0.4)


def test_low_voices_get_higher_formants_and_high_ones_lower() -> None:
    low, high = [drawn(100) for _ in range(60)], [drawn(220) for _ in range(60)]
    assert all(is_in(one.formants, FORMANTS_UP) for one in low)
    assert all(is_in(one.formants, FORMANTS_DOWN) for one in high)
    for shifts in (low, high):
        assert {one.pitch > 1 for one in shifts} == {True, False}


@pytest.mark.parametrize("hertz", [90, 140, 230])
def test_the_pitch_of_a_voice_is_measured(hertz: float) -> None:
    quiet = np.zeros((1, RATE), np.float32)
    sound = np.concatenate([quiet, vowel(1, hertz, (500, 1500, 2500)), quiet], axis=1)
    assert pitch_of(sound, RATE) == pytest.approx(hertz, rel=0.02)
    assert pitch_of(quiet, RATE) is None

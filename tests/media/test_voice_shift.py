"""Shifts drawn at random: far enough, not too far, and different each time."""

from __future__ import annotations

import pytest

from annotator.media.voice_shift import (
    FORMANTS_DOWN,
    FORMANTS_UP,
    PITCH_DOWN,
    PITCH_UP,
    VoiceShift,
    drawn,
)


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

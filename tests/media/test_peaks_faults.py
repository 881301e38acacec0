"""Peaks of what is damaged, missing or something else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from annotator.errors import MediaError
from annotator.media.peaks import STEP
from tests.support.damage import spoil
from tests.support.shapes import peaks_of
from tests.support.sounds import write_floats, write_tone
from tests.support.timing_clips import TRUNCATED, UNPLAYABLE, ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]


@pytest.mark.parametrize("kind", [*UNPLAYABLE, ClipKind.NO_AUDIO])
def test_what_has_no_sound_is_refused(clip_of: ClipOf, kind: ClipKind) -> None:
    with pytest.raises(MediaError):
        peaks_of(clip_of(kind).path)


@pytest.mark.parametrize("track", [-1, 1])
def test_a_track_that_is_not_there_is_refused(clip_of: ClipOf, track: int) -> None:
    with pytest.raises(MediaError, match="no sound track"):
        peaks_of(clip_of(ClipKind.FPS_25).path, track=track)


@pytest.mark.parametrize("kind", TRUNCATED)
def test_a_film_that_breaks_off_has_peaks_up_to_there(clip_of: ClipOf, kind: ClipKind) -> None:
    peaks = peaks_of(clip_of(kind).path)
    assert 1_000_000 < peaks.duration < 6_000_000
    assert peaks.loudest > 8000


def test_damage_in_the_middle_keeps_what_comes_after(clip_of: ClipOf, tmp_path: Path) -> None:
    clip = clip_of(ClipKind.AUDIO_ONLY)
    _, missing, last = (at // STEP for at in clip.clicks[0])
    finest = peaks_of(spoil(clip.path, tmp_path / "damaged.m4a", 1, 1.5)).finest
    assert finest[1, last : last + 2].max() > 8000
    assert (finest[0, missing : missing + 20] > finest[1, missing : missing + 20]).all()


def test_numbers_that_are_none(tmp_path: Path) -> None:
    sound = np.zeros(48_000, np.float32)
    sound[[1_000, 20_000, 30_000]] = np.nan, np.inf, -1e30
    finest = peaks_of(write_floats(tmp_path / "x.wav", sound)).finest
    assert finest[1].max() == 32767
    assert finest[0].min() == -32767
    assert not finest[:, 1_000 // 240].any()


def test_nothing_but_damage_is_refused(tmp_path: Path) -> None:
    whole = write_tone(tmp_path / "x.wav", 440, 1).read_bytes()
    path = tmp_path / "y.wav"
    path.write_bytes(whole[:44])
    with pytest.raises(MediaError):
        peaks_of(path)

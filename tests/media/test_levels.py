"""Levels are those of the samples, wherever the track begins."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from annotator.media import open_audio
from annotator.media.levels import levels_of_segment
from annotator.media.segment import to_segment
from annotator.media.timebase import samples_at
from annotator.model import Interval, Micros
from tests.support.shapes import levels_of
from tests.support.sounds import write_tone
from tests.support.talks import noise, segment_of, write_sound
from tests.support.timing_clips import TRUNCATED, UNPLAYABLE, ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]
WITH_SOUND = [k for k in ClipKind if k not in (*UNPLAYABLE, *TRUNCATED, ClipKind.NO_AUDIO)]
STEP = Micros(10_000)


@pytest.mark.parametrize("kind", WITH_SOUND)
def test_levels_are_those_of_the_exact_samples(clip_of: ClipOf, kind: ClipKind) -> None:
    path = clip_of(kind).path
    levels = levels_of(path)
    with open_audio(path) as audio:
        size = samples_at(STEP, audio.rate)
        assert audio.rate % 100 == 0
        sound = audio.read_samples(0, len(levels.power) * size)
        begins = audio.start
    expected = np.square(sound).reshape(-1, size, levels.channels).mean(axis=1)
    covered = ~np.isnan(levels.power[:, 0])
    whole = covered[:-1]  # the last step may not be full
    assert levels.power[:-1][whole] == pytest.approx(expected[:-1][whole], abs=1e-5, rel=1e-2)
    assert np.flatnonzero(covered)[0] == pytest.approx(begins / size, abs=1)


def test_what_a_late_track_does_not_cover_is_a_gap(clip_of: ClipOf) -> None:
    path = clip_of(ClipKind.LATE_AUDIO).path
    levels = levels_of(path)
    with open_audio(path) as audio:
        start = audio.start * 1_000_000 // audio.rate
    (gap,) = levels.gaps()
    assert start > 100_000
    assert gap.start == 0
    assert gap.end == pytest.approx(start, abs=STEP)


@pytest.mark.parametrize("rate", [8000, 11_025, 22_050, 44_100])
def test_any_rate(tmp_path: Path, rate: int) -> None:
    path = write_tone(tmp_path / "tone.wav", 1000, 2.0, rate)
    levels = levels_of(path)
    assert levels.duration == 2_000_000
    assert levels.power[:, 0] == pytest.approx(0.125, rel=0.02)


def test_file_and_segment_agree(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav", noise(3.003, -30), noise(3.003, -50, 2))
    levels = levels_of(path, step=Micros(1000))
    with open_audio(path) as audio:
        segment = to_segment(audio, Micros(0), audio.duration)
    assert levels.power == pytest.approx(levels_of_segment(segment, Micros(1000)).power, rel=1e-4)
    left, right = (10 * np.log10(levels.channel(n).power.mean()) for n in (0, 1))
    assert (left, right) == pytest.approx((-30, -50), abs=0.2)


def test_mixed_is_what_pydub_measures() -> None:
    segment = segment_of(noise(1, -30), noise(1, -50, 2))
    mean = levels_of_segment(segment).mixed().mean()
    assert np.sqrt(mean) * 32768 == pytest.approx(segment.rms, abs=1)


def test_no_gap_in_a_whole_track() -> None:
    assert levels_of_segment(segment_of(noise(1, -30))).gaps() == ()


def test_a_hole_is_a_gap() -> None:
    levels = levels_of_segment(segment_of(noise(1, -30)))
    levels.power[20:30] = np.nan
    assert levels.gaps() == (Interval(Micros(200_000), Micros(300_000)),)

"""Peaks hold every sample's swing where it belongs, at any zoom."""

from __future__ import annotations

import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from annotator.media import open_audio
from annotator.media.peaks import STEP, Peaks
from annotator.model import Micros
from tests.support.shapes import peaks_of
from tests.support.sounds import write_wav
from tests.support.timing_clips import TRUNCATED, UNPLAYABLE, ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]
WITH_SOUND = [k for k in ClipKind if k not in (*UNPLAYABLE, *TRUNCATED, ClipKind.NO_AUDIO)]
BIN = 5_000  # microseconds


@pytest.mark.parametrize("kind", WITH_SOUND)
def test_clicks_stand_in_their_bins(clip_of: ClipOf, kind: ClipKind) -> None:
    clip = clip_of(kind)
    for track, moments in enumerate(clip.clicks):
        finest = peaks_of(clip.path, track).finest
        loud = np.flatnonzero(finest[1] > 8000)
        starts = loud[np.diff(loud, prepend=-10) > 10]
        assert starts * BIN == pytest.approx(np.array(moments), abs=BIN)


def test_each_bin_is_the_lowest_and_highest_of_its_samples(clip_of: ClipOf) -> None:
    path = clip_of(ClipKind.PCM_SOUND).path
    peaks = peaks_of(path)
    with open_audio(path) as audio:
        sound = audio.read_samples(0, audio.end)[:, 0]
    bins = np.rint(sound[: len(sound) // 240 * 240] * 32767).reshape(-1, 240)
    assert peaks.step == BIN
    assert np.array_equal(peaks.finest[0, : len(bins)], bins.min(axis=1))
    assert np.array_equal(peaks.finest[1, : len(bins)], bins.max(axis=1))
    assert peaks.loudest == np.abs(peaks.finest.astype(int)).max()


@pytest.mark.parametrize("rate", [8_000, 11_025, 22_050, 44_100, 96_000])
def test_rates_that_no_bin_divides(tmp_path: Path, rate: int) -> None:
    sound = np.zeros(rate * 20)
    sound[int(rate * 17.5)] = 0.9
    peaks = peaks_of(write_wav(tmp_path / "x.wav", sound, rate))
    low, high = peaks.window(Micros(17_490_000), Micros(17_510_000), 4)
    assert high[1:3].max() > 29_000
    assert low.min() == 0
    assert peaks.duration == pytest.approx(20_000_000, abs=BIN)


def test_sound_that_begins_late_is_missing_before(clip_of: ClipOf) -> None:
    peaks = peaks_of(clip_of(ClipKind.LATE_AUDIO).path)
    low, high = peaks.window(Micros(0), Micros(1_000_000), 10)
    assert (low > high).tolist() == [True] * 5 + [False] * 5


def some_peaks(bins: int = 5000, seed: int = 1) -> Peaks:
    some = np.random.default_rng(seed)
    values = np.sort(some.integers(-32768, 32767, (2, bins)), axis=0).astype(np.int16)
    return Peaks(STEP, values)


def touched(peaks: Peaks, start: int, end: int, pixels: int) -> NDArray[np.int16]:
    """Join bin by bin what lies in each pixel."""
    found = np.array([[32767], [-32768]], np.int16).repeat(pixels, axis=1)
    for pixel in range(pixels):
        low = (start * pixels + pixel * (end - start)) // (pixels * BIN)
        high = -((-start * pixels - (pixel + 1) * (end - start)) // (pixels * BIN))
        inside = peaks.finest[:, max(low, 0) : max(high, 0)]
        if inside.shape[1]:
            found[:, pixel] = inside[0].min(), inside[1].max()
    return found


@given(st.integers(-9_000_000, 30_000_000), st.integers(1, 40_000_000), st.integers(1, 50))
def test_a_window_has_what_lies_in_its_pixels(start: int, length: int, pixels: int) -> None:
    peaks = some_peaks()
    window = peaks.window(Micros(start), Micros(start + length), pixels)
    exact = touched(peaks, start, start + length, pixels)
    assert window.shape == (2, pixels)
    # a coarser level may reach over a pixel's edge by less than the pixel's width
    width = length / pixels
    wider = np.stack(
        [
            touched(peaks, int(start + at), int(start + at + length), pixels)
            for at in (-width, 0, width)
        ]
    )
    assert (window[0] <= exact[0]).all()
    assert (window[1] >= exact[1]).all()
    assert (window[0] >= wider[:, 0].min(axis=0)).all()
    assert (window[1] <= wider[:, 1].max(axis=0)).all()


@given(st.integers(0, 20_000_000), st.integers(1, 5_000), st.integers(1, 50))
def test_near_by_a_window_is_exact(start: int, width: int, pixels: int) -> None:
    peaks = some_peaks()
    end = start + width * pixels
    window = peaks.window(Micros(start), Micros(end), pixels)
    assert np.array_equal(window, touched(peaks, start, end, pixels))


def test_the_whole_of_eight_hours_takes_no_more_than_a_second_of_it() -> None:
    peaks = some_peaks(8 * 3600 * 200)
    whole, _ = peaks._level_for(peaks.duration / 1000)
    part, _ = peaks._level_for(1_000)
    assert whole.shape[1] < 8 * 1000
    assert part is peaks.finest


def test_no_sound_at_all_can_be_drawn() -> None:
    peaks = Peaks(STEP, np.zeros((2, 0), np.int16))
    low, high = peaks.window(Micros(0), Micros(1_000_000), 7)
    assert (low > high).all()
    assert (peaks.loudest, peaks.duration) == (0, 0)


def test_channels_count_together(tmp_path: Path) -> None:
    pairs = np.zeros((8000, 2), "<i2")
    pairs[4000] = (-9000, 7000)
    with wave.open(str(tmp_path / "x.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(pairs.tobytes())
    peaks = peaks_of(tmp_path / "x.wav")
    assert peaks.finest.shape == (2, 200)
    assert peaks.finest[:, 100].tolist() == [-9000, 7000]
    assert not np.delete(peaks.finest, 100, axis=1).any()

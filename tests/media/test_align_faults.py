"""What cannot be aligned surely is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from annotator.errors import MediaError
from annotator.media.align import AlignmentError, SoundChoice, find_offset
from tests.support.meetings import Machine, record, talk
from tests.support.sounds import write_tone, write_wav

RATE = 16_000


def refusal(first: Path, second: Path) -> str:
    with pytest.raises(AlignmentError) as refused:
        find_offset(SoundChoice(first), SoundChoice(second))
    assert "by hand" in refused.value.remedy
    return refused.value.what


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    return record(tmp_path / "speech.wav", talk(60, seed=1), Machine(0, 60, snr=20))


@pytest.mark.parametrize("seed", range(2, 10))
def test_unrelated_talks(tmp_path: Path, speech: Path, seed: int) -> None:
    other = record(tmp_path / "other.wav", talk(50, seed), Machine(0, 50, snr=20), seed)
    assert refusal(speech, other)


def test_silence(tmp_path: Path, speech: Path) -> None:
    still = write_wav(tmp_path / "still.wav", np.zeros(RATE * 30), RATE)
    assert "still.wav" in refusal(speech, still)
    assert "still.wav" in refusal(still, speech)


@pytest.mark.parametrize("hertz", [50, 100, 1000])
def test_hum(tmp_path: Path, speech: Path, hertz: float) -> None:
    hum = write_tone(tmp_path / "hum.wav", hertz, 30)
    again = write_tone(tmp_path / "again.wav", hertz, 25)
    assert refusal(speech, hum)
    assert refusal(hum, again)


def test_the_same_hum_under_unrelated_talks(tmp_path: Path) -> None:
    paths = []
    for seed in (1, 2):
        moments = np.arange(60 * RATE) / RATE
        hum = sum(np.sin(2 * np.pi * 50 * n * moments) for n in range(1, 8))
        sound = 0.2 * talk(60, seed) + 0.05 * hum
        paths.append(write_wav(tmp_path / f"{seed}.wav", sound, RATE))
    assert refusal(*paths)


def test_noise(tmp_path: Path) -> None:
    some = np.random.default_rng(3)
    paths = [
        write_wav(tmp_path / f"{n}.wav", 0.1 * some.standard_normal(RATE * 40), RATE)
        for n in range(2)
    ]
    assert refusal(*paths)


def test_a_ticking_clock(tmp_path: Path) -> None:
    ticks = np.zeros(RATE * 60)
    for at in range(0, len(ticks) - 200, RATE // 2):
        ticks[at : at + 160] = np.hanning(160) * np.sin(np.arange(160))
    first = write_wav(tmp_path / "a.wav", ticks * 0.8, RATE)
    second = write_wav(tmp_path / "b.wav", ticks[RATE * 3 :] * 0.4, RATE)
    assert refusal(first, second)


def test_too_short(tmp_path: Path, speech: Path) -> None:
    short = record(tmp_path / "short.wav", talk(60, seed=1), Machine(10, 13))
    assert "too little" in refusal(speech, short)


def test_a_film_without_sound_and_one_that_is_none(tmp_path: Path, speech: Path) -> None:
    with pytest.raises(MediaError):
        find_offset(SoundChoice(speech, 1), SoundChoice(speech))
    with pytest.raises(MediaError):
        find_offset(SoundChoice(speech), SoundChoice(tmp_path / "gone.wav"))

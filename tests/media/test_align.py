"""Two recordings of one talk are laid on one another by their sound."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from annotator.media import open_audio
from annotator.media.align import Alignment, SoundChoice, find_offset
from annotator.storage.paths import shipped
from tests.support.meetings import Machine, Sound, record, talk
from tests.support.sounds import write_wav

NEAR = 10_000  # microseconds


@pytest.fixture(scope="module")
def minute() -> Sound:
    return talk(60)


@pytest.fixture(scope="module")
def ten_minutes() -> Sound:
    return talk(600)


def aligned(tmp_path: Path, sound: Sound, a: Machine, b: Machine) -> Alignment:
    first = record(tmp_path / "a.wav", sound, a, seed=7)
    second = record(tmp_path / "b.wav", sound, b, seed=8)
    found = find_offset(SoundChoice(first), SoundChoice(second))
    assert found is not None
    return found


@pytest.mark.parametrize("snr", [20, 10, 5])
def test_noise_of_their_own(tmp_path: Path, minute: Sound, snr: float) -> None:
    found = aligned(tmp_path, minute, Machine(0, 60, snr=snr), Machine(7.3217, 60, snr=snr))
    assert found.offset == pytest.approx(7_321_700, abs=NEAR)
    assert found.confidence >= 0.5


@pytest.mark.parametrize("later", [-11.25, -0.004, 0.0, 0.5, 20.0])
def test_any_offset(tmp_path: Path, minute: Sound, later: float) -> None:
    begin = max(-later, 0)
    found = aligned(tmp_path, minute, Machine(begin, 55), Machine(begin + later, 60))
    assert found.offset == pytest.approx(later * 1_000_000, abs=NEAR)
    assert found.confidence > 0.8


@pytest.mark.parametrize(
    "other",
    [
        Machine(3, 58, rate=44_100),
        Machine(3, 58, rate=8_000),
        Machine(3, 58, gain=0.01),
        Machine(3, 58, muffled=9),
        Machine(3, 58, echo=0.08),
        Machine(3, 58, rate=22_050, gain=0.05, snr=10, echo=0.05, muffled=5),
    ],
    ids=["44100", "8000", "faint", "muffled", "echo", "all"],
)
def test_other_machines(tmp_path: Path, minute: Sound, other: Machine) -> None:
    found = aligned(tmp_path, minute, Machine(0, 60, snr=20), other)
    assert found.offset == pytest.approx(3_000_000, abs=NEAR)


def test_a_short_one_inside_a_long_one(tmp_path: Path) -> None:
    found = aligned(tmp_path, talk(300), Machine(0, 300, snr=15), Machine(200.5, 220.5, snr=15))
    assert found.offset == pytest.approx(200_500_000, abs=NEAR)
    assert found.common.start == pytest.approx(200_500_000, abs=NEAR)
    assert found.common.end == pytest.approx(220_500_000, abs=100_000)


def test_one_that_was_switched_on_seven_minutes_later(tmp_path: Path, ten_minutes: Sound) -> None:
    found = aligned(
        tmp_path, ten_minutes, Machine(0, 500, snr=15), Machine(420, 600, rate=44_100, snr=10)
    )
    assert found.offset == pytest.approx(420_000_000, abs=NEAR)
    assert found.common.length == pytest.approx(80_000_000, abs=100_000)


def test_a_clock_that_runs_slow(tmp_path: Path, ten_minutes: Sound) -> None:
    slow = Machine(5, 590, slow=100, snr=15)
    found = aligned(tmp_path, ten_minutes, Machine(0, 600, snr=15), slow)
    assert found.drift == pytest.approx(100, abs=15)
    middle = 292.5  # seconds of the second one's clock
    assert found.offset == pytest.approx(5_000_000 + middle * 100, abs=NEAR)


def test_the_sample_against_a_worse_recording_of_it(tmp_path: Path) -> None:
    film = shipped("first-session") / "first-session.mp4"
    with open_audio(film) as audio:
        sound = audio.read(12_345_678, 95_000_000)[:, 0].astype(np.float64)
    noise = np.random.default_rng(5).standard_normal(len(sound)) * sound.std() * 0.5
    worse = write_wav(tmp_path / "b.wav", (sound + noise) * 0.3, 48_000)
    found = find_offset(SoundChoice(film), SoundChoice(worse))
    assert found is not None
    assert found.offset == pytest.approx(12_345_678, abs=1_000)


def test_progress_rises_to_its_end(tmp_path: Path, minute: Sound) -> None:
    first = record(tmp_path / "a.wav", minute, Machine(0, 60))
    told: list[float] = []
    assert find_offset(SoundChoice(first), SoundChoice(first), progress=told.append) is not None
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)


@pytest.mark.parametrize("after", [0, 1, 5])
def test_it_stops_when_asked(tmp_path: Path, minute: Sound, after: int) -> None:
    first = record(tmp_path / "a.wav", minute, Machine(0, 60))
    asked = iter(range(1000))
    found = find_offset(
        SoundChoice(first), SoundChoice(first), cancelled=lambda: next(asked) >= after
    )
    assert found is None
    assert next(asked) == after + 1

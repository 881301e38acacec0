"""Sound at every speed keeps its pitch, its length and its place."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from annotator.media import open_audio
from annotator.media.audio import AudioReader
from annotator.media.clock import SPEEDS
from annotator.media.sound_frames import Samples
from annotator.media.stretch import SoundChunk, StretchedAudio
from annotator.media.timebase import samples_at
from annotator.model import Micros
from tests.support.sounds import write_wav
from tests.support.timing_clips import ClipKind, TimingClip

RATE = 48_000
SECONDS = 8
BURST = 0.05
ClipOf = Callable[[ClipKind], TimingClip]


@pytest.fixture(scope="module")
def tone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make 8 s of a 440 Hz tone."""
    time = np.arange(RATE * SECONDS) / RATE
    path = tmp_path_factory.mktemp("tone") / "tone.wav"
    return write_wav(path, 0.5 * np.sin(2 * np.pi * 440 * time), RATE)


@pytest.fixture(scope="module")
def bursts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make 8 s with a burst of 50 ms at every second but 0."""
    time = np.arange(RATE * SECONDS) / RATE
    sounding = (time % 1 < BURST) & (time > 0.5)
    path = tmp_path_factory.mktemp("bursts") / "bursts.wav"
    return write_wav(path, 0.5 * sounding * np.sin(2 * np.pi * 1000 * time), RATE)


def played(reader: AudioReader, speed: Fraction, rate: int, end: int) -> list[SoundChunk]:
    return list(StretchedAudio(reader, speed, rate, 1).chunks(Micros(0), Micros(end)))


def joined(chunks: list[SoundChunk]) -> NDArray[np.float64]:
    return np.concatenate([chunk.samples[:, 0] for chunk in chunks]).astype(np.float64)


@pytest.mark.parametrize("speed", SPEEDS)
@pytest.mark.parametrize("rate", [48_000, 44_100])
def test_pitch_and_length(tone: Path, speed: Fraction, rate: int) -> None:
    with open_audio(tone) as reader:
        sound = joined(played(reader, speed, rate, SECONDS * 1_000_000))
    assert len(sound) == round(SECONDS * rate / speed)
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    assert np.argmax(spectrum) * rate / len(sound) == pytest.approx(440, abs=1)
    assert np.abs(sound[-rate // 50 :]).max() > 8000  # heard to the very end


@pytest.mark.parametrize("speed", SPEEDS)
def test_sound_stays_in_its_place_from_start_to_end(bursts: Path, speed: Fraction) -> None:
    with open_audio(bursts) as reader:
        sound = joined(played(reader, speed, RATE, SECONDS * 1_000_000))
    power, place = sound**2, np.arange(len(sound)) * float(speed) / RATE
    for second in range(1, SECONDS):
        middle = second + BURST / 2
        near = np.abs(place - middle) < 0.3
        centre = (power[near] * place[near]).sum() / power[near].sum()
        assert centre == pytest.approx(middle, abs=0.01 * max(float(speed), 1))


class Hour:
    """An hour of beeps of 50 ms every 10 s, with a minute of silence before and after."""

    rate, channels = 2000, 1
    seconds, silence = 3600, 60

    def __init__(self) -> None:
        around = np.arange(-self.silence * self.rate, (self.seconds + self.silence) * self.rate)
        time = around / self.rate
        sounding = (time % 10 < BURST) & (time >= 0) & (time < self.seconds)
        sound = (0.5 * sounding * np.sin(2 * np.pi * 440 * time)).astype(np.float32)
        self._sound: Samples = sound[:, np.newaxis]

    def read(self, start: Micros, end: Micros) -> Samples:
        before = self.silence * self.rate
        first, last = (before + samples_at(moment, self.rate) for moment in (start, end))
        assert 0 <= first <= last <= len(self._sound)
        return self._sound[first:last]


@pytest.fixture(scope="module")
def hour() -> Hour:
    return Hour()


@pytest.mark.parametrize("speed", SPEEDS)
def test_nothing_drifts_in_an_hour(hour: Hour, speed: Fraction) -> None:
    stretched = StretchedAudio(hour, speed, hour.rate, 1)
    chunks = stretched.chunks(Micros(0), Micros(3_600_000_000))
    sound = np.concatenate([chunk.samples[:, 0] for chunk in chunks])
    assert len(sound) == hour.seconds * hour.rate / speed
    heard = np.flatnonzero(np.abs(sound) > 4000) * float(speed) / hour.rate
    late = (heard + 5) % 10 - 5 - BURST / 2  # of the recording's seconds
    beeps = heard // 10
    for few in (beeps < 60, beeps > 300):
        assert abs(late[few].mean()) / float(speed) < 0.02
    drift = late[beeps > 300].mean() - late[beeps < 60].mean()
    assert abs(drift) / float(speed) < 0.005


@pytest.mark.parametrize("speed", SPEEDS)
def test_chunks_tell_their_time_exactly(tone: Path, speed: Fraction) -> None:
    with open_audio(tone) as reader:
        stretched = StretchedAudio(reader, speed, 44_100, 2)
        chunks = list(stretched.chunks(Micros(1_234_567), Micros(4_000_000)))
    done = 0
    for chunk in chunks:
        assert chunk.start == round(1_234_567 + Fraction(done) * speed * 1_000_000 / 44_100)
        done += len(chunk.samples)
        assert chunk.samples.shape[1] == 2
        assert len(chunk.to_bytes()) == len(chunk.samples) * 4
    assert [a.end for a in chunks[:-1]] == [b.start for b in chunks[1:]]
    assert abs(chunks[-1].end - 4_000_000) <= 50


def test_sound_at_its_own_speed_is_untouched(clip_of: ClipOf) -> None:
    with open_audio(clip_of(ClipKind.PCM_SOUND).path) as reader:
        sound = joined(played(reader, Fraction(1), reader.rate, 2_000_000))
        original = reader.read(0, 2_000_000)[:, 0] * 32768
    assert np.abs(sound - original).max() <= 1


def test_past_the_end_there_is_silence(clip_of: ClipOf) -> None:
    with open_audio(clip_of(ClipKind.PCM_SOUND).path) as reader:
        sound = joined(played(reader, Fraction(3, 2), RATE, 6_000_000))
    assert len(sound) == 4 * RATE
    assert not sound[int(2.2 * RATE) :].any()


def test_speeds_outside_the_range_are_refused(tone: Path) -> None:
    with open_audio(tone) as reader, pytest.raises(ValueError, match=r"0\.25 to 4"):
        StretchedAudio(reader, 5, RATE, 2)

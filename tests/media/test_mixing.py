from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from annotator.media.audio import open_audio
from annotator.media.mixing import Mix, Voice
from annotator.model import Micros
from tests.support.sounds import write_tone, write_wav

SECOND = 1_000_000


def tone(hertz: float, seconds: float, rate: int) -> NDArray[np.float64]:
    return np.sin(2 * np.pi * hertz * (np.arange(round(seconds * rate)) / rate))


def test_one_voice_is_heard_as_it_is(tmp_path: Path) -> None:
    with open_audio(write_tone(tmp_path / "a.wav", 440, 1)) as reader:
        mix = Mix([Voice(reader)])
        assert (mix.rate, mix.channels) == (reader.rate, reader.channels)
        assert np.array_equal(mix.read(0, SECOND), reader.read(0, SECOND))


def test_two_voices_are_added_at_their_offsets(tmp_path: Path) -> None:
    quiet = 0.25 * tone(300, 1, 16_000)
    other = 0.25 * tone(700, 1, 16_000)
    with (
        open_audio(write_wav(tmp_path / "a.wav", quiet, 16_000)) as first,
        open_audio(write_wav(tmp_path / "b.wav", other, 16_000)) as second,
    ):
        mixed = Mix([Voice(first), Voice(second, Micros(500_000), 0.5)]).read(0, 1_500_000)
    expected = np.zeros(24_000)
    expected[:16_000] += quiet
    expected[8_000:] += 0.5 * other
    assert np.allclose(mixed[:, 0], expected, atol=1e-3)


def test_a_silent_voice_is_not_heard(tmp_path: Path) -> None:
    with open_audio(write_tone(tmp_path / "a.wav", 440, 1)) as reader:
        mix = Mix([Voice(reader), Voice(reader, gain=0.0)])
        assert np.array_equal(mix.read(0, SECOND), reader.read(0, SECOND))


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [(44_100, 48_000), (22_050, 48_000), (16_000, 44_100), (8_000, 48_000), (47_999, 48_000)],
)
def test_another_rate_keeps_pitch_and_time(tmp_path: Path, theirs: int, ours: int) -> None:
    """A tone recorded at one rate equals the same tone at the other, sample by sample."""
    with (
        open_audio(write_wav(tmp_path / "a.wav", 0.5 * tone(1000, 1, theirs), theirs)) as reader,
        open_audio(write_wav(tmp_path / "b.wav", np.zeros(ours), ours)) as leading,
    ):
        mix = Mix([Voice(leading), Voice(reader)])
        assert mix.rate == ours
        mixed = mix.read(0, SECOND)[:, 0]
    inner = slice(ours // 10, -ours // 10)
    assert np.abs(mixed - 0.5 * tone(1000, 1, ours))[inner].max() < 0.003


def test_pieces_join_without_a_seam(tmp_path: Path) -> None:
    with (
        open_audio(write_wav(tmp_path / "a.wav", 0.5 * tone(440, 2, 44_100), 44_100)) as reader,
        open_audio(write_wav(tmp_path / "b.wav", np.zeros(96_000), 48_000)) as leading,
    ):
        mix = Mix([Voice(leading), Voice(reader, Micros(333))])
        whole = mix.read(0, 2 * SECOND)
        cuts = [0, 12_345, 700_001, 700_002, 1_999_999, 2 * SECOND]
        pieces = [mix.read(start, end) for start, end in pairwise(cuts)]
    assert np.allclose(np.concatenate(pieces), whole, atol=1e-6)


def test_an_hour_on_the_sound_is_still_in_its_place(tmp_path: Path) -> None:
    """Offsets are exact far from the start: a click is where the clock says."""
    click = np.zeros(44_100)
    click[22_050] = 0.9
    hour = 3_600 * SECOND
    with (
        open_audio(write_wav(tmp_path / "a.wav", click, 44_100)) as reader,
        open_audio(write_wav(tmp_path / "b.wav", np.zeros(48_000), 48_000)) as leading,
    ):
        mix = Mix([Voice(leading), Voice(reader, Micros(hour + 7))])
        mixed = mix.read(hour, hour + SECOND)[:, 0]
    assert abs(int(np.abs(mixed).argmax()) - 24_000) <= 1


def test_channels_are_laid_out_and_too_loud_is_cut(tmp_path: Path) -> None:
    loud = 0.9 * np.ones((16_000, 1))
    wide = np.stack([0.9 * np.ones(16_000), -0.9 * np.ones(16_000)], axis=1)
    with (
        open_audio(write_wav(tmp_path / "a.wav", loud, 16_000)) as one,
        open_audio(write_wav(tmp_path / "b.wav", wide, 16_000)) as two,
    ):
        mixed = Mix([Voice(one), Voice(two)]).read(200_000, 800_000)
    assert mixed.shape[1] == 2
    assert np.allclose(mixed[:, 0], 1.0)
    assert np.allclose(mixed[:, 1], 0.0, atol=1e-3)

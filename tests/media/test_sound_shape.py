"""The shape of a sound is taken in one reading, tells how far it is, and fits into bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from annotator.media.levels import Levels
from annotator.media.peaks import Peaks
from annotator.media.sound_shape import SoundShape, shape_of
from annotator.media.sound_stream import SoundStream, Watch, count_tracks
from annotator.media.survey import survey
from annotator.model import Micros
from tests.support.sounds import write_tone, write_wav
from tests.support.talks import noise, write_sound
from tests.support.timing_clips import TRUNCATED, UNPLAYABLE, ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]
READABLE = [kind for kind in ClipKind if kind not in (*UNPLAYABLE, *TRUNCATED)]


def a_shape() -> SoundShape:
    dice = np.random.default_rng(1)
    swings = dice.integers(-32768, 32767, (2, 77)).astype(np.int16)
    power = dice.random((39, 2), np.float32)
    power[3] = np.nan
    return SoundShape(Peaks(Micros(5000), swings), Levels(power, Micros(10_000)))


def test_bytes_and_back() -> None:
    shape = a_shape()
    again = SoundShape.from_bytes(shape.to_bytes())
    assert (again.peaks.step, again.levels.step) == (5000, 10_000)
    assert np.array_equal(again.peaks.finest, shape.peaks.finest)
    assert np.array_equal(again.levels.power, shape.levels.power, equal_nan=True)


@pytest.mark.parametrize("cut", [0, 3, 31, 32, 40, -1])
def test_bytes_that_are_no_shape_are_refused(cut: int) -> None:
    data = a_shape().to_bytes()
    with pytest.raises(ValueError, match="shape"):
        SoundShape.from_bytes(data[:cut])
    with pytest.raises(ValueError, match="shape"):
        SoundShape.from_bytes(b"XXXX" + data[4:])


def test_progress_rises_to_its_end(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "x.wav", np.zeros(8000 * 60), 8000)
    told: list[float] = []
    assert shape_of(path, watch=Watch(told.append)) is not None
    assert told == sorted(set(told))
    assert (told[0], told[-1]) == (0.0, 1.0)
    assert len(told) > 5


@pytest.mark.parametrize("after", [0, 2])
def test_it_stops_when_asked(tmp_path: Path, after: int) -> None:
    path = write_wav(tmp_path / "x.wav", np.zeros(8000 * 60), 8000)
    asked = iter(range(1000))
    watch = Watch(cancelled=lambda: next(asked) >= after)
    assert shape_of(path, watch=watch) is None
    assert next(asked) == after + 1


@pytest.mark.parametrize("kind", READABLE)
def test_the_header_tells_as_many_tracks_as_a_reading(clip_of: ClipOf, kind: ClipKind) -> None:
    path = clip_of(kind).path
    assert count_tracks(path) == len(survey(path).audio)


def test_pieces_stand_side_by_side_in_every_kind_of_number(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav", noise(21, -30), noise(21, -50, 2))
    with SoundStream(path) as sound:
        pieces = list(sound.pieces())
    assert len(pieces) > 3
    assert [a.end for a in pieces[:-1]] == [b.start for b in pieces[1:]]
    assert {piece.planes.shape[0] for piece in pieces} == {2}
    assert pieces[0].mono() == pytest.approx(pieces[0].planes.mean(axis=0))
    assert pieces[0].after(100).start == 100


def test_a_second_reading_is_the_same(tmp_path: Path) -> None:
    path = write_tone(tmp_path / "x.wav", 440, 9, 44_100)
    first, second = shape_of(path), shape_of(path)
    assert first is not None
    assert second is not None
    assert first.to_bytes() == second.to_bytes()

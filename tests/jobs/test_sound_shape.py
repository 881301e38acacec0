"""The shape of a sound comes from the cache where it is there, and is measured where not."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from annotator.errors import MediaError
from annotator.jobs import sound_shape as module
from annotator.jobs.progress import CancelledError
from annotator.jobs.silences import silences_of
from annotator.jobs.sound_shape import find_shape
from annotator.storage.cache import Cache
from tests.support.sounds import write_tone


@dataclass
class Watcher:
    stops: bool = False
    told: list[float] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)

    def progress(self, fraction: float, text: str) -> None:
        self.told.append(fraction)
        self.texts.add(text)

    def cancelled(self) -> bool:
        return self.stops and len(self.told) > 1


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return write_tone(tmp_path / "talk.wav", 440, 30, 8000)


@pytest.fixture
def measures(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Count how often a film is measured."""
    counted: list[Path] = []
    real = module.shape_of

    def counting(path: Path, **options: object) -> object:
        counted.append(path)
        return real(path, **options)

    monkeypatch.setattr(module, "shape_of", counting)
    return counted


def test_it_is_measured_once(film: Path, measures: list[Path]) -> None:
    watcher = Watcher()
    first = find_shape(film, watcher=watcher)
    second = find_shape(film, watcher=Watcher())
    assert measures == [film]
    assert np.array_equal(first.peaks.finest, second.peaks.finest)
    assert first.peaks.loudest > 16_000
    assert watcher.told == sorted(watcher.told)
    assert watcher.told[-1] == 1.0
    assert watcher.texts == {"Listening to talk.wav"}


def test_a_film_that_moved_is_not_measured_again(film: Path, measures: list[Path]) -> None:
    find_shape(film)
    find_shape(film.rename(film.with_name("other.wav")))
    assert len(measures) == 1


def test_what_was_kept_and_is_no_shape_is_measured_again(film: Path, measures: list[Path]) -> None:
    find_shape(film)
    cache = Cache()
    for path in list(cache.folder.iterdir()):
        path.write_bytes(b"rubbish")
    find_shape(film)
    assert len(measures) == 2


def test_where_nothing_can_be_kept_it_comes_all_the_same(film: Path, measures: list[Path]) -> None:
    nowhere = Cache(film)  # a file, no folder
    assert find_shape(film, cache=nowhere).peaks.duration == pytest.approx(30_000_000, abs=5000)
    assert find_shape(film, cache=nowhere).levels.duration == 30_000_000
    assert len(measures) == 2


def test_stopped_it_keeps_nothing(film: Path) -> None:
    with pytest.raises(CancelledError):
        find_shape(film, watcher=Watcher(stops=True))
    assert Cache().size() == 0


def test_a_film_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MediaError):
        find_shape(tmp_path / "gone.wav")


def test_nothing_is_written_beside_the_film(film: Path) -> None:
    find_shape(film)
    assert list(film.parent.iterdir()) == [film]


def test_silences_are_found_in_what_was_kept(film: Path, measures: list[Path]) -> None:
    find_shape(film)
    assert silences_of(film).is_empty
    assert len(measures) == 1

"""A film is recognised after a move, and told from one that differs."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from annotator.errors import MediaError
from annotator.media import fingerprint

MIB = 1024 * 1024


def test_a_small_film_counts_whole(tmp_path: Path) -> None:
    film = tmp_path / "a.mp4"
    film.write_bytes(b"pictures")
    assert fingerprint(film) == "sha256-" + hashlib.sha256(b"8\npictures").hexdigest()


def test_a_moved_film_is_recognised(tmp_path: Path) -> None:
    film = tmp_path / "a.mp4"
    film.write_bytes(bytes(range(256)) * 20_000)
    before = fingerprint(film)
    assert fingerprint(film.rename(tmp_path / "Zoë.mp4")) == before


@pytest.mark.parametrize("place", [0, 4 * MIB - 10, 8 * MIB - 1])
def test_start_middle_and_end_count(tmp_path: Path, place: int) -> None:
    film = tmp_path / "long.mp4"
    with film.open("wb") as stream:
        stream.truncate(8 * MIB)
    before = fingerprint(film)
    with film.open("r+b") as stream:
        stream.seek(place)
        stream.write(b"x")
    assert fingerprint(film) != before


def test_the_size_counts(tmp_path: Path) -> None:
    film = tmp_path / "long.mp4"
    prints = set()
    for size in (0, 1, 3 * MIB, 3 * MIB + 1, 900 * MIB):
        with film.open("wb") as stream:
            stream.truncate(size)
        prints.add(fingerprint(film))
    assert len(prints) == 5


def test_a_missing_film_is_told(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"“gone\.mp4” cannot be read"):
        fingerprint(tmp_path / "gone.mp4")

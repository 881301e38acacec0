"""Packs are written whole, as a folder or a zip, and told while they are."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from annotator.jobs.packing import keep_folder, keep_zip
from annotator.reports.packs.pack import PackFile
from tests.support.watching import Watcher


@pytest.fixture
def files(tmp_path: Path) -> tuple[PackFile, ...]:
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(range(256)) * 10_000)
    return (PackFile("index.html", b"<p>"), PackFile("media/clip-01.mp4", film))


def test_a_folder_holds_the_files(tmp_path: Path, files: tuple[PackFile, ...]) -> None:
    watcher = Watcher()
    place = keep_folder(files, tmp_path / "pack", watcher)
    assert (place / "index.html").read_bytes() == b"<p>"
    assert (place / "media/clip-01.mp4").read_bytes() == (tmp_path / "film.mp4").read_bytes()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["film.mp4", "pack"]
    assert watcher.fractions == sorted(watcher.fractions)
    assert watcher.fractions[-1] == 1
    assert len(watcher.fractions) == 4, "the film is told in parts"


def test_a_zip_holds_the_files(tmp_path: Path, files: tuple[PackFile, ...]) -> None:
    place = keep_zip(files, tmp_path / "pack.zip")
    with ZipFile(place) as archive:
        assert archive.namelist() == ["index.html", "media/clip-01.mp4"]
        assert archive.read("media/clip-01.mp4") == (tmp_path / "film.mp4").read_bytes()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["film.mp4", "pack.zip"]

"""A pack that cannot be written leaves nothing, and nothing is ever written over."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from annotator.errors import StorageError
from annotator.jobs import packing
from annotator.jobs.packing import keep_folder, keep_zip
from annotator.jobs.progress import CancelledError, Progress, Silent
from annotator.reports.packs.pack import PackFile
from tests.support.disks import full

Keep = Callable[[Sequence[PackFile], Path, Progress], Path]
BOTH = pytest.mark.parametrize("keep", [keep_folder, keep_zip])


@dataclass
class Impatient:
    """Stops the work after some steps."""

    steps: int

    def progress(self, fraction: float, text: str) -> None:
        assert fraction <= 1
        assert text
        self.steps -= 1

    def cancelled(self) -> bool:
        return self.steps <= 0


@pytest.fixture
def files(tmp_path: Path) -> tuple[PackFile, ...]:
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(3_000_000))
    return (PackFile("index.html", b"<p>"), PackFile("media/clip-01.mp4", film))


def left(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


@BOTH
@pytest.mark.parametrize("steps", [0, 1, 3])
def test_stopping_leaves_nothing(
    keep: Keep, steps: int, tmp_path: Path, files: tuple[PackFile, ...]
) -> None:
    with pytest.raises(CancelledError):
        keep(files, tmp_path / "pack", Impatient(steps))
    assert left(tmp_path) == ["film.mp4"]


@BOTH
@pytest.mark.parametrize("kind", ["file", "folder", "dangling link"])
def test_nothing_is_written_over(
    keep: Keep, kind: str, tmp_path: Path, files: tuple[PackFile, ...]
) -> None:
    place = tmp_path / "pack"
    if kind == "file":
        place.write_text("mine")
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to(tmp_path / "nowhere")
    with pytest.raises(StorageError, match="already something called “pack”"):
        keep(files, place, Silent())
    assert left(tmp_path) == ["film.mp4", "pack"]
    assert kind != "file" or place.read_text() == "mine"


@BOTH
def test_what_came_in_between_is_not_written_over(
    keep: Keep, tmp_path: Path, files: tuple[PackFile, ...]
) -> None:
    place = tmp_path / "pack"

    class Other(Impatient):
        def progress(self, fraction: float, text: str) -> None:
            assert text
            if fraction == 1:
                place.write_text("theirs")

    with pytest.raises(StorageError, match="already"):
        keep(files, place, Other(9))
    assert place.read_text() == "theirs"
    assert left(tmp_path) == ["film.mp4", "pack"]


@BOTH
def test_what_comes_at_the_last_instant_is_not_written_over(
    keep: Keep, tmp_path: Path, files: tuple[PackFile, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "pack"
    theirs = place / "theirs.txt" if keep is keep_folder else place
    theirs.parent.mkdir(exist_ok=True)
    theirs.write_text("theirs")
    monkeypatch.setattr(packing, "require_free", lambda _place: None)  # it looked just before
    with pytest.raises(StorageError, match="pack"):
        keep(files, place, Silent())
    assert theirs.read_text() == "theirs"
    assert left(tmp_path) == ["film.mp4", "pack"]


@BOTH
def test_a_full_disk_is_told(
    keep: Keep, tmp_path: Path, files: tuple[PackFile, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_descriptor: int) -> None:
        raise full()

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StorageError, match="“pack” could not be written: the disk is full"):
        keep(files, tmp_path / "pack", Silent())
    assert left(tmp_path) == ["film.mp4"]


@BOTH
def test_a_film_that_went_is_told(keep: Keep, tmp_path: Path, files: tuple[PackFile, ...]) -> None:
    (tmp_path / "film.mp4").unlink()
    with pytest.raises(StorageError, match=r"“film.mp4” could not be read: it is not there"):
        keep(files, tmp_path / "pack", Silent())
    assert left(tmp_path) == []


@BOTH
def test_a_film_that_goes_while_it_is_packed_is_told(
    keep: Keep, tmp_path: Path, files: tuple[PackFile, ...]
) -> None:
    class Meddler(Impatient):
        def progress(self, fraction: float, text: str) -> None:
            assert fraction < 1
            assert text
            (tmp_path / "film.mp4").unlink()

    with pytest.raises(StorageError, match=r"“film.mp4” could not be read"):
        keep(files, tmp_path / "pack", Meddler(9))
    assert left(tmp_path) == []


@BOTH
def test_a_place_that_is_not_there_is_told(
    keep: Keep, tmp_path: Path, files: tuple[PackFile, ...]
) -> None:
    with pytest.raises(StorageError, match="is not there"):
        keep(files, tmp_path / "nowhere" / "pack", Silent())
    assert left(tmp_path) == ["film.mp4"]

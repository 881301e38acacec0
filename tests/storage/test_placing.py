"""A file that was made gets its name, and never that of another one."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from annotator.errors import StorageError
from annotator.storage.placing import put_in_place, require_free
from tests.support.disks import disk_error


@pytest.fixture
def made(tmp_path: Path) -> Path:
    path = tmp_path / "made"
    path.write_text("a clip", encoding="utf-8")
    return path


@pytest.mark.parametrize("knows_links", [True, False])
def test_it_moves(made: Path, monkeypatch: pytest.MonkeyPatch, *, knows_links: bool) -> None:
    if not knows_links:

        def refuse(*_: object) -> None:
            raise disk_error(errno.EPERM)

        monkeypatch.setattr(os, "link", refuse)
    place = made.with_name("clip.mp4")
    put_in_place(made, place)
    assert place.read_text(encoding="utf-8") == "a clip"
    assert not made.exists()


@pytest.mark.parametrize("knows_links", [True, False])
def test_what_came_meanwhile_stays(
    made: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    knows_links: bool,
) -> None:
    if not knows_links:

        def refuse(*_: object) -> None:
            raise disk_error(errno.EPERM)

        monkeypatch.setattr(os, "link", refuse)
    place = made.with_name("clip.mp4")
    place.write_text("a letter", encoding="utf-8")
    with pytest.raises(StorageError, match="already"):
        put_in_place(made, place)
    with pytest.raises(StorageError, match="already"):
        require_free(place)
    assert place.read_text(encoding="utf-8") == "a letter"
    assert made.exists()


def test_a_link_that_leads_nowhere_counts_as_a_file(made: Path) -> None:
    place = made.with_name("clip.mp4")
    place.symlink_to(made.with_name("elsewhere"))
    with pytest.raises(StorageError, match="already"):
        put_in_place(made, place)
    with pytest.raises(StorageError, match="already"):
        require_free(place)
    assert not made.with_name("elsewhere").exists()


def test_a_full_disk_and_a_name_that_is_too_long_are_said(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise disk_error(errno.ENOSPC)

    monkeypatch.setattr(os, "link", fail)
    with pytest.raises(StorageError, match="full"):
        put_in_place(made, made.with_name("clip.mp4"))
    assert made.exists()
    with pytest.raises(StorageError, match=r"too long|could not be written"):
        require_free(made.with_name("a" * 300))
    require_free(made.with_name("free"))

"""A manifest that cannot be written leaves nothing half done."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.errors import StorageError
from annotator.storage.manifest import hash_file, write_manifest
from tests.support.disks import Disk, full


def test_one_that_is_there_stays(tmp_path: Path) -> None:
    path = write_manifest(tmp_path / "a.mp4", b"first")
    with pytest.raises(StorageError, match="is there already"):
        write_manifest(tmp_path / "a.mp4", b"second")
    assert path.read_bytes() == b"first"


def test_a_full_disk_leaves_no_half_manifest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(monkeypatch)
    disk.fail_at(1, full())
    with pytest.raises(StorageError, match="the disk is full"):
        write_manifest(tmp_path / "a.mp4", b"x" * 1000)
    disk.heal()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_gone_has_no_hash(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="could not be read: it is not there any more"):
        hash_file(tmp_path / "gone.mp4")

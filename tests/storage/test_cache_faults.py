"""A cache that cannot be read or written does no harm."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from annotator.storage.cache import Cache, CacheKey
from tests.support.disks import Disk, an_open_folder, an_ordinary_person, full
from tests.support.folders import small_disk

KEY = CacheKey("sha256-aa", "peaks-0", 1)


def files(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 40, b"x" * 400])
def test_a_damaged_entry_is_dropped(tmp_path: Path, damage: bytes) -> None:
    cache = Cache(tmp_path)
    cache.put(KEY, b"content")
    (tmp_path / KEY.name).write_bytes(damage)
    assert cache.get(KEY) is None
    assert files(tmp_path) == []
    assert cache.put(KEY, b"again")
    assert cache.get(KEY) == b"again"


@pytest.mark.parametrize("at", [0, 5, 31, 32, -1])
def test_one_changed_byte_is_noticed(tmp_path: Path, at: int) -> None:
    cache = Cache(tmp_path)
    cache.put(KEY, b"content")
    data = bytearray((tmp_path / KEY.name).read_bytes())
    data[at] ^= 1
    (tmp_path / KEY.name).write_bytes(data)
    assert cache.get(KEY) is None


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a letter")
    cache = Cache(tmp_path / "cache")
    assert not cache.put(KEY, b"x")
    assert (cache.get(KEY), cache.size(), cache.empty()) == (None, 0, 0)
    assert (tmp_path / "cache").read_text() == "a letter"


@pytest.mark.skipif(os.name != "posix", reason="other systems keep rights in other ways")
def test_a_folder_that_may_not_be_written() -> None:
    with an_open_folder() as folder:
        (folder / "cache").mkdir()
        cache = Cache(folder / "cache")
        folder.joinpath("cache").chmod(0o555)
        with an_ordinary_person():
            assert not cache.put(KEY, b"x")
            assert cache.get(KEY) is None
        assert files(folder / "cache") == []


def test_a_full_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        cache = Cache(disk.folder)
        assert cache.put(KEY, b"x" * 1000)
        disk.fill()
        assert not cache.put(KEY, b"y" * 500_000)
        assert cache.get(KEY) == b"x" * 1000
        assert not [name for name in files(disk.folder) if name.endswith(".part")]
        disk.empty()


@pytest.mark.parametrize("call", range(2))
def test_a_disk_that_fails_at_any_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    cache = Cache(tmp_path)
    cache.put(KEY, b"old")
    disk = Disk(monkeypatch)
    disk.fail_at(call, full())
    assert not cache.put(KEY, b"new")
    disk.heal()
    assert cache.get(KEY) == b"old"
    assert files(tmp_path) == [KEY.name]


def test_what_a_killed_program_left_counts_and_goes(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    (tmp_path / f"{KEY.name}.0011.part").write_bytes(b"x" * 77)
    assert cache.size() == 77
    assert cache.empty() == 77
    assert files(tmp_path) == []

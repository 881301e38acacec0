"""What is kept comes back whole, stays private and within its limit."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from annotator.storage.cache import Cache, CacheKey, cache_folder

KEY = CacheKey("sha256-aa", "peaks-0", 1)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "deep" / "cache", limit=1000)


def key(number: int) -> CacheKey:
    return CacheKey(f"sha256-{number}", "peaks-0", 1)


def used(cache: Cache, number: int, when: int) -> None:
    os.utime(cache.folder / key(number).name, (when, when))


def test_the_environment_names_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ANNOTATOR_CACHE_DIR", str(tmp_path / "x"))
    assert Cache().folder == tmp_path / "x"
    monkeypatch.delenv("ANNOTATOR_CACHE_DIR")
    assert "annotator" in cache_folder().parts


def test_what_is_put_comes_back(cache: Cache) -> None:
    assert cache.get(KEY) is None
    assert not cache.folder.exists()
    assert cache.put(KEY, b"x" * 50)
    assert cache.get(KEY) == b"x" * 50
    assert cache.put(KEY, b"")
    assert cache.get(KEY) == b""


@pytest.mark.parametrize(
    "other",
    [
        CacheKey("sha256-ab", "peaks-0", 1),
        CacheKey("sha256-aa", "peaks-1", 1),
        CacheKey("sha256-aa", "peaks-0", 2),
        CacheKey("sha256-aa", "peaks/0", 1),
    ],
)
def test_keys_are_kept_apart(cache: Cache, other: CacheKey) -> None:
    cache.put(KEY, b"one")
    assert cache.get(other) is None
    cache.put(other, b"two")
    assert (cache.get(KEY), cache.get(other)) == (b"one", b"two")
    assert {one.parent for one in cache.folder.rglob("*")} == {cache.folder}


@pytest.mark.skipif(os.name != "posix", reason="other systems keep rights in other ways")
def test_only_the_user_may_read_it(cache: Cache) -> None:
    cache.folder.mkdir(parents=True, mode=0o755)
    before = os.umask(0)
    try:
        cache.put(KEY, b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE(cache.folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(one.stat().st_mode) for one in cache.folder.iterdir()] == [0o600]


def test_names_do_not_tell_the_recording(cache: Cache) -> None:
    cache.put(CacheKey("sha256-0123456789", "peaks-0", 1), b"x")
    assert "0123456789" not in next(cache.folder.iterdir()).name


def test_what_was_used_longest_ago_goes_first(cache: Cache) -> None:
    for number in range(3):
        cache.put(key(number), b"x" * 280)
        used(cache, number, 1000 + number)
    assert cache.get(key(0)) is not None  # it is now the one used last
    cache.put(key(3), b"x" * 280)
    assert [cache.get(key(n)) is not None for n in range(4)] == [True, False, True, True]
    assert cache.size() <= 1000


def test_the_newest_stays_though_clocks_disagree(cache: Cache) -> None:
    for number in range(3):
        cache.put(key(number), b"x" * 280)
        used(cache, number, 4_000_000_000)
    cache.put(key(3), b"x" * 280)
    assert cache.get(key(3)) is not None
    assert cache.size() <= 1000


def test_what_is_larger_than_all_is_not_kept(cache: Cache) -> None:
    cache.put(KEY, b"small")
    assert not cache.put(key(1), b"x" * 1000)
    assert cache.get(KEY) == b"small"


def test_size_and_empty(cache: Cache) -> None:
    assert (cache.size(), cache.empty()) == (0, 0)
    cache.put(key(1), b"x" * 68)
    cache.put(key(2), b"x" * 168)
    assert cache.size() == 300
    assert cache.empty() == 300
    assert (cache.size(), cache.get(key(1))) == (0, None)
    assert list(cache.folder.iterdir()) == []


def test_files_of_others_stay(cache: Cache) -> None:
    cache.put(KEY, b"x")
    letter = cache.folder / "letter.txt"
    letter.write_text("mine")
    cache.empty()
    assert list(cache.folder.iterdir()) == [letter]


def test_drop(cache: Cache) -> None:
    cache.put(KEY, b"x")
    cache.drop(KEY)
    cache.drop(KEY)
    assert cache.get(KEY) is None

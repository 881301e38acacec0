"""`annotator cache`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from annotator.storage.cache import Cache, CacheKey
from annotator.storage.cache_words import to_amount
from tests.support.commands import CommandLine

KEY = CacheKey("sha256-aa", "peaks-0", 1)


def test_it_tells_place_and_size(annotator: CommandLine) -> None:
    said = annotator("cache")
    assert (said.code, said.err) == (0, "")
    assert said.out == f"{os.environ['ANNOTATOR_CACHE_DIR']}: 0 bytes\n"
    Cache().put(KEY, b"x" * 2968)
    assert annotator("cache").out.endswith(": 3.0 kB\n")
    assert Cache().get(KEY) is not None


def test_it_empties(annotator: CommandLine) -> None:
    Cache().put(KEY, b"x" * 2968)
    said = annotator("cache", "--empty")
    assert said.code == 0
    assert "Emptied" in said.out
    assert said.out.endswith(": 3.0 kB\n")
    assert Cache().size() == 0


def test_it_says_what_could_not_be_deleted(
    annotator: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    Cache().put(KEY, b"x" * 2968)

    def refuse(path: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(13, f"{path} {missing_ok}")

    monkeypatch.setattr(Path, "unlink", refuse)
    said = annotator("cache", "--empty")
    assert said.code == 2
    assert "3.0 kB" in said.err


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (3_140_000, "3.1 MB"),
        (2_000_000_000, "2.0 GB"),
    ],
)
def test_amounts(size: int, text: str) -> None:
    assert to_amount(size) == text

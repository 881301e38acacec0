"""`annotator clips` says before anything is made what will keep clips from being made."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from shutil import copy
from typing import NamedTuple

import pytest

from annotator.media import faces
from tests.support.clip_making import stored
from tests.support.commands import CommandLine
from tests.support.consents import GIVEN
from tests.support.timing_clips import ClipKind, TimingClip


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def session(clip_of: Callable[[ClipKind], TimingClip], tmp_path: Path) -> Path:
    copy(clip_of(ClipKind.FPS_25).path, tmp_path / "talk.mp4")
    return stored(tmp_path, GIVEN, ())


def wanted(session: Path, *more: str) -> list[str]:
    asked = ["--code", "reflection", "--pad", "0.2", "--purpose", "learners", "--dry-run"]
    return ["clips", str(session), *asked, "-o", str(session.parent / "out"), *more]


def test_a_missing_model_is_told(
    annotator: CommandLine, session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faces, "_PACKAGE", "no-such-package-here")
    said = annotator(*wanted(session, "--mask", "faces"))
    assert "2 clips cannot be made, since faces must be masked." in said.err
    assert "faces" not in annotator(*wanted(session)).err


def test_a_disk_without_room_is_told(
    annotator: CommandLine, session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: Usage(10, 9, 1))
    assert "may take about" in annotator(*wanted(session)).err

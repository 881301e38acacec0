"""`annotator clips --mode`: pictures are copied where that is right, and said so where not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.coded_films import slices_of
from tests.support.coded_sessions import AFTER, FIRST, coded_session
from tests.support.commands import CommandLine
from tests.support.cut_clips import contents


@pytest.fixture
def session(tmp_path: Path) -> Path:
    return coded_session(tmp_path)


def test_swift_is_told_in_json_and_in_the_manifest(
    annotator: CommandLine, session: Path, tmp_path: Path
) -> None:
    words = ("--code", "reflection", "--purpose", "learners", "-o", tmp_path / "out")
    said = annotator("clips", session, *words, "--mode", "swift", "--json")
    assert said.code == 0
    (one,) = json.loads(said.out)
    clip = Path(one["files"][0])
    assert contents(clip).numbers == tuple(range(FIRST, AFTER))
    assert 2 < one["copied"] < 3
    assert one["note"] == ""
    copied = set(slices_of(clip)) & set(slices_of(tmp_path / "talk.mp4"))
    assert len(copied) == round(one["copied"] * 25)
    manifest = next(path for path in clip.parent.glob("*.json"))
    settings = json.loads(manifest.read_text(encoding="utf-8"))["settings"]
    assert settings["mode"] == "swift"
    assert float(settings["seconds copied"]) == one["copied"]


def test_what_is_masked_is_cut_exactly_and_said(
    annotator: CommandLine, session: Path, tmp_path: Path
) -> None:
    words = ("--code", "reflection", "--purpose", "learners", "-o", tmp_path / "out")
    said = annotator("clips", session, *words, "--mode", "swift", "--mask", "picture")
    assert said.code == 0
    assert "The clip was cut exactly, as its pictures are masked" in said.out
    (manifest,) = (tmp_path / "out").glob("*.json")
    settings = json.loads(manifest.read_text(encoding="utf-8"))["settings"]
    assert settings["mode"] == "exact"
    assert "seconds copied" not in settings


def test_exact_is_what_is_usual(annotator: CommandLine, session: Path, tmp_path: Path) -> None:
    words = ("--code", "reflection", "--purpose", "learners", "-o", tmp_path / "out")
    assert annotator("clips", session, *words).code == 0
    (clip,) = (tmp_path / "out").glob("*.mp4")
    assert not set(slices_of(clip)) & set(slices_of(tmp_path / "talk.mp4"))

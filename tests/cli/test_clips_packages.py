"""Packages of a pack are exports: hashed, logged, found again, and called back."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from annotator.jobs import clip_pack_keeping
from annotator.jobs.progress import CancelledError
from annotator.storage.export_log import read_log
from annotator.storage.manifest import manifest_path
from tests.support.clip_sessions import PLANTED, clip_session
from tests.support.commands import CommandLine, Said
from tests.support.cut_clips import write_noise_film

PACKAGES = ("lesson.zip", "lesson-scorm.zip")


@pytest.fixture
def session(tmp_path: Path) -> Path:
    path = tmp_path / "talk.session.json"
    clip_session(path, [(write_noise_film(tmp_path / "film.mp4", 3), 0)])
    return path


@pytest.fixture
def packed(annotator: CommandLine, session: Path, tmp_path: Path) -> Callable[..., Said]:
    """Give what makes two clips and a pack of them, with these packages."""

    def run(*packages: str) -> Said:
        words = ("--code", "reflection", "--code", "silence", "--purpose", "learners")
        kinds = [word for one in packages for word in ("--package", one)]
        out = ("-o", tmp_path / "out", "--pack", tmp_path / "lesson", "--recipient", "Course A")
        return annotator("clips", session, *words, *out, *kinds)

    return run


def made(folder: Path) -> list[Path]:
    return sorted(one for one in folder.glob("lesson*") if one.suffix in (".zip", ".h5p"))


def test_each_package_is_hashed_logged_and_found(
    annotator: CommandLine, packed: Callable[..., Said], session: Path, tmp_path: Path
) -> None:
    said = packed("zip", "scorm", "h5p")
    assert said.code == 0, said.err
    packages = made(tmp_path)
    assert len(packages) == 4, "h5p makes a file of each clip"
    for path in packages:
        assert f"Wrote {path}\n" in said.out
        renamed = path.rename(path.with_name("from the stick"))
        found = json.loads(annotator("consent", "log", session, "--find", renamed, "--json").out)
        (one,) = found["exports"]
        assert one["files"] == [
            {"name": path.name, "sha256": sha256(renamed.read_bytes()).hexdigest()}
        ]
        assert [span["start"] for span in one["spans"]] == [1.0, 2.0]
        assert (one["recipient"], one["folder"]) == (
            "Course A",
            f"{tmp_path}, {tmp_path / 'lesson'}",
        )
        renamed.unlink()
    assert read_log(session).faults == ()


def test_a_package_has_its_manifest_which_names_nobody(
    packed: Callable[..., Said], session: Path, tmp_path: Path
) -> None:
    assert packed("zip").code == 0
    text = manifest_path(tmp_path / "lesson.zip").read_text("utf-8")
    manifest = json.loads(text)
    assert manifest["settings"] == {"form": "zip", "clips": "2"}
    log = read_log(session).exports
    assert len(log) == 3
    assert [one["sha256"] for one in manifest["sources"]] == [log[0].record.sources[0].sha256]
    assert manifest["holds"] == ["picture", "sound", "words"]
    for word in (*PLANTED.split(), str(tmp_path), "Course A"):
        assert word not in text


def test_a_withdrawal_calls_packages_back_too(
    annotator: CommandLine, packed: Callable[..., Said], session: Path
) -> None:
    assert packed("scorm").code == 0
    said = annotator("consent", "withdraw", session, "client")
    assert "  files: lesson-scorm.zip\n" in said.out
    assert said.out.count("TO BE CALLED BACK") == 3


def test_a_package_that_was_not_made_is_not_in_the_log(
    packed: Callable[..., Said], session: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_given: object) -> Path:
        raise CancelledError

    monkeypatch.setattr(clip_pack_keeping, "keep_zip", stopped)
    packed("zip")
    assert made(tmp_path) == []
    assert len(read_log(session).exports) == 2
    assert sorted(one.name for one in tmp_path.glob("*annotator*")) == []


def test_a_manifest_in_the_way_is_told_before_anything_is_made(
    packed: Callable[..., Said], session: Path, tmp_path: Path
) -> None:
    manifest_path(tmp_path / "lesson.zip").write_text("mine")
    said = packed("zip")
    assert said.code == 2
    assert "already something called “lesson.zip.manifest.json”" in said.err
    assert read_log(session).exports == ()

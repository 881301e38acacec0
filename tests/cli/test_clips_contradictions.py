"""What is asked of clips and does not go together is said before anything is made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copy

import pytest

from tests.support.clip_sessions import clip_session
from tests.support.commands import CommandLine, Said
from tests.support.timing_clips import ClipKind, TimingClip


@pytest.fixture
def cut(
    annotator: CommandLine,
    clip_of: Callable[[ClipKind], TimingClip],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., Said]:
    """Give what asks for clips of a session, in its own folder."""
    copy(clip_of(ClipKind.FPS_25).path, tmp_path / "talk.mp4")
    clip_session(tmp_path / "talk.session.json", [(tmp_path / "talk.mp4", 0)])
    (tmp_path / "list.csv").write_text("start,end\n1,2\n", encoding="utf-8")
    (tmp_path / "empty.csv").write_text("start,end\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def run(*words: object) -> Said:
        return annotator("clips", "talk.session.json", "--purpose", "team", "-o", "out", *words)

    return run


CODE = ("--code", "reflection")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--list", "list.csv", *CODE), "--list takes stretches as they stand"),
        (("--list", "list.csv", "--pad", "1"), "name no tags and no room beside it"),
        (("--list", "list.csv", "--kept"), "--kept takes clips as they stand"),
        (("--list", "empty.csv"), "empty.csv lists nothing to cut."),
        (("--list", "gone.csv"), "“gone.csv” could not be read: it is not there"),
        ((*CODE, "--pad", "-1"), "-1 is less than nothing; give 0 or more"),
        ((*CODE, "--fade", "-0.5"), "-0.5 is less than nothing"),
        ((*CODE, "--package", "zip"), "say with --pack where it goes"),
        ((*CODE, "--pack", "out"), "name another one than after -o"),
        (
            (*CODE, "--pack", "lesson", "--package", "h5p", "--format", "mp3"),
            "H5P Interactive Video shows films, and no clips of sound alone.",
        ),
    ],
)
def test_it_is_said_and_nothing_is_made(
    cut: Callable[..., Said], tmp_path: Path, words: tuple[str, ...], why: str
) -> None:
    before = sorted(tmp_path.iterdir())
    said = cut(*words)
    assert said.code == 2
    assert why in said.err
    assert sorted(tmp_path.iterdir()) == before

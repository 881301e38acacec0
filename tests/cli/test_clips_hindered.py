"""`annotator clips` says which GIFs would be too long before it cuts anything."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copy

import pytest

from annotator.model import Interval, Micros
from annotator.model.time import SECOND
from tests.support.clip_sessions import clip_session
from tests.support.commands import CommandLine, Said
from tests.support.timing_clips import ClipKind, TimingClip

TOO_LONG = (
    "0:00:01.000 to 0:00:46.000: An animated GIF may be 30 s long at most, and this clip lasts "
    "45.0 s. Choose a shorter clip, or the kind mp4."
)


@pytest.fixture
def cut(
    annotator: CommandLine, clip_of: Callable[[ClipKind], TimingClip], tmp_path: Path
) -> Callable[..., Said]:
    """Give what cuts two stretches, one of them too long, of a session of 90 s."""
    copy(clip_of(ClipKind.FPS_25).path, tmp_path / "talk.mp4")
    region = Interval(Micros(0), Micros(90 * SECOND))
    path = tmp_path / "talk.session.json"
    clip_session(path, [(tmp_path / "talk.mp4", 0)], region=region)
    (tmp_path / "list.csv").write_text("start,end\n1,1.5\n1,46\n", encoding="utf-8")

    def run(*words: object) -> Said:
        listed = ("--list", tmp_path / "list.csv", "--purpose", "learners")
        return annotator("clips", path, *listed, *words)

    return run


def test_a_dry_run_says_it(cut: Callable[..., Said], tmp_path: Path) -> None:
    said = cut("-o", tmp_path / "out", "--format", "gif", "--dry-run")
    assert said.err.splitlines().count(TOO_LONG) == 1
    assert said.out.count("would be") == 1
    assert said.code == 2
    assert not (tmp_path / "out").exists()


def test_it_is_said_once_and_the_others_are_made(cut: Callable[..., Said], tmp_path: Path) -> None:
    said = cut("-o", tmp_path / "out", "--format", "gif")
    assert said.err.splitlines().count(TOO_LONG) == 1
    assert said.out.count("Wrote") == 1
    assert said.code == 2
    assert len(list((tmp_path / "out").glob("*.gif"))) == 1


def test_it_is_said_before_anything_is_cut(cut: Callable[..., Said], tmp_path: Path) -> None:
    """Where cutting cannot even begin, it was said all the same."""
    (tmp_path / "talk.mp4").unlink()
    said = cut("-o", tmp_path / "out", "--format", "gif")
    assert TOO_LONG in said.err
    assert said.err.index(TOO_LONG) < said.err.index("talk.mp4 is not there")


def test_json_says_it_too(cut: Callable[..., Said], tmp_path: Path) -> None:
    said = cut("-o", tmp_path / "out", "--format", "gif", "--dry-run", "--json")
    short, long = json.loads(said.out)
    assert short["failure"] == ""
    assert TOO_LONG.endswith(long["failure"])
    assert long["refused"] == ""


def test_other_kinds_and_reels_may_be_as_long(cut: Callable[..., Said], tmp_path: Path) -> None:
    said = cut("-o", tmp_path / "out", "--dry-run")
    assert "30 s long" not in said.err
    assert said.code == 0
    said = cut("--reel", tmp_path / "reel.mp4", "--format", "gif", "--dry-run")
    assert "30 s long" not in said.err
    assert said.code == 0

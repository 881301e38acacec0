"""Clips whose first picture came before them: nothing else does, and a dry run says all of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copy

import pytest

from annotator.model import ExcludedSpan, Micros
from annotator.storage.manifest import manifest_path
from tests.support.clip_sessions import clip_session
from tests.support.clip_truth import clips_in
from tests.support.commands import CommandLine, Said
from tests.support.cut_clips import contents
from tests.support.timing_clips import AUDIO_RATE, ClipKind, TimingClip

HELD = ExcludedSpan(Micros(6_000_000), Micros(7_000_000), "a name is said")
"""Of a video call whose picture stands from 0.28 s to 8.28 s."""


_AAC = 1024
"""So many samples does AAC encode at once."""


@pytest.fixture
def call(clip_of: Callable[[ClipKind], TimingClip], tmp_path: Path) -> TimingClip:
    clip = clip_of(ClipKind.VIDEO_CALL)
    copy(clip.path, tmp_path / "talk.mp4")
    (tmp_path / "list.csv").write_text("start,end\n5,5.5\n7.5,8\n22.4,22.5\n", encoding="utf-8")
    return clip


@pytest.fixture
def cut(annotator: CommandLine, call: TimingClip, tmp_path: Path) -> Callable[..., Said]:
    """Give what cuts three stretches of the call."""
    assert call.numbers

    def run(*words: object, excluded: tuple[ExcludedSpan, ...] = ()) -> Said:
        path = tmp_path / "talk.session.json"
        if not path.exists():
            clip_session(path, [(tmp_path / "talk.mp4", 0)], excluded=excluded)
        listed = ("--list", tmp_path / "list.csv", "--purpose", "learners")
        return annotator("clips", path, *listed, *words)

    return run


@pytest.mark.parametrize("mode", ["exact", "swift"])
def test_no_sound_of_a_picture_held_from_before_comes_along(
    cut: Callable[..., Said], tmp_path: Path, mode: str
) -> None:
    said = cut("-o", tmp_path / "out", "--mode", mode)
    assert said.code == 0, said.err
    first = contents(clips_in(tmp_path / "out")[0])
    assert first.numbers == (7,)
    assert len(first.sound) < AUDIO_RATE // 2 + 2 * _AAC  # a block before, and the last filled up
    manifest = next((tmp_path / "out").glob("*-01-*.manifest.json")).read_text(encoding="utf-8")
    assert json.loads(manifest)["spans"] == [{"start": 5.0, "end": 5.5}]


def test_a_dry_run_refuses_what_is_refused_when_it_is_made(
    cut: Callable[..., Said], tmp_path: Path
) -> None:
    words = ("-o", tmp_path / "out")
    foreseen = cut(*words, "--dry-run", excluded=(HELD,))
    assert not (tmp_path / "out").exists()
    made = cut(*words)
    assert foreseen.code == made.code == 1
    assert foreseen.err == made.err
    assert "The picture on screen at its start came at 0:00:00.280." in made.err
    assert foreseen.out.count("would be") == made.out.count("Wrote") == 2


def test_a_dry_run_of_a_reel_leaves_out_what_is_left_out_of_it(
    cut: Callable[..., Said], tmp_path: Path
) -> None:
    words = ("--reel", tmp_path / "reel.mp4", "--cards", "none")
    foreseen = cut(*words, "--dry-run", excluded=(HELD,))
    assert not (tmp_path / "reel.mp4").exists()
    made = cut(*words)
    assert foreseen.code == made.code == 1
    assert foreseen.err == made.err
    assert made.err.count("Not in the reel") == 1
    assert foreseen.out.count("would be in reel.mp4") == 2
    assert "2 clips" in made.out


def test_a_dry_run_says_that_a_film_is_gone(cut: Callable[..., Said], tmp_path: Path) -> None:
    assert cut("-o", tmp_path / "out", "--dry-run").code == 0
    (tmp_path / "talk.mp4").unlink()
    said = cut("-o", tmp_path / "out", "--dry-run")
    assert said.code == 2
    assert "talk.mp4 is not there." in said.err


@pytest.mark.parametrize("made", [("-o", "out", 2), ("--reel", "reel.mp4", 1)])
def test_what_only_a_first_picture_reaches_is_called_back_once_it_is_excluded(
    cut: Callable[..., Said], annotator: CommandLine, tmp_path: Path, made: tuple[str, str, int]
) -> None:
    form, place, count = made
    assert cut(form, tmp_path / place, "--cards", "none").code == 0
    session = tmp_path / "talk.session.json"
    assert "TO BE CALLED BACK" not in annotator("consent", "log", session).out
    tree = json.loads(session.read_text(encoding="utf-8"))
    tree["excluded"] = [{"start": 3.0, "end": 3.2, "reason": "a name on a sheet of paper"}]
    session.write_text(json.dumps(tree), encoding="utf-8")
    said = annotator("consent", "log", session)
    assert said.out.count("TO BE CALLED BACK") == count
    assert "shows: 0:00:05.000 to 0:00:05.500" in said.out
    for manifest in tmp_path.rglob("*.manifest.json"):
        assert "seen" not in json.loads(manifest.read_text(encoding="utf-8"))


def test_what_a_first_picture_goes_against_is_in_the_manifest_of_a_reel(
    cut: Callable[..., Said], tmp_path: Path
) -> None:
    reel = tmp_path / "reel.mp4"
    words = ("--reel", reel, "--cards", "none", "--override", "agreed by phone")
    said = cut(*words, excluded=(HELD,))
    assert said.code == 0, said.err
    assert "3 clips" in said.out
    manifest = json.loads(manifest_path(reel).read_text(encoding="utf-8"))
    assert manifest["override"] == "agreed by phone"
    assert [one["ground"] for one in manifest["overridden"]] == ["excluded"]

"""`annotator clips --kept`: the clips that a session keeps are cut, and packs say what they say."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.model import Micros
from annotator.model.clip import Clip, Pause
from annotator.model.time import Interval
from tests.support.clip_sessions import PLANTED, clip_session
from tests.support.commands import CommandLine, Said
from tests.support.cut_clips import contents
from tests.support.timing_clips import TimingClip

LATE = Clip(
    "late",
    Micros(2_000_000),
    Micros(2_600_000),
    title="A long silence",
    notes="Wait for it.",
    aim="To bear a silence",
    question_before="What is he waiting for?",
    question_after="Who spoke first?",
    pauses=(Pause(Micros(2_200_000), "Would you speak now?"), Pause(Micros(2_900_000), "Outside")),
    warning="Somebody cries.",
    tags=("t2",),
)
EARLY = Clip("early", Micros(1_000_000), Micros(1_400_000), tags=("t1",))


@pytest.fixture
def cut(annotator: CommandLine, film: TimingClip, tmp_path: Path) -> Callable[..., Said]:
    """Give what cuts of a session that keeps two clips, the later one first."""
    assert film.numbers

    def run(*words: object, clips: tuple[Clip, ...] = (LATE, EARLY), **more: object) -> Said:
        path = tmp_path / "talk.session.json"
        path.unlink(missing_ok=True)
        clip_session(path, [(tmp_path / "talk.mp4", 0)], clips=clips, **more)
        return annotator("clips", path, "-o", tmp_path / "out", *words)

    return run


def names(folder: Path) -> list[str]:
    return [one.name for one in sorted(folder.glob("*.mp4"))]


def test_kept_clips_are_cut_in_the_order_of_showing(
    cut: Callable[..., Said], film: TimingClip, tmp_path: Path
) -> None:
    said = cut("--kept", "--purpose", "learners", "--names", "{number:02}-{code}")
    assert said.code == 0, said.err
    assert names(tmp_path / "out") == ["01-silence.mp4", "02-reflection.mp4"]
    first, second = sorted((tmp_path / "out").glob("*.mp4"))
    assert contents(first).numbers == film.numbers[50:65]
    assert contents(second).numbers == film.numbers[25:35]


@pytest.mark.parametrize("words", [("--kept", "early"), ("--kept", "2")])
def test_one_is_named_by_its_id_or_its_number(
    cut: Callable[..., Said], film: TimingClip, tmp_path: Path, words: tuple[str, ...]
) -> None:
    said = cut(*words, "--purpose", "team", "--json")
    assert [one["start"] for one in json.loads(said.out)] == [1.0]
    (only,) = (tmp_path / "out").glob("*.mp4")
    assert contents(only).numbers == film.numbers[25:35]


def test_a_clip_alone_has_the_number_that_it_has_in_the_tray(
    cut: Callable[..., Said], tmp_path: Path
) -> None:
    said = cut("--kept", "early", "--purpose", "team", "--names", "{number:02}")
    assert said.code == 0, said.err
    assert names(tmp_path / "out") == ["02.mp4"]


def test_a_pack_keeps_the_order_of_the_tray_whatever_files_are_called(
    cut: Callable[..., Said], tmp_path: Path
) -> None:
    pack = tmp_path / "lesson"
    words = ("--kept", "--purpose", "team", "--names", "{start}", "--json", "--pack", pack)
    said = cut(*words)
    assert said.code == 0, said.err
    assert [one["start"] for one in json.loads(said.out)] == [2.0, 1.0]
    page = (pack / "index.html").read_text("utf-8")
    assert page.index(LATE.title) < page.rindex("Reflection")


def test_nothing_is_cut_from_outside_the_region(cut: Callable[..., Said]) -> None:
    region = Interval(Micros(0), Micros(2_200_000))
    said = cut("--kept", "--purpose", "team", "--dry-run", "--json", region=region)
    spans = [(one["start"], one["end"]) for one in json.loads(said.out)]
    assert spans == [(2.0, 2.2), (1.0, 1.4)]


def test_a_pack_says_what_the_clips_say(cut: Callable[..., Said], tmp_path: Path) -> None:
    pack = tmp_path / "lesson"
    said = cut("--kept", "--purpose", "learners", "--pack", pack)
    assert said.code == 0, said.err
    page = (pack / "index.html").read_text("utf-8")
    everything = "".join(one.read_text("utf-8") for one in pack.rglob("*.html"))
    for text in (LATE.title, LATE.aim, LATE.question_before, LATE.question_after, LATE.warning):
        assert text in page
    assert LATE.notes in (pack / "teacher.html").read_text("utf-8")
    assert LATE.notes not in page
    assert "Would you speak now?" in page
    assert '"at": 0.2' in page
    assert "Outside" not in everything
    assert "Reflection" in page, "a clip without a title is called by its codes"
    assert page.index(LATE.title) < page.rindex("Reflection")
    assert "late" not in [word.strip('"') for word in page.split()], "ids stay at home"


def test_a_pack_that_would_name_a_coder_is_refused_before_anything_is_cut(
    cut: Callable[..., Said], tmp_path: Path
) -> None:
    told = replace(LATE, notes=f"{PLANTED} found this.")
    words = ("--kept", "--purpose", "learners", "--pack", tmp_path / "lesson")
    said = cut(*words, clips=(told,))
    assert said.code == 2
    assert "Secretname" in said.err
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "lesson").exists()
    assert cut("--kept", "--purpose", "learners", clips=(told,)).code == 0, "no pack, no texts"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--kept", "gone"), 'no clip "gone".\nName one by its number, 1 to 2'),
        (("--kept", "3"), 'no clip "3"'),
        (("--kept", "0"), 'no clip "0"'),
        (("--kept", "--code", "silence"), "as they stand"),
        (("--kept", "--pad", "1"), "as they stand"),
        (("--kept", "--list", "moments.csv"), "as they stand"),
    ],
)
def test_what_cannot_be_is_said(
    cut: Callable[..., Said], tmp_path: Path, words: tuple[str, ...], why: str
) -> None:
    said = cut(*words, "--purpose", "team")
    assert said.code == 2
    assert why in said.err
    assert not (tmp_path / "out").exists()


def test_a_session_that_keeps_none_says_so(cut: Callable[..., Said]) -> None:
    said = cut("--kept", "--purpose", "team", clips=())
    assert said.code == 2
    assert "keeps no clips" in said.err

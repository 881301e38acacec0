"""Names that are masked in clips are in no text about them, nor is what somebody is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.model import Micros, Participant, ParticipantRole
from annotator.model.clip import Clip, Pause
from annotator.model.transcript import Cue, Transcript
from tests.cli.test_clips_planted import told_in
from tests.support.clip_sessions import clip_session
from tests.support.commands import CommandLine, Said
from tests.support.consents import GIVEN
from tests.support.cut_clips import write_noise_film

NAME = "Zebulonia"
CALLED = "Quackenbush"
SPOKEN = f"We met {NAME}\N{EM DASH}she and {NAME}-Lena, {NAME}s mother. {NAME.upper()}'s late"
PEOPLE = (
    Participant("client", ParticipantRole.CLIENT, "C07", GIVEN),
    Participant("therapist", ParticipantRole.THERAPIST, CALLED, GIVEN),
)
CLIP = Clip("k1", Micros(500_000), Micros(2_500_000), "A hard moment", "Stop early", "To wait")
TEXTS = {
    "title": replace(CLIP, title=f"{NAME} cries"),
    "notes": replace(CLIP, notes=f"as {NAME}'s mother said"),
    "question": replace(CLIP, question_before=f"Who is {NAME}?"),
    "pause": replace(CLIP, pauses=(Pause(Micros(1_000_000), f"{NAME}?"),)),
    "warning": replace(CLIP, warning=f"Talk of {NAME}"),
}


@pytest.fixture
def cut(annotator: CommandLine, tmp_path: Path) -> Callable[..., Said]:
    """Give what cuts the kept clip of a session in which a name is said."""
    film = write_noise_film(tmp_path / "film.mp4", 3)
    cues = (Cue("c1", Micros(600_000), Micros(2_400_000), SPOKEN, "C", "client"),)
    (tmp_path / "out").mkdir()

    def run(*words: object, clip: Clip = CLIP, purpose: str = "learners") -> Said:
        path = tmp_path / "talk.session.json"
        talk = (Transcript("t", cues, "en"),)
        clip_session(path, [(film, 0)], clips=(clip,), participants=PEOPLE, transcripts=talk)
        usual = ("--kept", "--purpose", purpose, "--name-word", NAME, "-o", tmp_path / "out")
        return annotator("clips", path, *usual, *words)

    return run


def test_no_form_of_a_name_that_is_masked_nor_a_label_is_in_what_is_made(
    cut: Callable[..., Said], tmp_path: Path
) -> None:
    packages = ("--package", "zip", "--package", "h5p", "--package", "scorm")
    reel = ("--reel", tmp_path / "out" / "reel.mp4", "--subtitles")
    said = cut("--pack", tmp_path / "out" / "lesson", *packages, *reel)
    assert said.code == 0, said.err
    written = [one for one in (tmp_path / "out").rglob("*") if one.is_file()]
    assert {".mp4", ".vtt", ".zip", ".h5p", ".html"} <= {one.suffix for one in written}
    assert any(told_in(one, "[name]") for one in written)
    for path in written:
        for word in (NAME, CALLED):
            assert not told_in(path, word), path.name


def test_within_the_team_a_pack_says_whose_work_it_is(
    cut: Callable[..., Said], tmp_path: Path
) -> None:
    assert cut("--pack", tmp_path / "out" / "lesson", purpose="team").code == 0
    assert told_in(tmp_path / "out" / "lesson" / "index.html", CALLED)


@pytest.mark.parametrize("purpose", ["team", "learners"])
@pytest.mark.parametrize("clip", TEXTS.values(), ids=TEXTS.keys())
def test_texts_with_a_name_that_is_masked_go_into_no_pack(
    cut: Callable[..., Said], tmp_path: Path, clip: Clip, purpose: str
) -> None:
    said = cut("--pack", tmp_path / "lesson", clip=clip, purpose=purpose)
    assert said.code == 2
    assert f"names “{NAME}”" in said.err
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize("part", ["title", "question", "pause", "warning"])
def test_texts_with_a_name_that_is_masked_go_into_no_reel(
    cut: Callable[..., Said], tmp_path: Path, part: str
) -> None:
    said = cut("--reel", tmp_path / "reel.mp4", clip=TEXTS[part])
    assert said.code == 2
    assert f"names “{NAME}”" in said.err
    assert not (tmp_path / "reel.mp4").exists()
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize(
    "words",
    [
        ("--watermark", CALLED),
        ("--names", f"{CALLED}_{{number}}"),
        ("--override", f"{CALLED} agreed"),
        ("--pack", f"{CALLED}-lesson"),
        ("--pack", "lesson", "--title", f"Lessons of {CALLED}"),
        ("--names", f"{NAME}_{{number}}"),
    ],
)
def test_what_is_typed_names_nobody(
    cut: Callable[..., Said],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    said = cut(*words)
    assert said.code == 2
    assert "names “" in said.err
    assert not list((tmp_path / "out").iterdir())
    assert not list(tmp_path.glob("*lesson*"))


@pytest.mark.parametrize("there", ["lesson", "lesson.zip", "lesson-scorm.zip"])
def test_a_pack_that_is_there_already_is_said_before_clips_are_made(
    cut: Callable[..., Said], tmp_path: Path, there: str
) -> None:
    (tmp_path / there).write_text("mine", encoding="utf-8")
    said = cut("--pack", tmp_path / "lesson", "--package", "zip", "--package", "scorm")
    assert said.code == 2
    assert f"already something called “{there}”" in said.err
    assert (tmp_path / there).read_text(encoding="utf-8") == "mine"
    assert not list((tmp_path / "out").iterdir())

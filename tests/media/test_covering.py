"""Masks replace what they cover, in a copy, and leave all else as it was."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.media.covering import Cover
from annotator.media.face_boxes import Box, Sighting
from annotator.media.face_masks import DrawnMask, Fill, MaskPlan, WholeFill
from annotator.media.face_tracks import FaceTrack
from annotator.media.frame import Picture
from annotator.media.picture import scaled
from annotator.model import Interval, Micros

WATCHED = Interval(Micros(0), Micros(1000))
SIZE = (160, 120)
BOX = Box(40.5, 30.5, 79.5, 80.5)
INSIDE = (slice(30, 81), slice(40, 80))


def drawn_plan(box: Box = BOX, fill: Fill = Fill.SOLID) -> MaskPlan:
    return MaskPlan(SIZE, WATCHED, drawn=(DrawnMask(WATCHED, ((Micros(0), box),)),), fill=fill)


def faced_plan(fill: Fill) -> MaskPlan:
    track = FaceTrack(3, (Sighting(Micros(500), BOX, 0.9),), WATCHED)
    return MaskPlan(SIZE, WATCHED, (track,), fill=fill)


def covered(cover: Cover, picture: Picture, time: int = 5) -> Picture:
    """Cover a copy of a picture."""
    return cover.changed(0, Micros(time), picture.copy())


def cover_whole(picture: Picture, fill: WholeFill, face: float) -> Picture:
    """Cover a whole picture in which the largest face is so large, in pixels."""
    faces = (FaceTrack(0, (Sighting(Micros(5), Box(0, 0, face, face), 0.9),), WATCHED),)
    size = picture.shape[1], picture.shape[0]
    plan = MaskPlan(size, WATCHED, faces if face else (), whole_fill=fill).with_whole()
    return covered(Cover(plan), picture)


def noise(size: tuple[int, int] = SIZE, seed: int = 1) -> Picture:
    dice = np.random.default_rng(seed)
    return dice.integers(0, 256, (size[1], size[0], 3), np.uint8)


@pytest.mark.parametrize("fill", Fill)
def test_a_mask_covers_its_box_and_nothing_else(fill: Fill) -> None:
    kept = noise()
    made = covered(Cover(drawn_plan(fill=fill)), kept)
    outside = np.ones(kept.shape[:2], bool)
    outside[INSIDE] = False
    assert np.array_equal(made[outside], kept[outside])
    changed = (made != kept).any(axis=2)[INSIDE]
    assert changed.mean() > 0.99


@pytest.mark.parametrize("fill", Fill)
def test_what_is_covered_keeps_hardly_anything_of_what_was_there(fill: Fill) -> None:
    """Pictures that differ only in detail come out alike, whatever the fill."""
    grey = np.full((120, 160, 3), 128, np.uint8)
    stripes = grey.copy()
    stripes[:, ::2] -= 60
    stripes[:, 1::2] += 60
    cover = Cover(drawn_plan(fill=fill))
    one, other = covered(cover, grey), covered(cover, stripes)
    apart = np.abs(one[INSIDE].astype(int) - other[INSIDE])
    assert apart.mean() < 8


@pytest.mark.parametrize("fill", [Fill.BLUR, Fill.MOSAIC])
def test_a_face_keeps_no_more_than_four_tones_across(fill: Fill) -> None:
    """Anything finer than a quarter of the face is gone."""
    grey = np.full((120, 160, 3), 128, np.uint8)
    fine = grey.copy()
    fine[:, np.arange(160) % 8 < 4] = 40
    fine[:, np.arange(160) % 8 >= 4] = 216
    cover = Cover(drawn_plan(Box(40, 30, 72, 62), fill))
    inside = (slice(30, 62), slice(40, 72))
    one, other = (covered(cover, it)[inside].astype(int) for it in (grey, fine))
    assert np.abs(one - other).mean() < 8


@pytest.mark.parametrize("fill", [Fill.SOLID, Fill.SILHOUETTE])
def test_some_fills_keep_nothing_at_all(fill: Fill) -> None:
    cover = Cover(drawn_plan(fill=fill))
    one, other = covered(cover, noise(seed=1)), covered(cover, noise(seed=2))
    assert np.array_equal(one[INSIDE], other[INSIDE])


def test_the_noise_of_a_mosaic_cannot_be_averaged_away_and_differs_between_exports() -> None:
    cover = Cover(faced_plan(Fill.MOSAIC))
    grey = np.full((120, 160, 3), 128, np.uint8)
    frames = [covered(cover, grey, at) for at in (500, 501, 502)]
    assert all(np.array_equal(one, frames[0]) for one in frames)
    again = pickle.loads(pickle.dumps(cover))  # noqa: S301 our own bytes
    assert np.array_equal(covered(again, grey, 500), frames[0])
    assert not np.array_equal(covered(Cover(cover.plan), grey, 500), frames[0])
    assert "lot" not in repr(cover)


@given(
    st.floats(-80, 200),
    st.floats(-80, 160),
    st.floats(0, 90),
    st.floats(0, 90),
    st.sampled_from(Fill),
)
def test_masks_at_and_over_the_edge(
    left: float, top: float, width: float, height: float, fill: Fill
) -> None:
    box = Box(left, top, left + width, top + height)
    picture = np.full((120, 160, 3), (255, 0, 255), np.uint8)
    made = covered(Cover(drawn_plan(box, fill)), picture)
    x0, x1 = max(int(left), 0), min(int(left + width), 160)
    y0, y1 = max(int(top), 0), min(int(top + height), 120)
    if fill is Fill.SOLID and x0 < x1 and y0 < y1:
        assert (made[y0:y1, x0:x1] != (255, 0, 255)).any(axis=2).all()
    assert made.shape == picture.shape


def test_a_picture_of_another_size_is_covered_in_the_same_place() -> None:
    picture = noise((320, 240))
    made = covered(Cover(drawn_plan()), picture)
    changed = np.flatnonzero((made != picture).any(axis=2).any(axis=1))
    assert (changed[0], changed[-1]) == (61, 160)


def test_a_turned_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="turned"):
        covered(Cover(drawn_plan()), noise((120, 160)))


def test_changed_draws_into_the_picture_given() -> None:
    picture = noise()
    assert Cover(drawn_plan()).changed(0, Micros(5), picture) is picture
    assert not np.array_equal(picture, noise())


@pytest.mark.parametrize("fill", WholeFill)
@pytest.mark.parametrize("face", [0.0, 50.0])
def test_a_whole_picture_keeps_no_detail(fill: WholeFill, face: float) -> None:
    """Two pictures that differ by stripes finer than a third of a face come out alike."""
    smooth = scaled(noise((4, 3)) // 2 + 64, 320, 240)
    striped = smooth.copy()
    striped[::2] += 40
    striped[1::2] -= 40
    one, other = (cover_whole(it, fill, face).astype(int) for it in (smooth, striped))
    assert one.shape == smooth.shape
    assert np.abs(one - other).mean() < 12


@pytest.mark.parametrize("fill", WholeFill)
def test_the_larger_the_face_the_less_a_whole_picture_keeps(fill: WholeFill) -> None:
    picture = noise((40, 30))
    large = scaled(picture, 320, 240)
    little, much = (cover_whole(large, fill, face).astype(float) for face in (200.0, 20.0))
    changes = [np.abs(np.diff(it, axis=0)).sum() for it in (little, much)]
    assert changes[0] < changes[1]


@pytest.mark.parametrize("fill", WholeFill)
def test_whole_pictures_are_covered_where_asked_and_where_nobody_looked(fill: WholeFill) -> None:
    picture = scaled(noise((8, 6)), *SIZE)
    plan = replace(drawn_plan(), whole_fill=fill)
    asked = Cover(plan.with_whole(Interval(Micros(10), Micros(20))))
    inside = np.ones(picture.shape[:2], bool)
    inside[INSIDE] = False
    assert np.array_equal(covered(asked, picture, 9)[inside], picture[inside])
    for time in (10, 19, -1, 1000):
        assert (covered(asked, picture, time) != picture).any(axis=2).mean() > 0.9

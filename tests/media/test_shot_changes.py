"""A new shot is told from a lamp that is switched on and from people who move."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from annotator.media.picture import scaled
from annotator.media.shot_changes import Points, is_change, points_of
from annotator.media.video import open_video
from tests.support.face_films import natural
from tests.support.timing_clips import ClipKind, TimingClip


def points(name: str) -> Points:
    return scaled(natural(name), 64, 64).mean(axis=2).astype(np.float32)


def test_another_picture_is_a_new_shot_and_the_same_is_not() -> None:
    one, other = points("coffee"), points("astronaut")
    assert is_change(one, other)
    assert is_change(other, one)
    assert not is_change(one, one)


def test_light_and_noise_and_movement_are_no_new_shot() -> None:
    one = points("coffee")
    dice = np.random.default_rng(1)
    assert not is_change(one, one * 0.4)
    assert not is_change(one, np.minimum(one * 1.8, 255))
    assert not is_change(one, one + dice.normal(0, 12, one.shape).astype(np.float32))
    moved = one.copy()
    moved[10:40, 10:40] = points("astronaut")[10:40, 10:40]
    assert not is_change(one, moved)
    assert not is_change(one, np.roll(one, 2, axis=1))


def test_black_before_a_picture_is_another_shot() -> None:
    black = np.zeros((64, 64), np.float32)
    assert is_change(black, points("coffee"))
    assert not is_change(black, black + 100)


@pytest.mark.parametrize(
    "kind", [ClipKind.FPS_25, ClipKind.HEVC_10_BIT, ClipKind.AVI_MJPEG, ClipKind.ODD_WIDTH]
)
def test_points_show_what_the_frames_show(
    clip_of: Callable[[ClipKind], TimingClip], kind: ClipKind
) -> None:
    with open_video(clip_of(kind).path) as video:
        taken = [points_of(video.frame(index)) for index in (10, 11, 12)]
        seen = [scaled(video.frame(index).to_rgb(), 64, 64).mean(axis=2) for index in (10, 11, 12)]
    for one, other in zip(taken, seen, strict=True):
        assert one.shape == (64, 64)
        assert np.corrcoef(one.ravel(), other.ravel())[0, 1] > 0.8
    assert [is_change(*pair) for pair in pairwise(taken)] == [
        is_change(*pair) for pair in pairwise(np.float32(one) for one in seen)
    ]

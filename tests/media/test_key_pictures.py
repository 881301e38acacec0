"""Small pictures from keyframes are the film's own frames, whatever the container."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from annotator.media.key_pictures import KeyPictures
from annotator.media.video import open_video
from annotator.model import Look
from tests.support.timing_clips import WITH_FRAMES, ClipKind, TimingClip, read_number

ClipOf = Callable[[ClipKind], TimingClip]
EXACT = [kind for kind in WITH_FRAMES if kind is not ClipKind.MPEG_PROGRAM]
HEIGHT = 36


@pytest.mark.parametrize("kind", EXACT)
def test_each_keyframe_is_the_frame_of_its_number(kind: ClipKind, clip_of: ClipOf) -> None:
    clip = clip_of(kind)
    with open_video(clip.path) as video, KeyPictures(clip.path, video.index) as small:
        # an edit list may hide a keyframe itself, though not what leans on it
        index = video.index
        keyframes = [one for one in index.keyframes if index.place_of(one.key) is not None]
        assert keyframes
        for keyframe in [*keyframes, keyframes[0]][-12:]:
            picture = small.picture(keyframe, Look(), HEIGHT)
            assert picture is not None
            assert picture.shape[0] == HEIGHT
            assert picture.shape[1] == round(HEIGHT * clip.width * video.pixel_aspect / clip.height)
            assert read_number(picture) == clip.numbers[keyframe.index]


def test_where_a_file_seeks_coarsely_it_is_a_frame_nearby(clip_of: ClipOf) -> None:
    path = clip_of(ClipKind.MPEG_PROGRAM).path
    with open_video(path) as video, KeyPictures(path, video.index) as small:
        for keyframe in video.index.keyframes[:6]:
            picture = small.picture(keyframe, Look(), HEIGHT)
            assert picture is not None
            assert abs(read_number(picture) - keyframe.index) < 30


def test_small_pixels_are_the_average_of_those_they_stand_for(clip_of: ClipOf) -> None:
    clip = clip_of(ClipKind.FPS_25)
    with open_video(clip.path) as video, KeyPictures(clip.path, video.index) as small:
        first = video.index.keyframes[0]
        picture = small.picture(first, Look(), clip.height // 4)
        whole = video.frame(first.index).to_rgb().astype(float)
    assert picture is not None
    averages = whole.reshape(clip.height // 4, 4, clip.width // 4, 4, 3).mean(axis=(1, 3))
    assert np.abs(picture - averages).mean() < 3


def test_it_is_turned_and_shaped_as_the_coder_sees_the_film(clip_of: ClipOf) -> None:
    clip = clip_of(ClipKind.FPS_25)
    with open_video(clip.path) as video, KeyPictures(clip.path, video.index) as small:
        first = video.index.keyframes[0]
        plain = small.picture(first, Look(), HEIGHT)
        turned = small.picture(first, Look(turn=90), HEIGHT)
        wide = small.picture(first, Look(shape="16:9"), HEIGHT)
        light = small.picture(first, Look(brightness=0.5), HEIGHT)
    assert plain is not None
    assert turned is not None
    assert wide is not None
    assert light is not None
    assert plain.shape == (HEIGHT, round(HEIGHT * clip.width / clip.height), 3)
    assert turned.shape == (HEIGHT, round(HEIGHT * clip.height / clip.width), 3)
    assert wide.shape == (HEIGHT, 64, 3)
    assert light.mean() > plain.mean()


def test_films_open_and_are_seen_small_where_opencv_does_not_load() -> None:
    asked = (
        "import sys, annotator.media.video, annotator.media.key_pictures as one; one.KeyPictures"
    )
    code = f"{asked}; sys.exit('cv2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_nothing_is_written(clip_of: ClipOf, tmp_path: Path) -> None:
    clip = clip_of(ClipKind.FPS_25)
    film = tmp_path / "film.mp4"
    film.write_bytes(clip.path.read_bytes())
    with open_video(film) as video, KeyPictures(film, video.index) as small:
        assert small.picture(video.index.keyframes[0], Look(), HEIGHT) is not None
    assert [one.name for one in tmp_path.iterdir()] == ["film.mp4"]

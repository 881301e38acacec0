"""Small pictures from keyframes are the film's own frames, whatever the container."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from annotator.media.key_pictures import KeyPictures
from annotator.media.picture import scaled
from annotator.media.video import open_video
from annotator.model import Look
from tests.support.timing_clips import WITH_FRAMES, ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]
EXACT = [kind for kind in WITH_FRAMES if kind is not ClipKind.MPEG_PROGRAM]
HEIGHT = 36


@pytest.mark.parametrize("kind", EXACT)
def test_each_keyframe_is_the_frame_of_its_number(kind: ClipKind, clip_of: ClipOf) -> None:
    path = clip_of(kind).path
    with open_video(path) as video, KeyPictures(path, video.index) as small:
        # an edit list may hide a keyframe itself, though not what leans on it
        index = video.index
        keyframes = [one for one in index.keyframes if index.place_of(one.key) is not None]
        assert keyframes
        for keyframe in [*keyframes, keyframes[0]][-12:]:
            picture = small.picture(keyframe, Look(), HEIGHT)
            assert picture is not None
            assert picture.shape[0] == HEIGHT
            wanted = scaled(video.frame(keyframe.index).to_rgb(), picture.shape[1], HEIGHT)
            difference = np.abs(picture.astype(int) - wanted)
            assert difference.mean() < 1, (keyframe, difference.mean())


def test_where_a_file_seeks_coarsely_it_is_a_frame_nearby(clip_of: ClipOf) -> None:
    path = clip_of(ClipKind.MPEG_PROGRAM).path
    with open_video(path) as video, KeyPictures(path, video.index) as small:
        for keyframe in video.index.keyframes[:6]:
            picture = small.picture(keyframe, Look(), HEIGHT)
            assert picture is not None
            about = range(max(keyframe.index - 30, 0), min(keyframe.index + 30, len(video.index)))
            frames = (scaled(video.frame(at).to_rgb(), picture.shape[1], HEIGHT) for at in about)
            assert min(np.abs(picture.astype(int) - one).mean() for one in frames) < 1


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


def test_nothing_is_written(clip_of: ClipOf, tmp_path: Path) -> None:
    clip = clip_of(ClipKind.FPS_25)
    film = tmp_path / "film.mp4"
    film.write_bytes(clip.path.read_bytes())
    with open_video(film) as video, KeyPictures(film, video.index) as small:
        assert small.picture(video.index.keyframes[0], Look(), HEIGHT) is not None
    assert [one.name for one in tmp_path.iterdir()] == ["film.mp4"]

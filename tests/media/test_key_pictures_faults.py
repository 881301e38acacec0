"""Films with damage, and files without a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.errors import MediaError
from annotator.media.key_pictures import KeyPictures
from annotator.media.video import open_video
from annotator.model import Look
from tests.support.timing_clips import ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]


def test_sound_alone_is_refused(clip_of: ClipOf) -> None:
    with open_video(clip_of(ClipKind.FPS_25).path) as video:
        index = video.index
    with pytest.raises(MediaError, match="sound only"):
        KeyPictures(clip_of(ClipKind.AUDIO_ONLY).path, index)


def test_a_film_that_breaks_off_gives_none_for_what_is_gone(
    clip_of: ClipOf, tmp_path: Path
) -> None:
    clip = clip_of(ClipKind.OPEN_GOP)
    with open_video(clip.path) as video:
        index = video.index
    film = tmp_path / "film.ts"
    whole = clip.path.read_bytes()
    film.write_bytes(whole[: len(whole) // 3])
    with KeyPictures(film, index) as small:
        assert small.picture(index.keyframes[0], Look(), 36) is not None
        assert small.picture(index.keyframes[-1], Look(), 36) is None

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from annotator.errors import MediaError, StorageError
from annotator.jobs.snapshot import save_snapshot
from annotator.media import open_video
from annotator.model import Look, Micros
from tests.support.folders import small_disk
from tests.support.timing_clips import ClipKind, TimingClip, read_number

ClipOf = Callable[[ClipKind], TimingClip]
MOMENT = Micros(83_480_000)


def pixels(path: Path) -> np.ndarray:
    with av.open(path) as container:
        return next(container.decode(video=0)).to_ndarray(format="rgb24")


def test_the_picture_is_the_exact_frame_with_the_time_in_its_name(
    clip_of: ClipOf, tmp_path: Path
) -> None:
    clip = clip_of(ClipKind.VARIABLE)
    with open_video(clip.path) as video:
        path = save_snapshot(video, 7, Look(), MOMENT, tmp_path / "a.session.json")
        assert np.array_equal(pixels(path), video.frame(7).to_rgb())
    assert path.parent == tmp_path
    assert path.name == f"{clip.path.stem} 0-01-23.480.png"
    assert read_number(pixels(path)) == clip.numbers[7]


def test_a_picture_that_is_there_already_stays(clip_of: ClipOf, tmp_path: Path) -> None:
    with open_video(clip_of(ClipKind.FPS_25).path) as video:
        paths = [
            save_snapshot(video, index, Look(), MOMENT, tmp_path / "a.session.json")
            for index in (1, 2, 3)
        ]
    assert len(set(paths)) == 3
    assert [path.stem[-3:] for path in paths[1:]] == ["(2)", "(3)"]


def test_it_is_saved_as_it_is_seen(clip_of: ClipOf, tmp_path: Path) -> None:
    with open_video(clip_of(ClipKind.FPS_25).path) as video:
        height, width = video.frame(3).to_rgb().shape[:2]
        look = Look(turn=90, shape="2:1")
        path = save_snapshot(video, 3, look, MOMENT, tmp_path / "a.session.json")
    assert pixels(path).shape[:2] == (2 * height, height)
    assert width != height


def test_a_folder_that_may_not_be_written_is_told(clip_of: ClipOf, tmp_path: Path) -> None:
    clip = clip_of(ClipKind.FPS_25)
    with small_disk(tmp_path / "disk") as disk, open_video(clip.path) as video:
        disk.protect()
        with pytest.raises(StorageError, match="could not be written"):
            save_snapshot(video, 0, Look(), MOMENT, disk.folder / "a.session.json")


def test_sound_alone_has_no_picture(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="sound only"):
        save_snapshot(None, 0, Look(), MOMENT, tmp_path / "a.session.json")

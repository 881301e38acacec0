"""The main job without a window."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from annotator.errors import AnnotatorError
from annotator.jobs.rehearsal import CODER, rehearse
from annotator.media import open_video
from annotator.storage.paths import shipped
from annotator.storage.store import SessionStore


def test_tags_are_there_and_pictures_are_exact(tmp_path: Path) -> None:
    done = rehearse(tmp_path)
    opened = SessionStore.open(done.session, CODER)
    opened.store.close()
    coded = opened.session.pass_of(CODER)
    assert coded is not None
    assert coded.tags == done.tags
    moment, stretch = done.tags
    assert (moment.code, stretch.code) == ("reflection", "silence")
    film = shipped("first-session") / "first-session.mp4"
    with open_video(film) as video:
        for picture, time in zip(
            done.pictures, (moment.start, stretch.start, stretch.end), strict=True
        ):
            with av.open(picture) as container:
                shown = next(container.decode(video=0)).to_ndarray(format="rgb24")
            assert np.array_equal(shown, video.frame_at(time).to_rgb())


def test_again_adds_to_what_is_there(tmp_path: Path) -> None:
    first = rehearse(tmp_path)
    second = rehearse(tmp_path)
    opened = SessionStore.open(second.session, CODER)
    opened.store.close()
    coded = opened.session.pass_of(CODER)
    assert coded is not None
    assert all(tag in coded.tags for tag in (*first.tags, *second.tags))


def test_open_elsewhere_is_told(tmp_path: Path) -> None:
    first = rehearse(tmp_path)
    held = SessionStore.open(first.session, "Maria")
    try:
        with pytest.raises(AnnotatorError, match="Maria"):
            rehearse(tmp_path)
    finally:
        held.store.close()

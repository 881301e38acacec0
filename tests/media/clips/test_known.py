"""A film is read through again only where it is another file, or was changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from shutil import copy

import pytest

from annotator.media.clips import known
from annotator.media.clips.known import surveyed
from annotator.media.clips.stamps import stamp_of
from annotator.media.survey import Survey, survey
from tests.support.timing_clips import ClipKind, TimingClip


def test_a_film_is_read_through_once_as_long_as_nobody_changes_it(
    clip_of: Callable[[ClipKind], TimingClip], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []

    def count(path: Path) -> Survey:
        read.append(path)
        return survey(path)

    monkeypatch.setattr(known, "survey", count)
    film = Path(copy(clip_of(ClipKind.FPS_25).path, tmp_path / "talk.mp4"))
    first = surveyed(stamp_of(film))
    assert first == survey(film)
    assert surveyed(stamp_of(film)) is first
    assert read == [film]
    os.utime(film, ns=(1, 1))
    assert surveyed(stamp_of(film)) == first
    other = Path(copy(clip_of(ClipKind.VARIABLE).path, tmp_path / "other.mp4"))
    other.replace(film)
    assert surveyed(stamp_of(film)) == survey(film) != first
    assert read == [film, film, film]

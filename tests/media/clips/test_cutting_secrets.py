"""A clip tells nothing of where it came from."""

from __future__ import annotations

from pathlib import Path

import av
import pytest

from annotator.media.clips.wishes import CutWish, Form
from annotator.model import Micros
from tests.support.cut_clips import must_cut, write_noise_film

PLANTED = "Room4DrDoe"
ENCODERS = (b"x264", b"Lavc", b"libx264", b"LAME3", b"avcodec", b"Lavf6", b"Mainconcept")


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(PLANTED)
    return write_noise_film(folder / f"{PLANTED}.mp4", 3, PLANTED)


def test_the_film_holds_the_secret(film: Path) -> None:
    data = film.read_bytes()
    assert data.count(PLANTED.encode()) >= 4
    assert b"x264" in data
    with av.open(str(film)) as container:
        assert container.chapters()


@pytest.mark.parametrize("form", list(Form))
def test_no_label_of_the_film_is_in_the_clip(film: Path, form: Form, tmp_path: Path) -> None:
    target = tmp_path / f"clip.{form}"
    must_cut(CutWish(film, Micros(500_000), Micros(1_500_000), target, form))
    data = target.read_bytes()
    assert PLANTED.encode() not in data
    assert PLANTED.encode("utf-16-le") not in data
    assert not [one for one in ENCODERS if one in data]
    with av.open(str(target)) as container:
        labels = {**container.metadata}
        for stream in container.streams:
            labels |= stream.metadata
        assert not container.chapters()
        assert "creation_time" not in labels
        assert labels.get("language", "und") == "und"
        kinds = ["video"] * form.has_picture + ["audio"] * form.has_sound
        assert [one.type for one in container.streams] == kinds

"""Clips of HDR films are ordinary films that look as the player shows them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from annotator.media import open_video
from annotator.media.clips.composition import Composition, Layout, Take
from annotator.media.clips.wishes import Changes, CutWish, Form, Mode, Size
from annotator.media.frame import Picture
from annotator.media.hdr_light import Transfer, to_ordinary
from annotator.model import Look, Micros
from tests.support.cut_clips import must_cut
from tests.support.hdr_films import FIELD, Hdr, Signal, fields_of, write_hdr

SIGNALS: list[Signal] = [
    (0.38, 0.38, 0.38),
    (0.75, 0.75, 0.75),
    (0.7, 0.6, 0.5),
    (0.5, 0.55, 0.6),
    (0.75, 0, 0),
    (0, 0, 0.75),
]
WITHIN = 5.0
"""Of 255, for what encoders add to what the player shows."""

WHOLE = Micros(0), Micros(800_000)


class Leaves:
    """Leaves pictures as they are, but might not."""

    def changed(self, index: int, time: Micros, picture: Picture) -> Picture:
        del index, time
        return picture


@pytest.fixture(params=Transfer)
def coding(request: pytest.FixtureRequest) -> Hdr:
    return Hdr(request.param)


@pytest.fixture
def film(coding: Hdr, tmp_path: Path) -> Path:
    return write_hdr(tmp_path / "film.mp4", SIGNALS, coding)


def wanted(coding: Hdr) -> NDArray[np.float64]:
    return to_ordinary(np.array(SIGNALS), Transfer(coding.transfer)) * 255


def shown(clip: Path) -> Picture:
    with open_video(clip) as video:
        return video.frame(7).to_rgb()


def told(clip: Path) -> tuple[str, int, int, int]:
    with av.open(str(clip)) as container:
        picture = next(container.decode(video=0))
    colours = picture.colorspace, picture.color_primaries, picture.color_trc
    return (picture.format.name, *(int(one) for one in colours))


@pytest.mark.parametrize("form", [Form.MP4, Form.WEBM])
@pytest.mark.parametrize("changes", [Changes(), Changes(pictures=Leaves())])
def test_a_clip(film: Path, coding: Hdr, form: Form, changes: Changes, tmp_path: Path) -> None:
    target = tmp_path / f"clip.{form}"
    result = must_cut(CutWish(film, *WHOLE, target, form, changes=changes))
    assert result.picture is not None
    assert result.picture.frames == 20
    assert told(target) == ("yuv420p", 1, 1, 1)
    assert np.abs(fields_of(shown(target)) - wanted(coding)).max() <= WITHIN
    with open_video(film) as video:
        there = fields_of(video.frame(7).to_rgb())
    assert np.abs(fields_of(shown(target)) - there).max() <= WITHIN


@pytest.mark.parametrize("look", [Look(), Look(contrast=1.0001)])
def test_a_clip_of_several(film: Path, coding: Hdr, look: Look, tmp_path: Path) -> None:
    takes = (Take(film, Micros(0), look), Take(film, Micros(40_000)))
    target = tmp_path / "clip.mp4"
    composition = Composition(takes, (), Layout.SIDE)
    must_cut(CutWish(film, *WHOLE, target, composition=composition))
    assert told(target) == ("yuv420p", 1, 1, 1)
    left = shown(target)[:, : FIELD * len(SIGNALS)]
    assert np.abs(fields_of(left) - wanted(coding)).max() <= WITHIN


def test_a_sheet_of_stills(film: Path, coding: Hdr, tmp_path: Path) -> None:
    target = tmp_path / "clip.png"
    must_cut(CutWish(film, *WHOLE, target, Form.SHEET, size=Size(stills=1)))
    with Image.open(target) as image:
        picture = np.asarray(image.convert("RGB")).astype(int)
    for colour in wanted(coding):
        assert (np.abs(picture - colour).max(axis=2) <= WITHIN).sum() > FIELD**2 / 2


def test_an_animated_picture(film: Path, coding: Hdr, tmp_path: Path) -> None:
    target = tmp_path / "clip.gif"
    must_cut(CutWish(film, *WHOLE, target, Form.GIF))
    with Image.open(target) as image:
        picture = np.asarray(image.convert("RGB"))
    scaled = np.asarray(Image.fromarray(picture).resize((FIELD * len(SIGNALS), FIELD)))
    assert np.abs(fields_of(scaled) - wanted(coding)).max() <= 2 * WITHIN  # of 256 colours


def test_the_pictures_of_an_hdr_film_are_not_copied(tmp_path: Path) -> None:
    coding = Hdr(codec="libx264", pixels="yuv420p")
    film = write_hdr(tmp_path / "film.mp4", SIGNALS, coding)
    wish = CutWish(film, *WHOLE, tmp_path / "clip.mp4", mode=Mode.SWIFT)
    result = must_cut(wish)
    assert "HDR" in result.note
    assert result.copied == 0
    assert np.abs(fields_of(shown(wish.target)) - wanted(coding)).max() <= WITHIN
    ordinary = write_hdr(tmp_path / "other.mp4", SIGNALS, replace(coding, transfer=1))
    again = replace(wish, source=ordinary, target=tmp_path / "other-clip.mp4")
    assert must_cut(again).copied > 0

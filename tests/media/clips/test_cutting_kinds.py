"""Exact clips of films with high dynamic range, of interlaced films, and of fuller colours."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from annotator.media import open_video, probe
from annotator.media.clips.wishes import CutWish, Form
from annotator.model import Micros
from tests.support.coded_films import Coding, times_of, write_coded
from tests.support.cut_clips import contents, must_cut
from tests.support.timing_clips import paint_number

PQ, HLG = 16, 18
WIDE, BT709 = 9, 1
LIMITED, FULL = 1, 2
INTERLACED = 1 << 18 | 1 << 29
DARK, BRIGHT = 60, 180


def hdr(transfer: int) -> Coding:
    """Code as telephones do that film with high dynamic range."""
    names = {PQ: "smpte2084", HLG: "arib-std-b67"}
    told = f"colorprim=bt2020:transfer={names[transfer]}:colormatrix=bt2020nc"
    options = {"preset": "ultrafast", "x265-params": f"keyint=25:log-level=none:{told}"}
    return Coding("libx265", "yuv420p10le", options, colours=(LIMITED, WIDE, WIDE, transfer))


def light(path: Path, index: int) -> NDArray[np.float64]:
    """Give a frame's brightness as it is written, as a share of the largest number."""
    with open_video(path) as video:
        picture = video.frame(index).picture
        bits = picture.format.components[0].bits
        rows = np.frombuffer(picture.planes[0], np.uint8 if bits == 8 else np.uint16)
    lines: NDArray[np.float64] = rows.reshape(picture.height, -1)[:, : picture.width] / 2.0**bits
    return lines


@pytest.mark.parametrize("transfer", [PQ, HLG])
@pytest.mark.parametrize("form", [Form.MP4, Form.WEBM])
def test_high_dynamic_range_becomes_ordinary_and_every_frame_is_there(
    transfer: int, form: Form, tmp_path: Path
) -> None:
    film = write_coded(tmp_path / "film.mp4", 60, hdr(transfer))
    target = tmp_path / f"clip.{form}"
    times = times_of(film)
    must_cut(CutWish(film, times[13], times[41], target, form))
    assert contents(target).numbers == tuple(range(13, 41))
    with open_video(target) as video:
        picture = video.frame(3).picture
    assert picture.format.name == "yuv420p"
    assert (picture.colorspace, picture.color_range) == (BT709, LIMITED)
    assert (picture.color_primaries, picture.color_trc) == (BT709, BT709)
    assert np.abs(light(target, 3) - light(film, 16)).mean() < 0.01


def weave(number: int, width: int, height: int) -> NDArray[np.uint8]:
    """Paint a number of which one field is darker than the other, as where something moves."""
    picture = paint_number(number, width, height)
    picture[0::2] = picture[0::2] // 2 + 100
    return picture


@pytest.mark.parametrize("form", [Form.MP4, Form.WEBM])
@pytest.mark.parametrize("suffix", ["mp4", "ts"])
def test_interlaced_films_keep_both_fields_of_each_picture(
    suffix: str, form: Form, tmp_path: Path
) -> None:
    coding = Coding(options={"g": "25", "crf": "10"}, flags=INTERLACED)
    film = write_coded(tmp_path / f"film.{suffix}", 60, coding, weave)
    times = times_of(film)
    target = tmp_path / f"clip.{form}"
    result = must_cut(CutWish(film, times[13], times[41], target, form))
    assert result.picture is not None
    assert result.picture.frames == contents(target).packets == 28
    for at in (0, 14, 27):
        ours, theirs = light(target, at), light(film, 13 + at)
        assert np.abs(ours - theirs).mean() < 0.04
        between = (
            np.abs(ours[0::2] - ours[1::2]).mean() / np.abs(theirs[0::2] - theirs[1::2]).mean()
        )
        assert between > 0.85  # they are not blended into one another


def test_full_range_becomes_what_every_player_shows(tmp_path: Path) -> None:
    coding = Coding(pixels="yuvj420p", options={"g": "25"}, colours=(FULL, 1, 1, 1))
    film = write_coded(tmp_path / "film.mp4", 40, coding)
    target = tmp_path / "clip.mp4"
    must_cut(CutWish(film, Micros(400_000), Micros(1_200_000), target))
    with open_video(film) as before, open_video(target) as after:
        assert after.frame(0).picture.color_range == LIMITED
        ours, theirs = after.frame(5).to_rgb().astype(int), before.frame(15).to_rgb()
    assert np.abs(ours - theirs).mean() < 4
    video = probe(target).video
    assert video is not None
    assert video.pixel_format == "yuv420p"

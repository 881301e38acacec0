"""HDR films are shown in ordinary colours everywhere, and all other films as they were."""

from __future__ import annotations

import tempfile
from pathlib import Path

import av
import numpy as np
import pytest

from annotator.errors import MediaError
from annotator.media import hdr_pictures, open_video
from annotator.media.frame import Frame
from annotator.media.hdr_light import Transfer, to_ordinary
from annotator.media.hdr_pictures import Toning
from annotator.media.key_pictures import KeyPictures
from annotator.media.video import first_picture
from annotator.model import ZERO, Look
from tests.support.coded_films import Coding, write_coded
from tests.support.hdr_films import FIELD, Hdr, Signal, fields_of, write_hdr
from tests.support.timing_clips import write_matrix

WHITE = {Transfer.HLG: 0.75, Transfer.PQ: 0.58069}
CALM: list[Signal] = [
    (0.1, 0.1, 0.1),
    (0.38, 0.38, 0.38),
    (0.5, 0.5, 0.5),
    (1.0, 1.0, 1.0),
    (0.7, 0.6, 0.5),
    (0.5, 0.55, 0.6),
    (0.45, 0.35, 0.3),
]
STRONG: list[Signal] = [(0.75, 0, 0), (0, 0.75, 0), (0, 0, 0.75), (0.6, 0.6, 0.1), (0.2, 0.5, 0.7)]
CODINGS = {
    "HLG as telephones write it": Hdr(),
    "PQ": Hdr(Transfer.PQ),
    "HLG, full range": Hdr(is_full=True),
    "HLG with the matrix of BT.709": Hdr(matrix=1),
    "PQ in H.264": Hdr(Transfer.PQ, codec="libx264"),
    "HLG in 8 bits": Hdr(codec="libx264", pixels="yuv420p"),
}
WITHIN, STRONG_WITHIN = 3.0, 4.0
"""Of 255: 8 bits in half as many colours, and colours between those that were worked out."""


@pytest.mark.parametrize("name", CODINGS)
def test_shown_as_the_formulae_say(name: str, tmp_path: Path) -> None:
    coding = CODINGS[name]
    white = WHITE[Transfer(coding.transfer)]
    signals = [(white, white, white), *CALM, *STRONG]
    film = write_hdr(tmp_path / "film.mp4", signals, coding)
    with open_video(film) as video:
        frame = video.frame(17)
        shown = fields_of(frame.to_rgb())
    away = np.abs(shown - to_ordinary(np.array(signals), Transfer(coding.transfer)) * 255)
    assert away[: -len(STRONG)].max() <= WITHIN
    assert away.max() <= STRONG_WITHIN
    assert shown[0] == pytest.approx(230, abs=WITHIN)  # white paper, as in other films
    picture = frame.picture
    told = (picture.colorspace, picture.color_primaries, picture.color_trc, picture.color_range)
    assert (picture.format.name, told) == ("yuv420p", (1, 1, 1, 1))


def test_the_same_wherever_it_is_shown(tmp_path: Path) -> None:
    signals = [*CALM, *STRONG]
    film = write_hdr(tmp_path / "film.mp4", signals, Hdr())
    with open_video(film) as video, KeyPictures(film, video.index) as small:
        shown = video.frame(10).to_rgb()
        again = video.glance(10, Look())
        near = video.nearest(25, Look())
        strip = small.picture(video.index.keyframes[1], Look(), FIELD)
        ways = [first_picture(film)[0], again and again[0], near and near[0]]
        for frame in ways:
            assert frame is not None
            assert np.array_equal(frame.to_rgb(), shown)
    assert strip is not None
    assert np.abs(fields_of(strip) - fields_of(shown)).max() <= 1


def test_a_look_is_laid_over_what_is_shown(tmp_path: Path) -> None:
    film = write_hdr(tmp_path / "film.mp4", CALM, Hdr())
    with open_video(film) as video:
        plain = fields_of(video.frame(3).to_rgb())
        lighter = fields_of(video.seen(3, Look(brightness=0.3))[0].to_rgb())
    assert (lighter[:3] > plain[:3] + 5).all()
    assert lighter[3] == pytest.approx(plain[3], abs=1)


def test_a_turned_film_stays_turned(tmp_path: Path) -> None:
    one = 1 << 16
    film = write_hdr(tmp_path / "film.mp4", CALM, Hdr())
    with open_video(film) as video:
        before = video.frame(3).to_rgb()
    write_matrix(film, (0, one, 0, -one, 0, 0, FIELD << 16, 0, 1 << 30))
    with open_video(film) as video, KeyPictures(film, video.index) as small:
        assert np.array_equal(video.frame(3).to_rgb(), np.rot90(before, -1))
        key = small.frame(video.index.keyframes[0])
    assert key is not None
    assert key.orientation.rotation == 90
    assert first_picture(film)[0].orientation.rotation == 90


@pytest.mark.parametrize("colours", [None, (1, 1, 1, 1), (1, 9, 9, 14), (2, 6, 6, 6)])
@pytest.mark.parametrize("pixels", ["yuv420p", "yuv420p10le"])
def test_other_films_are_left_as_they_are(
    pixels: str,
    colours: tuple[int, int, int, int] | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hdr_pictures, "_graph", None)  # it would fail
    film = write_coded(tmp_path / "film.mp4", 30, Coding(pixels=pixels, colours=colours))
    with av.open(str(film)) as container:
        theirs = [picture.to_ndarray() for picture in container.decode(video=0)]
    with open_video(film) as video, KeyPictures(film, video.index) as small:
        for at in (29, 0, 13):
            assert np.array_equal(video.frame(at).picture.to_ndarray(), theirs[at])
        key = small.frame(video.index.keyframes[0])
    assert key is not None
    assert np.array_equal(key.picture.to_ndarray(), theirs[0])
    toning = Toning()
    assert toning.toned(key) is key


def test_sizes_and_ways_of_writing_light_may_change_from_frame_to_frame(tmp_path: Path) -> None:
    toning = Toning()
    for number, (coding, signals) in enumerate(
        [(Hdr(), CALM), (Hdr(Transfer.PQ), CALM), (Hdr(), CALM[:3]), (Hdr(), CALM)]
    ):
        film = write_hdr(tmp_path / f"{number}.mp4", signals, coding)
        with av.open(str(film)) as container:
            picture = next(container.decode(video=0))
        shown = fields_of(toning.toned(Frame(0, ZERO, picture, is_damaged=True)).to_rgb())
        wanted = to_ordinary(np.array(signals), Transfer(coding.transfer)) * 255
        assert np.abs(shown - wanted).max() <= WITHIN


def test_what_is_damaged_is_told_of_still(tmp_path: Path) -> None:
    film = write_hdr(tmp_path / "film.mp4", CALM, Hdr())
    with av.open(str(film)) as container:
        picture = next(container.decode(video=0))
    toned = Toning().toned(Frame(3, ZERO, picture, is_damaged=True))
    assert (toned.index, toned.is_damaged) == (3, True)


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    film = write_hdr(tmp_path / "film.mp4", CALM, Hdr())
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    with open_video(film) as video:
        video.frame(3)
    assert not [*temporary.iterdir()]


def test_without_room_for_temporary_files_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = write_hdr(tmp_path / "film.mp4", CALM, Hdr())
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "not there"))
    with pytest.raises(MediaError, match="HDR film"):
        open_video(film)

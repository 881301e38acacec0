"""Sheets of stills: the right pictures, each with its time below, in a neat grid, and no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from annotator.errors import MediaError
from annotator.media.clips import sheet
from annotator.media.clips.cutting import cut
from annotator.media.clips.sheet_grid import Grid, grid_of, labels_of
from annotator.media.clips.wishes import Changes, CutWish, Form, Quality, Size
from annotator.media.frame import Picture
from annotator.media.lettering.looks import Look
from annotator.media.lettering.words import Overlay, Words
from annotator.media.png import encode_png
from annotator.model import Micros
from tests.media.clips.test_composing import Adds
from tests.media.clips.test_gif import shown
from tests.support.cut_clips import must_cut, write_noise_film
from tests.support.timing_clips import ClipKind, TimingClip, read_number

ClipOf = Callable[[ClipKind], TimingClip]


def wish_of(clip: TimingClip, target: Path, count: int = 12) -> CutWish:
    bounds = Micros(400_000), Micros(1_600_000)
    return CutWish(clip.path, *bounds, target, Form.SHEET, size=Size(stills=count))


def read(path: Path) -> Picture:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def stills_of(picture: Picture, grid: Grid) -> list[Picture]:
    width, height = grid.still
    return [picture[top : top + height, left : left + width] for left, top in grid.places]


@pytest.mark.parametrize("count", [1, 2, 5, 12])
@pytest.mark.parametrize(
    "kind", [ClipKind.FPS_25, ClipKind.PHONE, ClipKind.ODD_WIDTH, ClipKind.NO_AUDIO]
)
def test_stills_from_the_first_picture_to_the_last(
    clip_of: ClipOf, tmp_path: Path, kind: ClipKind, count: int
) -> None:
    clip, target = clip_of(kind), tmp_path / "clip.png"
    result = must_cut(wish_of(clip, target, count))
    assert result.picture is not None
    assert result.picture.frames == count
    picture = read(target)
    assert picture.shape[1::-1] == (result.picture.width, result.picture.height)
    shown = (clip.width + clip.width % 2, clip.height + clip.height % 2)
    grid = grid_of(count, shown, 1920)
    found = [read_number(still) for still in stills_of(picture, grid)]
    inside = [n for n, t in zip(clip.numbers, clip.frame_times, strict=True) if t < 1_600_000]
    first = max(n for n, t in zip(clip.numbers, clip.frame_times, strict=True) if t <= 400_000)
    assert found[0] == first
    assert found == sorted(set(found))
    if count > 1:
        assert found[-1] == inside[-1]


def test_a_time_is_written_below_each(clip_of: ClipOf, tmp_path: Path) -> None:
    target = tmp_path / "clip.png"
    must_cut(wish_of(clip_of(ClipKind.FPS_25), target, 6))
    picture = read(target)
    grid = grid_of(6, (192, 128), 1920)
    for left, top in grid.places:
        below = picture[top + grid.still[1] : top + grid.still[1] + grid.line, left:]
        assert below[:, : grid.still[0]].min() < 120
        assert below[0].min() > 240  # it does not touch the still


def test_times_are_written_evenly() -> None:
    assert labels_of([Fraction(0), Fraction(59), Fraction(7205, 2)]) == [
        "0:00.0",
        "0:59.0",
        "1:00:02.5",
    ]
    assert labels_of([Fraction(0), Fraction(1, 25)]) == ["0:00.00", "0:00.04"]
    assert labels_of([Fraction(599_999, 10_000)]) == ["0:59.9"]


def test_fewer_pictures_than_asked_for_are_all_shown(clip_of: ClipOf, tmp_path: Path) -> None:
    clip, target = clip_of(ClipKind.FPS_25), tmp_path / "clip.png"
    result = must_cut(replace(wish_of(clip, target), end=Micros(520_000)))
    assert result.picture is not None
    assert result.picture.frames == 3


def test_masks_are_in_it(clip_of: ClipOf, tmp_path: Path) -> None:
    clip, target = clip_of(ClipKind.FPS_25), tmp_path / "clip.png"
    changes = Changes(pictures=Adds(clip.frame_times, 1000))
    must_cut(replace(wish_of(clip, target, 3), changes=changes))
    found = [read_number(one) for one in stills_of(read(target), grid_of(3, (192, 128), 1920))]
    assert found[0] == 1010
    assert found[-1] == 1039


@pytest.mark.parametrize("form", [Form.GIF, Form.SHEET])
def test_words_lie_over_the_stills_that_are_on_screen_with_them(
    clip_of: ClipOf, tmp_path: Path, form: Form
) -> None:
    """The caption is there from 0.4 s of the clip on, not in the first pictures."""
    clip = clip_of(ClipKind.FPS_25)
    words = Words("Well", Look.CAPTION, Micros(400_000), Micros(1_200_000))
    found = []
    for name, overlay in (("plain", None), ("words", Overlay((words,)))):
        target = tmp_path / f"{name}.{form}"
        wish = replace(wish_of(clip, target, 4), form=form, changes=Changes(overlay=overlay))
        must_cut(wish)
        if form is Form.SHEET:
            found.append(stills_of(read(target), grid_of(4, (192, 128), 1920)))
        else:
            found.append([picture for picture, _ in shown(target)])
    same = [
        int(np.abs(one.astype(int) - other).max()) < 60 for one, other in zip(*found, strict=True)
    ]
    assert same[0]
    assert not any(same[-2:])


@given(
    st.integers(1, 60),
    st.tuples(st.integers(16, 4000), st.integers(16, 4000)),
    st.sampled_from([480, 1280, 1920, 2560]),
)
def test_stills_stand_apart_and_inside(count: int, still: tuple[int, int], width: int) -> None:
    grid = grid_of(count, still, width)
    assert len(grid.places) == len(set(grid.places)) == count
    assert grid.size[0] <= width + 2 * count
    wide, high = grid.still
    for left, top in grid.places:
        assert 0 < left <= grid.size[0] - wide
        assert 0 < top <= grid.size[1] - high - grid.line
    lefts, tops = ({place[at] for place in grid.places} for at in (0, 1))
    assert all(b - a > wide for a, b in zip(sorted(lefts), sorted(lefts)[1:], strict=False))
    assert all(
        b - a > high + grid.line for a, b in zip(sorted(tops), sorted(tops)[1:], strict=False)
    )


def test_limits_of_size(tmp_path: Path) -> None:
    film = write_noise_film(tmp_path / "film.mp4", 1, size=(640, 360))
    wish = CutWish(film, Micros(0), Micros(900_000), tmp_path / "clip.png", Form.SHEET)
    small = must_cut(replace(wish, size=Size(Quality.BEST, most_bytes=900_000)))
    assert small.bytes <= 900_000
    low = must_cut(replace(wish, target=tmp_path / "low.png", size=Size(most_height=500)))
    assert low.picture is not None
    assert 450 <= low.picture.height <= 500
    with pytest.raises(MediaError, match="cannot be made as small"):
        cut(replace(wish, target=tmp_path / "no.png", size=Size(most_bytes=900)))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["clip.png", "film.mp4", "low.png"]


def test_small_stills_are_made_smaller_where_the_sheet_must_be_low(
    clip_of: ClipOf, tmp_path: Path
) -> None:
    wish = wish_of(clip_of(ClipKind.FPS_25), tmp_path / "clip.png")
    whole = must_cut(replace(wish, size=Size(Quality.BEST)))
    low = must_cut(
        replace(wish, target=tmp_path / "low.png", size=Size(Quality.BEST, most_height=300))
    )
    assert whole.picture is not None
    assert low.picture is not None
    assert whole.picture.height > 400
    assert 250 <= low.picture.height <= 300


def test_what_does_not_belong_there_is_found(
    clip_of: ClipOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(rgb: Picture) -> bytes:
        data = encode_png(rgb)
        text = b"Title\x00secret"
        return data[:-12] + len(text).to_bytes(4, "big") + b"tEXt" + text + bytes(4) + data[-12:]

    def longer(rgb: Picture) -> bytes:
        return encode_png(rgb) + b"secret"

    def darker(rgb: Picture) -> bytes:
        return encode_png(np.ascontiguousarray(rgb // 2))

    for spoil in (told, longer, darker):
        monkeypatch.setattr(sheet, "encode_png", spoil)
        with pytest.raises(MediaError, match="did not come out right"):
            cut(wish_of(clip_of(ClipKind.FPS_25), tmp_path / "clip.png"))
        assert list(tmp_path.iterdir()) == []

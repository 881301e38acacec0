"""Animated GIFs of clips: each picture is the right one for as long as it should be."""

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
from annotator.media.clips.composition import Composition, Layout, Take
from annotator.media.clips.cutting import cut
from annotator.media.clips.gif import timing_of
from annotator.media.clips.gif_check import blocks_of, check_gif
from annotator.media.clips.panes import board_of
from annotator.media.clips.stretch import Stretch
from annotator.media.clips.verifying import WrongClipError
from annotator.media.clips.wishes import Changes, CutWish, Form, Quality, Size
from annotator.media.frame import Picture
from annotator.model import Micros
from tests.media.clips.test_composing import Adds, field_of
from tests.support.cut_clips import must_cut, write_noise_film
from tests.support.timing_clips import ClipKind, TimingClip, read_number

ClipOf = Callable[[ClipKind], TimingClip]


def shown(path: Path) -> list[tuple[Picture, int]]:
    """List the pictures of a GIF as another program reads them, and for how long in ms each is."""
    found = []
    with Image.open(path) as image:
        for at in range(getattr(image, "n_frames", 1)):
            image.seek(at)
            found.append((np.asarray(image.convert("RGB")), round(image.info["duration"])))
    return found


def wish_of(clip: TimingClip, target: Path, start: int, end: int) -> CutWish:
    return CutWish(clip.path, Micros(start), Micros(end), target, Form.GIF)


@pytest.mark.parametrize(
    "kind",
    [
        ClipKind.FPS_25,
        ClipKind.FPS_29_97,
        ClipKind.PHONE,
        ClipKind.VIDEO_CALL,
        ClipKind.NEGATIVE_EDIT,
    ],
)
def test_each_picture_is_the_one_on_screen_then(
    clip_of: ClipOf, kind: ClipKind, tmp_path: Path
) -> None:
    clip, target = clip_of(kind), tmp_path / "clip.gif"
    start, end = 210_000, 1_450_000
    result = must_cut(wish_of(clip, target, start, end))
    passed = 0
    pictures = shown(target)
    for picture, length in pictures:
        at = max(i for i, time in enumerate(clip.frame_times) if time <= start + passed * 1000)
        assert read_number(picture) == clip.numbers[at]
        assert length >= 20
        passed += length
    assert passed == (end - start) // 1000
    assert len(pictures) <= passed / 80 + 1
    assert result.sound is None
    assert result.picture is not None
    assert result.picture.frames == len(pictures)
    with Image.open(target) as image:
        assert image.info["loop"] == 0
        assert "comment" not in image.info


@given(
    st.lists(st.integers(1, 400_000), min_size=1, max_size=60),
    st.integers(1, 2_000_000),
    st.integers(0, 300_000),
)
def test_any_times_fill_the_whole_clip(gaps: list[int], last: int, late: int) -> None:
    ticks = [late]
    for gap in gaps:
        ticks.append(ticks[-1] + gap)
    stretch = Stretch(0, len(gaps), tuple(ticks), ticks[-1] + last, Fraction(1, 1_000_000))
    timing = timing_of(stretch)
    assert sum(timing.lengths) == max(round(stretch.end / 10_000), 2)
    assert min(timing.lengths) >= 2
    assert all(length >= 8 for length in timing.lengths[:-1])
    assert [*timing.places] == sorted(set(timing.places))
    assert 0 <= timing.places[0] <= timing.places[-1] < len(ticks)


def test_masks_are_in_it(clip_of: ClipOf, tmp_path: Path) -> None:
    clip, target = clip_of(ClipKind.FPS_25), tmp_path / "clip.gif"
    changes = Changes(pictures=Adds(clip.frame_times, 1000))
    must_cut(replace(wish_of(clip, target, 0, 400_000), changes=changes))
    assert [read_number(picture) for picture, _ in shown(target)] == [1000, 1002, 1004, 1006, 1008]


def test_several_recordings(clip_of: ClipOf, tmp_path: Path) -> None:
    one, other = clip_of(ClipKind.FPS_25), clip_of(ClipKind.ROTATED_180)
    target = tmp_path / "clip.gif"
    takes = (Take(one.path, Micros(0)), Take(other.path, Micros(80_000)))
    composition = Composition(takes, (), Layout.SIDE)
    must_cut(replace(wish_of(one, target, 400_000, 800_000), composition=composition))
    panes = board_of(Layout.SIDE, [(one.width, one.height), (other.width, other.height)]).panes
    found = [[read_number(field_of(p, pane)) for pane in panes] for p, _ in shown(target)]
    assert found == [[at, at - 2] for at in (10, 12, 14, 16, 18)]


@pytest.fixture(scope="module")
def noise_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_noise_film(tmp_path_factory.mktemp("noise") / "film.mp4", 3, size=(960, 540))


def test_it_is_no_wider_than_its_quality_says(noise_film: Path, tmp_path: Path) -> None:
    widths = []
    for quality in Quality:
        target = tmp_path / f"{quality}.gif"
        wish = CutWish(noise_film, Micros(0), Micros(200_000), target, Form.GIF, None)
        result = must_cut(replace(wish, size=Size(quality)))
        assert result.picture is not None
        widths.append(result.picture.width)
        assert shown(target)[0][0].shape[:2] == (result.picture.height, result.picture.width)
    assert widths == [640, 480, 320]


def test_it_is_no_larger_than_it_may_be(noise_film: Path, tmp_path: Path) -> None:
    target = tmp_path / "clip.gif"
    wish = CutWish(noise_film, Micros(0), Micros(400_000), target, Form.GIF)
    result = must_cut(replace(wish, size=Size(most_bytes=120_000)))
    assert target.stat().st_size == result.bytes <= 120_000
    with pytest.raises(MediaError, match="cannot be made as small"):
        cut(replace(wish, target=tmp_path / "b.gif", size=Size(most_bytes=2_000)))
    assert [one.name for one in tmp_path.iterdir()] == ["clip.gif"]


def test_a_long_one_is_refused_before_it_is_begun(tmp_path: Path) -> None:
    film = write_noise_film(tmp_path / "film.mp4", 31, size=(32, 32))
    with pytest.raises(MediaError, match="30 s long at most") as caught:
        cut(CutWish(film, Micros(0), Micros(30_100_000), tmp_path / "clip.gif", Form.GIF))
    assert "mp4" in (caught.value.remedy or "")
    assert [one.name for one in tmp_path.iterdir()] == ["film.mp4"]


def test_a_sound_recording_has_nothing_to_show(clip_of: ClipOf, tmp_path: Path) -> None:
    sound = clip_of(ClipKind.AUDIO_ONLY)
    for form in (Form.GIF, Form.SHEET):
        with pytest.raises(MediaError, match="nothing that such a clip could hold"):
            cut(replace(wish_of(sound, tmp_path / f"clip.{form}", 0, 900_000), form=form))


def test_one_that_breaks_off_is_found(clip_of: ClipOf, tmp_path: Path) -> None:
    target = tmp_path / "clip.gif"
    must_cut(wish_of(clip_of(ClipKind.FPS_25), target, 0, 200_000))
    data = target.read_bytes()
    for length in {*range(900), *range(900, len(data), 97), len(data) - 1} - {len(data)}:
        with pytest.raises(WrongClipError):
            list(blocks_of(data[:length]))


def spoilt(data: bytes) -> dict[str, bytes]:
    """Give a GIF with things in it that do not belong there."""
    comment = b"\x21\xfe\x06secret\x00"
    return {
        "a comment": data[:-1] + comment + data[-1:],
        "a tail": data + b"secret",
        "no loop": data.replace(b"NETSCAPE2.0", b"XMP DataXMP"),
        "another kind": b"GIF87a" + data[6:],
        "cut off": data[: len(data) // 2],
    }


def test_what_does_not_belong_there_is_found(clip_of: ClipOf, tmp_path: Path) -> None:
    target = tmp_path / "clip.gif"
    must_cut(wish_of(clip_of(ClipKind.FPS_25), target, 0, 400_000))
    data = target.read_bytes()
    assert [one.begins for one in blocks_of(data)].count(0x2C) == 5
    for bad in spoilt(data).values():
        target.write_bytes(bad)
        with pytest.raises(MediaError, match="did not come out right"):
            check_gif(target, [8] * 5, [])

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from av.video.frame import VideoFrame

from annotator.media.frame import Frame, Orientation
from annotator.media.lens import looked, shown_size
from annotator.model import Look, Micros

WIDTH, HEIGHT = 64, 48
UPRIGHT = Orientation()


def frame_of(
    rgb: np.ndarray, kind: str = "yuv420p", orientation: Orientation | None = None
) -> Frame:
    picture = VideoFrame.from_ndarray(rgb, "rgb24").reformat(format=kind)
    return Frame(0, Micros(0), picture, orientation or Orientation())


def ramp() -> np.ndarray:
    """Grey from black at the left to white at the right."""
    row = np.linspace(0, 255, WIDTH).astype(np.uint8)
    return np.repeat(np.repeat(row[np.newaxis, :, np.newaxis], HEIGHT, axis=0), 3, axis=2)


KINDS = ["yuv420p", "yuvj420p", "yuv422p10le", "nv12", "rgb24", "gray"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_plain_look_changes_nothing(kind: str) -> None:
    frame = frame_of(ramp(), kind)
    assert np.array_equal(looked(frame, Look()).to_rgb(), frame.to_rgb())


@pytest.mark.parametrize("kind", KINDS)
def test_brightness_lifts_the_middle_and_keeps_black_and_white(kind: str) -> None:
    frame = frame_of(ramp(), kind)
    plain = frame.to_rgb()[10, :, 1].astype(int)
    lighter = looked(frame, Look(brightness=0.5)).to_rgb()[10, :, 1].astype(int)
    darker = looked(frame, Look(brightness=-0.5)).to_rgb()[10, :, 1].astype(int)
    middle = WIDTH // 2
    assert lighter[middle] > plain[middle] + 30
    assert darker[middle] < plain[middle] - 30
    for seen in (lighter, darker):
        assert seen[0] == pytest.approx(plain[0], abs=3)
        assert seen[-1] == pytest.approx(plain[-1], abs=3)


@pytest.mark.parametrize("kind", KINDS)
def test_contrast_spreads_tones_about_the_middle(kind: str) -> None:
    frame = frame_of(ramp(), kind)
    seen = looked(frame, Look(contrast=2)).to_rgb()[10, :, 1].astype(int)
    assert seen[WIDTH // 8] < 8
    assert seen[-WIDTH // 8] > 247
    assert seen[WIDTH // 2] == pytest.approx(frame.to_rgb()[10, WIDTH // 2, 1], abs=6)


def test_colours_stay_what_they_are_when_lightened() -> None:
    red = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    red[:, :, 0] = 120
    seen = looked(frame_of(red), Look(brightness=0.4)).to_rgb()[10, 10]
    assert seen[0] > seen[1] + 40
    assert abs(int(seen[1]) - int(seen[2])) < 12


def test_comb_lines_go_and_the_picture_stays_sharp_across() -> None:
    """Two fields caught 8 pixels apart, as when somebody moves in interlaced film."""
    rgb = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    rgb[0::2, 16:32] = 230
    rgb[1::2, 24:40] = 230
    seen = looked(frame_of(rgb, "yuv444p"), Look(deinterlace=True)).to_rgb()[8:-8, :, 1]
    comb = np.abs(np.diff(seen.astype(int), axis=0)).mean()
    assert comb < 2
    assert np.abs(np.diff(seen.astype(int), axis=1)).max() > 150


@pytest.mark.parametrize("kind", ["yuv420p", "nv12", "rgb24", "gray", "yuv422p10le", "yuv411p"])
def test_what_has_no_comb_stays_as_it_is(kind: str) -> None:
    frame = frame_of(ramp(), kind)
    seen = looked(frame, Look(deinterlace=True)).to_rgb().astype(int)
    assert np.abs(seen - frame.to_rgb()).max() <= 4


def test_each_frame_is_itself() -> None:
    look = Look(deinterlace=True, brightness=0.001)
    for level in (20, 200, 90, 90, 10):
        grey = np.full((HEIGHT, WIDTH, 3), level, np.uint8)
        seen = looked(frame_of(grey), look).to_rgb()
        assert np.abs(seen.astype(int) - level).max() <= 4


def test_a_film_that_changes_size_on_the_way() -> None:
    look = Look(contrast=1.5)
    small = np.full((32, 32, 3), 128, np.uint8)
    assert looked(frame_of(ramp()), look).to_rgb().shape == (HEIGHT, WIDTH, 3)
    assert looked(frame_of(small), look).to_rgb().shape == (32, 32, 3)
    assert looked(frame_of(ramp()), look).to_rgb().shape == (HEIGHT, WIDTH, 3)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("own", [Orientation(), Orientation(90), Orientation(180, mirrored=True)])
def test_turning_is_clockwise_on_top_of_what_the_film_asks(turn: int, own: Orientation) -> None:
    rgb = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    rgb[:10, :10] = 250
    frame = frame_of(rgb, "yuv444p", own)
    seen = looked(frame, Look(turn=turn))
    assert np.array_equal(seen.to_rgb(), np.rot90(frame.to_rgb(), -turn // 90))
    assert (seen.height, seen.width) == seen.to_rgb().shape[:2]


@pytest.mark.parametrize(
    ("look", "aspect", "size"),
    [
        (Look(), Fraction(1), (64, 48)),
        (Look(), Fraction(4, 3), (85, 48)),
        (Look(shape="16:9"), Fraction(4, 3), (85, 48)),
        (Look(shape="1:1"), Fraction(1), (48, 48)),
        (Look(turn=90), Fraction(4, 3), (48, 85)),
        (Look(turn=180, shape="2:1"), Fraction(1), (96, 48)),
    ],
)
def test_the_size_shown(look: Look, aspect: Fraction, size: tuple[int, int]) -> None:
    assert shown_size(frame_of(ramp()), aspect, look) == size

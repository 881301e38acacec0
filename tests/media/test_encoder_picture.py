"""What encoders take is drawn over in place: the area and nothing else, in the colours meant."""

from __future__ import annotations

import numpy as np
import pytest
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace
from hypothesis import given
from hypothesis import strategies as st

from annotator.media.covering import Cover
from annotator.media.encoder_picture import Area, EncoderPicture, Spread, area_of
from annotator.media.face_boxes import Box, Sighting
from annotator.media.face_masks import DrawnMask, Fill, MaskPlan, WholeFill
from annotator.media.face_tracks import FaceTrack
from annotator.media.frame import Picture
from annotator.media.picture import scaled
from annotator.model import Interval, Micros

SIZE = (160, 120)
WATCHED = Interval(Micros(0), Micros(1000))
TIME = Micros(5)
MATRICES = {1: Colorspace.ITU709, 6: Colorspace.SMPTE170M}


def soft(size: tuple[int, int] = SIZE, seed: int = 1) -> Picture:
    dice = np.random.default_rng(seed)
    return scaled(dice.integers(40, 216, (6, 8, 3), np.uint8), *size)


def opened(rgb: Picture, matrix: int = 6) -> tuple[EncoderPicture, VideoFrame]:
    """Give a picture as encoders take it, and the frame that holds it."""
    made = VideoFrame.from_ndarray(rgb, "rgb24").reformat(
        format="yuv420p", dst_colorspace=MATRICES[matrix], dst_color_range=1
    )
    made.colorspace, made.color_range = matrix, 1
    return EncoderPicture.of(made, matrix), made


def shown(frame: VideoFrame, matrix: int = 6) -> Picture:
    back = frame.reformat(format="rgb24", src_colorspace=MATRICES[matrix], src_color_range=1)
    return np.asarray(back.to_ndarray(), np.uint8)


def face_plan(box: Box, fill: Fill = Fill.SOLID) -> MaskPlan:
    track = FaceTrack(3, (Sighting(TIME, box, 0.9),), WATCHED)
    return MaskPlan(SIZE, WATCHED, (track,), fill=fill)


@pytest.mark.parametrize("matrix", MATRICES)
def test_colours_are_read_and_written_as_the_converter_does(matrix: int) -> None:
    """A picture of one colour comes out as the colour that was painted, whatever the matrix."""
    for colour in ((40, 40, 40), (200, 30, 60), (20, 190, 90), (30, 60, 220), (255, 255, 255)):
        picture, frame = opened(soft(), matrix)
        picture.paint(picture.whole, np.array([[colour]], np.uint8), Spread.STEPS)
        assert np.abs(shown(frame, matrix).astype(int) - colour).max() <= 3
        assert np.abs(picture.means(Area(10, 20, 40, 60), 3, 2) - colour).max() <= 3


def test_means_are_those_of_the_colours_shown() -> None:
    rgb = soft()
    picture, _ = opened(rgb)
    means = picture.means(Area(0, 0, 160, 120), 8, 6)
    assert np.abs(means - scaled(rgb, 8, 6).astype(int)).mean() < 3


@given(
    st.floats(-80, 200),
    st.floats(-80, 160),
    st.floats(0, 90),
    st.floats(0, 90),
    st.sampled_from(Fill),
)
def test_all_of_a_box_is_covered_and_nothing_beside_it(
    left: float, top: float, width: float, height: float, fill: Fill
) -> None:
    box = Box(left, top, left + width, top + height)
    before, _ = opened(soft())
    after, _ = opened(soft())
    plan = MaskPlan(SIZE, WATCHED, drawn=(DrawnMask(WATCHED, ((TIME, box),)),), fill=fill)
    Cover(plan).draw(0, TIME, after)
    outside = np.ones((120, 160), bool)
    area = area_of(box, *SIZE)
    if area is not None:
        area.part_of(outside)[:] = False
    assert np.array_equal(after.light[outside], before.light[outside])
    far = np.ones((60, 80), bool)
    if area is not None:
        area.halved.part_of(far)[:] = False
        if fill is Fill.SOLID:
            assert len(np.unique(area.part_of(after.light))) == 1
            assert np.abs(area.halved.part_of(after.blue).astype(int) - 128).max() <= 1
            assert np.abs(area.halved.part_of(after.red).astype(int) - 128).max() <= 1
    assert np.array_equal(after.blue[far], before.blue[far])
    assert np.array_equal(after.red[far], before.red[far])


@pytest.mark.parametrize("fill", Fill)
def test_planes_are_covered_as_colours_are(fill: Fill) -> None:
    """What is encoded and what is shown while masks are looked at are the same."""
    cover = Cover(face_plan(Box(40, 30, 90, 84), fill))
    rgb = soft()
    picture, frame = opened(rgb)
    cover.draw(0, TIME, picture)
    expected = cover.changed(0, TIME, rgb.copy()).astype(int)
    apart = np.abs(shown(frame) - expected)
    assert apart[40:70, 50:80].mean() < (20 if fill is Fill.MOSAIC else 6)


@pytest.mark.parametrize("fill", [Fill.SOLID, Fill.SILHOUETTE])
def test_some_fills_keep_nothing_at_all_in_any_plane(fill: Fill) -> None:
    cover = Cover(face_plan(Box(40, 30, 90, 84), fill))
    one, other = opened(soft(seed=1))[0], opened(soft(seed=2))[0]
    for picture in (one, other):
        cover.draw(0, TIME, picture)
    area = Area(41, 31, 89, 83)
    assert np.array_equal(area.part_of(one.light), area.part_of(other.light))
    for ours, theirs in ((one.blue, other.blue), (one.red, other.red)):
        assert np.array_equal(area.halved.part_of(ours), area.halved.part_of(theirs))


@pytest.mark.parametrize("fill", WholeFill)
def test_a_whole_picture_is_covered_in_all_planes(fill: WholeFill) -> None:
    """Detail finer than the cells is gone: two pictures that differ in it come out alike."""
    smooth = np.full((240, 320, 3), 80, np.uint8)
    smooth[:, 130:] = (180, 150, 120)
    striped = smooth.copy()
    striped[::2] += 30
    striped[1::2] -= 30
    plan = MaskPlan((320, 240), WATCHED, whole_fill=fill).with_whole()
    pictures = [opened(one)[0] for one in (smooth, striped)]
    for picture in pictures:
        Cover(plan).draw(0, TIME, picture)
    for ours, theirs in zip(*((p.light, p.blue, p.red) for p in pictures), strict=True):
        assert np.abs(ours.astype(int) - theirs).mean() < 12


def test_a_line_more_to_make_a_side_even_moves_no_mask() -> None:
    plan = MaskPlan(
        (159, 119), WATCHED, drawn=(DrawnMask(WATCHED, ((TIME, Box(140, 100, 150, 110)),)),)
    )
    before, _ = opened(soft())
    after, _ = opened(soft())
    Cover(plan).draw(0, TIME, after)
    rows, columns = np.nonzero(before.light != after.light)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (100, 109, 140, 149)


def test_nothing_is_drawn_where_nothing_is_masked() -> None:
    plan = MaskPlan(
        SIZE,
        WATCHED,
        drawn=(DrawnMask(Interval(Micros(10), Micros(20)), ((Micros(10), Box(0, 0, 9, 9)),)),),
    )
    cover = Cover(plan)
    assert [cover.draws_at(Micros(at)) for at in (5, 10, 19, 20)] == [False, True, True, False]
    assert cover.draws_at(Micros(-1))  # nobody looked there


def test_what_encoders_do_not_take_is_refused() -> None:
    with pytest.raises(ValueError, match="yuv420p"):
        EncoderPicture.of(VideoFrame(16, 16, "rgb24"), 1)

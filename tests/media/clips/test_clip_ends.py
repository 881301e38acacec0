"""The ends of a clip are those that the clip has when it is made, with its masks and its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from annotator.errors import MediaError
from annotator.media import open_video
from annotator.media.clips.clip_ends import clip_ends
from annotator.media.clips.composition import Composition, Heard, Layout, Take
from annotator.media.clips.panes import board_of
from annotator.media.clips.wishes import Changes, CutWish, Size
from annotator.media.covering import Cover
from annotator.media.face_boxes import Box
from annotator.media.face_masks import DrawnMask, MaskPlan
from annotator.media.frame import Frame, Picture
from annotator.media.lettering.letters import UndrawableError
from annotator.media.lettering.words import Look, Overlay, Words
from annotator.model import Interval, Micros
from tests.media.clips.test_composing import number_at, seen, sizes
from tests.support.cut_clips import must_cut
from tests.support.damage import spoil
from tests.support.sounds import write_tone
from tests.support.timing_clips import ClipKind, TimingClip, read_number

ClipOf = Callable[[ClipKind], TimingClip]
SPAN = Interval(Micros(610_007), Micros(1_830_011))
PAIRS = [
    ((ClipKind.FPS_25, 0), (ClipKind.FPS_29_97, 480_013)),
    ((ClipKind.FPS_25, 0), (ClipKind.VARIABLE, -700_001)),
    ((ClipKind.PHONE, 0), (ClipKind.FPS_60, 1_250_000)),
]
KINDS = [
    ClipKind.FPS_25,
    ClipKind.VARIABLE,
    ClipKind.LONG_GOP,
    ClipKind.OPEN_GOP,
    ClipKind.ROTATED_90,
    ClipKind.ODD_WIDTH,
    ClipKind.VIDEO_CALL,
]
SMALL = Size(most_height=120)
ALMOST = 12.0
"""By so much tones differ on average once a picture was pressed, at the very most."""


def side_by_side(placed: list[tuple[TimingClip, int]]) -> Composition:
    takes = tuple(Take(clip.path, Micros(offset)) for clip, offset in placed)
    return Composition(takes, (), Layout.SIDE)


def worded(span: Interval) -> Overlay:
    """Write one thing at the beginning, another at the end."""
    middle = Micros(span.length // 2)
    return Overlay(
        (
            Words("How are you?", Look.CAPTION, Micros(0), middle),
            Words("Tired.", Look.CAPTION, middle, span.length),
            Words("C07", Look.WATERMARK, Micros(0), span.length),
        )
    )


def covering(path: Path) -> Cover:
    """Cover the right half of a film all along, and the rest where it ends."""
    with open_video(path) as video:
        width, height = video.facts.width, video.facts.height
        whole = Interval(Micros(0), video.duration)
    late = Interval(Micros(1_000_000), whole.end)
    half = DrawnMask(whole, ((Micros(0), Box(width / 2, 0, width, height)),))
    return Cover(MaskPlan((width, height), whole, drawn=(half,), asked=(late,)))


def written(path: Path) -> tuple[Picture, Picture]:
    with open_video(path) as video:
        return video.frame(0).to_rgb(), video.frame(len(video.frame_times) - 1).to_rgb()


def is_as(frame: Frame, picture: Picture) -> bool:
    """Whether a frame is what was written, but for what pressing it costs."""
    shown = frame.to_rgb()
    assert shown.shape == picture.shape
    return float(np.abs(shown.astype(float) - picture).mean()) < ALMOST


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [Size(), SMALL])
def test_they_are_those_of_the_file_with_masks_and_words(
    clip_of: ClipOf, tmp_path: Path, kind: ClipKind, size: Size
) -> None:
    path, target = clip_of(kind).path, tmp_path / "clip.mp4"
    changes = Changes(pictures=covering(path), overlay=worded(SPAN))
    wish = CutWish(path, SPAN.start, SPAN.end, target, size=size, changes=changes)
    ends = clip_ends(wish)
    made = must_cut(wish)
    assert made.picture is not None
    assert ends.count == made.picture.frames
    assert (ends.first.index, ends.last.index) == (made.picture.first, made.picture.last)
    first, last = written(target)
    assert is_as(ends.first, first)
    assert is_as(ends.last, last)
    plain = clip_ends(replace(wish, changes=Changes()))
    assert not is_as(plain.first, first)  # so that the above can fail
    assert not is_as(plain.last, last)


@pytest.mark.parametrize("kind", KINDS)
def test_they_have_the_numbers_and_times_of_the_recording(clip_of: ClipOf, kind: ClipKind) -> None:
    clip = clip_of(kind)
    ends = clip_ends(CutWish(clip.path, SPAN.start, SPAN.end, Path()))
    with open_video(clip.path) as video:
        for frame in (ends.first, ends.last):
            assert read_number(frame.to_rgb()) == frame.index
            assert frame.time == video.frame_times[frame.index]


@pytest.mark.parametrize("pair", PAIRS)
def test_several_recordings_show_what_the_clip_shows(
    clip_of: ClipOf, tmp_path: Path, pair: tuple[tuple[ClipKind, int], ...]
) -> None:
    placed = [(clip_of(kind), offset) for kind, offset in pair]
    several, target = side_by_side(placed), tmp_path / "clip.mp4"
    wish = CutWish(Path(), SPAN.start, SPAN.end, target, composition=several)
    ends = clip_ends(wish)
    panes = board_of(Layout.SIDE, sizes(placed)).panes
    for frame in (ends.first, ends.last):
        numbers = [seen(frame.to_rgb(), pane) for pane in panes]
        assert numbers == [number_at(one, frame.time) for one in placed]
    covers = (None, covering(placed[1][0].path))
    masked = replace(wish, changes=Changes(takes=covers, overlay=worded(SPAN)))
    ends = clip_ends(masked)
    made = must_cut(masked)
    assert made.picture is not None
    assert ends.count == made.picture.frames
    assert ends.first.time == SPAN.start
    for frame, picture in zip((ends.first, ends.last), written(target), strict=True):
        assert is_as(frame, picture)


def test_a_clip_of_one_picture_begins_and_ends_with_it(clip_of: ClipOf) -> None:
    placed = [(clip_of(ClipKind.FPS_25), 0), (clip_of(ClipKind.TWO_TRACKS), 0)]
    start, end = Micros(80_000), Micros(120_000)
    for composition in (None, side_by_side(placed)):
        ends = clip_ends(CutWish(placed[0][0].path, start, end, Path(), composition=composition))
        assert ends.count == 1
        assert ends.last is ends.first


def test_a_clip_beyond_all_of_them_is_refused(clip_of: ClipOf) -> None:
    placed = [(clip_of(ClipKind.FPS_25), 0), (clip_of(ClipKind.TWO_TRACKS), 0)]
    wish = CutWish(placed[0][0].path, Micros(1_000_000), Micros(90_000_000), Path())
    with pytest.raises(MediaError, match="runs from"):
        clip_ends(wish)
    with pytest.raises(MediaError, match="what was chosen for it runs from"):
        clip_ends(replace(wish, composition=side_by_side(placed)))


def test_sound_alone_has_no_ends(tmp_path: Path) -> None:
    tone = tmp_path / "tone.wav"
    write_tone(tone, 440, 2)
    wish = CutWish(tone, Micros(0), Micros(1_000_000), Path())
    with pytest.raises(MediaError, match="has nothing that such a clip could hold"):
        clip_ends(wish)
    composition = Composition((), (Heard(tone, Micros(0)),))
    with pytest.raises(MediaError, match="has what such a clip could hold"):
        clip_ends(replace(wish, composition=composition))


def test_words_without_room_are_told_before_anything_is_made(clip_of: ClipOf) -> None:
    wordy = Overlay((Words("no room " * 400, Look.CAPTION, Micros(0), SPAN.length),))
    path = clip_of(ClipKind.FPS_25).path
    changes = Changes(overlay=wordy)
    with pytest.raises(UndrawableError):
        clip_ends(CutWish(path, SPAN.start, SPAN.end, Path(), changes=changes))


@pytest.mark.parametrize("edge", [0.6, 1.8])
def test_a_damaged_end_is_told(clip_of: ClipOf, tmp_path: Path, edge: float) -> None:
    broken = spoil(
        clip_of(ClipKind.FPS_25).path, tmp_path / "b.mp4", edge, edge + 0.04, picture=True
    )
    with pytest.raises(MediaError, match="at the edge of the clip"):
        clip_ends(CutWish(broken, SPAN.start, Micros(1_860_000), Path()))

"""The ends of a clip of several recordings are those that the clip has when it is made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.errors import MediaError
from annotator.media.clips.composed_ends import composed_ends
from annotator.media.clips.composition import Composition, Heard, Layout, Take
from annotator.media.clips.panes import board_of
from annotator.media.clips.wishes import CutWish
from annotator.model import Interval, Micros
from tests.media.clips.test_composing import number_at, seen, sizes
from tests.support.cut_clips import must_cut
from tests.support.sounds import write_tone
from tests.support.timing_clips import ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]
PAIRS = [
    ((ClipKind.FPS_25, 0), (ClipKind.FPS_29_97, 480_013)),
    ((ClipKind.FPS_25, 0), (ClipKind.VARIABLE, -700_001)),
    ((ClipKind.PHONE, 0), (ClipKind.FPS_60, 1_250_000)),
]


def side_by_side(placed: list[tuple[TimingClip, int]]) -> Composition:
    takes = tuple(Take(clip.path, Micros(offset)) for clip, offset in placed)
    return Composition(takes, (), Layout.SIDE)


@pytest.mark.parametrize("pair", PAIRS)
def test_they_show_what_the_clip_shows(
    clip_of: ClipOf, tmp_path: Path, pair: tuple[tuple[ClipKind, int], ...]
) -> None:
    placed = [(clip_of(kind), offset) for kind, offset in pair]
    span = Interval(Micros(610_007), Micros(1_830_011))
    composition = side_by_side(placed)
    ends = composed_ends(composition, span)
    wish = CutWish(Path(), span.start, span.end, tmp_path / "clip.mp4", composition=composition)
    made = must_cut(wish)
    assert made.picture is not None
    assert ends.count == made.picture.frames
    assert ends.first.time == span.start
    panes = board_of(Layout.SIDE, sizes(placed)).panes
    for frame in (ends.first, ends.last):
        numbers = [seen(frame.to_rgb(), pane) for pane in panes]
        assert numbers == [number_at(one, frame.time) for one in placed]


def test_a_clip_of_one_picture_begins_and_ends_with_it(clip_of: ClipOf) -> None:
    placed = [(clip_of(ClipKind.FPS_25), 0), (clip_of(ClipKind.TWO_TRACKS), 0)]
    ends = composed_ends(side_by_side(placed), Interval(Micros(80_000), Micros(120_000)))
    assert ends.count == 1
    assert ends.last is ends.first


def test_a_clip_beyond_all_of_them_is_refused(clip_of: ClipOf) -> None:
    placed = [(clip_of(ClipKind.FPS_25), 0), (clip_of(ClipKind.TWO_TRACKS), 0)]
    with pytest.raises(MediaError, match="what was chosen for it runs from"):
        composed_ends(side_by_side(placed), Interval(Micros(1_000_000), Micros(90_000_000)))


def test_sound_alone_has_no_ends(tmp_path: Path) -> None:
    tone = tmp_path / "tone.wav"
    write_tone(tone, 440, 2)
    composition = Composition((), (Heard(tone, Micros(0)),))
    with pytest.raises(MediaError, match="has what such a clip could hold"):
        composed_ends(composition, Interval(Micros(0), Micros(1_000_000)))

"""What a reader does on the way to a frame: it waits near where playing will go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from annotator.media.frame_cache import NEAR, FrameCache
from annotator.media.frame_reader import FrameReader, open_reader
from annotator.media.reel import Reel
from annotator.media.survey import survey
from tests.support.timing_clips import ClipKind, TimingClip, read_number

ClipOf = Callable[[ClipKind], TimingClip]
FRAME_BYTES = 192 * 128 * 3 // 2
ROOM = 20
START, END = 130, 220  # a loop longer than what is kept, far from any keyframe


@pytest.fixture
def clip(clip_of: ClipOf) -> TimingClip:
    return clip_of(ClipKind.LONG_GOP)


@pytest.fixture
def reader(clip: TimingClip) -> Iterator[FrameReader]:
    made = open_reader(survey(clip.path), FrameCache(ROOM * FRAME_BYTES))
    yield made
    made.close()


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts how often any decoder was asked for a little more."""
    asked: list[int] = []
    turn = Reel.turn

    def counted(reel: Reel) -> object:
        asked.append(1)
        return turn(reel)

    monkeypatch.setattr(Reel, "turn", counted)
    return asked


def test_a_loop_that_was_got_near_turns_at_once(
    reader: FrameReader, clip: TimingClip, turns: list[int]
) -> None:
    for lap in range(3):
        for index in range(START, END):
            turns.clear()
            assert read_number(reader.frame(index).to_rgb()) == clip.numbers[index]
            assert lap == 0 or len(turns) <= 2 * NEAR
            for _ in range(6):  # in what is left of the time until the next frame
                reader.approach(START)


def test_without_getting_near_the_way_is_long(reader: FrameReader, turns: list[int]) -> None:
    for index in range(START, END):
        reader.frame(index)
    turns.clear()
    for index in range(START, START + 3):  # the first of them are kept, as a place seen lately
        reader.frame(index)
    assert len(turns) > NEAR * 3


def test_getting_near_comes_to_an_end_and_what_plays_goes_on(
    reader: FrameReader, clip: TimingClip, turns: list[int]
) -> None:
    reader.frame(END)
    while reader.approach(START):
        assert len(turns) < 1000
    assert not reader.approach(START)
    turns.clear()
    assert read_number(reader.frame(END + 1).to_rgb()) == clip.numbers[END + 1]
    assert len(turns) <= NEAR


def test_where_all_is_kept_there_is_no_way_to_go(clip: TimingClip, turns: list[int]) -> None:
    reader = open_reader(survey(clip.path), FrameCache(600 * FRAME_BYTES))
    for index in range(START, END):
        reader.frame(index)
    turns.clear()
    assert not reader.approach(START)
    assert turns == []
    reader.close()

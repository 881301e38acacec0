"""Frames kept ready: the right ones, within the memory allowed, whatever is asked for."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest

from annotator.media.frame_cache import FrameCache
from annotator.media.frame_reader import FrameReader, open_reader
from annotator.media.survey import survey
from tests.support.timing_clips import WITH_FRAMES, ClipKind, TimingClip, read_number

ClipOf = Callable[[ClipKind], TimingClip]
FRAME_BYTES = 192 * 128 * 3 // 2


def reader_of(clip: TimingClip, frames: int) -> FrameReader:
    """Open a film with room for so many frames of 8 bits."""
    return open_reader(survey(clip.path), FrameCache(frames * clip.width * clip.height * 3 // 2))


def rest(reader: FrameReader, most: int = 5000) -> int:
    """Let the reader fill until nothing is left to do; tell how many goes that took."""
    for goes in range(most):
        if not reader.fill():
            return goes
        assert reader.cache.held <= reader.cache.budget
    pytest.fail("filling does not end")


@pytest.mark.parametrize("kind", WITH_FRAMES)
def test_after_a_rest_both_neighbours_lie_ready(clip_of: ClipOf, kind: ClipKind) -> None:
    clip = clip_of(kind)
    reader = reader_of(clip, 40)
    last = len(clip.numbers) - 1
    for index in (last // 2, 0, last, last // 3):
        reader.frame(index)
        rest(reader)
        for near in {max(index - 1, 0), min(index + 1, last)}:
            assert near in reader.cache
            assert read_number(reader.cache._frames[near].to_rgb()) == clip.numbers[near]
    reader.close()


def test_going_back_is_served_from_memory_all_the_way(clip_of: ClipOf) -> None:
    clip = clip_of(ClipKind.LONG_GOP)
    reader = reader_of(clip, 100)
    reader.frame(599)
    rest(reader)
    for index in range(598, -1, -1):
        assert index in reader.cache
        assert read_number(reader.frame(index).to_rgb()) == index
        for _ in range(25):
            reader.fill()
    reader.close()


def test_stretches_are_fetched_seldom(clip_of: ClipOf) -> None:
    reader = reader_of(clip_of(ClipKind.LONG_GOP), 100)
    reader.frame(599)
    rest(reader)
    goes = []
    for index in range(598, 299, -1):
        reader.frame(index)
        goes.append(rest(reader))
    reader.close()
    assert sum(go > 0 for go in goes) < 15
    assert sum(goes) < 15 * 300


def test_places_seen_lately_lie_ready_with_their_neighbours(clip_of: ClipOf) -> None:
    reader = reader_of(clip_of(ClipKind.LONG_GOP), 160)
    places = [100, 500, 300, 20, 420]
    for index in places:
        reader.frame(index)
        rest(reader)
    assert all(near in reader.cache for at in places for near in (at - 1, at, at + 1))
    reader.close()


@pytest.mark.parametrize("room", [0, 1, 2, 3, 5, 30, 200])
@pytest.mark.parametrize("kind", [ClipKind.LONG_GOP, ClipKind.OPEN_GOP, ClipKind.AVI_B_FRAMES])
def test_a_random_walk_gives_right_frames_within_the_memory(
    clip_of: ClipOf, kind: ClipKind, room: int
) -> None:
    clip = clip_of(kind)
    reader = reader_of(clip, room)
    dice = random.Random(room)
    here, count = 0, len(clip.numbers)
    for _ in range(120):
        move = dice.choice([-1, -1, -1, 1, 1, -5, 25, dice.randrange(-count, count)])
        here = min(max(here + move, 0), count - 1)
        assert read_number(reader.frame(here).to_rgb()) == clip.numbers[here]
        for _ in range(dice.choice([0, 0, 1, 3, 200])):
            reader.fill()
            assert reader.cache.held <= reader.cache.budget
        assert reader.cache.held == sum(one.size for one in reader.cache._frames.values())
    kept = {index: read_number(one.to_rgb()) for index, one in reader.cache._frames.items()}
    reader.close()
    assert kept == {index: clip.numbers[index] for index in kept}
    assert len(reader.cache) == reader.cache.held == 0


@pytest.mark.parametrize("kind", [ClipKind.FPS_25, ClipKind.ODD_WIDTH, ClipKind.ROTATED_90])
def test_what_is_kept_looks_like_what_was_decoded(clip_of: ClipOf, kind: ClipKind) -> None:
    clip = clip_of(kind)
    reader = reader_of(clip, 0)
    frame = reader.frame(30)
    reader.close()
    copy = frame.copied()
    rgb = frame.to_rgb()
    assert np.array_equal(copy.to_rgb(), rgb)
    words = copy.to_screen()
    seen = np.stack([words >> 16 & 255, words >> 8 & 255, words & 255], axis=2)
    assert words.shape == (clip.height, clip.width)
    assert int(np.abs(seen.astype(int) - rgb).max()) <= 3

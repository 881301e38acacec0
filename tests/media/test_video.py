"""Every frame of every clip is the one whose number is in its pixels."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from annotator.media import open_video
from annotator.media.frame_cache import FrameCache
from annotator.media.frame_reader import FrameReader, open_reader
from annotator.media.survey import survey
from annotator.media.video import first_picture
from annotator.model import Micros
from tests.support.timing_clips import WITH_FRAMES, ClipKind, TimingClip, read_number

ClipOf = Callable[[ClipKind], TimingClip]
every_clip = pytest.mark.parametrize("kind", WITH_FRAMES)


def forgetful_reader(clip: TimingClip) -> FrameReader:
    """Open a film with room for two frames, so that every jump must be decoded anew."""
    return open_reader(survey(clip.path), FrameCache(0))


@every_clip
def test_frame_times_are_the_truth(clip_of: ClipOf, kind: ClipKind) -> None:
    clip = clip_of(kind)
    with open_video(clip.path) as video:
        assert tuple(video.frame_times) == clip.frame_times


@every_clip
def test_the_first_picture_is_had_before_the_film_is_known(clip_of: ClipOf, kind: ClipKind) -> None:
    clip = clip_of(kind)
    frame, _ = first_picture(clip.path)
    assert read_number(frame.to_rgb()) == clip.numbers[0]


@every_clip
def test_every_frame_forwards(clip_of: ClipOf, kind: ClipKind) -> None:
    clip = clip_of(kind)
    with open_video(clip.path) as video:
        frames = [video.frame(index) for index in range(len(video.frame_times))]
        assert tuple(read_number(frame.to_rgb()) for frame in frames) == clip.numbers
        assert tuple(frame.time for frame in frames) == clip.frame_times


@every_clip
def test_every_frame_backwards(clip_of: ClipOf, kind: ClipKind) -> None:
    clip = clip_of(kind)
    with open_video(clip.path) as video:
        back = reversed(range(len(clip.numbers)))
        seen = [read_number(video.frame(index).to_rgb()) for index in back]
    assert tuple(reversed(seen)) == clip.numbers


@every_clip
def test_frames_by_random_jumps_without_a_cache(clip_of: ClipOf, kind: ClipKind) -> None:
    clip = clip_of(kind)
    count = len(clip.numbers)
    order = random.Random(7).sample(range(count), min(count, 60))
    reader = forgetful_reader(clip)
    seen = {index: read_number(reader.frame(index).to_rgb()) for index in order}
    reader.close()
    assert seen == {index: clip.numbers[index] for index in order}


def test_stepping_to_and_fro_without_a_cache(clip_of: ClipOf) -> None:
    clip = clip_of(ClipKind.OPEN_GOP)
    reader = forgetful_reader(clip)
    walk = [50, 51, 50, 49, 50, 51, 52, 40, 63, 62, 64, 63, 0, 99, 98, 1]
    assert [read_number(reader.frame(index).to_rgb()) for index in walk] == walk
    reader.close()


@every_clip
def test_frame_at_exact_times_before_and_between(clip_of: ClipOf, kind: ClipKind) -> None:
    clip = clip_of(kind)
    times = clip.frame_times
    with open_video(clip.path) as video:
        for index, time in enumerate(times):
            assert video.index_at(time) == index
            assert video.index_at(Micros(time - 1)) == max(index - 1, 0)
        for index, (time, following) in enumerate(pairwise(times)):
            assert video.index_at(Micros((time + following) // 2)) == index
        middle = len(times) // 2
        shown = video.frame_at(Micros(times[middle] + 1))
        assert read_number(shown.to_rgb()) == clip.numbers[middle]


def test_moments_outside_the_film_give_its_ends(clip_of: ClipOf) -> None:
    clip = clip_of(ClipKind.LATE_VIDEO)
    with open_video(clip.path) as video:
        assert video.frame_times[0] == 500_000
        assert video.frame_at(0).index == 0
        assert video.frame_at(-5).index == 0
        assert video.frame_at(10**12).index == len(clip.numbers) - 1


def test_there_is_no_frame_outside_the_film(clip_of: ClipOf) -> None:
    with open_video(clip_of(ClipKind.FPS_25).path) as video:
        for index in (-1, 75):
            with pytest.raises(IndexError, match="it has 75"):
                video.frame(index)


@pytest.mark.parametrize(
    "kind", [ClipKind.ROTATED_90, ClipKind.ROTATED_180, ClipKind.ROTATED_270, ClipKind.ODD_WIDTH]
)
def test_pictures_have_the_shape_they_are_shown_in(clip_of: ClipOf, kind: ClipKind) -> None:
    clip = clip_of(kind)
    with open_video(clip.path) as video:
        frame = video.frame(3)
        rgb = frame.to_rgb()
        assert rgb.shape == (clip.height, clip.width, 3)
        assert (frame.width, frame.height) == (clip.width, clip.height)
        assert rgb.dtype == np.uint8
        assert rgb.flags.c_contiguous
        assert video.pixel_aspect == 1


def test_frames_outlive_the_film_and_are_not_shared(clip_of: ClipOf) -> None:
    with open_video(clip_of(ClipKind.FPS_25).path) as video:
        frame = video.frame(9)
    frame.to_rgb()[:] = 0
    assert read_number(frame.to_rgb()) == 9


def test_known_survey_saves_reading_again(clip_of: ClipOf) -> None:
    clip = clip_of(ClipKind.FPS_25)
    known = survey(clip.path)
    with open_video(clip.path, known) as video:
        assert video.survey is known
        assert tuple(video.frame_times) == clip.frame_times

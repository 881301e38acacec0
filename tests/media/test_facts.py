"""What probing tells of each clip."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from annotator.media import probe
from annotator.media.facts import frame_rate, recording_facts
from annotator.media.survey import StreamLabels, StreamSurvey, survey
from tests.support.timing_clips import AUDIO_RATE, WITH_FRAMES, ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]


@pytest.mark.parametrize(
    ("kind", "rate"),
    [
        (ClipKind.FPS_23_976, "24000/1001"),
        (ClipKind.FPS_25, "25"),
        (ClipKind.FPS_29_97, "30000/1001"),
        (ClipKind.FPS_60, "60"),
        (ClipKind.FPS_240, "240"),
        (ClipKind.MATROSKA, "30000/1001"),
    ],
)
def test_constant_rates_are_exact(clip_of: ClipOf, kind: ClipKind, rate: str) -> None:
    video = probe(clip_of(kind).path).video
    assert video is not None
    assert (video.rate, video.constant) == (rate, True)


def test_a_variable_rate_is_told_and_averaged(clip_of: ClipOf) -> None:
    clip = clip_of(ClipKind.VARIABLE)
    video = probe(clip.path).video
    assert video is not None
    assert not video.constant
    average = Fraction((len(clip.numbers) - 1) * 1_000_000, clip.frame_times[-1])
    assert abs(Fraction(video.rate) - average) < Fraction(1, 1000)


@pytest.mark.parametrize("kind", WITH_FRAMES)
def test_pictures_of_whole_films(clip_of: ClipOf, kind: ClipKind) -> None:
    clip = clip_of(kind)
    facts = probe(clip.path)
    assert facts.video is not None
    assert facts.damaged_from is None
    assert facts.video.frames == len(clip.numbers)
    assert facts.video.start == clip.frame_times[0]
    assert facts.video.rotation == clip.rotation
    assert (facts.video.width, facts.video.height) == (clip.width, clip.height)
    assert len(facts.tracks) == len(clip.clicks)
    last = clip.frame_times[-1]
    assert last < facts.duration <= last + 600_000


def test_sides_of_the_clock(clip_of: ClipOf) -> None:
    late = probe(clip_of(ClipKind.LATE_VIDEO).path)
    assert (late.video and late.video.start, late.audio and late.audio.start) == (500_000, 0)
    early = probe(clip_of(ClipKind.LATE_AUDIO).path)
    assert (early.video and early.video.start, early.audio and early.audio.start) == (0, 500_000)


def test_keyframe_spacing_is_the_longest_stretch(clip_of: ClipOf) -> None:
    video = probe(clip_of(ClipKind.LONG_GOP).path).video
    assert video is not None
    assert video.keyframe_spacing == 10_000_000


def test_sound_tracks_are_told_apart(clip_of: ClipOf) -> None:
    facts = probe(clip_of(ClipKind.TWO_TRACKS).path)
    assert [track.language for track in facts.tracks] == ["eng", "deu"]
    assert facts.audio is not None
    assert (facts.audio.codec, facts.audio.rate, facts.audio.channels) == ("aac", AUDIO_RATE, 1)
    assert facts.audio.tracks == 2
    assert facts.tracks[0].end == facts.duration == 3_000_000


def test_sound_without_picture(clip_of: ClipOf) -> None:
    facts = probe(clip_of(ClipKind.AUDIO_ONLY).path)
    assert facts.video is None
    assert facts.duration == 3_000_000


@pytest.mark.parametrize(
    "kind",
    [ClipKind.LATE_VIDEO, ClipKind.AVI_B_FRAMES, ClipKind.MPEG_PROGRAM, ClipKind.NO_AUDIO],
)
def test_a_film_is_as_long_as_its_picture_though_that_is_not_opened(
    clip_of: ClipOf, kind: ClipKind
) -> None:
    path = clip_of(kind).path
    whole = probe(path).duration
    assert max((track.end for track in probe(path).tracks), default=0) < whole
    assert recording_facts(survey(path), None).duration == whole


@pytest.mark.parametrize("kind", [ClipKind.TRUNCATED_MP4, ClipKind.TRUNCATED_MKV])
def test_where_a_film_breaks_off(clip_of: ClipOf, kind: ClipKind) -> None:
    facts = probe(clip_of(kind).path)
    assert facts.damaged_from is not None
    assert 1_000_000 < facts.damaged_from <= facts.duration < 6_000_000


def test_one_dropped_frame_makes_a_rate_variable() -> None:
    stream = StreamSurvey(0, Fraction(1, 90_000), StreamLabels("h264"))
    ticks = [frame * 3003 for frame in range(400)]
    assert frame_rate(ticks, stream) == (Fraction(30_000, 1001), True)
    assert frame_rate(ticks[:200] + ticks[201:], stream)[1] is False
    assert frame_rate([5], stream) == (Fraction(0), True)

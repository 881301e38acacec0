"""Every sample stands where the recording's time 0 puts it."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from annotator.media import open_audio
from annotator.media.segment import to_segment
from annotator.media.sound_frames import Samples
from annotator.media.timebase import samples_at
from annotator.model import Micros
from tests.support.timing_clips import (
    AUDIO_RATE,
    CLICK_SAMPLES,
    TRUNCATED,
    UNPLAYABLE,
    ClipKind,
    TimingClip,
    click_track,
)

ClipOf = Callable[[ClipKind], TimingClip]
WITH_SOUND = [k for k in ClipKind if k not in (*UNPLAYABLE, *TRUNCATED, ClipKind.NO_AUDIO)]
CLICK = click_track([Micros(0)], CLICK_SAMPLES)


def places_of_clicks(sound: Samples, moments: tuple[Micros, ...]) -> list[int]:
    """Find the sample at which a click begins, near each moment."""
    lows = [max(samples_at(moment, AUDIO_RATE) - 3000, 0) for moment in moments]
    near = [sound[low : low + 6000 + len(CLICK) - 1, 0] for low in lows]
    likeness = [np.correlate(one, CLICK, "valid") for one in near]
    return [low + int(np.argmax(one)) for low, one in zip(lows, likeness, strict=True)]


@pytest.mark.parametrize("kind", WITH_SOUND)
def test_clicks_are_heard_to_the_sample(clip_of: ClipOf, kind: ClipKind) -> None:
    clip = clip_of(kind)
    for track, moments in enumerate(clip.clicks):
        with open_audio(clip.path, track) as audio:
            sound = audio.read(0, audio.duration)
        truth = [samples_at(moment, AUDIO_RATE) for moment in moments]
        assert truth
        assert places_of_clicks(sound, moments) == pytest.approx(truth, abs=1)


@pytest.mark.parametrize("kind", WITH_SOUND)
def test_any_stretch_equals_the_same_part_of_the_whole(clip_of: ClipOf, kind: ClipKind) -> None:
    some = random.Random(3)
    with open_audio(clip_of(kind).path) as audio:
        whole = audio.read_samples(-AUDIO_RATE, audio.end + AUDIO_RATE)
        for _ in range(8):
            first = some.randrange(-AUDIO_RATE, audio.end)
            last = first + some.randrange(AUDIO_RATE)
            part = audio.read_samples(first, last)
            expected = whole[first + AUDIO_RATE : last + AUDIO_RATE]
            assert part.shape == expected.shape
            assert np.abs(part - expected).max(initial=0) <= 1e-4


def test_stretches_join_without_a_seam(clip_of: ClipOf) -> None:
    with open_audio(clip_of(ClipKind.FPS_29_97).path) as audio:
        edges = [*range(0, audio.duration, 33_367), audio.duration]
        parts = [audio.read(a, b) for a, b in pairwise(edges)]
        joined = np.concatenate(parts)
        assert np.array_equal(joined, audio.read(0, audio.duration))


def test_late_sound_is_silent_before(clip_of: ClipOf) -> None:
    with open_audio(clip_of(ClipKind.LATE_AUDIO).path) as audio:
        assert audio.start == AUDIO_RATE // 2
        assert not audio.read(0, 500_000).any()
        assert audio.read(750_000, 760_000).any()


def test_outside_the_track_is_silence(clip_of: ClipOf) -> None:
    with open_audio(clip_of(ClipKind.FPS_25).path) as audio:
        assert audio.read(-2_000_000, -1_000_000).shape == (AUDIO_RATE, 1)
        assert not audio.read(9_000_000, 9_100_000).any()
        assert audio.read(5, 5).shape == (0, 1)
        assert audio.read(0, 10).dtype == np.float32


def test_tracks_differ(clip_of: ClipOf) -> None:
    clip = clip_of(ClipKind.TWO_TRACKS)
    with open_audio(clip.path, 0) as first, open_audio(clip.path, 1) as second:
        assert first.read(250_000, 252_000).max() > 0.5
        assert second.read(250_000, 252_000).max() < 0.1
        assert second.read(350_000, 352_000).max() > 0.5


def test_a_segment_for_pydub(clip_of: ClipOf) -> None:
    clip = clip_of(ClipKind.PCM_SOUND)
    with open_audio(clip.path) as audio:
        segment = to_segment(audio, Micros(0), Micros(1_000_000))
        sound = audio.read(0, 1_000_000)
    assert len(segment) == 1000
    assert (segment.frame_rate, segment.channels) == (AUDIO_RATE, 1)
    assert segment.max == round(float(np.abs(sound).max()) * 32768)
    assert segment[:200].rms == 0
    assert segment[250:252].rms > 5000

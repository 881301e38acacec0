"""What is known of a recording as a whole, from its survey and its frame index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np

from annotator.media.frame_index import FrameIndex
from annotator.media.sound_index import SoundIndex
from annotator.media.survey import UNKNOWN, PacketFlags, StreamSurvey, Survey
from annotator.media.timebase import Ticks, Timescale, farthest, time_of_sample
from annotator.model import AudioFacts, Micros, VideoFacts

_SLACK = 1_000_000
"""A header may claim this much (microseconds) more than is there before it counts as damage."""

_LARGEST = 2**62
"""Below this, numbers fit into 64 bits."""


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What only the index and a decoded picture tell: frames, sides as shown, clockwise turn."""

    index: FrameIndex
    width: int
    height: int
    rotation: int


@dataclass(frozen=True, slots=True)
class TrackFacts:
    """One sound track: samples a second, channels, first and last moment, and its labels."""

    codec: str
    rate: int
    channels: int
    start: Micros
    end: Micros
    language: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class RecordingFacts:
    """What is known of a film or sound file.

    `duration` runs from time 0 to the end of the picture or sound that ends last;
    `damaged_from` is where the file breaks off, None where it is whole.
    """

    container: str
    duration: Micros
    video: VideoFacts | None
    audio: AudioFacts | None
    tracks: tuple[TrackFacts, ...] = ()
    damaged_from: Micros | None = None


def recording_facts(survey: Survey, picture: PictureFacts | None) -> RecordingFacts:
    """Gather the facts of a surveyed recording; `picture` is None where it was not opened."""
    tracks = tuple(_track(survey, stream) for stream in survey.audio)
    ends = [track.end for track in tracks]
    video = None
    if survey.video is not None:
        video = None if picture is None else _video(survey.video, picture)
        scale = survey.timescale(survey.video)
        times = _times(survey.video, scale) if picture is None else picture.index.times
        if times:
            ends.append(_last_end(survey.video, scale, times))
    audio = None
    if tracks:
        first = tracks[0]
        audio = AudioFacts(first.codec, first.rate, first.channels, first.start, len(tracks))
    duration = Micros(max(ends, default=0))
    damaged = _damaged_from(survey, min(ends, default=Micros(0)), duration)
    return RecordingFacts(survey.container, duration, video, audio, tracks, damaged)


def _track(survey: Survey, stream: StreamSurvey) -> TrackFacts:
    sound, labels = SoundIndex.of(stream, survey.timescale(stream)), stream.labels
    return TrackFacts(
        labels.codec,
        labels.sample_rate,
        labels.channels,
        time_of_sample(sound.start, labels.sample_rate),
        time_of_sample(sound.end, labels.sample_rate),
        labels.language,
        labels.title,
    )


def _video(stream: StreamSurvey, picture: PictureFacts) -> VideoFacts:
    index = picture.index
    rate, constant = frame_rate(index.keys, stream)
    return VideoFacts(
        codec=stream.labels.codec,
        width=picture.width,
        height=picture.height,
        rate=str(rate),
        constant=constant,
        frames=len(index),
        start=index.times[0],
        keyframe_spacing=_keyframe_spacing(index),
        rotation=picture.rotation,
        pixel_format=stream.labels.pixel_format,
    )


def frame_rate(ticks: Sequence[int], stream: StreamSurvey) -> tuple[Fraction, bool]:
    """Tell the frames a second, and whether every frame keeps to them.

    Constant means that no frame is a whole tick of the file's clock away from its place, since
    many files round times to the millisecond. The rate is the average where it is not constant,
    and 0 where there are too few frames to tell.
    """
    count = len(ticks) - 1
    ordered = np.sort(np.array(ticks, np.int64))
    announced = stream.labels.frame_rates
    if count < 1:
        return next(iter(announced), Fraction(0)), True
    average = count / (int(ordered[-1] - ordered[0]) * stream.base)
    whole = round(average)
    likely = (*announced, average, Fraction(whole), Fraction(round(average * 1001), 1001))
    for rate in (*likely, Fraction(round(average * Fraction(1001, 1000)) * 1000, 1001)):
        if rate > 0 and _keeps_to(ordered, 1 / (rate * stream.base)):
            return rate, True
    return average.limit_denominator(1001), False


def _keeps_to(ticks: Ticks, step: Fraction) -> bool:
    """Tell whether every timestamp is less than a tick from an even spacing."""
    num, den = step.numerator, step.denominator
    passed, places = ticks - ticks[0], np.arange(len(ticks))
    if farthest(passed) * den + len(ticks) * num < _LARGEST:
        return bool((abs(passed * den - places * num) < den).all())
    return all(-den < tick * den - at * num < den for at, tick in enumerate(passed.tolist()))


def _keyframe_spacing(index: FrameIndex) -> Micros:
    """Give the longest stretch without a keyframe, up to the last frame."""
    last = len(index) - 1
    starts = [index.times[min(one.index, last)] for one in index.keyframes]
    return Micros(max((b - a for a, b in pairwise([*starts, index.times[last]])), default=0))


def _times(stream: StreamSurvey, scale: Timescale) -> Sequence[Micros]:
    """Give the moments of frames as packets alone tell them, in order; none where they do not."""
    return [Micros(one) for one in scale.to_counts(np.sort(stream.told_times())).tolist()]


def _last_end(stream: StreamSurvey, scale: Timescale, times: Sequence[Micros]) -> Micros:
    """Give the moment at which the last frame leaves the screen."""
    shown = stream.shown()
    played = shown if shown.size else np.arange(len(stream.pts))
    presented, lengths = np.array(stream.pts)[played], np.array(stream.durations)[played]
    last = int(presented.max())
    length = int(lengths[presented == last].max())
    if last == UNKNOWN or length == 0:
        gap = times[-1] - times[-2] if len(times) > 1 else 0
        return Micros(times[-1] + gap)
    return max(scale.to_micros(last + length), times[-1])


def _damaged_from(survey: Survey, first_end: Micros, last_end: Micros) -> Micros | None:
    """Give the moment from which the file lacks what it announces, None where it is whole."""
    streams = [s for s in (survey.video, *survey.audio) if s is not None]
    # some files count the sound's samples or bytes here, so only the pictures are compared
    picture = survey.video
    lacking = picture is not None and len(picture.pts) < picture.labels.announced
    corrupt = any(flags & PacketFlags.CORRUPT for s in streams for flags in s.flags[-1:])
    short = survey.announced is not None and last_end + _SLACK < survey.announced
    broken = survey.interrupted or corrupt or lacking or short
    return first_end if broken else None

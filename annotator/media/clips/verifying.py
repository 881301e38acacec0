"""Holds a clip that was written against what it should be, before it counts as done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream
from av.subtitles.stream import SubtitleStream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from annotator.errors import MediaError
from annotator.media.clips.chapters import (
    NO_CHAPTERS,
    TRACK_LABELS,
    Chapters,
    Mark,
    are_alike,
    have_track,
    listed,
    read_mark,
)
from annotator.media.clips.copies import NO_COPIES, Copies, digest
from annotator.media.clips.shaping import LIMITED, range_of
from annotator.media.clips.subtitles import Subtitle, read, told
from annotator.media.encoder_picture import PIXELS, pixels_of
from annotator.media.frame import UPRIGHT, Orientation, orientation_of
from annotator.media.opening import open_container
from annotator.media.sound_index import SoundIndex
from annotator.media.sound_stream import Watch
from annotator.media.survey import Survey, survey
from annotator.media.timebase import exact

_STREAM_LABELS = {
    "language": ("und",),
    "handler_name": ("VideoHandler", "SoundHandler", "SubtitleHandler"),
    "vendor_id": ("[0][0][0][0]",),
    "encoder": ("Lavf",),
}
_FILE_LABELS = ("major_brand", "minor_version", "compatible_brands")
_WRITER = {"encoder": "Lavf"}
"""What some formats ask for: which library wrote the file, without its version."""

_STORED_LENGTH = "DURATION"
_MILLION = 1_000_000
_AHEAD = 2
"""By so many pictures at most decoding runs ahead."""

_PRIMING = 4096
"""So many samples at most an encoder puts before and behind what it was given."""

_DECODING = {"err_detect": "explode", "skip_loop_filter": "noref"}
"""What is missing is not made up; seams between blocks may stay where nothing leans on them."""

_SMALL = 24
_UNLIKE = 16.0
"""Pictures of which parts differ by more than this (root of the mean square, of 255) differ."""


class WrongClipError(MediaError):
    """A clip that was written is not what it should be."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a clip should hold; `first` and `last` are pictures as they went into the encoder.

    `ticks` are the moments at which pictures are shown and `length` the whole length, both in
    steps of `base` seconds. `rate` and `samples` are 0 where there is no sound. `inside` are other
    pictures that went into the encoder, each with its place from 0, by which parts are known.
    `copies` are pictures that were not encoded at all. `orientation` is how players are asked to
    turn the pictures, all of which are given here as they are stored.
    """

    ticks: tuple[int, ...]
    length: int
    base: Fraction
    first: NDArray[np.float32] | None
    last: NDArray[np.float32] | None
    rate: int
    samples: int
    subtitles: tuple[Subtitle, ...] = ()
    inside: tuple[tuple[int, NDArray[np.float32]], ...] = ()
    copies: Copies = NO_COPIES
    orientation: Orientation = UPRIGHT
    chapters: Chapters = NO_CHAPTERS


def glimpse(picture: VideoFrame) -> NDArray[np.float32]:
    """Give a small picture's brightness, by which a picture is known again.

    Each of its parts is the true mean of a field: the converter would leave out most pixels of
    it, so that fine patterns, which encoders smooth a little, came out as another picture.
    """
    if picture.format.name != PIXELS:
        picture = picture.reformat(
            format=PIXELS, src_color_range=range_of(picture), dst_color_range=LIMITED
        )
    light = pixels_of(picture.planes[0]).astype(np.float32)
    down, across = (np.arange(_SMALL + 1) * side // _SMALL for side in light.shape)
    sums = np.add.reduceat(np.add.reduceat(light, down[:-1], axis=0), across[:-1], axis=1)
    counts = np.outer(np.maximum(np.diff(down), 1), np.maximum(np.diff(across), 1))
    means: NDArray[np.float32] = (sums / counts).astype(np.float32)
    return means


def has_profile(picture: VideoFrame) -> bool:
    """Tell whether a film has a profile of its colours, in which there are texts too."""
    return picture.side_data.get("ICC_PROFILE") is not None


def verify(path: Path, expected: Expected, watch: Watch) -> None:
    """Read a clip through, with all that players would not show.

    Raises WrongClipError where it is not what it should be, GivenUpError where it was cancelled.
    """
    with open_container(path, shows_hidden=True) as container:
        marks = _check_contents(container, expected)
        seen = _Seen(expected.copies, frozenset(place for place, _ in expected.inside))
        seen.marks_in = marks
        _walk(container, seen, watch, len(expected.ticks))
    _check_pictures(seen, expected)
    _check_sound_walked(seen, expected)
    if seen.subtitles != told(expected.subtitles):
        raise wrong("its subtitles are others")
    if marks is not None and not are_alike(seen.marks, expected.chapters.told()):
        raise wrong("its chapters are others")
    _check_as_played(path, expected)


class _Seen:
    """What stood in a clip."""

    def __init__(self, copies: Copies, wanted: frozenset[int]) -> None:
        """Look closely at the pictures at these places."""
        self._copies = copies
        self._wanted = wanted
        self._place = 0
        self.inside: dict[int, NDArray[np.float32]] = {}
        self.subtitles: list[tuple[int, int, str]] = []
        self.marks_in: Stream | None = None
        self.marks: list[Mark | None] = []
        self.times: list[Fraction] = []
        self.first: NDArray[np.float32] | None = None
        self.orientation = UPRIGHT
        self.last_picture: VideoFrame | None = None
        self.samples = 0
        self.packets = 0

    def take(self, frame: VideoFrame | AudioFrame) -> None:
        """Look at a decoded frame."""
        if isinstance(frame, AudioFrame):
            self.samples += frame.samples
            return
        if self._place in self._wanted:
            self.inside[self._place] = glimpse(frame)
        self._place += 1
        self.times.append(Fraction(frame.pts or 0) * Fraction(frame.time_base or 1))
        if self.first is None:
            if has_profile(frame):
                raise wrong("it tells something that it should not")
            self.first, self.orientation = glimpse(frame), orientation_of(frame)
        self.last_picture = frame

    def take_text(self, packet: Packet[Stream]) -> None:
        """Read a subtitle, or a chapter out of the track that holds them."""
        if packet.stream is not self.marks_in:
            self.subtitles += filter(None, [read(packet)])
        elif packet.size:
            self.marks.append(read_mark(packet))

    def passes_over(self, packet: Packet[Stream]) -> bool:
        """Count a packet; tell whether it is known to be a copy, so that it need not be decoded.

        Raises WrongClipError where it should be a copy and is not.
        """
        stream = packet.stream
        if not isinstance(stream, VideoStream) or not packet.size:
            return False
        number, copies = self.packets, self._copies
        self.packets += 1
        if number == copies.known.start and copies.digests:
            for frame in _decoded(stream, None):
                frame.time_base = exact(stream.time_base or Fraction(1))  # it comes without
                self.take(frame)
        if number in copies.known:
            if digest(bytes(packet)) != copies.digests[number - copies.known.start]:
                raise wrong("a picture was not copied as it is")
            self.times.append(Fraction(packet.pts or 0) * packet.time_base)
            return True
        if number == copies.known.stop and copies.digests:
            stream.codec_context.flush_buffers()
            self._place = number  # it leans on none before it, so that all those come before
        return False


def _walk(container: InputContainer, seen: _Seen, watch: Watch, count: int) -> None:
    for video in container.streams.video:
        video.thread_type = "AUTO"
        video.codec_context.options = dict(_DECODING)
    for packet in container.demux():
        stream = packet.stream
        if isinstance(stream, SubtitleStream):
            seen.take_text(packet)
        elif isinstance(stream, VideoStream | AudioStream) and not seen.passes_over(packet):
            for frame in _decoded(stream, packet):
                seen.take(frame)
        watch.keep_going(min(len(seen.times) / max(count, 1), 1.0))


def _decoded(
    stream: VideoStream | AudioStream, packet: Packet[Stream] | None
) -> Sequence[VideoFrame | AudioFrame]:
    try:
        frames = stream.decode(packet)
    except av.FFmpegError as error:
        raise wrong("not all of it can be decoded") from error
    if any(isinstance(frame, VideoFrame) and frame.is_corrupt for frame in frames):
        raise wrong("a picture in it is damaged")
    return frames


def _check_contents(container: InputContainer, expected: Expected) -> Stream | None:
    """Hold what the file says it holds against what it should; gives the track of its chapters."""
    kinds = [stream.type for stream in container.streams]
    wanted = ["video"] * bool(expected.ticks) + ["audio"] * bool(expected.rate)
    wanted += ["subtitle"] * bool(told(expected.subtitles))
    has_track = bool(expected.chapters.marks) and have_track(container)
    wanted += ["subtitle"] * has_track
    if kinds != wanted:
        raise wrong("it holds something that was not asked for")
    track = container.streams[-1] if has_track else None
    labels = [label for one in container.streams if one is not track for label in _told(one)]
    if track is not None and track.metadata != TRACK_LABELS:
        labels += track.metadata.items()
    named = {k: v for k, v in container.metadata.items() if k not in _FILE_LABELS}
    if labels or named not in ({}, _WRITER):
        raise wrong("it tells something that it should not")
    return track


def _told(stream: Stream) -> list[tuple[str, str]]:
    """List what a stream says of itself beyond what the format asks for."""
    return [
        (name, value)
        for name, value in stream.metadata.items()
        if name != _STORED_LENGTH and value not in _STREAM_LABELS.get(name, ())
    ]


def _check_pictures(seen: _Seen, expected: Expected) -> None:
    if not len(seen.times) == seen.packets == len(expected.ticks):
        raise wrong(f"it has {len(seen.times)} pictures instead of {len(expected.ticks)}")
    if not expected.ticks or expected.first is None or expected.last is None:
        return
    if differ(seen.first, expected.first):
        raise wrong("its first picture is another one")
    if seen.orientation != expected.orientation:
        raise wrong("its pictures are turned another way")
    if seen.last_picture is None or differ(glimpse(seen.last_picture), expected.last):
        raise wrong("its last picture is another one")
    for place, picture in expected.inside:
        if differ(seen.inside.get(place), picture):
            raise wrong(f"its picture {place + 1} is another one")
    seen.times.sort()  # of those that are not decoded they stand in the order of decoding
    shown = [(one - seen.times[0]) for one in seen.times]
    meant = [(one - expected.ticks[0]) * expected.base for one in expected.ticks]
    if any(abs(a - b) >= _CLOCK for a, b in zip(shown, meant, strict=True)):
        raise wrong("its pictures are shown at other times")


def differ(ours: NDArray[np.float32] | None, theirs: NDArray[np.float32]) -> bool:
    """Tell two pictures apart by what `glimpse` gives of them, however they were encoded."""
    return ours is None or float(np.sqrt(np.mean((ours - theirs) ** 2))) > _UNLIKE


_CLOCK, _LENGTH_CLOCK = Fraction(1, 900), Fraction(1, 250)
"""What is written may be rounded to the millisecond, a length more than once."""


def _check_sound_walked(seen: _Seen, expected: Expected) -> None:
    """No sound may be hidden but what an encoder adds to fill its blocks."""
    if not expected.rate:
        return
    if not expected.samples <= seen.samples <= expected.samples + _PRIMING:
        raise wrong("its sound has another length")


def _check_as_played(path: Path, expected: Expected) -> None:
    """Look at the clip as players do, who obey the lists of what is to be shown."""
    with open_container(path) as container:
        if not are_alike(listed(container), expected.chapters.told()):
            raise wrong("its chapters are others")
    known = survey(path)
    if known.video is not None:
        # the lengths of single packets tell decoding times, so that the whole is looked at
        if len(known.video.shown()) != len(expected.ticks):
            raise wrong("players would leave pictures out")
        if not _is_as_long(known, expected):
            raise wrong("it has another length")
    for track in known.audio:
        sound = SoundIndex.of(track, known.timescale(track))
        samples = sound.end - sound.start
        if abs(samples - expected.samples) > (track.is_coarse and sound.rate * _CLOCK):
            raise wrong("its sound has another length")


def _is_as_long(known: Survey, expected: Expected) -> bool:
    """Compare the whole length as far as the file tells it.

    Some formats count the sound encoder's priming with it; others count decoding times, which
    run ahead by some pictures: by less time at the start, where those come faster than later on.
    """
    length, last = expected.length * expected.base, expected.ticks[-1] * expected.base
    priming = [Fraction(one.skipped, one.labels.sample_rate) for one in known.audio]
    told = Fraction(known.announced or 0, _MILLION)
    gaps = (other - one for one, other in pairwise(expected.ticks))
    ahead = _AHEAD * max(gaps, default=0) * expected.base
    return last - ahead - _CLOCK < told <= length + max(priming, default=0) + _LENGTH_CLOCK


def wrong(why: str) -> WrongClipError:
    """Say that a clip is not what it should be."""
    return WrongClipError(
        f"The clip did not come out right: {why}. It was thrown away.",
        "Try once more; if it happens again, please report it with the kind of film it was.",
    )

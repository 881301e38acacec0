"""One reading of a file's packets, without decoding: what stands in it and when."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import IntFlag
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition, Stream
from av.video.stream import VideoStream
from numpy.typing import NDArray

from annotator.errors import MediaError
from annotator.media.opening import open_container
from annotator.media.timebase import Ticks, Timescale, exact
from annotator.model import Micros

UNKNOWN = -(2**63)
"""Stands for a timestamp that the file does not give."""

MediaStream = VideoStream | AudioStream


class PacketFlags(IntFlag):
    """What the file says of one packet."""

    KEYFRAME = 1
    HIDDEN = 2
    CORRUPT = 4


@dataclass(frozen=True, slots=True)
class StreamLabels:
    """What the file says about a stream in its header; 0 or empty where it says nothing.

    `announced` is the number of packets, `frame_rates` what may be the pictures a second,
    `packet_samples` the samples of every packet where they are all alike.
    """

    codec: str
    announced: int = 0
    language: str = ""
    title: str = ""
    pixel_format: str = ""
    frame_rates: tuple[Fraction, ...] = ()
    sample_rate: int = 0
    channels: int = 0
    packet_samples: int = 0


@dataclass(slots=True)
class StreamSurvey:
    """The packets of one stream in the file's order, in ticks of `base`.

    `skipped` counts the samples from the first packet on that a player drops (an encoder's
    priming, and what an edit list hides), and
    `trimmed` those at the end.
    """

    index: int
    base: Fraction
    labels: StreamLabels
    pts: array[int] = field(default_factory=lambda: array("q"))
    dts: array[int] = field(default_factory=lambda: array("q"))
    durations: array[int] = field(default_factory=lambda: array("q"))
    flags: array[int] = field(default_factory=lambda: array("B"))
    skipped: int = 0
    trimmed: int = 0

    def shown(self) -> NDArray[np.intp]:
        """Give the positions of packets that are played and have a time, in the file's order."""
        unplayed = np.array(self.flags) & (PacketFlags.HIDDEN | PacketFlags.CORRUPT)
        return np.flatnonzero((np.array(self.pts) != UNKNOWN) & (unplayed == 0))

    def shown_times(self) -> Ticks:
        """Give the timestamps of the packets that `shown` lists."""
        return np.array(self.pts)[self.shown()]

    def told_times(self) -> Ticks:
        """Give those of `shown_times`, or where there are none what is known of decoding times."""
        decoding_times = np.array(self.dts)
        times = self.shown_times()
        return times if times.size else decoding_times[decoding_times != UNKNOWN]

    @property
    def is_coarse(self) -> bool:
        """Whether a sound track's timestamps cannot tell one sample from the next."""
        return self.base * self.labels.sample_rate > 1

    def sound_start(self) -> Fraction | None:
        """Give the moment of the first sample played, in seconds; None where there is none."""
        shown = self.shown()
        if not shown.size:
            return None
        first = self.pts[int(shown[0])] * self.base
        if self.skipped and self.pts[0] != UNKNOWN:
            after_skip = self.pts[0] * self.base + Fraction(self.skipped, self.labels.sample_rate)
            return max(first, after_skip)
        return first


@dataclass(frozen=True, slots=True)
class Survey:
    """What one reading of a file found; streams that are neither picture nor sound are left out.

    `zero` is the earliest presented moment of any stream, in seconds on the file's clock.
    `announced` is the end that the file's header claims, on the recording's clock, None where
    it claims none. `interrupted` tells that reading ended in an error.
    """

    path: Path
    container: str
    video: StreamSurvey | None
    audio: tuple[StreamSurvey, ...]
    zero: Fraction
    announced: Micros | None
    interrupted: bool

    def timescale(self, stream: StreamSurvey) -> Timescale:
        """Give the stream's clock with the recording's time 0."""
        return Timescale(stream.base, self.zero)


def survey(path: Path | str) -> Survey:
    """Read a file's packets from end to end.

    Raises MediaError where the file cannot be opened.
    """
    file = Path(path).absolute()
    with open_container(file) as container:
        picture, tracks = picture_stream(container), sound_streams(container)
        surveys = {stream.index: _begin(stream) for stream in (*tracks, picture) if stream}
        interrupted = _read(container, [s for s in (picture, *tracks) if s], surveys)
        audio = tuple(surveys[track.index] for track in tracks)
        video = surveys[picture.index] if picture else None
        zero = _zero(video, audio)
        return Survey(
            file,
            container.format.name,
            video,
            audio,
            zero,
            _announced(container, zero),
            interrupted,
        )


def picture_stream(container: InputContainer) -> VideoStream | None:
    """Find the film's picture; a cover image does not count. None where there is none.

    Raises MediaError where there are pictures that nothing here can decode.
    """
    moving = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    known = next((stream for stream in moving if _has_decoder(stream)), None)
    if moving and known is None:
        raise MediaError(
            f"The picture of “{Path(container.name).name}” is in a form that is not known here.",
            "Convert the film, for example to MP4 with H.264.",
        )
    return known


def sound_streams(container: InputContainer) -> tuple[AudioStream, ...]:
    """List the sound tracks that can be decoded, in the file's order."""
    return tuple(s for s in container.streams.audio if _has_decoder(s) and s.rate)


def _has_decoder(stream: MediaStream) -> bool:
    context: object = stream.codec_context  # None where there is none, whatever its type says
    return context is not None


def _begin(stream: MediaStream) -> StreamSurvey:
    base = exact(stream.time_base or Fraction(1))
    return StreamSurvey(stream.index, base, _labels(stream))


def _labels(stream: MediaStream) -> StreamLabels:
    general = StreamLabels(
        stream.codec_context.codec.canonical_name,
        stream.frames,
        stream.language or "",
        stream.metadata.get("title", ""),
    )
    if isinstance(stream, VideoStream):
        rates = (stream.average_rate, stream.guessed_rate, stream.base_rate)
        known = tuple(exact(rate) for rate in rates if rate)
        return replace(general, pixel_format=stream.pix_fmt or "", frame_rates=known)
    return replace(
        general,
        sample_rate=stream.rate,
        channels=stream.channels,
        packet_samples=stream.codec_context.frame_size,
    )


def _read(
    container: InputContainer, streams: list[MediaStream], surveys: dict[int, StreamSurvey]
) -> bool:
    """Fill the surveys; tell whether an error ended the reading."""
    last: dict[int, Packet[Stream]] = {}
    try:
        for packet in container.demux(streams):
            if packet.size:
                _note(packet, surveys[packet.stream_index], last)
    except av.FFmpegError:
        return True
    finally:
        for index, packet in last.items():
            surveys[index].trimmed = _skips(packet)[1]
    return False


def _note(packet: Packet[Stream], stream: StreamSurvey, last: dict[int, Packet[Stream]]) -> None:
    pts, dts = packet.pts, packet.dts
    hidden = packet.is_discard
    if not stream.pts:
        stream.skipped = _skips(packet)[0]
    if not hidden:
        last[packet.stream_index] = packet
    stream.pts.append(UNKNOWN if pts is None else pts)
    stream.dts.append(UNKNOWN if dts is None else dts)
    stream.durations.append(packet.duration or 0)
    # plain numbers: the enumeration's own arithmetic would take longer than all the rest
    stream.flags.append(packet.is_keyframe | hidden << 1 | packet.is_corrupt << 2)


def _skips(packet: Packet[Stream]) -> tuple[int, int]:
    """Give how many samples a player drops at the packet's start and end."""
    if not packet.has_sidedata("skip_samples"):
        return 0, 0
    start, end = struct.unpack_from("<II", bytes(packet.get_sidedata("skip_samples")))
    return start, end


def _zero(video: StreamSurvey | None, audio: Iterable[StreamSurvey]) -> Fraction:
    """Find the earliest presented moment over picture and sound, in seconds."""
    picture = None
    if video is not None and (times := video.told_times()).size:
        picture = int(times.min()) * video.base
    starts = [] if picture is None else [picture]
    for track in audio:
        start = track.sound_start()
        # a start that was rounded to the file's clock is taken to be the picture's
        together = picture is not None and start is not None and abs(start - picture) < track.base
        if start is not None and not (together and track.is_coarse):
            starts.append(start)
    return min(starts, default=Fraction(0))


def _announced(container: InputContainer, zero: Fraction) -> Micros | None:
    if container.duration is None:
        return None
    start = Fraction(container.start_time or 0, av.time_base)
    end = start + Fraction(container.duration, av.time_base)
    return Timescale(Fraction(1, 1_000_000), zero).to_micros(int(end * 1_000_000))

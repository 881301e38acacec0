"""Writes a clip's file: encodes pictures and sound, and leaves out all that need not be there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import cast

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.bitstream import BitStreamFilterContext
from av.container import OutputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from annotator.media.clips.chapters import NO_CHAPTERS, Chapters
from annotator.media.clips.copying import Coded
from annotator.media.clips.formats import Format, SoundCode
from annotator.media.clips.shaping import Shape
from annotator.media.clips.subtitles import Subtitle, add_stream, packets, told
from annotator.media.encoder_picture import PIXELS
from annotator.media.frame import Orientation
from annotator.media.sound_frames import Planes
from annotator.media.timebase import exact

_LARGEST_CLOCK = 100_000_000
_SIGNATURE = re.compile(rb"LAME[0-9.]{3,}")
_BIT_EXACT = 1 << 23
"""Tells an encoder to write neither its name nor its version."""


@dataclass(frozen=True, slots=True)
class PicturePlan:
    """How pictures are encoded; `aspect` is the width of a pixel by its height, as shown."""

    shape: Shape
    base: Fraction
    rate: Fraction
    aspect: Fraction
    options: dict[str, str]


@dataclass(frozen=True, slots=True)
class CopyingPlan:
    """How coded pictures are written: like those of the film's `stream`, with a header's data.

    Players are asked to turn them by the `orientation`.
    """

    stream: VideoStream
    header: bytes
    base: Fraction
    orientation: Orientation


@dataclass(frozen=True, slots=True)
class SoundPlan:
    """How sound is encoded: samples and bits a second."""

    rate: int
    channels: int
    bits: int


@dataclass(frozen=True, slots=True)
class Texts:
    """What a file says in words that players show or not."""

    subtitles: tuple[Subtitle, ...] = ()
    chapters: Chapters = NO_CHAPTERS


_NO_TEXTS = Texts()


@dataclass(slots=True)
class ClipFile:
    """A clip's file that is being written."""

    container: OutputContainer
    picture: VideoStream | None
    sound: AudioStream | None
    strip: BitStreamFilterContext | None
    durations: dict[int, int] = field(default_factory=dict)
    samples: int = 0
    picture_bytes: int = 0
    held: Packet[VideoStream] | None = None
    lead: int = 0
    end: int = 0
    encodes: bool = True

    def add_picture(self, picture: VideoFrame, tick: int, duration: int) -> None:
        """Encode a picture that is shown at a tick of the plan's base for so many ticks."""
        stream = self._picture_stream()
        picture.pts, picture.time_base = tick, stream.codec_context.time_base
        self.durations[tick] = duration
        self.end = tick + duration
        self._write_pictures(stream, stream.encode(picture))

    def add_coded(self, picture: Coded, shown: int, decoded: int, duration: int) -> None:
        """Write a coded picture; times in ticks of the plan's base."""
        stream = self._picture_stream()
        packet = cast("Packet[VideoStream]", Packet(picture.data))
        packet.pts, packet.dts, packet.time_base = shown, decoded, exact(stream.time_base or 1)
        packet.duration, packet.is_keyframe = duration, picture.begins_anew
        self.end = max(self.end, shown + duration)
        self._hold(stream, packet)

    def add_sound(self, planes: Planes) -> None:
        """Encode sound that follows what was added before."""
        stream = self._sound_stream()
        layout = stream.layout.name
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(planes), "fltp", layout)
        frame.sample_rate, frame.pts = stream.rate, self.samples
        frame.time_base = Fraction(1, stream.rate)
        self.samples += planes.shape[1]
        self._write_sound(stream.encode(frame))

    def finish(self) -> None:
        """Encode what is still on its way, and complete the file."""
        if self.picture is not None:
            if self.encodes:
                self._write_pictures(self.picture, self.picture.encode(None))
            self._write_held()
        if self.sound is not None:
            self._write_sound(self.sound.encode(None))
        self.container.close()

    def _write_sound(self, packets: list[Packet[AudioStream]]) -> None:
        for packet in packets:
            self.container.mux(_unsigned(packet))

    def _write_pictures(self, stream: VideoStream, packets: list[Packet[VideoStream]]) -> None:
        for packet in packets:
            packet.duration = self.durations.pop(packet.pts or 0)
            for ready in self._stripped(packet):
                self._hold(stream, ready)

    def _hold(self, stream: VideoStream, ready: Packet[VideoStream]) -> None:
        """Write all but the last packet, whose length depends on whether others follow."""
        ready.stream = stream
        self.picture_bytes += ready.size
        if self.held is not None:
            self.container.mux(self.held)
        elif ready.dts is not None:
            self.lead = -ready.dts
        self.held = ready

    def _write_held(self) -> None:
        """Write the last packet, made so long that all together are as long as the clip.

        Lengths are counted by decoding times, which run ahead of what is shown.
        """
        last = self.held
        if last is None or last.dts is None or last.pts is None:
            return
        shown = self.end - last.pts
        is_last_shown = last.duration == shown
        whole = self.end - self.lead - last.dts
        # nothing at all would be taken for not known in formats that count milliseconds
        least = -(-last.time_base.denominator // 1000)
        last.duration = max(shown if is_last_shown else min(whole, shown), least)
        self.container.mux(last)

    def _stripped(self, packet: Packet[VideoStream]) -> Iterator[Packet[VideoStream]]:
        yield from [packet] if self.strip is None else self.strip.filter(packet)

    def _picture_stream(self) -> VideoStream:
        if self.picture is None:
            raise ValueError("the clip has no picture")
        return self.picture

    def _sound_stream(self) -> AudioStream:
        if self.sound is None:
            raise ValueError("the clip has no sound")
        return self.sound


def _unsigned(packet: Packet[AudioStream]) -> Packet[AudioStream]:
    """Blank the name and the version that one encoder writes where it has bits to spare."""
    data = bytes(packet)
    if _SIGNATURE.search(data):
        packet.update(_SIGNATURE.sub(lambda found: bytes(len(found[0])), data))
    return packet


@contextmanager
def writing(
    path: Path,
    form: Format,
    picture: PicturePlan | CopyingPlan | None,
    sound: SoundPlan | None,
    threads: int,
    texts: Texts = _NO_TEXTS,
) -> Iterator[ClipFile]:
    """Begin a file, and complete it in the end; `threads` limits the encoder's, 0 does not."""
    file = _create(path, form, picture, sound, threads, texts)
    try:
        yield file
        file.finish()
    finally:
        with suppress(av.FFmpegError, OSError):  # what went wrong before is told already
            file.container.close()


def _create(
    path: Path,
    form: Format,
    picture: PicturePlan | CopyingPlan | None,
    sound: SoundPlan | None,
    threads: int,
    texts: Texts,
) -> ClipFile:
    options = {"fflags": "+bitexact", **form.options}
    if form.counts_in_ticks:
        options["movie_timescale"] = str(_common_clock(picture, sound))
    container = av.open(f"file:{path.absolute()}", "w", format=form.container, options=options)
    made = ClipFile(container, None, None, None)
    if isinstance(picture, CopyingPlan):
        made.picture, made.encodes = _copied_stream(container, picture), False
    elif picture is not None and form.picture is not None:
        made.picture = _picture_stream(container, form.picture.codec, picture, threads)
    if sound is not None:
        made.sound = _sound_stream(container, form.sound, sound)
    titles = add_stream(container) if told(texts.subtitles) else None
    texts.chapters.add_to(container)
    container.start_encoding()
    for packet in packets(titles, texts.subtitles) if titles is not None else ():
        container.mux(packet)  # they wait in memory for the pictures that they belong to
    if made.encodes and made.picture is not None and form.picture and form.picture.strip:
        made.strip = BitStreamFilterContext(form.picture.strip, made.picture, made.picture)
    return made


def _common_clock(picture: PicturePlan | CopyingPlan | None, sound: SoundPlan | None) -> int:
    """Find ticks a second in which the ends of picture and sound can both be told exactly."""
    theirs = picture.base.denominator if picture else 1
    ours = sound.rate if sound else 1
    common = lcm(theirs, ours)
    return common if common < _LARGEST_CLOCK else max(ours, 90_000)


def _picture_stream(
    container: OutputContainer, codec: str, plan: PicturePlan, threads: int
) -> VideoStream:
    stream = container.add_stream(codec, rate=plan.rate, options=plan.options)
    if not isinstance(stream, VideoStream):
        raise TypeError("a picture's codec makes a picture")
    shape, context = plan.shape, stream.codec_context
    stream.width, stream.height, stream.pix_fmt = shape.width, shape.height, PIXELS
    context.time_base = plan.base
    context.sample_aspect_ratio = plan.aspect
    context.color_range, context.colorspace = 1, shape.colours.matrix
    context.color_primaries, context.color_trc = shape.colours.primaries, shape.colours.transfer
    # several pictures at once: parts of one would wait for each other, and cost bytes
    context.thread_count, context.thread_type = threads, "FRAME"
    context.flags |= _BIT_EXACT
    return stream


def _copied_stream(container: OutputContainer, plan: CopyingPlan) -> VideoStream:
    stream = container.add_stream_from_template(plan.stream, opaque=True)
    stream.set_display_matrix(plan.orientation.matrix)  # in place of the film's, whatever it tells
    stream.time_base = plan.base
    stream.codec_context.extradata = plan.header
    stream.codec_context.bit_rate = 0
    return stream


def _sound_stream(container: OutputContainer, code: SoundCode, plan: SoundPlan) -> AudioStream:
    layout = "mono" if plan.channels == 1 else "stereo"
    stream = container.add_stream(code.codec, rate=plan.rate, layout=layout)
    if not isinstance(stream, AudioStream):
        raise TypeError("a sound's codec makes sound")
    stream.bit_rate = plan.bits
    stream.codec_context.flags |= _BIT_EXACT
    return stream

"""Makes films with numbered pictures that are coded in ways that matter to copying them."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.bitstream import BitStreamFilterContext
from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from annotator.media import open_video
from annotator.media.clips.h264 import parameter_sets, units_of
from annotator.model import Micros
from tests.support.timing_clips import paint_number

TWENTY_FIVE = Fraction(25)

Paint = Callable[[int, int, int], NDArray[np.uint8]]
"""Paints a picture of shape (height, width, 3): by its number, width and height."""


@dataclass(frozen=True, slots=True)
class Coding:
    """How a film is coded; `parameters` are x264's own, `flags` the library's.

    `filters` change the coded stream afterwards, each from a picture's number on.
    """

    codec: str = "libx264"
    pixels: str = "yuv420p"
    options: Mapping[str, str] = field(default_factory=dict)
    parameters: str = ""
    flags: int = 0
    size: tuple[int, int] = (192, 128)
    colours: tuple[int, int, int, int] | None = None
    aspect: Fraction | None = None
    filters: tuple[tuple[int, str], ...] = ()


def write_coded(path: Path, count: int, coding: Coding, paint: Paint = paint_number) -> Path:
    """Write a film of 25 pictures a second, numbered from 0, without sound."""
    with av.open(str(path), "w") as output:
        stream = _stream(output, coding)
        width, height = coding.size
        output.start_encoding()
        filters = [(at, BitStreamFilterContext(what, stream)) for at, what in coding.filters]
        for at in [*range(count), None]:
            frame = None
            if at is not None:
                frame = VideoFrame.from_ndarray(paint(at, width, height), "rgb24")
                frame.pts, frame.time_base = at, 1 / TWENTY_FIVE
            for packet in stream.encode(frame):
                for ready in _filtered(packet, filters):
                    ready.stream = stream
                    output.mux(ready)
    return path


def _stream(output: av.container.OutputContainer, coding: Coding) -> VideoStream:
    options = dict(coding.options)
    if coding.codec == "libx264":
        options = {"preset": "veryfast", "threads": "1"} | options
        if coding.parameters:
            options["x264-params"] = coding.parameters
    stream = output.add_stream(coding.codec, rate=TWENTY_FIVE, options=options)
    assert isinstance(stream, VideoStream)
    (stream.width, stream.height), stream.pix_fmt = coding.size, coding.pixels
    context = stream.codec_context
    context.time_base = 1 / TWENTY_FIVE
    context.flags |= coding.flags
    if coding.aspect:
        context.sample_aspect_ratio = coding.aspect
    if coding.colours:
        context.color_range, context.colorspace = coding.colours[:2]
        context.color_primaries, context.color_trc = coding.colours[2:]
    return stream


def _filtered(
    packet: Packet[VideoStream], filters: list[tuple[int, BitStreamFilterContext]]
) -> Iterator[Packet[Stream]]:
    number = packet.pts or 0
    chosen = next((one for at, one in reversed(filters) if number >= at), None)
    yield from [packet] if chosen is None else chosen.filter(packet)


def times_of(path: Path) -> tuple[Micros, ...]:
    """Give when each picture of a film comes on screen."""
    with open_video(path) as video:
        return tuple(video.frame_times)


def slices_of(path: Path) -> tuple[bytes, ...]:
    """List the coded slices of an H.264 film as they lie in the file."""
    found: list[bytes] = []
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        size = parameter_sets(stream.codec_context.extradata or b"").length_size
        for packet in container.demux(stream):
            found += (one for one in units_of(bytes(packet), size) if one[0] & 31 in (1, 5))
    return tuple(found)


def add_colour_profile(path: Path, text: str) -> None:
    """Put an ICC profile that says something into an MP4 film whose header is at its end."""
    data = bytearray(path.read_bytes())
    at, boxes = 0, []
    for name in (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd", b"avc1"):
        at = data.index(name, at)
        boxes.append(at - 4)
    said = text.encode()
    profile = struct.pack(">I32x4s88x", 128 + len(said), b"acsp") + said
    box = struct.pack(">I", len(profile) + 12) + b"colrprof" + profile
    (length,) = struct.unpack_from(">I", data, boxes[-1])
    data[boxes[-1] + length : boxes[-1] + length] = box
    for one in boxes:
        (length,) = struct.unpack_from(">I", data, one)
        struct.pack_into(">I", data, one, length + len(box))
    path.write_bytes(data)

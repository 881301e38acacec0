"""Subtitles inside a clip's file, which a player shows or not as is chosen there."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.subtitles.stream import SubtitleStream

from annotator.model import Micros

_BASE = Fraction(1, 1000)
_MILLI = 1000
_MOST_LETTERS = 5_000
_LENGTH = struct.Struct(">H")
_LOOK = b"""[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, \
Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, \
Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Sans,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,0

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""
"""What the codec is told of how they look: white, low in the middle, as players have it anyway."""


@dataclass(frozen=True, slots=True)
class Subtitle:
    """A text that is read from `start` up to `end`, counted from the clip's first frame."""

    start: Micros
    end: Micros
    text: str


def add_stream(container: OutputContainer) -> SubtitleStream:
    """Make room for subtitles in a file that is not begun yet."""
    stream = container.add_stream("mov_text")
    stream.codec_context.subtitle_header = _LOOK
    stream.codec_context.time_base = stream.time_base = _BASE
    return stream


def packets(stream: SubtitleStream, subtitles: Sequence[Subtitle]) -> Iterator[Packet[Stream]]:
    """Yield subtitles as a file holds them, to the millisecond; none may lie over another."""
    for start, end, text in told(subtitles):
        data = text.encode("utf-8", "replace")
        packet = Packet(_LENGTH.pack(len(data)) + data)
        packet.stream, packet.time_base = stream, _BASE
        packet.pts = packet.dts = start
        packet.duration = end - start
        yield packet


def told(subtitles: Sequence[Subtitle]) -> list[tuple[int, int, str]]:
    """Give start and end in milliseconds, and the text, of all that last and say something."""
    found = ((_near(one.start), _near(one.end), one.text[:_MOST_LETTERS]) for one in subtitles)
    return [one for one in found if one[0] < one[1] and one[2]]


def read(packet: Packet[Stream]) -> tuple[int, int, str] | None:
    """Read a subtitle back as `told` gives it; None for what only says that nothing is shown."""
    data = bytes(packet)
    if len(data) < _LENGTH.size or packet.pts is None or packet.time_base is None:
        return None
    (length,) = _LENGTH.unpack_from(data)
    start = round(packet.pts * packet.time_base / _BASE)
    end = start + round((packet.duration or 0) * packet.time_base / _BASE)
    text = data[_LENGTH.size : _LENGTH.size + length].decode("utf-8", "replace")
    return (start, end, text) if length else None


def _near(moment: Micros) -> int:
    return (moment + _MILLI // 2) // _MILLI

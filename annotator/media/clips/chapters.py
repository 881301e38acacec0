"""Chapters inside a film's file, by which players go from clip to clip."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream

from annotator.model import Micros

TRACK_LABELS = {"language": "eng", "handler_name": "SubtitleHandler"}
"""What MP4's writer says of the hidden text track that chapters are there, whatever they say."""

_LENGTH = struct.Struct(">H")
_UTF8 = b"\x00\x00\x00\x0cencd\x00\x00\x01\x00"
_MILLION = 1_000_000
_CLOCK = Fraction(1, 900)

Mark = tuple[Fraction, Fraction, str]
"""Start and end in seconds, and the title."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a film from `start` up to the next chapter, or to the end."""

    start: Micros
    title: str


@dataclass(frozen=True, slots=True)
class Chapters:
    """Chapters on the clock of a film's pictures, in order: start, end and title of each.

    Both are in steps of `base` seconds.
    """

    marks: tuple[tuple[int, int, str], ...] = ()
    base: Fraction = Fraction(1)

    @classmethod
    def on_clock(cls, chapters: Sequence[Chapter], end: int, base: Fraction) -> Chapters:
        """Let chapters begin with the pictures of a film that ends at a tick."""
        starts = [round(Fraction(one.start, _MILLION) / base) for one in chapters]
        titles = (one.title for one in chapters)
        ends = [*starts, end][1:]
        return cls(tuple(zip(starts, ends, titles, strict=True)), base)

    def told(self) -> list[Mark]:
        """Give start and end in seconds, and the title, of each."""
        return [(start * self.base, end * self.base, title) for start, end, title in self.marks]

    def add_to(self, container: OutputContainer) -> None:
        """Write them in a file that is not begun yet."""
        if self.marks:
            container.set_chapters(
                [
                    {
                        "id": number,
                        "start": start,
                        "end": end,
                        "time_base": self.base,
                        "metadata": {"title": title},
                    }
                    for number, (start, end, title) in enumerate(self.marks, 1)
                ]
            )


NO_CHAPTERS = Chapters()


def have_track(container: InputContainer) -> bool:
    """Tell whether a file keeps its chapters as a track, not in its header alone."""
    return "mp4" in container.format.name


def read_mark(packet: Packet[Stream]) -> Mark | None:
    """Read a chapter out of the track; None where there is anything but one in it."""
    data = bytes(packet)
    if len(data) < _LENGTH.size or packet.pts is None or packet.time_base is None:
        return None
    (size,) = _LENGTH.unpack_from(data)
    text, rest = data[_LENGTH.size : _LENGTH.size + size], data[_LENGTH.size + size :]
    if rest != _UTF8:
        return None
    start, length = packet.pts * packet.time_base, (packet.duration or 0) * packet.time_base
    return start, start + length, text.decode("utf-8", "replace")


def listed(container: InputContainer) -> list[Mark | None]:
    """List the chapters that players show; None stands for one that tells more than its title."""
    found: list[Mark | None] = []
    for one in container.chapters():
        base, labels = one["time_base"] or Fraction(1), one["metadata"]
        title = labels.get("title", "")
        is_plain = labels == {"title": title}
        found.append((one["start"] * base, one["end"] * base, title) if is_plain else None)
    return found


def are_alike(found: Sequence[Mark | None], meant: Sequence[Mark]) -> bool:
    """Compare chapters, as exactly as files tell moments."""
    return len(found) == len(meant) and all(
        one is not None
        and one[2] == other[2]
        and abs(one[0] - other[0]) < _CLOCK
        and abs(one[1] - other[1]) < _CLOCK
        for one, other in zip(found, meant, strict=True)
    )

"""Holds a GIF that was written against what it should be, and sees to it that it tells no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from av.video.frame import VideoFrame
from PIL import Image

from annotator.media.clips.verifying import differ, glimpse, wrong

_HEADER = 13
_EXTENSION, _PICTURE, _END = 0x21, 0x2C, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF
_LOOP = b"NETSCAPE2.0"
_GOES_ON = b"\x01\x00\x00"
_OWN_COLOURS = 0x80


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a GIF: what it begins with, what kind of extension it is (0 for none), its data."""

    begins: int
    kind: int
    data: bytes


def check_gif(path: Path, lengths: Sequence[int], ends: Sequence[VideoFrame]) -> None:
    """Read a GIF through; `lengths` are hundredths of a second, `ends` its first and last picture.

    Raises MediaError where it is not what it should be.
    """
    data = path.read_bytes()
    blocks = list(blocks_of(data))
    if [one.begins for one in blocks].count(_PICTURE) != len(lengths):
        raise wrong("it has another number of pictures")
    told = [one for one in blocks if one.begins == _EXTENSION and one.kind != _CONTROL]
    if [(one.kind, one.data) for one in told] != [(_APPLICATION, _LOOP + _GOES_ON)]:
        raise wrong("it tells something that it should not")
    with Image.open(path) as image:
        _check_shown(image, lengths, ends)


def _check_shown(image: Image.Image, lengths: Sequence[int], ends: Sequence[VideoFrame]) -> None:
    shown = []
    for at in range(len(lengths)):
        image.seek(at)
        shown.append(round(image.info["duration"] / 10))
        if at in (0, len(lengths) - 1):
            rgb = np.asarray(image.convert("RGB"), np.uint8)
            seen = glimpse(VideoFrame.from_ndarray(np.ascontiguousarray(rgb), "rgb24"))
            if differ(seen, glimpse(ends[at > 0])):
                raise wrong("a picture at its ends is another one")
    if shown != [*lengths]:
        raise wrong("its pictures are shown at other times")


def blocks_of(data: bytes) -> Iterator[Block]:
    """Yield the parts of a GIF in order, the end among them.

    Raises MediaError where it is none, or where anything follows its end.
    """
    if data[:6] != b"GIF89a" or len(data) < _HEADER:
        raise wrong("it is no GIF")
    at = _HEADER + _colours(data[10])
    while at < len(data):
        begins, kind = data[at], 0
        if begins == _END and at + 1 == len(data):
            yield Block(begins, kind, b"")
            return
        if begins == _EXTENSION and at + 1 < len(data):
            kind, at = data[at + 1], at + 2
        elif begins == _PICTURE and at + 9 < len(data):
            at += 11 + _colours(data[at + 9])
        else:
            break
        parts, at = _parts(data, at)
        yield Block(begins, kind, parts)
    raise wrong("something follows its end")


def _colours(flags: int) -> int:
    """Count the bytes of the table of colours that follows."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & _OWN_COLOURS else 0


def _parts(data: bytes, at: int) -> tuple[bytes, int]:
    """Join the pieces that data lies in; gives the place after them too."""
    found = bytearray()
    while at < len(data) and data[at]:
        found += data[at + 1 : at + 1 + data[at]]
        at += 1 + data[at]
    return bytes(found), at + 1

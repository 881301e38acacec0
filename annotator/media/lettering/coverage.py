"""Reads from a font file which letters it has, without loading it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

_COLLECTION = b"ttcf"
_OUTLINES = frozenset({b"glyf", b"CFF ", b"CFF2"})
_MOST_FONTS = 64
_MOST_BYTES = 8_000_000
_SEGMENTED, _GROUPED = 4, 12
_LAST_OF_ALL = 0xFFFF
_FIXED = 1 << 16
_USUAL_WEIGHT = 400 * _FIXED
_UNICODE = frozenset({(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)})


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """Which letters one font of a file has, as stretches: both ends are among them.

    Where it has many weights in one, `axes` are what to set it to for the usual one.
    """

    number: int
    firsts: NDArray[np.int64]
    lasts: NDArray[np.int64]
    axes: tuple[float, ...] = ()

    def has(self, letter: int) -> bool:
        """Tell whether the font has a letter."""
        at = int(np.searchsorted(self.firsts, letter, side="right")) - 1
        return at >= 0 and letter <= int(self.lasts[at])


def coverages(path: Path) -> list[Coverage]:
    """Read what each font of a file covers; none for what cannot be read or has no outlines."""
    try:
        with path.open("rb") as file:
            return [one for at, start in enumerate(_starts(file)) for one in _read(file, start, at)]
    except (OSError, struct.error, ValueError, IndexError):
        return []  # a font that is broken draws nothing


def _starts(file: BinaryIO) -> list[int]:
    """Find where the fonts of a file begin."""
    if file.read(4) != _COLLECTION:
        return [0]
    _, count = struct.unpack(">II", file.read(8))
    count = min(count, _MOST_FONTS)
    return list(struct.unpack(f">{count}I", file.read(4 * count)))


def _read(file: BinaryIO, start: int, number: int) -> Iterator[Coverage]:
    file.seek(start + 4)
    (count,) = struct.unpack(">H", file.read(2))
    file.seek(start + 12)
    tables = {}
    for _ in range(count):
        name, _, offset, length = struct.unpack(">4sIII", file.read(16))
        tables[name] = (offset, length)
    if b"cmap" not in tables or not _OUTLINES & set(tables):
        return
    offset, length = tables[b"cmap"]
    file.seek(offset)
    found = sorted(_pairs(file.read(min(length, _MOST_BYTES))))
    if found:
        firsts, lasts = np.array(found, np.int64).T
        axes = tuple(_axes(file, *tables[b"fvar"])) if b"fvar" in tables else ()
        yield Coverage(number, firsts, np.maximum.accumulate(lasts), axes)


def _axes(file: BinaryIO, start: int, length: int) -> Iterator[float]:
    """Yield where to set each axis of a font: its own default, but the weight to the usual one."""
    file.seek(start)
    table = file.read(min(length, _MOST_BYTES))
    offset, _, count, size = struct.unpack_from(">4H", table, 4)
    for at in range(count):
        name, least, usual, most = struct.unpack_from(">4s3i", table, offset + at * size)
        wanted = min(max(_USUAL_WEIGHT, least), most) if name == b"wght" else usual
        yield wanted / _FIXED


def _pairs(table: bytes) -> Iterator[tuple[int, int]]:
    """Yield the stretches that the best of a font's maps lists."""
    (count,) = struct.unpack_from(">H", table, 2)
    offsets = []
    for at in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", table, 4 + 8 * at)
        (kind,) = struct.unpack_from(">H", table, offset)
        if (platform, encoding) in _UNICODE and kind in {_SEGMENTED, _GROUPED}:
            offsets.append((kind, offset))
    if not offsets:
        return
    kind, offset = max(offsets)
    yield from _grouped(table, offset) if kind == _GROUPED else _segmented(table, offset)


def _grouped(table: bytes, offset: int) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack_from(">I", table, offset + 12)
    groups = np.frombuffer(table, ">u4", count * 3, offset + 16).reshape(-1, 3)
    yield from ((int(first), int(last)) for first, last, _ in groups)


def _segmented(table: bytes, offset: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a map of the usual kind, without the holes in it."""
    (doubled,) = struct.unpack_from(">H", table, offset + 6)
    count = doubled // 2
    ends = np.frombuffer(table, ">u2", count, offset + 14)
    starts, jumps = (
        np.frombuffer(table, ">u2", count, offset + 16 + doubled * part) for part in (1, 3)
    )
    for at, (first, last) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        if first == _LAST_OF_ALL:
            continue
        if not jumps[at]:
            yield first, last
            continue
        place = offset + 16 + doubled * 3 + 2 * at + int(jumps[at])
        glyphs = np.frombuffer(table, ">u2", last - first + 1, place)
        yield from ((first + int(one), first + int(one)) for one in np.flatnonzero(glyphs))

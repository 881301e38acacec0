"""The pieces that an H.264 picture consists of, and what its parameter sets tell of it."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

SLICE, WHOLE_SLICE = 1, 5
"""Kinds of unit that carry pictures; those of the second kind lean on nothing before them."""

SEQUENCE_SET, PICTURE_SET = 7, 8
_REMARKS = frozenset({6, 9, 10, 11, 12})
"""Remarks of the encoder, marks of beginning and end, and filling: no picture needs them."""

_KIND = 0x1F
_START = re.compile(rb"\x00\x00\x01")
_PREVENTED = re.compile(rb"\x00\x00\x03")
_HIGH_PROFILES = frozenset({44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 144, 244})
_AVCC = 1
_ALL_COLOURS = 3
_SEPARATE_COLOURS = 3
_SMALL_MATRICES = 6
"""So many matrices of 4 by 4 numbers come first, then those of 8 by 8."""


@dataclass(frozen=True, slots=True)
class SequenceFacts:
    """What a sequence parameter set tells: `constraints` are its eight flags as they stand.

    `is_progressive` is false where pictures may consist of two fields.
    """

    number: int
    profile: int
    constraints: int
    level: int
    chroma: int
    bits: int
    references: int
    is_progressive: bool


@dataclass(frozen=True, slots=True)
class ParameterSets:
    """The parameter sets of a film; `length_size` is 0 where units follow start codes.

    Otherwise so many bytes before each unit tell its length.
    """

    sequence: tuple[bytes, ...]
    picture: tuple[bytes, ...]
    length_size: int


def kind_of(unit: bytes) -> int:
    """Tell which kind of unit it is."""
    return unit[0] & _KIND


def is_remark(unit: bytes) -> bool:
    """Tell whether a unit can be left out without any picture being another one."""
    return kind_of(unit) in _REMARKS


def units_of(data: bytes, length_size: int) -> Iterator[bytes]:
    """Yield the units of a packet; raises ValueError where it is cut off."""
    if length_size == 0:
        yield from _between_start_codes(data)
        return
    at = 0
    while at < len(data):
        start = at + length_size
        at = start + int.from_bytes(data[at:start], "big")
        if at > len(data):
            raise ValueError("a unit is cut off")
        if at > start:
            yield data[start:at]


def packed(units: Iterable[bytes]) -> bytes:
    """Put units together, each after four bytes that tell its length."""
    return b"".join(part for unit in units for part in (struct.pack(">I", len(unit)), unit))


def parameter_sets(extra: bytes) -> ParameterSets:
    """Read what stands in a stream's header, in either of the two forms.

    Raises ValueError where there is none that can be read.
    """
    if not extra or extra[0] != _AVCC:
        units = [*units_of(extra, 0)]
        sets = ParameterSets(_of_kind(units, SEQUENCE_SET), _of_kind(units, PICTURE_SET), 0)
    else:
        sequence, at = _counted(extra, 5, 31)
        picture, _ = _counted(extra, at, 255)
        sets = ParameterSets(sequence, picture, (extra[4] & 3) + 1)
    if not sets.sequence or not sets.picture:
        raise ValueError("there are no parameter sets")
    return sets


def to_header(sequence: tuple[bytes, ...], picture: tuple[bytes, ...]) -> bytes:
    """Write the header of a stream that has all these parameter sets.

    Lengths take four bytes. Raises ValueError where the sets do not go together.
    """
    facts = [sequence_facts(one) for one in sequence]
    profile, chroma, bits = facts[0].profile, facts[0].chroma, facts[0].bits
    if any((one.profile, one.chroma, one.bits) != (profile, chroma, bits) for one in facts):
        raise ValueError("the parameter sets are of several kinds")
    constraints, level = 0xFF, max(one.level for one in facts)
    for one in facts:
        constraints &= one.constraints
    parts = [bytes((_AVCC, profile, constraints, level, 0xFF, 0xE0 | len(sequence)))]
    parts += [struct.pack(">H", len(one)) + one for one in sequence]
    parts.append(bytes((len(picture),)))
    parts += [struct.pack(">H", len(one)) + one for one in picture]
    if profile in _HIGH_PROFILES:
        parts.append(bytes((0xFC | chroma, 0xF8 | bits - 8, 0xF8 | bits - 8, 0)))
    return b"".join(parts)


def sequence_facts(unit: bytes) -> SequenceFacts:
    """Read a sequence parameter set; raises ValueError where it is cut off."""
    bits = _Bits(_plain(unit[1:]))
    profile, constraints, level = bits.take(8), bits.take(8), bits.take(8)
    number, chroma, depth = bits.count(), 1, 8
    if profile in _HIGH_PROFILES:
        chroma, depth = _read_high(bits)
    bits.count()  # how far pictures are counted
    _skip_order(bits)
    references = bits.count()
    bits.take(1)
    bits.count(), bits.count()  # width and height
    return SequenceFacts(
        number, profile, constraints, level, chroma, depth, references, bits.take(1) == 1
    )


def picture_set_number(unit: bytes) -> int:
    """Tell the number of a picture parameter set; raises ValueError where it is cut off."""
    return _Bits(_plain(unit[1:])).count()


def _between_start_codes(data: bytes) -> Iterator[bytes]:
    starts = [found.start() for found in _START.finditer(data)]
    for start, end in zip(starts, [*starts, len(data)][1:], strict=True):
        unit = data[start + 3 : end].rstrip(b"\x00")
        if unit:
            yield unit


def _of_kind(units: Iterable[bytes], kind: int) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys(unit for unit in units if kind_of(unit) == kind))


def _counted(extra: bytes, at: int, bits: int) -> tuple[tuple[bytes, ...], int]:
    """Read sets after the byte whose `bits` count them; gives the place after them too."""
    if at >= len(extra):
        raise ValueError("the header is cut off")
    found, count, at = [], extra[at] & bits, at + 1
    for _ in range(count):
        length = int.from_bytes(extra[at : at + 2], "big")
        found.append(extra[at + 2 : at + 2 + length])
        at += 2 + length
        if at > len(extra) or not length:
            raise ValueError("the header is cut off")
    return tuple(found), at


def _plain(data: bytes) -> bytes:
    """Take out the bytes that only keep start codes from arising."""
    return _PREVENTED.sub(b"\x00\x00", data)


def _read_high(bits: _Bits) -> tuple[int, int]:
    """Read what only the higher profiles tell: the kind of colours, and bits a sample."""
    chroma = bits.count()
    if chroma == _SEPARATE_COLOURS:
        bits.take(1)
    light, colour = bits.count() + 8, bits.count() + 8
    bits.take(1)
    if bits.take(1):
        for at in range(8 if chroma != _ALL_COLOURS else 12):
            if bits.take(1):
                _skip_scaling(bits, 16 if at < _SMALL_MATRICES else 64)
    return chroma, max(light, colour)


def _skip_scaling(bits: _Bits, size: int) -> None:
    last = following = 8
    for _ in range(size):
        if following:
            following = (last + bits.signed()) % 256
        last = following or last


def _skip_order(bits: _Bits) -> None:
    """Pass over how the order of showing is told."""
    way = bits.count()
    if way == 0:
        bits.count()
    elif way == 1:
        bits.take(1)
        bits.signed(), bits.signed()
        for _ in range(bits.count()):
            bits.signed()


class _Bits:
    """Reads numbers bit by bit."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "big")
        self._left = len(data) * 8

    def take(self, count: int) -> int:
        """Read so many bits; raises ValueError at the end."""
        self._left -= count
        if self._left < 0:
            raise ValueError("a parameter set is cut off")
        return (self._value >> self._left) & ((1 << count) - 1)

    def count(self) -> int:
        """Read a number of which small ones take few bits."""
        zeros = 0
        while not self.take(1):
            zeros += 1
        return (1 << zeros) - 1 + self.take(zeros)

    def signed(self) -> int:
        """Read such a number with a sign."""
        value = self.count()
        return (value + 1) // 2 if value % 2 else -(value // 2)

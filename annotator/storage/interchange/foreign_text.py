"""Bytes of foreign text files: which encoding they are in, and their lines."""

from __future__ import annotations

import codecs
import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from annotator.storage.interchange.report import ForeignFileError, Notes

LARGEST = 64 * 1024 * 1024
"""In bytes; the transcript of a whole day has two million."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "cp1252": "Windows-1252"}
_LOOKED_AT = 4096
_MANY = 0.3
_FEED = re.compile("\n")


class Lines(Sequence[str]):
    """The lines of a text, without their ends, cut out of it only when they are asked for.

    So a long file is held once, and not a second time in a hundred thousand pieces.
    """

    __slots__ = ("_ends", "_text")

    def __init__(self, text: str) -> None:
        """Take a text in which a line feed alone ends a line."""
        self._text = text
        self._ends: array[int] | None = None

    def _places(self) -> array[int]:
        """Give the places of line feeds, with one before the first line and one after the last."""
        if self._ends is None:
            self._ends = array("q", [-1])
            self._ends.extend(match.start() for match in _FEED.finditer(self._text))
            self._ends.append(len(self._text))
        return self._ends

    def __len__(self) -> int:
        return self._text.count("\n") + 1 if self._ends is None else len(self._ends) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...

    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        ends = self._places()
        at = place if place >= 0 else len(ends) - 1 + place
        if not 0 <= at < len(ends) - 1:
            raise IndexError(place)
        return self._text[ends[at] + 1 : ends[at + 1]]

    def __iter__(self) -> Iterator[str]:
        text, start = self._text, 0
        while (end := text.find("\n", start)) >= 0:
            yield text[start:end]
            start = end + 1
        yield text[start:]


@dataclass(frozen=True, slots=True)
class ForeignText:
    """A text, each line of which ends with a line feed alone, and the encoding that it was in."""

    text: str
    encoding: str

    @property
    def lines(self) -> Sequence[str]:
        """The lines, without their ends."""
        return Lines(self.text)


def decoded(data: bytes, notes: Notes, encoding: str = "", largest: int = LARGEST) -> ForeignText:
    """Read bytes in the encoding given, or in the one they are found to be in.

    That is what a byte order mark says, else UTF-8, else UTF-16 where every second byte is zero,
    else Windows-1252, which is noted as a guess. Raises ForeignFileError where there is too much
    of it, or where it is not in the encoding given.
    """
    if len(data) > largest:
        raise too_large(len(data))
    name = encoding or _encoding_of(data)
    try:
        text = data.decode(name)
    except LookupError as error:
        told = f"There is no encoding “{encoding}”."
        raise ForeignFileError(told, "Such names are utf-8, utf-16, cp1252, shift_jis.") from error
    except UnicodeError as error:
        if encoding:
            told = f"The file is not in the encoding {encoding}."
            raise ForeignFileError(told, "Leave the encoding out, or give another.") from error
        name, text = "latin-1", data.decode("latin-1")
    if not encoding and name in {"cp1252", "latin-1"}:
        notes.noticed(f"the encoding is a guess: {_NAMES.get(name, name)}")
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
        notes.repaired("zero bytes in the text became \N{REPLACEMENT CHARACTER}")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return ForeignText(text, _NAMES.get(name, name.upper()))


def too_large(size: int) -> ForeignFileError:
    """Make the failure that tells of a file too large to be read."""
    told = f"The file has {size / 1024 / 1024:.0f} megabytes, so it is hardly a transcript."
    return ForeignFileError(told, "Choose the transcript's own file.")


def _encoding_of(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    head = data[:_LOOKED_AT]
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = head[offset::2]
        if half and half.count(0) > _MANY * len(half) and len(data) % 2 == 0:
            return name
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"

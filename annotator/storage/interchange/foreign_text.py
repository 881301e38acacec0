"""Bytes of foreign text files: which encoding they are in, and their lines."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

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
_BREAK = re.compile("\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class ForeignText:
    """The lines of a text, without their ends, and the encoding that it was in."""

    lines: Sequence[str]
    encoding: str


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
    return ForeignText(_BREAK.split(text), _NAMES.get(name, name.upper()))


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

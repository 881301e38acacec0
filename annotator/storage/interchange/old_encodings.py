"""Texts that were written on a Mac of old, told from those of Windows by letters that it lacks."""

from __future__ import annotations

import codecs

from annotator.storage.interchange.report import Notes

_MAC = "mac_roman"


def old_encoding(data: bytes, notes: Notes) -> str:
    """Name the encoding of bytes that are neither Unicode nor Windows-1252, which is noted.

    Empty where they are either, for then what they are is found out anyway.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
        return ""
    for name in ("utf-8", "cp1252"):
        try:
            data.decode(name)
        except UnicodeDecodeError:
            continue
        return ""
    if b"\0" in data[:4096]:
        return ""
    notes.noticed("the encoding is a guess: MacRoman")
    return _MAC

"""BORIS projects as they come from the disk: unpacked, checked and read as JSON, never run."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from sys import float_info

from annotator.model.codebook import CodeKind
from annotator.storage.interchange.json_reading import members, read_json, word
from annotator.storage.interchange.json_walking import ANY, LongList
from annotator.storage.interchange.report import ForeignFileError, Notes
from annotator.storage.interchange.source import LARGEST, Source, too_large

FORMAT_ID = "boris"
NEWEST = (8, 6)
KEPT_AT_MOST = 40_000
"""Characters of JSON that are kept of what this program has no place for."""

OWN = "annotator"
"""The key, in a project, of the ids that our words stand for, and of what is one code in ours."""

UNNAMED_WORD = "?"
"""What a behaviour is called that stands for marks without a code, where our own ids say so."""

SESSION_VARIABLE, CODER_VARIABLE = "annotator session", "coder"
"""Independent variables: the same meeting coded again is another observation in BORIS."""

RATING_VARIABLE = "rating "

_PICKLE, _PACKED = b"\x80", b"\x1f\x8b"
_PIECE = 1024 * 1024
_SIGNS = ('"behaviors_conf"', '"subjects_conf"', '"project_format_version"')
_LAST = 10**9
_COMMENT = 4  # its place in an event; no two are alike
_LONGEST_NUMBER = 9


def claims(source: Source) -> bool:
    """Tell whether a file is a BORIS project, packed or not, from its beginning."""
    if source.data.startswith(_PACKED):
        try:
            head = zlib.decompressobj(31).decompress(source.data[:_PIECE], 8192)
        except zlib.error:
            return False
        text = head.decode("utf-8", "replace")
    else:
        text = source.head
    return text.lstrip().startswith("{") and any(sign in text for sign in _SIGNS)


def open_project(source: Source, notes: Notes) -> Mapping[str, object]:
    """Read a project as JSON, in the shape that format 7.0 has.

    Raises ForeignFileError where it is broken, too large, no project, or something that would
    have to be run to be read.
    """
    data = _unpacked(source) if source.data.startswith(_PACKED) else source.data
    if data.startswith(_PICKLE):
        raise ForeignFileError(
            f"“{source.name}” was not read: it is a pickle, and to open one is to run it.",
            "Open it in the BORIS that wrote it and save the project as a .boris file.",
        )
    events = LongList(("observations", ANY, "events"), _Sharing().thin)
    project = members(read_json(Source(source.name, data, source.beside), notes, long=events))
    if not any(isinstance(project.get(key), dict) for key in ("behaviors_conf", "observations")):
        raise ForeignFileError(
            f"“{source.name}” is no BORIS project: it has neither behaviours nor observations.",
            "Choose the project itself; exported tables are read as tables.",
        )
    _tell_version(project, notes)
    return project


@dataclass(slots=True)
class _Sharing:
    """Makes events small as they are read: each word stands in memory once, however often said."""

    known: dict[str, str] = field(default_factory=dict)

    def thin(self, event: object) -> object:
        """Give an event as a tuple that shares its subject, behaviour and modifiers."""
        if not isinstance(event, list):
            return event
        for place, one in enumerate(event[1:_COMMENT], 1):
            if isinstance(one, str):
                event[place] = self.known.setdefault(one, one)
        return tuple(event)


def _unpacked(source: Source) -> bytes:
    pieces: list[bytes] = []
    size = 0
    rest = source.data
    while rest.startswith(_PACKED):  # a packed file may have several parts
        opened = zlib.decompressobj(31)
        while not opened.eof:
            try:
                piece = opened.decompress(rest, _PIECE)
            except zlib.error as error:
                raise _broken(source) from error
            rest = opened.unconsumed_tail
            size += len(piece)
            if size > LARGEST:
                raise too_large(size)
            if not piece and not rest and not opened.eof:
                raise _broken(source)
            pieces.append(piece)
        rest = opened.unused_data
    return b"".join(pieces)


def _broken(source: Source) -> ForeignFileError:
    return ForeignFileError(
        f"“{source.name}” is broken: it is packed, and cannot be unpacked to its end.",
        "Copy it again from where it came, or save it again in BORIS.",
    )


def _tell_version(project: Mapping[str, object], notes: Notes) -> None:
    version = word(project.get("project_format_version"))[:20]
    parts = tuple(int(part) for part in version.split(".") if part.isdecimal())[:3]
    if parts > NEWEST:
        notes.noticed(f"the project is of format {version}, newer than the 8.6 known here")


def in_order(value: object) -> list[object]:
    """Give what a dictionary with numbers for keys, or a list, holds in its order."""
    if isinstance(value, list):
        return value
    return [one for _, one in sorted(members(value).items(), key=lambda pair: _place(pair[0]))]


def _place(key: str) -> int:
    return int(key) if key.isdecimal() and len(key) <= _LONGEST_NUMBER else _LAST


def words_of(value: object) -> list[str]:
    """Give the texts of a list, or of the categories that old projects have as a list."""
    found = (word(one) or word(members(one).get("name")) for one in in_order(value))
    return [one for one in found if one]


def is_state(told: str) -> bool:
    """Tell whether a behaviour of that type lasts."""
    return told.strip().casefold().startswith("state")


def kind_of(told: str) -> CodeKind:
    """Give the kind of code that a behaviour of that type is."""
    return CodeKind.SPAN if is_state(told) else CodeKind.POINT


def as_text(value: object) -> str:
    """Write JSON that was read as text to be kept; empty where it is too long or too deep."""
    try:
        text = json.dumps(value, default=_plain, allow_nan=False, separators=(",", ":"))
    except (ValueError, RecursionError):
        return ""
    return text if len(text) <= KEPT_AT_MOST else ""


def _plain(value: object) -> float | None:
    """Give a decimal as JSON can write it."""
    if not isinstance(value, Decimal) or value.adjusted() >= float_info.max_10_exp:
        return None
    return float(value)


def from_text(extra: Mapping[str, object], key: str) -> dict[str, object]:
    """Give the JSON that was kept under a key of an `extra`; nothing where there is none."""
    text = members(extra.get(FORMAT_ID)).get(key)
    try:
        value: object = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return {}
    return dict(members(value))

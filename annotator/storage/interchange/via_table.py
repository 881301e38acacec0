"""Tables (CSV) that VIA 3 exports, read as its projects are.

Checked in VIA's own `_via_import_export.js` and `_via_util.js`. There are two tables: all
annotations, with `temporal_coordinates`, `spatial_coordinates` and the ids of attributes, which a
remark above tells (`# ATTRIBUTE`, at first `# ATTRIBUTES` with their names alone); and segments of
time, with `temporal_segment_start`, `temporal_segment_end` and the names of attributes, of whose
options the ids alone stand there. Remarks begin with #, the last of them holds the headings, and
lists and objects are JSON in a cell, which the first versions put into braces once more.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from annotator.storage.interchange.interface import Format, Found, Wishes
from annotator.storage.interchange.json_reading import items, members, read_piece, word
from annotator.storage.interchange.report import ForeignFileError, Notes
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.table_rows import text_grid
from annotator.storage.interchange.via_reading import read_tree

_HEADINGS = "CSV_HEADER"
_WHOLE, _START, _END = "temporal_coordinates", "temporal_segment_start", "temporal_segment_end"
_NUMBERS = (
    "options are told by their numbers alone; the project file, or the other table, names them"
)
_FILM, _SOUND, _PICTURE, _LOCAL, _ADDRESS = 4, 8, 2, 1, 2
_SOUNDS = {".wav", ".mp3", ".m4a", ".aac", ".flac", ".ogg", ".opus", ".wma"}
_PICTURES = {".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".svg"}


def _claims(source: Source) -> bool:
    return any(_is_headings(line) for line in source.head.split("\n"))


def _is_headings(line: str) -> bool:
    return "file_list" in line and "metadata" in line and (_WHOLE in line or _START in line)


@dataclass(slots=True)
class _Project:
    """A project in the making: its attributes, and its views by what they are of."""

    attributes: dict[str, object] = field(default_factory=dict)
    views: dict[tuple[str, ...], str] = field(default_factory=dict)
    entries: dict[str, object] = field(default_factory=dict)

    def view_of(self, files: tuple[str, ...]) -> str:
        """Give the id of the view of these files, made when it is first met."""
        return self.views.setdefault(files, str(len(self.views) + 1))

    def tree(self) -> dict[str, object]:
        """Give all of it as VIA keeps a project."""
        listed = [(vid, name) for names, vid in self.views.items() for name in names]
        files = {str(number): _file(name) for number, (_, name) in enumerate(listed, 1)}
        of_view: dict[str, list[str]] = {vid: [] for vid in self.views.values()}
        for number, (vid, _) in enumerate(listed, 1):
            of_view[vid].append(str(number))
        return {
            "project": {"vid_list": [*of_view]},
            "attribute": self.attributes,
            "file": files,
            "view": {vid: {"fid_list": fids} for vid, fids in of_view.items()},
            "metadata": self.entries,
        }


def _file(name: str) -> dict[str, object]:
    ending = PurePosixPath(name.lower()).suffix
    kind = _SOUND if ending in _SOUNDS else _PICTURE if ending in _PICTURES else _FILM
    return {"fname": name, "src": "", "type": kind, "loc": _ADDRESS if "://" in name else _LOCAL}


def _read(source: Source, wishes: Wishes, notes: Notes) -> Found:
    lines = source.text(notes, wishes.encoding).lines
    first = next((n for n, line in enumerate(lines) if not _is_remark(line)), len(lines))
    head = [_remark(line) for line in lines[:first]]
    told = [one.partition("=")[2] for one in head if one.startswith(_HEADINGS)]
    headings = [one.strip() for one in told[-1].split(",")] if told else []
    rows = list(_rows(lines, first, notes))
    if not headings and rows and _is_headings(",".join(rows[0][1])):
        headings, rows = [one.strip() for one in rows[0][1]], rows[1:]
    if not _is_headings(",".join(headings)):
        raise ForeignFileError(
            f"“{source.name}” is no table of VIA: its headings are missing.",
            "Export it from VIA again, or read it as a table, of which columns can be chosen.",
        )
    project = _Project(_attributes(head))
    for number, cells in rows:
        _take(project, number, dict(zip(headings, cells, strict=False)), notes)
    return read_tree(project.tree(), source, wishes, notes)


def _is_remark(line: str) -> bool:
    return line.startswith(("#", '"#')) or not line.strip()


def _remark(line: str) -> str:
    """Give what a remark says, put together again where a spreadsheet took it for cells."""
    if line.startswith('"#'):
        line = ",".join(next(csv.reader([line]), []))
    return line.lstrip("# ").rstrip(" ,;\t")


def _rows(lines: Sequence[str], first: int, notes: Notes) -> Iterator[tuple[int, Sequence[str]]]:
    grid = text_grid(lines[first:], notes)
    for number, cells in grid.rows():
        if any(cells):
            yield number + first, cells


def _attributes(head: Sequence[str]) -> dict[str, object]:
    """Read the attributes that a remark tells; those that only have a name can hold any text."""
    found: dict[str, object] = {}
    for line in head:
        key, _, text = line.partition("=")
        if key.strip() in {"ATTRIBUTE", "ATTRIBUTES"}:
            for aid, one in members(_piece(text)).items():
                found[aid] = one if isinstance(one, dict) else {"aname": word(one)}
    return found


def _take(project: _Project, number: int, row: Mapping[str, str], notes: Notes) -> None:
    """Take a row as an entry of the project's metadata."""
    place = f"line {number}"
    mid = row.get("metadata_id", "").strip() or place
    if mid in project.entries:
        notes.repaired("an id stood twice; the later one was given another", place)
        mid = f"{mid} ({place})"
    names = tuple(word(one) for one in items(_piece(row.get("file_list", ""))))
    told = _piece(row.get("metadata", ""))
    if not isinstance(told, dict):
        notes.noticed("what is said of a segment cannot be read", mid)
    if _START in row and any(word(one).isdecimal() for one in members(told).values()):
        notes.noticed(_NUMBERS, mid)
    for key in members(told):
        project.attributes.setdefault(key, {"aname": key if _START in row else ""})
    project.entries[mid] = {
        "vid": project.view_of(names),
        "z": _times(row),
        "xy": list(items(_piece(row.get("spatial_coordinates", "")))),
        "av": members(told),
    }


def _times(row: Mapping[str, str]) -> list[object]:
    """Give the times of a row: none for a whole film, None for one that cannot be read."""
    if _WHOLE in row:
        times = _piece(row[_WHOLE])
        return times if isinstance(times, list) else [None]
    told = [row.get(_START, "").strip(), row.get(_END, "").strip()]
    return [one for one in told if one]


def _piece(text: str) -> object:
    """Read JSON in a cell, with the braces that the first versions put around it or without."""
    bare = text.strip()
    found = read_piece(bare)
    if found is None and bare.startswith("{") and bare.endswith("}"):
        found = read_piece(bare[1:-1])
    return found


FORMATS: tuple[Format, ...] = (Format("via-csv", "VIA 3 table", (".csv",), _claims, read=_read),)

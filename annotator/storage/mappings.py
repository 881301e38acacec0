"""Mappings of tables' columns, kept by name for next time, or read from a file."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import SimpleNamespace

from annotator.errors import StorageError
from annotator.model.problem import Problem
from annotator.storage.atomic import write_atomically
from annotator.storage.codec_text import read_json, shown, to_bytes, write_indented
from annotator.storage.codec_values import (
    TEXT,
    YES_NO,
    Field,
    Problems,
    Shape,
    one_of,
)
from annotator.storage.faults import FormatError, storage_error
from annotator.storage.interchange.columns import Column, Layout, TableColumns, TimeForm
from annotator.storage.interchange.interface import TablePreview
from annotator.storage.settings import by_name, settings_path

FORMAT, VERSION = "annotator-mapping", 1
FOLDER, ENDING = "mappings", ".json"
_LARGEST = 16 * 1024 * 1024
_LONGEST_STEM = 60
_NUMBERED = re.compile(r"column \d+")
_NOT_IN_NAMES = re.compile(r"[^\w -]+")


@dataclass(frozen=True, slots=True)
class KeptMapping:
    """A mapping with its name; `extra` is what of its file this program does not know."""

    name: str
    columns: TableColumns
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeptMappings:
    """All mappings that are kept, by name; `problems` tell of files that could not be read."""

    mappings: tuple[KeptMapping, ...]
    problems: tuple[str, ...] = ()


def mappings_folder() -> Path:
    """Give the folder in which mappings are kept, beside the settings."""
    return settings_path().parent / FOLDER


def save_mapping(name: str, columns: TableColumns) -> Path:
    """Keep a mapping by a name, in place of the one of that name; gives its file.

    Raises StorageError where the name is empty, or the folder cannot be written.
    """
    plain = " ".join(name.split())
    if not plain:
        raise StorageError("A mapping needs a name.", "Type one, such as that of the table.")
    path = mappings_folder() / _file_name(plain)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, path, "could not be written") from error
    extra = next((one.extra for one in kept_mappings().mappings if one.name == plain), {})
    write_atomically(path, to_bytes(written_mapping(KeptMapping(plain, columns, extra))))
    return path


def written_mapping(mapping: KeptMapping) -> str:
    """Write a mapping as the text of its file."""
    columns = {one.name: getattr(mapping.columns, one.name) for one in fields(TableColumns)}
    flat = SimpleNamespace(name=mapping.name, extra=mapping.extra, **columns)
    return write_indented({"format": FORMAT, "version": VERSION, **_SHAPE.write(flat)}) + "\n"


def list_mappings() -> tuple[str, ...]:
    """List the names of the mappings that are kept, in their order."""
    return tuple(one.name for one in kept_mappings().mappings)


def kept_mappings() -> KeptMappings:
    """Read all mappings that are kept, in the order of their names."""
    found: list[KeptMapping] = []
    problems: list[str] = []
    for path in _files():
        try:
            found.append(_read(path))
        except StorageError as error:
            problems.append(str(error))
    found.sort(key=lambda one: (one.name.casefold(), one.name))
    return KeptMappings(tuple(found), tuple(problems))


def _files() -> Iterator[Path]:
    try:
        yield from sorted(mappings_folder().glob(f"*{ENDING}"))
    except OSError:
        return


def load_mapping(name: str) -> TableColumns:
    """Give the mapping of a name; raises StorageError, naming those there are, without one."""
    kept = kept_mappings()
    plain = " ".join(name.split())
    for one in kept.mappings:
        if one.name == plain:
            return one.columns
    names = ", ".join(f"“{one.name}”" for one in kept.mappings) or "none"
    told = (f"Mappings are: {names}.", *kept.problems)
    raise StorageError(f"There is no mapping “{plain}”.", " ".join(told))


def read_mapping_file(path: Path) -> TableColumns:
    """Read a mapping from any file; raises StorageError, telling what is wrong in it."""
    return _read(path).columns


def fits(columns: TableColumns, headings: Sequence[str]) -> bool:
    """Tell whether a mapping is of a table with these headings, in any order.

    Columns without headings say nothing, so that no mapping is of a table of them alone.
    """
    is_told = any(not _NUMBERED.fullmatch(one) for one in headings)
    return is_told and set(columns.columns) == set(headings)


def mappings_for(table: TablePreview, wished: TableColumns | None = None) -> list[KeptMapping]:
    """List the kept mappings by which a table may be read; none where its columns are wished.

    Those of its headings come first, by name, then those of other sheets of its workbook, whose
    headings are still to be compared. A sheet that is wished, or that this workbook does not have,
    counts for more than the one that was kept.
    """
    sheet = wished.sheet if wished is not None else ""
    if wished is not None and wished != TableColumns(sheet=sheet):
        return []
    alike: list[KeptMapping] = []
    elsewhere: list[KeptMapping] = []
    for one in kept_mappings().mappings:
        has_sheet = one.columns.sheet in table.sheets
        if fits(one.columns, table.headings):
            of = sheet or (one.columns.sheet if has_sheet else table.columns.sheet)
            alike.append(replace(one, columns=replace(one.columns, sheet=of)))
        elif has_sheet and not sheet and one.columns.sheet != table.columns.sheet:
            elsewhere.append(one)
    return alike + elsewhere


def _read(path: Path) -> KeptMapping:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise storage_error(error, path, "could not be read") from error
    try:
        return mapping_of(data, path.stem)
    except FormatError as error:
        problems = "; ".join(str(one) for one in error.problems[:3])
        raise StorageError(
            f"“{path.name}” is no mapping of columns that can be read: {problems}.",
            "Choose another, or make it anew from a table.",
        ) from error


def mapping_of(data: bytes, name: str = "") -> KeptMapping:
    """Read a mapping from the bytes of its file; `name` is its own where the file tells none.

    Raises FormatError with the path of each problem.
    """
    if len(data) > _LARGEST:
        raise FormatError([Problem("", "it is too large to be a mapping")])
    raw = read_json(data)
    if not isinstance(raw, dict):
        raise FormatError([Problem("", f"{shown(raw)} is not an object")])
    version = raw.get("version", VERSION)
    problems: Problems = []
    if raw.get("format", FORMAT) != FORMAT:
        problems.append(Problem("format", f"this is not {FORMAT}"))
    elif isinstance(version, bool) or not isinstance(version, int):
        problems.append(Problem("version", f"{shown(version)} is not a version"))
    elif version > VERSION:
        problems.append(Problem("version", "a newer program wrote it"))
    known = {key: one for key, one in raw.items() if key not in {"format", "version"}}
    mapping = _SHAPE.read(known, "", problems)
    if mapping is None or problems:
        raise FormatError(problems)
    return replace(mapping, name=mapping.name or name)


def _file_name(name: str) -> str:
    """Make the name of a file of any text: what of it is harmless, and a number that is its own."""
    harmless = _NOT_IN_NAMES.sub(" ", unicodedata.normalize("NFC", name))
    stem = " ".join(harmless.split())
    while len(stem.encode("utf-8", errors="replace")) > _LONGEST_STEM:
        stem = stem[:-1]
    number = zlib.crc32(name.encode("utf-8", errors="surrogatepass"))
    return f"{stem or 'mapping'}-{number:08x}{ENDING}"


_COLUMNS: Callable[..., TableColumns] = TableColumns


def _mapping(*, name: str = "", extra: Mapping[str, object], **columns: object) -> KeptMapping:
    """Make a mapping of what stands in its file, where all is on one floor."""
    return KeptMapping(" ".join(name.split()), _COLUMNS(**columns), extra)


_SHAPE = Shape(
    _mapping,
    (
        Field("name", TEXT),
        Field("columns", by_name(one_of(Column)), required=True),
        Field("layout", one_of(Layout)),
        Field("times", one_of(TimeForm)),
        Field("rate", TEXT),
        Field("decimal", TEXT),
        Field("delimiter", TEXT),
        Field("encoding", TEXT),
        Field("sheet", TEXT),
        Field("is_headed", YES_NO),
    ),
)

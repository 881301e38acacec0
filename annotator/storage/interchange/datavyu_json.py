"""Spreadsheets of Datavyu that it exported as JSON, read as its own files are.

Checked in Datavyu's own `ExportDatabaseFileController.exportAsJSON` of September 2024: `passes` are
its columns, each with a name, a type, its arguments with their types, and cells whose onset and
offset are 00:00:00:000 and whose values stand in the order of the arguments. Two arguments of one
name are written under one key, so that the file no longer tells which value is whose.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from annotator.storage.interchange.datavyu_reading import found_in_table
from annotator.storage.interchange.datavyu_table import (
    MATRIX,
    MOST_ARGUMENTS,
    TEXT,
    Cell,
    Column,
    Table,
    free_name,
    require_few,
    time_of,
)
from annotator.storage.interchange.drafting import SessionDraft
from annotator.storage.interchange.interface import Format, Found, Wishes
from annotator.storage.interchange.json_reading import has_keys, items, members, read_json, word
from annotator.storage.interchange.report import ForeignFileError, Notes
from annotator.storage.interchange.source import Source

_KEYS = ("passes", "cells", "onset", "offset", "values")


def _claims(source: Source) -> bool:
    return has_keys(source, *_KEYS)


def _read(source: Source, wishes: Wishes, notes: Notes) -> Found:
    passes = members(read_json(source, notes)).get("passes")
    if not isinstance(passes, list):
        raise ForeignFileError(
            f"“{source.name}” is no spreadsheet of Datavyu: it has no passes.",
            "Choose the .opf file, or the JSON file that Datavyu exports.",
        )
    draft = SessionDraft(source.stem, source.stem, notes, wishes.now)
    return found_in_table(draft, _table(passes, notes), {}, wishes)


def _table(passes: list[object], notes: Notes) -> Table:
    table = Table()
    names: set[str] = set()
    for number, one in enumerate(passes, 1):
        told = members(one)
        if not told:
            table.counted += 1
            notes.not_carried("a pass that is none", f"pass {number}")
            continue
        require_few(len(table.columns))
        column = _column(told)
        column.name = free_name(column, names, notes)
        table.columns.append(column)
        for cell in _cells(told, column, table, notes):
            column.cells.append(cell)
    return table


def _column(told: Mapping[str, object]) -> Column:
    arguments = [*members(told.get("arguments"))][:MOST_ARGUMENTS]
    kind = word(told.get("type")).upper() or (MATRIX if arguments else TEXT)
    return Column(word(told.get("name")) or "(no name)", kind, arguments=arguments)


def _cells(
    told: Mapping[str, object], column: Column, table: Table, notes: Notes
) -> Iterator[Cell]:
    """Yield the cells of a pass that can be read; all are counted."""
    is_plain = column.type != MATRIX and not column.arguments
    for number, raw in enumerate(notes.through(items(told.get("cells"))), 1):
        table.counted += 1
        cell = members(raw)
        place = f"column “{column.name}”, cell {word(cell.get('id')) or number}"
        start, end = (time_of(word(cell.get(key))) for key in ("onset", "offset"))
        if start is None or end is None:
            notes.not_carried("a cell has no times that can be read", place)
            continue
        values = [word(one) for one in items(cell.get("values"))][:MOST_ARGUMENTS]
        if is_plain:
            values = values[:1] or [""]
        elif column.arguments and len(values) != len(column.arguments):
            told_here = f"a cell has {len(values)} values for {len(column.arguments)} arguments"
            notes.noticed(told_here, place)
        yield Cell(start, end, tuple(_filled(values, column)), place)


def _filled(values: list[str], column: Column) -> Iterator[str]:
    """Give values, without the name of the argument that stands where nothing was entered."""
    names = column.arguments or [column.name]
    for number, one in enumerate(values):
        yield "" if number < len(names) and one == f"<{names[number]}>" else one


FORMATS: tuple[Format, ...] = (
    Format("datavyu-json", "Datavyu spreadsheet as JSON", (".json",), _claims, read=_read),
)

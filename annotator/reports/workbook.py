"""Tables as a workbook for spreadsheets."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell as OneCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from annotator.model.table import Cell, Column, Table
from annotator.reports.writing import headed, shown

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NARROWEST, _WIDEST = 8, 60
_LOOKED_AT = 200


def as_xlsx(tables: Sequence[Table]) -> bytes:
    """Write a workbook: a sheet a table, then one with every column's definition and the notes.

    Values are numbers with all their digits, shown with as many decimals as are meant; texts are
    never taken for formulas.
    """
    book = Workbook(write_only=True)
    taken: set[str] = set()
    for table in (*tables, _definitions(tables)):
        _fill(book, table, _sheet_name(table.title, taken))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _fill(book: Workbook, table: Table, name: str) -> None:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for place, column in enumerate(table.columns):
        lengths = [len(shown(row[place], column)) for row in table.rows[:_LOOKED_AT]]
        width = max([len(headed(column)), *lengths]) + 2
        letter = get_column_letter(place + 1)
        sheet.column_dimensions[letter].width = min(_WIDEST, max(_NARROWEST, width))
    heads = []
    for column in table.columns:
        head = WriteOnlyCell(sheet, _plain(headed(column)))
        head.font = Font(bold=True)
        head.alignment = Alignment(wrap_text=True, vertical="top")
        heads.append(head)
    sheet.append(heads)
    for row in table.rows:
        sheet.append(
            [_cell(sheet, value, column) for value, column in zip(row, table.columns, strict=True)]
        )


def _cell(sheet: WriteOnlyWorksheet, value: Cell, column: Column) -> OneCell | None:
    if value is None:
        return None
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, _plain(value))
        cell.data_type = "s"  # never a formula, whatever it begins with
        return cell
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, float):
        cell.number_format = f"0.{'0' * column.decimals}" if column.decimals else "0"
    return cell


def _plain(text: str) -> str:
    return _CONTROL.sub("\ufffd", text)


def _definitions(tables: Sequence[Table]) -> Table:
    columns = (
        Column("table", "Table"),
        Column("column", "Column"),
        Column("unit", "Unit"),
        Column("definition", "Definition"),
    )
    rows: list[tuple[Cell, ...]] = []
    for table in tables:
        rows += [(table.title, one.name, one.unit, one.definition) for one in table.columns]
        rows += [(table.title, "note", "", note) for note in table.notes]
    return Table("definitions", "Definitions", columns, tuple(rows))


def _sheet_name(title: str, taken: set[str]) -> str:
    r"""Give a name that a sheet may have: 31 letters at most, none of []:*?/\\, and its own."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", title).strip(" '") or "Table"
    name, number = plain[:31], 2
    while name.casefold() in taken:
        tail = f" {number}"
        name, number = plain[: 31 - len(tail)] + tail, number + 1
    taken.add(name.casefold())
    return name

"""Workbooks (XLSX) of tags, in and out: the one place that opens spreadsheets."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from annotator.model.session import Session
from annotator.storage.interchange.columns import TableColumns
from annotator.storage.interchange.interface import Format, Found, TablePreview, Wishes
from annotator.storage.interchange.packed_rows import PackedRows
from annotator.storage.interchange.report import OFTEN, ForeignFileError, Notes, Watch
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.table_rows import (
    MOST_CELLS,
    MOST_COLUMNS,
    Grid,
    Row,
    too_many_cells,
)
from annotator.storage.interchange.table_tags import read_table
from annotator.storage.interchange.table_writing import LOSES, headings_of, rows_of
from annotator.storage.interchange.workbook_bounds import (
    BROKEN_ZIP,
    broken_workbook,
    check_workbook,
)

_ZIP = b"PK\x03\x04"
_BROKEN = (
    *BROKEN_ZIP,
    ParseError,
    InvalidFileException,
    AttributeError,
    ArithmeticError,
    AssertionError,
    TypeError,
)
_MOST_ROWS = 1_048_576
_DAY_ZERO = datetime(1899, 12, 31)  # noqa: DTZ001 spreadsheets know no zones
_LAST_AS_CLOCK = datetime(1900, 3, 1)  # noqa: DTZ001 likewise
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SHEET = "tags"
_WIDTHS = {"note": 40.0, "name": 24.0, "code": 24.0, "created": 22.0, "modified": 22.0}
_USUAL_WIDTH = 12.0


def _claims(source: Source) -> bool:
    is_zip = source.data.startswith(_ZIP)
    return is_zip and b"xl/workbook.xml" in source.data[-65_536:]


def _read(source: Source, wishes: Wishes, notes: Notes) -> Found:
    check_workbook(source.data, notes.watch)
    wished = wishes.columns.sheet if wishes.columns else ""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on extensions of the format, none of which hold cells
        try:
            grid = _grid(source.data, wished, notes)
        except ForeignFileError:
            raise
        except _BROKEN as error:
            raise broken_workbook() from error
    try:
        return read_table(grid, wishes, notes, source.stem)
    except ForeignFileError as error:
        if len(grid.sheets) == 1:
            raise
        return _nothing_in(grid, error, notes)


def _nothing_in(grid: Grid, error: ForeignFileError, notes: Notes) -> Found:
    """Tell why a sheet is no table, and offer the others."""
    notes.not_carried(error.what, f"sheet “{grid.sheet}”")
    columns = TableColumns(sheet=grid.sheet)
    return Found((), 0, 0, "rows", table=TablePreview((), (), columns, grid.sheets))


def _grid(data: bytes, wished: str, notes: Notes) -> Grid:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheets: list[ReadOnlyWorksheet] = [*book.worksheets]
    filled = [one for one in sheets if next(_cells(one), None) is not None]
    sheet = _chosen(sheets, filled, wished)
    rows = _rows(sheet, notes.watch)
    for other in filled:
        if other is not sheet:
            notes.not_carried("another sheet was not read", f"sheet “{other.title}”")

    def place(number: int, column: int) -> str:
        return f"row {number}" if column < 0 else f"cell {get_column_letter(column + 1)}{number}"

    titles = tuple(one.title for one in sheets if one in filled or one is sheet)
    return Grid(lambda: iter(rows), place, sheet=sheet.title, sheets=titles, is_typed=True)


def _chosen(
    sheets: Sequence[ReadOnlyWorksheet], filled: Sequence[ReadOnlyWorksheet], wished: str
) -> ReadOnlyWorksheet:
    """Give the sheet that is wished, or the first visible one that can be a table."""
    if wished:
        for one in sheets:
            if one.title == wished:
                return one
        names = ", ".join(one.title for one in sheets)
        raise ForeignFileError(f"There is no sheet “{wished}”.", f"Sheets are: {names}.")
    if not filled:
        raise ForeignFileError("The workbook has no cells.", "Choose a file with rows in it.")
    return min(filled, key=lambda one: (not _has_two_rows(one), one.sheet_state != "visible"))


def _has_two_rows(sheet: ReadOnlyWorksheet) -> bool:
    """Tell whether there can be a table: a heading and a row below it."""
    return next(islice(_cells(sheet), 1, None), None) is not None


def _rows(sheet: ReadOnlyWorksheet, watch: Watch) -> PackedRows:
    found = PackedRows()
    for count, (number, cells) in enumerate(_cells(sheet), 1):
        found.add(number, cells)
        if not count & OFTEN - 1:
            watch(0)
    return found


def _cells(sheet: ReadOnlyWorksheet) -> Iterator[Row]:
    """Give the rows that hold anything, as texts, with their numbers."""
    sheet.reset_dimensions()  # what a file says of its size need not be true
    cells_in_all = 0
    for number, values in enumerate(sheet.values, 1):
        cells_in_all += len(values)
        if cells_in_all > MOST_CELLS or len(values) > MOST_COLUMNS or number > _MOST_ROWS:
            raise too_many_cells(len(values))
        cells = [one if type(one) is str else _text(one) for one in values]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, cells


def _text(value: object) -> str:
    """Write what stands in a cell as text; times of day and lengths as on a clock."""
    match value:
        case None:
            text = ""
        case bool():
            text = "true" if value else "false"
        case datetime() if value < _LAST_AS_CLOCK:
            text = _clock(value - _DAY_ZERO)
        case datetime():
            text = value.isoformat(sep=" ")
        case time():
            text = value.strftime("%H:%M:%S.%f")
        case timedelta():
            text = _clock(value)
        case date():
            text = value.isoformat()
        case _:
            text = str(value)
    return text


def _clock(length: timedelta) -> str:
    micros = length // timedelta(microseconds=1)
    seconds, rest = divmod(abs(micros), 1_000_000)
    sign = "-" if micros < 0 else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{rest:06d}"


def _write(sessions: Sequence[Session], _wishes: Wishes, _notes: Notes) -> bytes:
    """Write a workbook of one sheet: seconds are numbers, and no text is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_SHEET)
    headings = headings_of(sessions)
    count = 1 + sum(len(one.tags) for session in sessions for one in session.passes)
    extent = f"A1:{get_column_letter(len(headings))}{count}"
    # without it, readers go through the whole sheet to learn how large it is
    vars(sheet)["calculate_dimension"] = lambda: extent
    sheet.freeze_panes = "A2"
    for place, heading in enumerate(headings, 1):
        width = _WIDTHS.get(heading, max(_USUAL_WIDTH, len(heading) + 2.0))
        sheet.column_dimensions[get_column_letter(place)].width = width
    heads = [WriteOnlyCell(sheet, _plain(heading)) for heading in headings]
    for head in heads:
        head.font, head.data_type = Font(bold=True), "s"
    sheet.append(heads)
    for row in rows_of(sessions):
        sheet.append([_cell(sheet, one) for one in row])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _cell(sheet: WriteOnlyWorksheet, value: str | Decimal) -> object:
    if isinstance(value, Decimal):
        return value
    if value[:1] in {"=", "#"}:
        cell = WriteOnlyCell(sheet, _plain(value))
        cell.data_type = "s"  # never a formula, whatever it begins with
        return cell
    return _plain(value) or None


def _plain(text: str) -> str:
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


XLSX = Format(
    id="xlsx",
    title="Table (Excel, XLSX)",
    suffixes=(".xlsx",),
    claims=_claims,
    read=_read,
    write=_write,
    loses=(*LOSES, "control characters, and what of a text lies beyond 32,767 characters"),
    holds_several=True,
)

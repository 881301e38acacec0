"""Workbooks (XLSX) of tags, in and out: the one place that opens spreadsheets."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles import Font
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.xml.constants import SHARED_STRINGS

from annotator.model.session import Session
from annotator.storage.interchange.columns import TableColumns
from annotator.storage.interchange.interface import Format, Found, TablePreview, Wishes
from annotator.storage.interchange.packed_rows import PackedRows
from annotator.storage.interchange.report import ForeignFileError, Notes, Watch
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.table_rows import Grid, Row
from annotator.storage.interchange.table_tags import read_table
from annotator.storage.interchange.table_writing import LOSES, headings_of, rows_of
from annotator.storage.interchange.workbook_bounds import (
    BROKEN_ZIP,
    broken_workbook,
    check_workbook,
    is_checked,
)
from annotator.storage.interchange.workbook_cells import CellKinds, shared_texts, sheet_rows
from annotator.storage.interchange.xml_writing import held_by_xml

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
    sheets = _sheets(data, notes.watch)
    filled = [one for one in sheets if next(one.rows(), None) is not None]
    sheet = _chosen(sheets, filled, wished)
    rows = _packed(sheet)
    for other in filled:
        if other is not sheet:
            notes.not_carried("another sheet was not read", f"sheet “{other.title}”")

    def place(number: int, column: int) -> str:
        return f"row {number}" if column < 0 else f"cell {get_column_letter(column + 1)}{number}"

    titles = tuple(one.title for one in sheets if one in filled or one is sheet)
    return Grid(lambda: iter(rows), place, sheet=sheet.title, sheets=titles, is_typed=True)


@dataclass(frozen=True, slots=True, eq=False)
class _Sheet:
    """One sheet of a workbook that is open; `path` is where its cells stand in the archive."""

    title: str
    is_visible: bool
    path: str
    book: ExcelReader
    kinds: CellKinds
    watch: Watch

    def rows(self) -> Iterator[Row]:
        """Give the rows that hold anything, from the first on."""
        with self.book.archive.open(self.path) as stream:
            yield from sheet_rows(stream, self.kinds, self.watch)


def _sheets(data: bytes, watch: Watch) -> list[_Sheet]:
    """Open a workbook; gives its sheets of cells in their order."""
    book = ExcelReader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    members = book.archive.NameToInfo
    for name in [one for one in members if not is_checked(one)]:
        del members[name]  # so that nothing is unpacked of which nobody knows how large it is
    book.read_manifest()
    book.read_workbook()
    apply_stylesheet(book.archive, book.wb)
    kinds = _kinds(book, watch)
    return [
        _Sheet(sheet.name, sheet.state == "visible", rel.target, book, kinds, watch)
        for sheet, rel in book.parser.find_sheets()
        if rel.target in book.valid_files and "chartsheet" not in rel.Type
    ]


def _kinds(book: ExcelReader, watch: Watch) -> CellKinds:
    texts: list[str] = []
    for part in islice(book.package.findall(SHARED_STRINGS), 1):
        with book.archive.open(part.PartName[1:]) as stream:
            texts = shared_texts(stream, watch)
    known = vars(book.wb)
    lengths = frozenset(map(str, known.get("_timedelta_formats", ())))

    def moment(number: float, style: str) -> object:
        try:
            return from_excel(number, book.wb.epoch, timedelta=style in lengths)
        except (OverflowError, ValueError):
            return "#VALUE!"

    of_time = frozenset(map(str, known.get("_date_formats", ())))
    return CellKinds(texts, of_time, moment, from_ISO8601)


def _chosen(sheets: Sequence[_Sheet], filled: Sequence[_Sheet], wished: str) -> _Sheet:
    """Give the sheet that is wished, or the first visible one that can be a table."""
    if wished:
        for one in sheets:
            if one.title == wished:
                return one
        names = ", ".join(one.title for one in sheets)
        raise ForeignFileError(f"There is no sheet “{wished}”.", f"Sheets are: {names}.")
    if not filled:
        raise ForeignFileError("The workbook has no cells.", "Choose a file with rows in it.")
    return min(filled, key=lambda one: (not _has_two_rows(one), not one.is_visible))


def _has_two_rows(sheet: _Sheet) -> bool:
    """Tell whether there can be a table: a heading and a row below it."""
    return next(islice(sheet.rows(), 1, None), None) is not None


def _packed(sheet: _Sheet) -> PackedRows:
    found = PackedRows()
    for number, cells in sheet.rows():
        found.add(number, cells)
    return found


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
    heads = [WriteOnlyCell(sheet, held_by_xml(heading)) for heading in headings]
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
        cell = WriteOnlyCell(sheet, held_by_xml(value))
        cell.data_type = "s"  # never a formula, whatever it begins with
        return cell
    return held_by_xml(value) or None


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

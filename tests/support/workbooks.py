"""Workbooks of spreadsheet programs, made for a test."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence

import openpyxl

SHEET = "xl/worksheets/sheet1.xml"
"""The first sheet inside a workbook."""

Rows = Sequence[Sequence[object]]
TAGS: Rows = (("start", "code"), (1.5, "a"))
OTHER_TAGS: Rows = (("Beginn", "Kode"), (9.5, "z"), (12, "z"))
REMARKS: Rows = (("Coding of June",),)


def workbook(
    *rows: Sequence[object], more: Callable[[openpyxl.Workbook], None] | None = None
) -> bytes:
    """Make a workbook of one sheet, called “Sheet”; `more` does what else there is to do to it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append([*row])
    if more is not None:
        more(book)
    return _bytes_of(book)


def workbook_of(sheets: Sequence[tuple[str, Rows]]) -> bytes:
    """Make a workbook of sheets by their titles."""
    book = openpyxl.Workbook(write_only=True)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([*row])
    return _bytes_of(book)


def with_rows(rows: bytes) -> bytes:
    """Make a workbook of one sheet with these rows as they stand in its XML."""
    return replaced(workbook(), SHEET, b"<sheetData>", b"<sheetData>" + rows)


def replaced(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Replace bytes in one member of a workbook, the first time that they stand there."""
    content = zipfile.ZipFile(io.BytesIO(data)).read(name)
    assert old in content
    return with_member(data, name, content.replace(old, new, 1))


def with_member(data: bytes, name: str, content: bytes | None, new_name: str = "") -> bytes:
    """Put something else in the place of a member of a workbook, or leave it out."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for one in before.infolist():
            if one.filename != name:
                after.writestr(one.filename, before.read(one))
            elif content is not None:
                after.writestr(new_name or name, content)
    return out.getvalue()


def _bytes_of(book: openpyxl.Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()

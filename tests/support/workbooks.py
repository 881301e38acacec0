"""Workbooks of spreadsheet programs, made for a test."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import openpyxl

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


def _bytes_of(book: openpyxl.Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()

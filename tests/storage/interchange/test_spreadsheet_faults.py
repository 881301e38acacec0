from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.storage.interchange import workbook_bounds
from annotator.storage.interchange.columns import TableColumns
from annotator.storage.interchange.exchange import read_foreign
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.report import ForeignFileError, Notes
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.spreadsheet import XLSX
from tests.support.foreign import NOW, rich_session, write
from tests.support.workbooks import (
    REMARKS,
    SHEET,
    TAGS,
    replaced,
    with_member,
    with_rows,
    workbook,
    workbook_of,
)

VALID = write(rich_session(), "t.xlsx").data


def attempt(data: bytes) -> int:
    """Read a workbook; gives how many rows came through."""
    return read_foreign(Source("t.xlsx", data), Wishes(now=NOW), "xlsx").report.counted_out


def refused(data: bytes) -> str:
    with pytest.raises(ForeignFileError) as caught:
        attempt(data)
    assert "Error" not in str(caught.value)
    return str(caught.value)


def changed(name: str, old: bytes, new: bytes, data: bytes = VALID) -> bytes:
    return replaced(data, name, old, new)


def test_bytes_that_are_no_workbook_are_refused() -> None:
    for data in (
        b"",
        b"PK\x03\x04",
        b"start,code\n1,a\n",
        VALID[:100],
        VALID[:-30],
        b"PK" + bytes(99),
    ):
        assert "damaged" in refused(data)


def test_a_workbook_with_a_password_is_told_as_such() -> None:
    assert "password" in refused(b"\xd0\xcf\x11\xe0" + bytes(600))


def test_an_archive_of_something_else_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert "damaged" in refused(out.getvalue())


def test_a_bomb_is_refused_before_it_unpacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_bounds, "MOST_UNPACKED", 200_000)
    monkeypatch.setattr(workbook_bounds, "_MOST_OF_PARTS", 100_000)
    blanks = b" " * 150_000
    assert "unpacks to more" in refused(changed("xl/styles.xml", b"<fonts", blanks + b"<fonts"))
    assert "unpacks to more" in refused(changed(SHEET, b"<sheetData>", 2 * blanks + b"<sheetData>"))


def test_the_real_bounds_hold_a_bomb_of_parts() -> None:
    bomb = changed("xl/styles.xml", b"<fonts", b" " * (17 * 1024 * 1024) + b"<fonts")
    assert len(bomb) < 100_000
    assert "unpacks to more" in refused(bomb)


def test_more_cells_than_any_table_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_bounds, "MOST_CELLS", 10)
    assert "cells" in refused(VALID)


def test_more_members_than_any_workbook_has_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(5001):
            archive.writestr(f"{number}.xml", "")
    assert "unpacks to more" in refused(out.getvalue())


@pytest.mark.parametrize(
    "entity",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        b'<!DOCTYPE x [<!ENTITY % d SYSTEM "http://127.0.0.1/x.dtd">%d;]>',
    ],
)
def test_entities_are_refused(entity: bytes) -> None:
    book = changed(SHEET, b"<worksheet", entity + b"<worksheet")
    assert "damaged" in refused(book)


def test_a_sheet_in_another_encoding_cannot_hide_entities() -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(VALID)) as before, zipfile.ZipFile(out, "w") as after:
        for one in before.infolist():
            content = text.encode("utf-16") if one.filename == SHEET else before.read(one)
            after.writestr(one.filename, content)
    assert "damaged" in refused(out.getvalue())


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="999999999999"><c r="A999999999999"><v>1</v></c></row>',
        b'<row r="1"><c r="ZZZZZZZZ1"><v>1</v></c></row>',
        b'<row r="1"><c r="1"><v>1</v></c></row>',
        b'<row r="1"><c r=""><v>1</v></c><c r="A"><v>1</v></c></row>',
        b'<row r="x"><c r="A1"><v>1</v></c></row>',
        b'<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        b'<row r="1"><c r="A1" t="n"><v>one</v></c></row>',
        b'<row r="1"><c r="A1" s="999"><v>1</v></c></row>',
        b'<row r="1"><c r="A1" s="x"><v>1</v></c></row>',
        b'<row r="1"><c r="A1" t="d"><v>never</v></c></row>',
        b'<row r="1"><c r="A1" t="n"><v>' + b"9" * 5000 + b"</v></c></row>",
        b'<row r="1"><c r="A1"><v>1</v></c>',
        b'<row r="5"><c r="A5"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
    ],
)
def test_sheets_that_no_program_writes_break_nothing(rows: bytes) -> None:
    try:
        assert attempt(with_rows(rows)) <= 1
    except ForeignFileError as error:
        assert "Error" not in str(error)  # noqa: PT017 either is right


def test_a_row_without_an_end_is_refused() -> None:
    assert "columns" in refused(with_rows(b'<row r="1">' + b"<c/>" * 40_000 + b"</row>"))


def test_elements_without_bottom_are_refused() -> None:
    deep = b'<row r="1"><c r="A1"><v>' + b"<a>" * 9000 + b"</a>" * 9000 + b"</v></c></row>"
    assert "damaged" in refused(with_rows(deep))


def test_a_member_whose_size_nobody_looked_at_is_not_read() -> None:
    book = workbook(*TAGS)
    assert attempt(book) == 1
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet = archive.read(SHEET)
    moved = with_member(book, SHEET, sheet, "xl/worksheets/sheet1.bin")
    for name in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
        moved = replaced(moved, name, b"worksheets/sheet1.xml", b"worksheets/sheet1.bin")
    assert "damaged" in refused(moved)


def test_a_workbook_without_styles_is_read() -> None:
    assert attempt(with_member(workbook(*TAGS), "xl/styles.xml", None)) == 1


def test_a_table_wider_than_any_is_refused() -> None:
    assert "columns" in refused(with_rows(b'<row r="1"><c r="ZZZ1"><v>1</v></c></row>'))


def test_a_sheet_that_is_not_there_is_told() -> None:
    wishes = Wishes(now=NOW, columns=TableColumns(sheet="Blatt 9"))
    with pytest.raises(ForeignFileError, match="There is no sheet “Blatt 9”") as caught:
        read_foreign(Source("t.xlsx", VALID), wishes, "xlsx")
    assert "tags" in str(caught.value)


def test_a_sheet_that_is_no_table_is_told_and_the_others_are_offered() -> None:
    data = workbook_of([("June", TAGS), ("about", REMARKS)])
    wished = Wishes(now=NOW, columns=TableColumns(sheet="about"))
    notes = Notes()
    assert XLSX.read is not None
    found = XLSX.read(Source("t.xlsx", data), wished, notes)
    assert found.sessions == ()
    assert found.table is not None
    assert found.table.sheets == ("June", "about")
    assert found.table.columns.sheet == "about"
    with pytest.raises(ForeignFileError) as caught:
        read_foreign(Source("t.xlsx", data), wished)
    assert any("no rows below" in one for one in caught.value.problems)


def test_the_only_sheet_that_is_no_table_is_refused() -> None:
    assert "no rows below" in refused(workbook_of([("about", REMARKS)]))


def test_a_workbook_without_cells_is_refused() -> None:
    assert "no cells" in refused(with_rows(b""))


def test_links_to_other_files_are_not_followed() -> None:
    asked: list[str] = []

    def beside(name: str) -> bytes | None:
        asked.append(name)
        return None

    link = (
        b'<Relationship Id="rId99" Target="file:///etc/passwd" TargetMode="External" Type="http://'
        b'schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"/>'
    )
    rels = changed("xl/_rels/workbook.xml.rels", b"</Relationships>", link + b"</Relationships>")
    told = b'<externalReferences><externalReference xmlns:r="http://schemas.openxmlformats.org/'
    told += b'officeDocument/2006/relationships" r:id="rId99"/></externalReferences>'
    linked = changed("xl/workbook.xml", b"</sheets>", b"</sheets>" + told, rels)
    found = read_foreign(Source("t.xlsx", linked, beside), Wishes(now=NOW), "xlsx")
    assert (asked, found.report.counted_out) == ([], 7)


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_no_bytes_escape(data: bytes) -> None:
    for each in (data, b"PK\x03\x04" + data):
        with pytest.raises(ForeignFileError):
            attempt(each)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_change_of_a_workbook_escapes(data: st.DataObject) -> None:
    raw = bytearray(VALID)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(raw))) if data.draw(st.booleans()) else len(raw)
    try:
        assert attempt(bytes(raw[:cut])) <= 7
    except ForeignFileError as error:
        assert "Error" not in str(error)  # noqa: PT017 either is right


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_no_change_of_a_sheet_escapes(data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(VALID)) as archive:
        member = data.draw(st.sampled_from([one.filename for one in archive.infolist()]))
        content = bytearray(archive.read(member))
    at = data.draw(st.integers(0, len(content) - 1))
    piece = data.draw(
        st.sampled_from([b"", b"<", b">", b'"', b"&", b"0", b"-1", b"\0", b"</c>", b"<c/>"])
    )
    length = data.draw(st.integers(0, 40))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(VALID)) as before, zipfile.ZipFile(out, "w") as after:
        for one in before.infolist():
            new = bytes(content[:at]) + piece + bytes(content[at + length :])
            after.writestr(one.filename, new if one.filename == member else before.read(one))
    try:
        assert attempt(out.getvalue()) <= 8
    except ForeignFileError as error:
        assert "Error" not in str(error)  # noqa: PT017 either is right

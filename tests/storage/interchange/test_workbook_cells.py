"""Cells of workbooks are those that another hand's reader finds in them."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from annotator.storage.interchange import spreadsheet
from annotator.storage.interchange.report import ForeignFileError, unwatched
from annotator.storage.interchange.workbook_cells import CellKinds, cell_text, sheet_rows
from tests.support.workbooks import SHEET, replaced, with_member, with_rows, workbook

Rows = list[tuple[int, list[str]]]
FORMATS = ("General", "0.00", "@", "yyyy-mm-dd", "h:mm:ss", "[h]:mm:ss", "mm:ss.000", '"h"0')


def ours(data: bytes) -> list[Rows]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheets = spreadsheet._sheets(data, unwatched)
        return [[(number, [*cells]) for number, cells in one.rows()] for one in sheets]


def another_hands(data: bytes) -> list[Rows]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        found: list[Rows] = []
        for sheet in book.worksheets:
            rows: Rows = []
            for number, values in enumerate(sheet.values, 1):
                cells = [cell_text(one) for one in values]
                while cells and not cells[-1]:
                    cells.pop()
                if cells:
                    rows.append((number, cells))
            found.append(rows)
        return found


def texts() -> st.SearchStrategy[str]:
    letters = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
    return st.text(st.one_of(letters, st.sampled_from(" \n\t<&_x")), max_size=12)


def values() -> st.SearchStrategy[object]:
    return st.one_of(
        texts(),
        st.sampled_from(["=1+1", "#N/A", "#DIV/0!", "_x0041_", "007", "1.50", "true"]),
        st.booleans(),
        st.integers(-(2**70), 2**70),
        st.floats(allow_nan=False, allow_infinity=False),
        st.decimals(-1000, 1000, places=6),
        st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)),  # noqa: DTZ001 cells know no zones
        st.dates(date(1905, 1, 1), date(2200, 1, 1)),
        st.times(),
        st.timedeltas(timedelta(-3), timedelta(90)),
    )


@st.composite
def workbooks(draw: st.DrawFn) -> bytes:
    book = openpyxl.Workbook()
    if draw(st.booleans()):
        book.epoch = CALENDAR_MAC_1904
    places = st.tuples(st.integers(1, 30), st.integers(1, 30))
    for title in ("first", "second"):
        sheet = book.create_sheet(title)
        for (row, column), value in draw(st.dictionaries(places, values(), max_size=12)).items():
            cell = sheet.cell(row, column)
            cell.value = value
            if draw(st.booleans()):
                cell.number_format = draw(st.sampled_from(FORMATS))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@st.composite
def inline_workbooks(draw: st.DrawFn) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("tags")
    for row in draw(st.lists(st.lists(st.none() | values(), max_size=5), max_size=6)):
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@given(st.one_of(workbooks(), inline_workbooks()))
@settings(max_examples=120, deadline=None)
def test_cells_are_those_of_another_hands_reader(data: bytes) -> None:
    assert ours(data) == another_hands(data)


RICH = b"""<row r="1"><c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>bo</t></r>
<r><t xml:space="preserve">ld </t></r><rPh sb="0" eb="1"><t>spoken</t></rPh></is></c></row>"""
SPELT_OUT = b"""<row r="1"><c r="A1" t="d"><v>2024-05-06T07:08:09</v></c></row>"""


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (b'<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>', [(1, ["2"])]),
        (b'<row r="1"><c r="A1" t="str"><f>B1</f><v>=x</v></c></row>', [(1, ["=x"])]),
        (b'<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><v>3</v></c></row>', [(1, ["", "3"])]),
        (b'<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>', [(1, ["#N/A"])]),
        (b'<row r="1"><c r="A1" t="b"><v>1</v></c></row>', [(1, ["true"])]),
        (b"<row><c><v>1</v></c><c><v>2</v></c></row><row><c/></row>", [(1, ["1", "2"])]),
        (b'<row r="4"><c r="C4"><v>3</v></c><c><v>4</v></c></row>', [(4, ["", "", "3", "4"])]),
        (b'<row r="3.0"><c r="a3"><v>3</v></c></row><row><c/></row>', [(3, ["3"])]),
        (
            b'<row r="1"><c r="A1"><v>1.50</v></c><c r="B1"><v>1E-3</v></c></row>',
            [(1, ["1.5", "0.001"])],
        ),
        (b'<row r="1"><c r="A1"><v>007</v></c><c r="B1"><v>-0</v></c></row>', [(1, ["7", "0"])]),
        (b'<row r="1"><c r="A1" t="str"><v><![CDATA[a</row>]]></v></c></row>', [(1, ["a</row>"])]),
        (b'<!-- <row r="1"/> --><row r="2"><c r="A2"><v>1</v></c></row>', [(2, ["1"])]),
        (SPELT_OUT, [(1, ["2024-05-06 07:08:09"])]),
        (RICH, [(1, ["bold "])]),
    ],
)
def test_cells_as_different_programs_write_them(rows: bytes, found: Rows) -> None:
    data = with_rows(rows)
    assert ours(data) == another_hands(data) == [found]


def test_numbers_are_times_by_the_first_style_as_well() -> None:
    data = with_rows(b'<row r="1"><c r="A1"><v>0.5</v></c></row>')
    data = replaced(data, "xl/styles.xml", b'<xf numFmtId="0"', b'<xf numFmtId="21"')
    data = replaced(data, "xl/styles.xml", b'<xf numFmtId="0"', b'<xf numFmtId="21"')
    assert ours(data) == another_hands(data) == [[(1, ["12:00:00.000000"])]]


def test_a_number_that_is_no_date_is_none() -> None:
    def far(book: openpyxl.Workbook) -> None:
        cell = book["Sheet"]["A1"]
        cell.value, cell.number_format = 1e9, "yyyy-mm-dd"

    data = workbook(more=far)
    assert ours(data) == another_hands(data) == [[(1, ["#VALUE!"])]]


SHARED = b"""<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<si><t>start</t></si><si><t xml:space="preserve"> _x005F_x0041_</t></si><si/>
<si><r><t>bo</t></r><r><rPr><b/></rPr><t>ld</t></r><rPh sb="0" eb="1"><t>spoken</t></rPh></si>
</sst>"""


def with_shared(rows: bytes) -> bytes:
    types = "[Content_Types].xml"
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    told = b'<Override PartName="/xl/shared.xml" ContentType="' + kind + b'"/></Types>'
    data = replaced(with_rows(rows), types, b"</Types>", told)
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/shared.xml", SHARED)
    return out.getvalue()


def test_texts_that_cells_share_are_read_without_their_looks() -> None:
    numbers = b"".join(b'<c t="s"><v>%d</v></c>' % number for number in (3, 1, 2, 0))
    data = with_shared(b"<row>" + numbers + b"</row>")
    found = [[(1, ["bold", " _x0041_", "", "start"])]]
    assert ours(data) == another_hands(data) == found


def test_a_text_that_is_not_shared_is_damage() -> None:
    with pytest.raises(IndexError):
        ours(with_shared(b'<row><c t="s"><v>4</v></c></row>'))


def test_the_names_of_elements_may_have_a_prefix() -> None:
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = b'<x:worksheet xmlns:x="' + main + b'"><x:sheetData><x:row r="2"><x:c r="B2">'
    sheet += b"<x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    assert ours(with_member(workbook(), SHEET, sheet)) == [[(2, ["", "5"])]]


class Long(io.RawIOBase):
    """A sheet of one row that goes on and on, and how much of it was asked for."""

    def __init__(self, begin: bytes, piece: bytes) -> None:
        self.asked = 0
        self._pieces = self._all(begin, piece)

    def read(self, _size: int = -1) -> bytes:
        self.asked += 1
        return next(self._pieces)

    def _all(self, begin: bytes, piece: bytes) -> Iterator[bytes]:
        yield begin
        for _ in range(50):
            yield piece
        yield b""


BEGIN = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<sheetData><row r="1">'
)


def test_a_row_is_not_held_beyond_the_widest_that_there_is() -> None:
    stream = Long(BEGIN, b"<c/>" * 1000)
    with pytest.raises(ForeignFileError, match="columns"):
        next(sheet_rows(stream, NO_KINDS, unwatched))
    assert stream.asked < 20


def test_a_depth_is_not_followed_without_end() -> None:
    stream = Long(BEGIN, b"<c>" * 100)
    with pytest.raises(ValueError, match="201"):
        next(sheet_rows(stream, NO_KINDS, unwatched))
    assert stream.asked < 20


NO_KINDS = CellKinds((), frozenset(), lambda number, _style: number, str)

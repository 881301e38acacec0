from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time, timedelta

import openpyxl
import pytest
from hypothesis import given, settings

from annotator.model.coding import CodingPass, Purpose, Tag
from annotator.model.session import Session
from annotator.model.time import Micros
from annotator.storage.interchange.columns import Column, TableColumns
from tests.support.foreign import (
    NOW,
    coded_sessions,
    lost,
    places,
    read,
    rich_session,
    session_of,
    tag,
    write,
)
from tests.support.workbooks import OTHER_TAGS, REMARKS, TAGS, workbook, workbook_of

NAME = "t.xlsx"


def tags(session: Session) -> list[tuple[str, str, Purpose, Tag]]:
    return [(one.id, one.coder, one.purpose, each) for one in session.passes for each in one.tags]


def short(data: bytes, **wishes: object) -> list[tuple[str, int, int]]:
    found = read(data, NAME, **wishes)
    return [(each.code, each.start, each.end) for one in found.sessions for *_, each in tags(one)]


@given(session=coded_sessions())
@settings(max_examples=15, deadline=None)
def test_all_that_is_said_of_tags_comes_back(session: Session) -> None:
    exported = write(session, NAME)
    if tags(session):
        (again,) = read(exported.data, NAME).sessions
        assert tags(again) == tags(session)


def test_what_a_rich_session_loses_is_told() -> None:
    exported = write(rich_session(), NAME)
    assert lost(exported.report) == {
        "the session's title",
        "the region that is coded",
        "a recording",
        "a participant's label",
        "a code's abbreviation",
        "a code's colour",
        "a code's key",
        "a code's definition and examples",
        "a code's attributes",
        "the codebook's name",
        "the codebook's version",
        "a rating's question and scale",
        "a rating",
        "what was said",
    }
    assert exported.report.counted_out == 7


def test_a_spreadsheet_program_sees_numbers_and_texts() -> None:
    session = session_of(
        CodingPass(
            "p",
            "A",
            Purpose.PRIMARY,
            NOW,
            (
                tag(1, "silence", 1500, 4000, note="=1+1"),
                tag(2, "silence", 5000, 5100, note="#N/A"),
            ),
        )
    )
    sheet = openpyxl.load_workbook(io.BytesIO(write(session, NAME).data))["tags"]
    assert sheet.freeze_panes == "A2"
    assert sheet.dimensions == "A1:Q3"
    heads = [cell.value for cell in sheet[1]]
    row = dict(zip(heads, sheet[2], strict=True))
    assert (row["start"].value, row["start"].data_type) == (1.5, "n")
    assert row["duration"].value == 2.5
    assert (row["note"].value, row["note"].data_type) == ("=1+1", "s")
    assert sheet.cell(3, heads.index("note") + 1).data_type == "s"
    assert sheet.column_dimensions["M"].width == 40


def test_times_keep_their_microseconds() -> None:
    fine = Tag("t1", "silence", Micros(1), Micros(999_999_999_999), created=NOW, modified=NOW)
    session = session_of(CodingPass("p", "A", Purpose.PRIMARY, NOW, (fine,)))
    (again,) = read(write(session, NAME).data, NAME).sessions
    assert tags(again) == tags(session)


@pytest.mark.parametrize("note", ["a\x01b", "x" * 40_000])
def test_what_no_cell_can_hold_is_told(note: str) -> None:
    session = session_of(
        CodingPass("p", "A", Purpose.PRIMARY, NOW, (tag(1, "silence", 0, 500, note=note),))
    )
    assert "a note" in lost(write(session, NAME).report)


def test_numbers_are_read_exactly_and_formulas_by_what_they_gave() -> None:
    rows = ["start", "code"], [0.1 + 0.2, "a"], [1e-6, "b"], [3, 7]
    assert short(workbook(*rows)) == [
        ("b", 1, 1),
        ("a", 300_000, 300_000),
        ("code_7", 3_000_000, 3_000_000),
    ]
    assert short(workbook(["start", "code"], [1.5, "a"], ["=1+1", "b"])) == [
        ("a", 1_500_000, 1_500_000)
    ]


def test_times_of_day_and_lengths_are_times() -> None:
    data = workbook(
        ["start", "end", "code"],
        [time(0, 1, 2, 500_000), timedelta(minutes=2), "a"],
        [timedelta(hours=30, seconds=1.25), timedelta(hours=31), "b"],
        [datetime(1900, 1, 1, 6, 0, 0), timedelta(hours=32), "c"],  # noqa: DTZ001 as cells hold it
    )
    assert short(data) == [
        ("a", 62_500_000, 120_000_000),
        ("c", 108_000_000_000, 115_200_000_000),
        ("b", 108_001_250_000, 111_600_000_000),
    ]


def test_dates_are_no_times() -> None:
    day = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC).replace(tzinfo=None)
    found = read(workbook(["start", "code"], [1.5, "a"], [2, "a"], [day, "b"]), NAME)
    assert places(found.report, "the start cannot be read") == ("cell A4",)


def test_faults_are_told_by_cell() -> None:
    data = workbook(
        ["code", "start", "end"], ["a", 1.5, 2], [], ["a", None, 3], ["a", 3, "late"], [None, 5, 6]
    )
    found = read(data, NAME)
    assert places(found.report, "a row has no start") == ("cell B4",)
    assert places(found.report, "the end was left out") == ("cell C5",)
    assert places(found.report, "a row has no code") == ("row 6",)
    assert (found.report.counted_in, found.report.counted_out) == (4, 2)


def add_sheets(book: openpyxl.Workbook) -> None:
    book.create_sheet("empty")
    other = book.create_sheet("second")
    other.append(["start", "code"])
    other.append([9.5, "z"])


def test_one_sheet_is_read_and_the_others_are_told() -> None:
    data = workbook(["start", "code"], [1.5, "a"], more=add_sheets)
    found = read(data, NAME)
    assert places(found.report, "another sheet was not read") == ("sheet “second”",)
    assert found.table is not None
    assert found.table.columns.sheet == "Sheet"
    wished = TableColumns({"start": Column.START, "code": Column.CODE}, sheet="second")
    assert short(data, columns=wished) == [("z", 9_500_000, 9_500_000)]


def test_a_hidden_sheet_comes_last() -> None:
    def hide(book: openpyxl.Workbook) -> None:
        add_sheets(book)
        book["Sheet"].sheet_state = "hidden"

    assert short(workbook(["start", "code"], [1.5, "a"], more=hide))[0][0] == "z"


def test_the_sheets_that_hold_anything_are_offered_in_their_order() -> None:
    data = workbook_of([("June", TAGS), ("empty", ()), ("July", OTHER_TAGS)])
    found = read(data, NAME, columns=TableColumns(sheet="July"))
    assert found.table is not None
    assert found.table.sheets == ("June", "July")
    assert found.table.headings == ("Beginn", "Kode")
    assert found.table.columns.sheet == "July"
    assert found.report.counted_out == 2
    assert places(found.report, "another sheet was not read") == ("sheet “June”",)


def test_a_text_has_no_sheets() -> None:
    found = read("start,code\n1.5,a\n", "t.csv")
    assert found.table is not None
    assert found.table.sheets == ()


def test_a_sheet_of_a_title_alone_is_not_taken_for_the_table() -> None:
    data = workbook_of([("about", REMARKS), ("June", TAGS)])
    assert short(data) == [("a", 1_500_000, 1_500_000)]
    assert places(read(data, NAME).report, "another sheet was not read") == ("sheet “about”",)


def test_a_far_cell_and_a_false_size_do_no_harm() -> None:
    def far(book: openpyxl.Workbook) -> None:
        book["Sheet"]["XFD1048576"] = " "

    data = workbook(["start", "code"], [1.5, "a"], [2.5, "b"], more=far)
    found = read(data, NAME)
    assert found.report.counted_out == 2


def test_a_workbook_is_known_whatever_it_is_called() -> None:
    data = workbook(["start", "code"], [1.5, "a"])
    assert read(data, "macros.xlsm").format.id == "xlsx"
    assert read(data, "lost").format.id == "xlsx"


def test_the_preview_is_of_the_sheet() -> None:
    found = read(workbook(["start", "code", "b"], [1.5, "a", True], [2, "b", None]), NAME)
    assert found.table is not None
    assert found.table.rows == (("1.5", "a", "true"), ("2", "b"))
    again = read(
        workbook(["start", "code", "b"], [1.5, "a", True], [2, "b", None]),
        NAME,
        columns=found.table.columns,
    )
    assert again.sessions == found.sessions


def test_names_stand_in_every_script() -> None:
    found = read(workbook(["Beginn", "Kode"], [1.5, "沉默"], [2, "שתיקה"]), NAME)
    assert [code.name for code in found.sessions[0].codebook.codes] == ["沉默", "שתיקה"]


def test_what_is_written_is_a_sound_archive() -> None:
    with zipfile.ZipFile(io.BytesIO(write(rich_session(), NAME).data)) as archive:
        assert archive.testzip() is None

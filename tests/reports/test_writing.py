"""Tables as files: every digit kept, nothing taken for a formula, nothing invented for nothing."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from annotator.errors import AnnotatorError
from annotator.model.table import Column, Table
from annotator.reports.writing import as_csv, as_html, as_json, as_tex, files_of, shown

THIRD = 1 / 3
TABLE = Table(
    "t",
    "Rates [per] 10 minutes: a long title that no sheet can have",
    (
        Column("name", "Name", definition="What it is called."),
        Column("rate", "Rate", "s", "By & by.", 2),
        Column("n", "n"),
    ),
    (("=1+1", THIRD, 3), ("<b> & “κ”\x07_50%", None, 0)),
    ("Read 5 % with care.",),
)


def test_csv_keeps_every_digit_and_leaves_empty_what_is_not_defined() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(TABLE).decode("utf-8"))))
    assert [float(row["rate"]) if row["rate"] else None for row in rows] == [THIRD, None]
    assert rows[0]["name"] == "=1+1"


def test_json_has_definitions_and_null() -> None:
    (table,) = json.loads(as_json([TABLE]))["tables"]
    assert table["rows"][0]["rate"] == THIRD
    assert table["rows"][1]["rate"] is None
    assert table["columns"][1] == {
        "id": "rate",
        "name": "Rate",
        "unit": "s",
        "definition": "By & by.",
    }


def test_html_and_latex_escape_what_they_are_given() -> None:
    page = as_html([TABLE]).decode("utf-8")
    assert "&lt;b&gt; &amp;" in page
    assert "<b>" not in page
    assert "http" not in page
    text = as_tex([TABLE]).decode("utf-8")
    assert r"\_50\%" in text
    assert r"$\kappa$" in text
    assert "0.33" in text


def test_a_workbook_opens_with_numbers_texts_and_definitions() -> None:
    (data,) = files_of([TABLE, TABLE], "out.xlsx").values()
    book = load_workbook(io.BytesIO(data))
    assert len(book.sheetnames) == 3
    assert all(len(name) <= 31 for name in book.sheetnames)
    sheet = book[book.sheetnames[0]]
    assert sheet["A2"].value == "=1+1"
    assert sheet["A2"].data_type == "s"
    assert sheet["B2"].value == THIRD
    assert sheet["B3"].value is None
    assert sheet["C3"].value == 0
    told = [[cell.value for cell in row] for row in book["Definitions"].iter_rows()]
    assert any("By & by." in row for row in told)
    assert any("Read 5 % with care." in row for row in told)


def test_a_workbook_tells_no_names_of_machine_or_person() -> None:
    (data,) = files_of([TABLE], "out.xlsx").values()
    with ZipFile(io.BytesIO(data)) as packed:
        core = packed.read("docProps/core.xml").decode("utf-8")
    assert str(Path.home()) not in core
    assert "<dc:creator>openpyxl</dc:creator>" in core


def test_several_tables_are_several_csv_files() -> None:
    assert set(files_of([TABLE], "out.csv")) == {"out.csv"}
    assert set(files_of([TABLE], "out.CSV")) == {"out.CSV"}
    other = Table("u", "Other", TABLE.columns, ())
    assert set(files_of([TABLE, other], "out.csv")) == {"out-t.csv", "out-u.csv"}


def test_an_unknown_ending_is_told() -> None:
    for name in ("out", "out.docx", "out.xls"):
        with pytest.raises(AnnotatorError, match="Endings are"):
            files_of([TABLE], name)


def test_what_people_read() -> None:
    column = Column("x", "X", decimals=3)
    assert [shown(value, column) for value in (None, 0.5, 2, "a")] == ["–", "0.500", "2", "a"]

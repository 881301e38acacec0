"""Broken and strange coding sheets are mended or refused, and nothing else escapes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from annotator.storage.interchange.report import ForeignFileError
from tests.storage.interchange.test_solomon import SHEET
from tests.support.foreign import places
from tests.support.spoilt import is_even, is_met, read_as, spoilt


def test_rows_that_make_no_sense_are_told() -> None:
    text = "Time,A\n" + "".join(f"{n},x\n" for n in range(12)) + "soon,x\n3,y\n12,x,beyond\n"
    found = read_as(text, "talk.csv", "solomon")
    assert places(found.report, "cannot be read, or goes back") == ("line 14", "line 15")
    assert places(found.report, "without a heading") == ("line 16",)
    assert is_even(found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Time,A\n",
        "Time,A\n0,x\n0.2,x\n",
        "Time,A\n0,x\n1,x\n3,x\n4,x\n5,x\n",
        "Start,A\n0,x\n1,x\n2,x\n3,x\n4,x\n",
        "Time,A\n4,x\n3,x\n2,x\n1,x\n0,x\n",
    ],
)
def test_other_tables_are_refused(text: str) -> None:
    with pytest.raises(ForeignFileError):
        read_as(text, "talk.csv", "solomon")


def test_a_sheet_in_which_nothing_was_coded_holds_nothing() -> None:
    with pytest.raises(ForeignFileError, match="nothing"):
        read_as("Time,A\n" + "".join(f"{n},\n" for n in range(9)), "talk.csv", "solomon")


def test_an_open_quotation_mark_is_told() -> None:
    text = "Time,A\n" + "".join(f"{n},x\n" for n in range(20)) + '20,"' + "x" * 200_000
    with pytest.raises(ForeignFileError, match="quotation mark"):
        read_as(text, "talk.csv", "solomon")


def test_far_too_many_columns_are_refused() -> None:
    text = "Time" + ",A" * 600 + "\n" + "".join(f"{n},x\n" for n in range(9))
    with pytest.raises(ForeignFileError, match="more than 500 columns"):
        read_as(text, "talk.csv", "solomon")


@settings(max_examples=200, deadline=None)
@given(data=spoilt([SHEET.encode(), SHEET.replace(",", ";").encode("utf-16")]), coder=some.text())
def test_nothing_but_a_refusal_escapes(data: bytes, coder: str) -> None:
    assert is_met(data, "talk.csv", "solomon", coder=coder)

"""Rows of tables that are packed come out as they went in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.storage.interchange.packed_rows import PackedRows


@given(st.lists(st.lists(st.text("ab\n\0\1é", max_size=3), min_size=1, max_size=4), max_size=450))
def test_rows_come_out_as_they_went_in(rows: list[list[str]]) -> None:
    packed = PackedRows()
    for number, cells in enumerate(rows, 1):
        packed.add(number, cells)
    marks = str.maketrans({"\0": "\ufffd", "\1": "\ufffd"})
    wanted = [(n, [one.translate(marks) for one in cells]) for n, cells in enumerate(rows, 1)]
    assert list(packed) == wanted
    assert list(packed) == wanted


def test_many_rows_are_several_texts() -> None:
    packed = PackedRows()
    for number in range(1000):
        packed.add(number, [str(number), ""])
    assert list(packed) == [(number, [str(number), ""]) for number in range(1000)]

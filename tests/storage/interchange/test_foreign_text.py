"""Lines of foreign texts, cut out when they are asked for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.storage.interchange.foreign_text import Lines, decoded
from annotator.storage.interchange.report import Notes

TEXTS = st.text("ab \n\r\x0b\x85\u2028é", max_size=40)


@given(TEXTS)
def test_lines_are_those_between_breaks_whatever_kind_these_are_of(text: str) -> None:
    lines = decoded(text.encode(), Notes()).lines
    wanted = re.split("\r\n|\n|\r", text)
    assert list(lines) == wanted
    assert len(lines) == len(wanted)
    assert [lines[place] for place in range(len(lines))] == wanted
    assert len(lines) == len(wanted)


@given(TEXTS, st.integers(-5, 5), st.integers(-5, 5))
def test_lines_are_counted_from_the_end_and_sliced_as_lists_are(
    text: str, first: int, last: int
) -> None:
    lines, wanted = Lines(text), text.split("\n")
    assert lines[first:last] == wanted[first:last]
    assert lines[::-1] == wanted[::-1]
    assert [lines[-place] for place in range(1, len(wanted) + 1)] == wanted[::-1]


@pytest.mark.parametrize("place", [2, -3])
def test_there_is_no_line_beyond_the_last(place: int) -> None:
    with pytest.raises(IndexError):
        Lines("one\ntwo")[place]

"""Broken and strange label files are mended or refused, and nothing else escapes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from annotator.storage.interchange.report import ForeignFileError
from tests.storage.interchange.test_audacity import NAME, STANDARD, times
from tests.support.foreign import places, read, rich_session, write
from tests.support.spoilt import is_even, is_met, read_as, spoilt


def test_lines_that_are_no_labels_are_told() -> None:
    found = read(STANDARD + "nonsense\n\\\tx\ty\n\\ more\n", "talk.txt")
    assert places(found.report, "is no label") == ("line 4",)
    assert places(found.report, "says more of a label") == ("line 5", "line 6")
    assert is_even(found)


def test_a_backward_label_is_turned() -> None:
    found = read("2.0\t1.0\tx\n3.0\t3.5\ty\n", "talk.txt")
    assert times(found.sessions[0])[0] == (1_000_000, 2_000_000, "x")
    assert places(found.report, "the two were exchanged") == ("line 1",)


@settings(max_examples=150, deadline=None)
@given(data=spoilt([STANDARD.encode(), write(rich_session(), NAME).data]))
def test_nothing_but_a_refusal_escapes(data: bytes) -> None:
    assert is_met(data, NAME, "audacity")


@pytest.mark.parametrize("text", ["", "hello", "1.0 2.0 x", "\\\t1\t2", "nan\tinf\tx"])
def test_what_holds_no_label_is_refused(text: str) -> None:
    with pytest.raises(ForeignFileError):
        read_as(text, "talk.txt", "audacity")


def test_a_time_beyond_all_films_is_no_label() -> None:
    found = read("1e30\t2\tx\n1.0\t2.0\ty\n", "talk.txt")
    assert places(found.report, "is no label") == ("line 1",)

"""Values that a cell does not take, and what is said then."""

from __future__ import annotations

import pytest

from annotator.errors import EditError
from annotator.gui.panels.tag_cells import Column, cell_edit
from annotator.model import Micros, Tag
from tests.support.documents import coded_session

INSTANT = Tag("t0", "reflection", Micros(0), Micros(0), "p1")
STRETCH = Tag("t2", "silence", Micros(2_000_000), Micros(2_500_000), "p1")


@pytest.mark.parametrize(
    ("tag", "column", "value", "said"),
    [
        (STRETCH, Column.START, "soon", '"soon" is not a time. Write it as'),
        (STRETCH, Column.START, "", '"" is not a time'),
        (STRETCH, Column.START, "-1", "before the recording starts"),
        (STRETCH, Column.END, "0:10:00.001", "The recording ends at 0:10:00.000"),
        (STRETCH, Column.START, "3", "cannot end before it starts"),
        (STRETCH, Column.END, "2", "needs an end after its start"),
        (STRETCH, Column.END, "", "its end cannot be empty"),
        (INSTANT, Column.CODE, "silence", "marks a stretch of time"),
        (INSTANT, Column.CODE, "nonsense", 'no code "nonsense"'),
        (INSTANT, Column.PARTICIPANT, "p9", 'no participant "p9"'),
    ],
)
def test_what_cannot_be_is_refused_in_plain_words(
    tag: Tag, column: Column, value: str, said: str
) -> None:
    with pytest.raises(EditError) as caught:
        cell_edit(coded_session(3), "pass1", tag, column, value, "2026")
    assert said in str(caught.value)

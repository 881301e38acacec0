"""What cells show and what typing in them does, with numbers alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.panels.tag_cells import (
    Column,
    Names,
    cell_edit,
    cell_spoken,
    cell_text,
    cell_tip,
    cell_value,
    length_text,
    participant_words,
)
from annotator.model import Micros, Participant, ParticipantRole, Session, Tag
from tests.support.documents import coded_session
from tests.support.edits import END, tags

INSTANT = Tag("t0", "reflection", Micros(0), Micros(0), "p1")
STRETCH = Tag("t2", "silence", Micros(2_000_000), Micros(2_500_000), "p1")


def edited(tag: Tag, column: Column, value: str) -> Tag | None:
    session: Session = coded_session(3)
    edit = cell_edit(session, "pass1", tag, column, value, "2026")
    if edit is None:
        return None
    after = edit.apply(session).coding_pass("pass1")
    assert after is not None
    return next(one for one in after.tags if one.id == tag.id)


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (0, ""),
        (1, "0.000 s"),
        (999, "0.000 s"),
        (1_500_000, "1.500 s"),
        (59_999_999, "59.999 s"),
        (60_000_000, "0:01:00.000"),
    ],
)
def test_lengths_are_short_where_they_can_be(length: int, text: str) -> None:
    assert length_text(Micros(length)) == text


def test_an_instant_shows_no_end_and_no_length_but_says_what_it_is() -> None:
    names = Names.of(coded_session(3))
    assert cell_text(INSTANT, Column.END, names) == ""
    assert cell_spoken(INSTANT, Column.END, names) == "End instant"
    assert cell_spoken(INSTANT, Column.NOTE, names) == "Note none"


def test_names_stand_for_ids_and_ids_for_what_is_unknown() -> None:
    names = Names.of(coded_session(3))
    assert cell_text(INSTANT, Column.CODE, names) == "Reflection"
    assert cell_text(INSTANT, Column.PARTICIPANT, names) == "T01"
    assert cell_tip(INSTANT, Column.PARTICIPANT, names) == "Therapist T01"
    assert cell_text(INSTANT, Column.CODE, Names()) == "reflection"


def test_a_participant_without_label_is_called_by_role() -> None:
    assert participant_words(Participant("x", ParticipantRole.CLIENT, "")) == "Client"
    assert participant_words(Participant("x", ParticipantRole.CLIENT, "client")) == "Client"


@pytest.mark.parametrize("text", ["0:00:01.250", "1.25", "0:01,25", " 1.250 "])
def test_a_start_can_be_typed_in_several_ways(text: str) -> None:
    moved = edited(STRETCH, Column.START, text)
    assert moved is not None
    assert (moved.start, moved.end) == (1_250_000, 2_500_000)


def test_an_instant_moves_as_a_whole_and_grows_by_its_end() -> None:
    moved = edited(INSTANT, Column.START, "3")
    assert moved is not None
    assert (moved.start, moved.end) == (3_000_000, 3_000_000)
    grown = edited(INSTANT, Column.END, "4")
    assert grown is not None
    assert (grown.start, grown.end) == (0, 4_000_000)
    shrunk = edited(Tag("t0", "reflection", Micros(0), Micros(0), "p1"), Column.END, "0:00:00.000")
    assert shrunk is None


@given(tags("t0"), st.sampled_from(list(Column)))
def test_leaving_a_cell_as_it_is_changes_nothing_even_below_a_millisecond(
    tag: Tag, column: Column
) -> None:
    value = cell_value(tag, column)
    assert cell_edit(coded_session(0), "pass1", tag, column, value, "2026") is None


@given(st.integers(0, END // 1000), st.integers(0, END // 1000))
def test_typed_milliseconds_are_kept_exactly(one: int, other: int) -> None:
    start, end = sorted((one, other + 1))
    text = f"{end // 60000}:{end % 60000 // 1000:02d}.{end % 1000:03d}"
    if start == end or end * 1000 > END:
        return
    tag = Tag("t9", "silence", Micros(start * 1000), Micros(start * 1000 + 1))
    session = coded_session(0)
    edit = cell_edit(session, "pass1", tag, Column.END, text, "2026")
    assert edit is not None
    (change,) = edit.changes
    assert change.after.end == end * 1000


def test_code_participant_and_note_are_changed() -> None:
    recoded = edited(INSTANT, Column.CODE, "question")
    assert recoded is not None
    assert recoded.code == "question"
    assigned = edited(INSTANT, Column.PARTICIPANT, "")
    assert assigned is not None
    assert assigned.participant == ""
    noted = edited(INSTANT, Column.NOTE, "a | note")
    assert noted is not None
    assert noted.note == "a | note"

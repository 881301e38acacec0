"""The rows of the table against the document they follow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PyQt6.QtCore import QPersistentModelIndex, Qt, qInstallMessageHandler
from PyQt6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from annotator import editing
from annotator.gui.document import Document
from annotator.gui.panels import tags_model
from annotator.gui.panels.tag_cells import Column
from annotator.gui.panels.tags_model import COLUMNS, Role, TagsModel
from annotator.model import Interval, Micros, ParticipantRole, Tag
from annotator.model.participant import Participant
from tests.support.book_edits import with_new_id
from tests.support.documents import coded_session, open_document
from tests.support.edits import edits, sessions


def rows(model: TagsModel) -> list[Tag]:
    found = (model.tag_at(row) for row in range(model.rowCount()))
    return [tag for tag in found if tag is not None]


def cell(model: TagsModel, row: int, column: Column) -> object:
    return model.index(row, COLUMNS.index(column)).data()


@contextmanager
def watched(model: TagsModel) -> Iterator[list[str]]:
    """Have Qt's own tester look at every signal of the model; gathers what it says."""
    said: list[str] = []
    before = qInstallMessageHandler(lambda _kind, _place, text: said.append(text or ""))
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    tester = QAbstractItemModelTester(model, mode)
    try:
        yield said
    finally:
        tester.deleteLater()
        qInstallMessageHandler(before)


@pytest.fixture
def model(document: Document) -> TagsModel:
    made = TagsModel(document)
    made.show_document(document)
    return made


@given(st.data())
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_after_any_edits_and_undos_the_rows_are_the_tags(qapp: object, data: st.DataObject) -> None:
    assert qapp
    with open_document(data.draw(sessions())) as document:
        model = TagsModel()
        model.show_document(document)
        with watched(model) as said:
            for _ in range(data.draw(st.integers(1, 8))):
                move = data.draw(st.sampled_from(["push", "push", "undo", "redo", "look"]))
                if move == "undo":
                    document.undo_stack.undo()
                elif move == "redo":
                    document.undo_stack.redo()
                elif move == "look" and document.session.passes:
                    document.show_pass(data.draw(st.sampled_from(document.session.passes)).id)
                elif document.session.passes:
                    document.push(data.draw(edits(document.session)))
                model.set_position(Micros(data.draw(st.integers(0, 10**9))))
                assert rows(model) == list(document.tags)
                assert model.row_at_playhead < model.rowCount()
        model.show_document(None)
    assert said == []


def test_a_new_tag_is_one_row_more_and_no_reset(model: TagsModel, document: Document) -> None:
    resets: list[None] = []
    inserted: list[tuple[int, int]] = []
    model.modelReset.connect(lambda: resets.append(None))
    model.rowsInserted.connect(lambda _parent, first, last: inserted.append((first, last)))
    document.add_tag("reflection", Interval(Micros(2_700_000), Micros(2_700_000)))
    assert (resets, inserted) == ([], [(3, 3)])
    assert cell(model, 3, Column.START) == "0:00:02.700"


def test_a_tag_that_moves_takes_what_pointed_to_it_along(
    model: TagsModel, document: Document
) -> None:
    pointer = QPersistentModelIndex(model.index(1, 0))
    tag = document.tag("t1")
    assert tag is not None
    session, goal = document.session, Micros(4_500_000)
    document.push(editing.retime_tag(session, document.pass_id, tag, goal, goal, "2026"))
    assert pointer.row() == 4
    assert pointer.data(Role.TAG).id == "t1"
    document.undo_stack.undo()
    assert pointer.row() == 1


def test_the_first_tag_of_a_new_coder_and_its_undo(qapp: object) -> None:
    assert qapp
    with open_document(coded_session(3), "C") as document:
        model = TagsModel()
        model.show_document(document)
        with watched(model) as said:
            assert model.rowCount() == 0
            document.add_tag("reflection", Interval(Micros(5), Micros(5)))
            assert model.rowCount() == 1
            document.undo_stack.undo()
            assert model.rowCount() == 0
            document.undo_stack.redo()
            assert rows(model) == list(document.tags) != []
        model.show_document(None)
    assert said == []


def test_very_many_changes_at_once_start_afresh(
    model: TagsModel, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tags_model, "MANY_CHANGES", 3)
    tags = [tag for tag in document.tags if tag.id != "t0"]
    document.push(editing.delete_tags(document.session, document.pass_id, tags))
    assert [tag.id for tag in rows(model)] == ["t0"]


def test_names_follow_codebook_and_participants(model: TagsModel, document: Document) -> None:
    document.push(with_new_id(document.session, "question", "asking"))
    assert cell(model, 1, Column.CODE) == "Question"
    assert document.tags[1].code == "asking"
    old = document.session.participants[0]
    new = Participant("p1", ParticipantRole.THERAPIST, "T77")
    document.push(editing.replace_participant(document.session, old, new))
    assert cell(model, 0, Column.PARTICIPANT) == "T77"


@pytest.mark.parametrize(
    ("moment", "row"), [(-1, -1), (0, 0), (999_999, 0), (1_000_000, 1), (10**9, 5)]
)
def test_the_playhead_marks_the_tag_that_began_last(
    model: TagsModel, moment: int, row: int
) -> None:
    model.set_position(Micros(moment))
    assert model.row_at_playhead == row
    marked = [at for at in range(6) if model.index(at, 0).data(Role.AT_PLAYHEAD)]
    assert marked == ([row] if row >= 0 else [])


def test_the_playhead_tells_two_rows_and_no_more(model: TagsModel) -> None:
    model.set_position(Micros(1_500_000))
    told: list[int] = []
    model.dataChanged.connect(lambda first, _last, _roles: told.append(first.row()))
    model.set_position(Micros(1_600_000))
    assert told == []
    model.set_position(Micros(2_600_000))
    assert told == [1, 2]


def test_rows_are_found_by_id(model: TagsModel) -> None:
    assert [model.row_of(f"t{number}") for number in range(6)] == [0, 1, 2, 3, 4, 5]
    assert model.row_of("b0") is None


def test_a_typed_value_becomes_an_edit_that_can_be_undone(
    model: TagsModel, document: Document
) -> None:
    index = model.index(2, COLUMNS.index(Column.NOTE))
    assert model.setData(index, "sounds sad")
    assert document.tags[2].note == "sounds sad"
    assert document.undo_stack.undoText() == "note on Silence"
    document.undo_stack.undo()
    assert cell(model, 2, Column.NOTE) == ""


def test_numbers_stand_at_the_right_and_screen_readers_hear_the_column(model: TagsModel) -> None:
    start = model.index(0, COLUMNS.index(Column.START))
    alignment = start.data(Qt.ItemDataRole.TextAlignmentRole)
    assert alignment & Qt.AlignmentFlag.AlignRight
    assert start.data(Qt.ItemDataRole.AccessibleTextRole) == "Start 0:00:00.000"


def test_the_tester_that_watches_does_notice_a_lie(qtbot: QtBot, document: Document) -> None:
    assert qtbot

    class Liar(TagsModel):
        def columnCount(self, *_parent: object) -> int:
            return -1

    liar = Liar(document)
    with watched(liar) as said:
        liar.show_document(document)
    assert said != []

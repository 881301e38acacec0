"""Searching, ordering and copying in the table of tags."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QAbstractItemModelTester, QTest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import editing
from annotator.editing import transcripts
from annotator.gui.document import Document
from annotator.gui.panels.tag_cells import Column, Names
from annotator.gui.panels.tag_copies import as_table
from annotator.gui.panels.tags import TagsPanel
from annotator.gui.panels.tags_model import COLUMNS, TagsModel
from annotator.gui.theme import light
from annotator.model import Interval, Micros, Tag
from annotator.model.transcript import Cue, Transcript
from tests.support.documents import coded_session, open_document

DESCENDING = Qt.SortOrder.DescendingOrder
CODE = COLUMNS.index(Column.CODE)
LENGTH = COLUMNS.index(Column.LENGTH)


def ids(model: TagsModel) -> list[str]:
    found = (model.tag_at(row) for row in range(model.rowCount()))
    return [tag.id for tag in found if tag is not None]


def names(model: TagsModel) -> list[object]:
    return [model.index(row, CODE).data() for row in range(model.rowCount())]


def change_all(document: Document, model: TagsModel) -> None:
    """Add, move, rename and delete tags, and take all of it back, in whatever order is shown."""
    for number in range(4):
        document.add_tag("silence", Interval(Micros(number * 1_500_000), Micros(9_000_000)))
    session, pass_id = document.session, document.pass_id
    tag = document.tags[3]
    document.push(editing.recode_tag(session, pass_id, tag, "question", "2026-01-01T00:00:00Z"))
    tag = document.tags[1]
    document.push(
        editing.retime_tag(
            document.session, pass_id, tag, Micros(8_100_000), Micros(8_200_000), "2026"
        )
    )
    document.push(editing.delete_tags(document.session, pass_id, document.tags[:2]))
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    while document.undo_stack.canRedo():
        document.undo_stack.redo()
    assert model.rowCount() > 0


def test_each_order_stays_right_through_edits(qtbot: QtBot) -> None:
    with open_document(coded_session(12)) as document:
        for order in (Qt.SortOrder.AscendingOrder, DESCENDING):
            for column in range(len(COLUMNS)):
                model = TagsModel()
                model.show_document(document)
                tester = QAbstractItemModelTester(model)
                model.sort(column, order)
                change_all(document, model)
                kept = ids(model)
                model.sort(column, order)
                assert ids(model) == kept
                assert all(model.row_of(one) == row for row, one in enumerate(kept))
                model.show_document(None)
                assert tester.model() is model
                while document.undo_stack.canUndo():
                    document.undo_stack.undo()
    assert qtbot is not None


def test_what_is_searched_stays_right_through_edits(qtbot: QtBot) -> None:
    with open_document(coded_session(12)) as document:
        model = TagsModel()
        model.show_document(document)
        tester = QAbstractItemModelTester(model)
        model.search("silence")
        assert set(names(model)) == {"Silence"}
        change_all(document, model)
        assert set(names(model)) == {"Silence"}
        kept = ids(model)
        model.search("")
        model.search("silence")
        assert ids(model) == kept
        model.set_position(Micros(6_000_000))
        assert model.row_at_playhead < model.rowCount()
        model.show_document(None)
        assert tester.model() is model
    assert qtbot is not None


def test_the_panel_searches_as_one_types(qtbot: QtBot) -> None:
    with open_document(coded_session(30)) as document:
        panel = TagsPanel(light())
        qtbot.add_widget(panel)
        panel.resize(460, 500)
        panel.set_document(document)
        panel.show()
        panel.begin_search()
        QTest.keyClicks(panel.search, "silence")
        assert panel.model.rowCount() == 10
        assert any("10 of 30 tags" in text for text in texts(panel))
        QTest.keyClicks(panel.search, " zzz")
        assert any("No tag has all of that." in text for text in texts(panel))
        QTest.keyClick(panel.search, Qt.Key.Key_Escape)
        assert panel.model.rowCount() == 30
        panel.set_document(None)


def texts(panel: TagsPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(type(panel._empty))]


def test_a_click_on_a_heading_orders_and_another_turns_it_round(qtbot: QtBot) -> None:
    with open_document(coded_session(9)) as document:
        panel = TagsPanel(light())
        qtbot.add_widget(panel)
        panel.set_document(document)
        panel.select(frozenset({"t4"}))
        header = panel.view.horizontalHeader()
        assert header is not None
        header.sectionClicked.emit(CODE)
        first = names(panel.model)
        assert first == sorted(str(one) for one in first)
        header.sectionClicked.emit(CODE)
        assert names(panel.model) == first[::-1]
        row = panel.model.row_of("t4")
        selection = panel.view.selectionModel()
        assert selection is not None
        assert [index.row() for index in selection.selectedRows()] == [row]
        panel.set_document(None)


def test_what_is_copied_pastes_into_a_spreadsheet(qtbot: QtBot) -> None:
    with open_document(coded_session(9)) as document:
        panel = TagsPanel(light())
        qtbot.add_widget(panel)
        panel.set_document(document)
        panel.select(frozenset({"t2", "t0"}))
        QTest.keyClick(panel.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        clipboard = QApplication.clipboard()
        assert clipboard is not None
        lines = clipboard.text().splitlines()
        assert lines[0].split("\t") == [column.value for column in COLUMNS]
        assert [line.split("\t")[CODE] for line in lines[1:]] == ["Reflection", "Silence"]
        panel.set_document(None)


def test_no_note_becomes_a_formula_or_another_row() -> None:
    notes = ("=1+1", "-2", 'says "no"', "two\nlines", "a\tb", "plain")
    tags = [Tag(str(at), "x", Micros(0), Micros(0), note=note) for at, note in enumerate(notes)]
    written = as_table(tags, (Column.NOTE,), Names())
    assert written == ('Note\n\'=1+1\n\'-2\n"says ""no"""\n"two\nlines"\n"a\tb"\nplain\n')


@pytest.mark.usefixtures("qtbot")
def test_what_is_said_is_searched_as_it_is_corrected() -> None:
    cue = Cue("c", Micros(0), Micros(1_500_000), "warm")
    with open_document(coded_session(9)) as document:
        model = TagsModel()
        model.show_document(document)
        talk = Transcript("t", (cue,))
        document.push(transcripts.add_transcript(document.session, talk))
        model.search("said:warm")
        assert ids(model) == ["t0", "t1"]
        document.push(transcripts.set_cue_text(document.session, "t", cue, "cold"))
        assert ids(model) == []
        document.undo_stack.undo()
        assert ids(model) == ["t0", "t1"]
        document.undo_stack.undo()
        assert ids(model) == []
        model.show_document(None)

"""Several tags changed at once in the table, as one step."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from annotator import editing
from annotator.gui.document import Document
from annotator.gui.panels.tag_cells import Column
from annotator.gui.panels.tags import TagsPanel
from annotator.gui.panels.tags_model import COLUMNS
from annotator.gui.theme import Theme
from annotator.model import Attribute, Choice, Code, Micros, Tag
from tests.support.documents import coded_session, open_document

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme, document: Document) -> TagsPanel:
    made = TagsPanel(theme)
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.set_document(document)
    made.show()
    return made


def change(panel: TagsPanel, row: int, column: Column, value: str) -> bool:
    return panel.model.setData(panel.model.index(row, COLUMNS.index(column)), value)


def test_all_selected_tags_get_the_code_in_one_step(panel: TagsPanel, document: Document) -> None:
    before = document.session
    codes = [tag.code for tag in document.tags]
    other = next(one for one in codes if one != codes[0])
    panel.select(frozenset({"t0", "t2"}))
    assert change(panel, 0, Column.CODE, other)
    assert [tag.code for tag in document.tags if tag.id in {"t0", "t2"}] == [other, other]
    assert [tag.code for tag in document.tags][1] == codes[1]
    assert document.undo_stack.undoText() == "code of 2 tags"
    document.undo_stack.undo()
    assert document.session == before


def test_a_tag_that_is_not_selected_is_changed_alone(panel: TagsPanel, document: Document) -> None:
    panel.select(frozenset({"t0", "t2"}))
    assert change(panel, 1, Column.NOTE, "mine")
    assert [tag.note for tag in document.tags][:3].count("mine") == 1


def test_a_note_of_its_own_is_not_written_over(panel: TagsPanel, document: Document) -> None:
    time = "2026-01-01T00:00:00Z"
    second = document.tags[1]
    edit = editing.annotate_tag(document.session, document.pass_id, second, "kept", time)
    document.push(edit)
    panel.select(frozenset({"t0", "t1", "t2"}))
    assert change(panel, 0, Column.NOTE, "for all")
    notes = {tag.id: tag.note for tag in document.tags}
    assert [notes["t0"], notes["t1"], notes["t2"]] == ["for all", "kept", "for all"]


def test_where_one_cannot_be_changed_none_is(
    qtbot: QtBot, panel: TagsPanel, document: Document
) -> None:
    before = document.session
    panel.select(frozenset(tag.id for tag in document.tags))
    with qtbot.wait_signal(panel.refused) as told:
        assert not change(panel, 0, Column.PARTICIPANT, "nobody there")
    assert "None of the" in told.args[0]
    assert document.session == before


def test_the_menu_offers_what_can_be_changed(qtbot: QtBot, panel: TagsPanel) -> None:
    panel.select(frozenset({"t0", "t2"}))
    menu = panel.view.change_menu()
    actions = menu.actions()
    assert [one.text() for one in actions][:3] == [
        "Change code…",
        "Change participant…",
        "Change note…",
    ]
    actions[2].trigger()
    assert panel.view.is_editing
    assert panel.selected == {"t0", "t2"}
    qtbot.wait_until(lambda: panel.view.is_editing)


def test_a_search_follows_to_a_session_with_the_same_codebook(
    panel: TagsPanel, document: Document
) -> None:
    panel.search.setText("hello")
    assert panel.model.rowCount() == 0
    with open_document(replace(coded_session(2), codebook=document.session.codebook)) as other:
        first, time = other.tags[0], "2026-01-01T00:00:00Z"
        other.push(editing.annotate_tag(other.session, other.pass_id, first, "hello", time))
        panel.set_document(other)
        assert panel.model.rowCount() == 1
        panel.set_document(None)


def test_columns_are_chosen_and_kept(panel: TagsPanel) -> None:
    view, place = panel.view, COLUMNS.index(Column.ATTRIBUTES)
    assert view.isColumnHidden(place)
    assert view.hidden_columns == ["Attributes"]
    columns = {one.text(): one for one in view.columns_menu().actions()}
    columns["Attributes"].trigger()
    columns["End"].trigger()
    assert not view.isColumnHidden(place)
    assert view.isColumnHidden(COLUMNS.index(Column.END))
    view.hide_columns(["Attributes", "Code"])
    assert view.hidden_columns == ["Attributes"]  # a table without codes would say nothing


def test_attributes_are_told_in_the_words_of_the_codebook(panel: TagsPanel) -> None:
    names = panel.model.names
    depth = Attribute("depth", "Depth", (Choice("low", "not deep"),))
    codes = {"x": Code("x", "X", attributes=(depth,))}
    tag = Tag("t", "x", Micros(0), Micros(0), attributes={"depth": "low", "old": "gone"})
    assert replace(names, codes=codes).attribute_words(tag) == "Depth: not deep, old: gone"

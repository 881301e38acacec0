"""Values the table does not take, and sessions in which it takes none."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.gui.document import Document
from annotator.gui.panels.tag_cells import Column
from annotator.gui.panels.tags_model import COLUMNS, TagsModel


@pytest.fixture
def model(document: Document) -> TagsModel:
    made = TagsModel(document)
    made.show_document(document)
    return made


def test_a_bad_time_is_refused_and_nothing_changes(
    qtbot: QtBot, model: TagsModel, document: Document
) -> None:
    before = document.session
    index = model.index(2, COLUMNS.index(Column.END))
    with qtbot.wait_signal(model.refused) as told:
        assert not model.setData(index, "half past nine")
    assert '"half past nine" is not a time' in told.args[0]
    assert document.session is before
    assert document.undo_stack.count() == 0


def test_the_pass_of_another_coder_is_for_looking_only(
    model: TagsModel, document: Document
) -> None:
    document.show_pass("pass2")
    assert "coder B" in model.why_not
    assert not model.index(0, 0).flags() & Qt.ItemFlag.ItemIsEditable
    document.show_pass("pass1")
    assert model.why_not == ""
    assert model.index(0, 0).flags() & Qt.ItemFlag.ItemIsEditable


def test_the_length_follows_from_the_ends_and_is_not_typed(model: TagsModel) -> None:
    index = model.index(2, COLUMNS.index(Column.LENGTH))
    assert not index.flags() & Qt.ItemFlag.ItemIsEditable


def test_without_a_session_there_is_nothing_to_change(qapp: object) -> None:
    assert qapp
    model = TagsModel()
    assert model.rowCount() == 0
    assert model.why_not == "No session is open."
    assert not model.setData(model.index(0, 0), "1")
    assert model.row_of("t0") is None

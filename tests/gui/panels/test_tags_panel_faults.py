"""What the table says where it cannot do what is asked."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from annotator.gui.document import Document
from annotator.gui.panels.tag_cells import Column
from annotator.gui.panels.tags import TagsPanel
from annotator.gui.panels.tags_model import COLUMNS
from annotator.gui.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme, document: Document) -> TagsPanel:
    made = TagsPanel(theme)
    qtbot.addWidget(made)
    made.set_document(document)
    made.show()
    return made


def test_a_note_without_a_selected_tag(qtbot: QtBot, panel: TagsPanel) -> None:
    with qtbot.wait_signal(panel.refused) as told:
        panel.edit_note()
    assert told.args == ["Select a tag first."]


def test_a_note_on_the_tag_of_another_coder(
    qtbot: QtBot, panel: TagsPanel, document: Document
) -> None:
    document.show_pass("pass2")
    panel.select(frozenset({"b0"}))
    with qtbot.wait_signal(panel.refused) as told:
        panel.edit_note()
    assert "coder B" in told.args[0]


def test_a_time_that_is_none_is_refused_and_the_cell_shows_the_old_one(
    qtbot: QtBot, panel: TagsPanel
) -> None:
    index = panel.model.index(2, COLUMNS.index(Column.END))
    panel.view.edit_cell(index)
    editor = panel.view.findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "later")
    with qtbot.wait_signal(panel.refused) as told:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert '"later" is not a time' in told.args[0]
    assert index.data() == "0:00:02.500"

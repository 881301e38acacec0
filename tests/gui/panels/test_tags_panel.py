"""The table under real keys and mouse."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PyQt6.QtGui import QAction, QFont
from PyQt6.QtWidgets import QApplication, QLineEdit, QStyleOptionHeaderV2
from pytestqt.qtbot import QtBot

from annotator import editing
from annotator.gui.document import Document
from annotator.gui.panels.column_widths import fitted, narrowest
from annotator.gui.panels.tag_cells import Column
from annotator.gui.panels.tag_choosers import Chooser
from annotator.gui.panels.tag_delegates import pencil_box
from annotator.gui.panels.tags import NO_SESSION, NO_TAGS, TagsPanel, count_words, runs_of
from annotator.gui.panels.tags_model import COLUMNS
from annotator.gui.panels.tags_view import TagsHeader
from annotator.gui.theme import Theme, dark
from annotator.model import Interval, Micros
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


def cell(panel: TagsPanel, row: int, column: Column) -> QModelIndex:
    return panel.model.index(row, COLUMNS.index(column))


def point(panel: TagsPanel, row: int, column: Column) -> QPoint:
    return panel.view.visualRect(cell(panel, row, column)).center()


def test_clicks_select_tags_and_say_so(qtbot: QtBot, panel: TagsPanel) -> None:
    port = panel.view.viewport()
    with qtbot.wait_signals([panel.selection_changed, panel.tag_selected]) as told:
        qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=point(panel, 1, Column.CODE))
    assert [one.args[0] for one in told.all_signals_and_args] == [frozenset({"t1"}), "t1"]
    shift = Qt.KeyboardModifier.ShiftModifier
    spot = point(panel, 3, Column.CODE)
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, shift, spot)
    assert panel.selected == {"t1", "t2", "t3"}


def test_selecting_from_outside_is_shown_and_not_told(qtbot: QtBot, panel: TagsPanel) -> None:
    with qtbot.assert_not_emitted(panel.selection_changed):
        panel.select(frozenset({"t0", "t4", "gone"}))
    assert panel.selected == {"t0", "t4"}
    chosen = {index.row() for index in panel.view.selectionModel().selectedRows()}
    assert chosen == {0, 4}


def test_the_selection_survives_edits_and_shrinks_with_them(
    qtbot: QtBot, panel: TagsPanel, document: Document
) -> None:
    panel.select(frozenset({"t2", "t3"}))
    document.add_tag("reflection", Interval(Micros(1), Micros(1)))
    assert panel.selected == {"t2", "t3"}
    gone = document.tag("t2")
    with qtbot.wait_signal(panel.selection_changed) as told:
        document.push(editing.delete_tags(document.session, document.pass_id, [gone]))
    assert told.args == [frozenset({"t3"})]


def test_another_pass_is_shown_and_empties_the_selection(
    qtbot: QtBot, panel: TagsPanel, document: Document
) -> None:
    panel.select(frozenset({"t2"}))
    with qtbot.wait_signal(panel.selection_changed) as told:
        document.show_pass("pass2")
    assert told.args == [frozenset()]
    assert panel.model.rowCount() == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_goes_to_the_current_tag(qtbot: QtBot, panel: TagsPanel, key: Qt.Key) -> None:
    panel.select(frozenset({"t4"}))
    with qtbot.wait_signal(panel.tag_activated) as told:
        qtbot.keyClick(panel.view, key)
    assert told.args == ["t4"]


def test_a_double_click_on_a_start_goes_there_and_edits_nothing(
    qtbot: QtBot, panel: TagsPanel
) -> None:
    port, spot = panel.view.viewport(), point(panel, 3, Column.START)
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=spot)
    with qtbot.wait_signal(panel.tag_activated) as told:
        qtbot.mouseDClick(port, Qt.MouseButton.LeftButton, pos=spot)
    assert told.args == ["t3"]
    assert not panel.view.is_editing


def test_the_pencil_lets_another_start_be_typed(
    qtbot: QtBot, panel: TagsPanel, document: Document
) -> None:
    box = pencil_box(panel.view.visualRect(cell(panel, 0, Column.START)))
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    qtbot.wait_until(lambda: panel.view.is_editing)
    editor = panel.view.findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "3.5")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.wait_until(lambda: document.tag("t0").start == 3_500_000)
    assert panel.selected == {"t0"}


def test_control_enter_edits_the_current_cell(qtbot: QtBot, panel: TagsPanel) -> None:
    panel.view.setCurrentIndex(cell(panel, 2, Column.END))
    qtbot.keyClick(panel.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert panel.view.is_editing
    assert panel.view.findChild(QLineEdit).text() == "0:00:02.500"


def test_f2_writes_a_note_on_the_selected_tag(
    qtbot: QtBot, panel: TagsPanel, document: Document
) -> None:
    panel.select(frozenset({"t5"}))
    qtbot.keyClick(panel.view, Qt.Key.Key_F2)
    editor = panel.view.findChild(QLineEdit)
    qtbot.keyClicks(editor, "smiles")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.wait_until(lambda: not panel.view.is_editing)
    tag = document.tag("t5")
    assert tag is not None
    assert tag.note == "smiles"


def test_letters_in_the_table_stay_keys_of_codes(
    qtbot: QtBot, panel: TagsPanel, document: Document
) -> None:
    action = QAction("Silence", panel)
    action.setShortcut("s")
    panel.addAction(action)
    panel.select(frozenset({"t0"}))
    panel.activateWindow()
    panel.view.setFocus()
    qtbot.wait_until(lambda: QApplication.focusWidget() is panel.view)
    with qtbot.wait_signal(action.triggered):
        qtbot.keyClick(panel.view, Qt.Key.Key_S)
    qtbot.keyClicks(panel.view, "q0")
    assert not panel.view.is_editing
    assert panel.selected == {"t0"}
    assert document.undo_stack.count() == 0


def test_a_code_is_chosen_from_a_list_by_its_own_key(
    qtbot: QtBot, panel: TagsPanel, document: Document
) -> None:
    assert panel.view.edit_cell(cell(panel, 0, Column.CODE))
    chooser = panel.view.findChild(Chooser)
    qtbot.wait_until(lambda: chooser.view().isVisible())
    assert chooser.itemText(1) == "Question   [Q]"
    qtbot.keyClick(chooser.view(), Qt.Key.Key_Q)
    assert document.tag("t0").code == "question"
    qtbot.wait_until(lambda: not panel.view.is_editing)


def test_a_list_closed_without_a_choice_changes_nothing(
    qtbot: QtBot, panel: TagsPanel, document: Document
) -> None:
    assert panel.view.edit_cell(cell(panel, 0, Column.PARTICIPANT))
    chooser = panel.view.findChild(Chooser)
    qtbot.wait_until(lambda: chooser.view().isVisible())
    qtbot.keyClick(chooser.view(), Qt.Key.Key_Down)
    qtbot.keyClick(chooser.view(), Qt.Key.Key_Escape)
    qtbot.wait_until(lambda: not panel.view.is_editing)
    assert document.undo_stack.count() == 0


def test_a_participant_is_chosen_with_enter(
    qtbot: QtBot, panel: TagsPanel, document: Document
) -> None:
    assert panel.view.edit_cell(cell(panel, 0, Column.PARTICIPANT))
    chooser = panel.view.findChild(Chooser)
    qtbot.wait_until(lambda: chooser.view().isVisible())
    qtbot.keyClick(chooser.view(), Qt.Key.Key_Down)
    qtbot.keyClick(chooser.view(), Qt.Key.Key_Return)
    qtbot.wait_until(lambda: document.tag("t0").participant == "p2")


def test_passes_are_listed_own_first_and_can_be_looked_at(
    qtbot: QtBot, panel: TagsPanel, document: Document
) -> None:
    combo = panel.passes
    texts = [combo.itemText(place) for place in range(combo.count())]
    assert texts == ["Coder A · primary · you", "Coder B · double"]
    with qtbot.wait_signal(document.pass_changed):
        combo.setCurrentIndex(1)
        combo.activated.emit(1)
    assert document.coding_pass.coder == "B"
    assert panel._count.text() == "1 tag · view only"
    combo.activated.emit(0)
    assert document.coding_pass.coder == "A"
    assert panel._count.text() == "6 tags"


def test_a_coder_without_pass_can_look_at_others_and_come_back(qtbot: QtBot, theme: Theme) -> None:
    with open_document(coded_session(2), "C") as document:
        panel = TagsPanel(theme)
        qtbot.addWidget(panel)
        panel.set_document(document)
        assert panel.passes.itemText(0) == "Coder C · new · you"
        assert panel._empty.text() == NO_TAGS
        panel.passes.activated.emit(1)
        assert document.coding_pass.coder == "A"
        panel.passes.activated.emit(0)
        document.add_tag("reflection", Interval(Micros(7), Micros(7)))
        assert document.coding_pass.coder == "C"
        assert panel.passes.currentText() == "Coder C · double · you"
        panel.set_document(None)
    assert panel._empty.text() == NO_SESSION


def test_the_table_follows_the_playhead_only_while_it_is_in_sight(
    qtbot: QtBot, theme: Theme
) -> None:
    with open_document(coded_session(200)) as document:
        panel = TagsPanel(theme)
        qtbot.addWidget(panel)
        panel.resize(700, 300)
        panel.set_document(document)
        panel.show()
        panel.show_position(Micros(1_000_000))
        bar = panel.view.verticalScrollBar()
        panel.show_position(Micros(20_000_000))
        followed = bar.value()
        assert followed > 0
        bar.setValue(bar.maximum())
        panel.show_position(Micros(30_000_000))
        assert bar.value() == bar.maximum()
        assert panel.selected == frozenset()
        panel.set_document(None)


def test_other_colours_leave_the_table_at_work(
    qtbot: QtBot, panel: TagsPanel, document: Document
) -> None:
    panel.set_theme(dark())
    panel.select(frozenset({"t1"}))
    panel.edit_note()
    editor = panel.view.findChild(QLineEdit)
    qtbot.keyClicks(editor, "n")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.wait_until(lambda: not panel.view.is_editing)
    tag = document.tag("t1")
    assert tag is not None
    assert tag.note == "n"


@pytest.mark.parametrize(
    ("count", "selected", "words"),
    [(0, 0, "0 tags"), (1, 1, "1 tag"), (34, 3, "34 tags, 3 selected"), (10000, 0, "10,000 tags")],
)
def test_counts_in_words(count: int, selected: int, words: str) -> None:
    assert count_words(count, selected) == words


def test_rows_gather_into_runs() -> None:
    assert runs_of([]) == []
    assert runs_of([1, 2, 3, 7, 9, 10]) == [(1, 3), (7, 7), (9, 10)]


@pytest.mark.parametrize("width", [420, 600, 900])
def test_all_columns_share_the_width(panel: TagsPanel, width: int) -> None:
    panel.view.setFont(tiny(panel.view.font()))  # what fonts a machine has must not matter
    panel.resize(width, 400)
    panel.view.fit_columns()
    header = panel.view.horizontalHeader()
    assert header.length() == panel.view.viewport().width()
    assert panel.view.isColumnHidden(COLUMNS.index(Column.LENGTH)) == (width < 600)


def tiny(font: QFont) -> QFont:
    font.setPixelSize(9)
    return font


NATURAL = {
    Column.START: 110,
    Column.END: 100,
    Column.LENGTH: 80,
    Column.CODE: 190,
    Column.PARTICIPANT: 100,
    Column.NOTE: 120,
}


def test_in_a_wide_table_the_note_gets_what_is_over() -> None:
    assert fitted(1000, NATURAL) == {**NATURAL, Column.NOTE: 420}


def test_in_a_narrow_table_the_length_goes_first_and_the_rest_fills_the_room() -> None:
    for room in (620, 560, 500, 460):
        widths = fitted(room, NATURAL)
        assert Column.LENGTH not in widths
        assert sum(widths.values()) == room
    assert fitted(620, NATURAL)[Column.CODE] == 190


def test_in_a_small_table_the_end_goes_too_and_then_the_participant() -> None:
    assert Column.END not in fitted(430, NATURAL)
    assert Column.PARTICIPANT in fitted(430, NATURAL)
    least = narrowest(NATURAL)
    assert list(fitted(least, NATURAL)) == [Column.START, Column.CODE, Column.NOTE]
    assert sum(fitted(least, NATURAL).values()) == least


def test_in_a_tiny_table_columns_keep_a_least_width() -> None:
    widths = fitted(100, NATURAL)
    assert widths[Column.CODE] >= 100
    assert sum(widths.values()) > 100


@pytest.mark.parametrize(("width", "words"), [(420, "Part."), (1400, "Participant")])
def test_a_heading_without_room_is_short_and_not_cut(
    panel: TagsPanel, width: int, words: str
) -> None:
    panel.resize(width, 400)
    header = panel.view.horizontalHeader()
    assert isinstance(header, TagsHeader)
    option = QStyleOptionHeaderV2()
    header.initStyleOption(option)
    header.initStyleOptionForIndex(option, COLUMNS.index(Column.PARTICIPANT))
    assert option.text == words


def test_times_make_room_for_hours_only_where_there_are_hours(panel: TagsPanel) -> None:
    panel.resize(1400, 400)
    short = panel.view.columnWidth(COLUMNS.index(Column.START))
    panel.view.set_hours(hours=True)
    assert panel.view.columnWidth(COLUMNS.index(Column.START)) > short
    assert panel.view.horizontalHeader().length() == panel.view.viewport().width()


def test_editors_are_wide_enough_for_what_is_typed(panel: TagsPanel) -> None:
    panel.resize(420, 400)
    for column, text in ((Column.END, "00:00:00.000"), (Column.NOTE, "He says it for the first")):
        assert panel.view.edit_cell(cell(panel, 1, column))
        editor = panel.view.findChild(QLineEdit)
        assert editor.width() > editor.fontMetrics().horizontalAdvance(text)
        assert panel.view.viewport().rect().contains(editor.geometry())
        panel.view.setCurrentIndex(cell(panel, 2, Column.CODE))
        editor.deleteLater()
        QApplication.sendPostedEvents(editor, QEvent.Type.DeferredDelete)


def test_the_chooser_of_passes_has_room_for_its_words(panel: TagsPanel) -> None:
    panel.passes.addItem("Coder with quite some initials · primary · you")
    longest = panel.passes.count() - 1
    panel.passes.setCurrentIndex(longest)
    needed = panel.passes.fontMetrics().horizontalAdvance(panel.passes.itemText(longest))
    assert panel.passes.sizeHint().width() > needed

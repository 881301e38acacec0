"""The codes at the side of the film."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from annotator import editing
from annotator.editing.marking import RunningSpan
from annotator.gui.actions import Actions
from annotator.gui.document import Document
from annotator.gui.panels.code_words import code_description, code_tip, elapsed_text
from annotator.gui.panels.codes import NOTHING_OPEN, CodesPanel, count_differences, grouped
from annotator.gui.theme import Theme, dark
from annotator.model import Code, Codebook, CodeKind, Group, Interval, Micros, Speaker
from tests.support.edits import BOOK, edits, sessions

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme, document: Document) -> CodesPanel:
    made = CodesPanel(theme)
    qtbot.addWidget(made)
    actions = Actions(made)
    actions.set_codebook(BOOK)
    made.actions_table = actions
    made.show_codebook(BOOK, actions.by_code)
    made.show_counts(document.tags)
    return made


def test_codes_stand_under_their_groups_in_the_order_of_the_book() -> None:
    book = Codebook(
        "b",
        "1",
        "B",
        groups=(Group("x", "Later"), Group("y", "First?")),
        codes=(Code("loose", "Loose"), Code("b", "B", group="y"), Code("a", "A", group="x")),
    )
    found = [(head, [code.id for code in codes]) for head, codes in grouped(book, book.codes)]
    assert found == [("Later", ["a"]), ("First?", ["b"]), ("Other", ["loose"])]


def test_without_groups_there_are_no_headings() -> None:
    book = Codebook("b", "1", "B", codes=(Code("a", "A"), Code("b", "B")))
    assert [head for head, _ in grouped(book, book.codes)] == [""]


def test_a_click_or_enter_presses_the_code(qtbot: QtBot, panel: CodesPanel) -> None:
    pressed = panel.actions_table.code_pressed
    with qtbot.wait_signal(pressed) as told:
        qtbot.mouseClick(panel.button("silence"), Qt.MouseButton.LeftButton)
    assert told.args == ["silence"]
    with qtbot.wait_signal(pressed) as told:
        qtbot.keyClick(panel.button("question"), Qt.Key.Key_Return)
    assert told.args == ["question"]


def test_a_code_that_cannot_be_pressed_is_greyed(panel: CodesPanel) -> None:
    panel.actions_table.by_code["silence"].setEnabled(False)
    assert not panel.button("silence").isEnabled()
    assert panel.button("reflection").isEnabled()


def test_counts_follow_changes_and_undo(panel: CodesPanel, document: Document) -> None:
    document.changed.connect(lambda changes: panel.apply_changes(changes, document.pass_id))
    assert panel.button("reflection").count == 2
    document.add_tag("reflection", Interval(Micros(9), Micros(9)))
    assert panel.button("reflection").count == 3
    tag = document.tag("t0")
    edit = editing.recode_tag(document.session, document.pass_id, tag, "question", "2026")
    document.push(edit)
    assert (panel.button("reflection").count, panel.button("question").count) == (2, 3)
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert panel.button("reflection").count == 2


@given(st.data())
def test_counting_changes_is_counting_afresh(data: st.DataObject) -> None:
    before = data.draw(sessions())
    edit = data.draw(edits(before))
    after = edit.apply(before)
    for pass_id in {one.id for one in (*before.passes, *after.passes)}:
        counts = count_differences(edit.changes, pass_id)
        for code in {*counts, *(code.id for code in before.codebook.codes)}:
            was, now = (
                sum(tag.code == code for tag in one.tags) if one else 0
                for one in (before.coding_pass(pass_id), after.coding_pass(pass_id))
            )
            assert now - was == counts[code]


def test_a_running_stretch_shows_its_time_and_says_it_once(panel: CodesPanel) -> None:
    button = panel.button("silence")
    panel.set_running((RunningSpan("silence", Micros(1_000_000)),), Micros(5_250_000))
    assert button.running_text == "running 0:04.2"
    assert button.accessibleName() == "Silence, running, 2 tags"
    panel.set_running((), Micros(6_000_000))
    assert button.running_text == ""
    assert button.accessibleName() == "Silence, 2 tags"


@pytest.mark.parametrize(
    ("start", "position", "text"),
    [
        (0, 0, "0:00.0"),
        (0, 4_299_999, "0:04.2"),
        (65_000_000, 0, "1:05.0"),
        (0, 10**10, "166:40.0"),
    ],
)
def test_elapsed_time_counts_either_way(start: int, position: int, text: str) -> None:
    assert elapsed_text(Micros(start), Micros(position)) == text


def test_the_full_meaning_can_be_read_and_heard() -> None:
    code = Code(
        "r",
        "Reflection <simple>",
        key="r",
        speaker=Speaker.THERAPIST,
        definition="Gives back.",
        example="You are tired.",
        counter_example="Are you tired?",
    )
    assert "Reflection &lt;simple&gt;" in code_tip(code)
    words = code_description(code)
    assert words.startswith("Gives back. Example: You are tired. Not: Are you tired?")
    assert "Marks a moment: press once. Of the therapist. Key r." in words


def test_codes_draw_closer_together_where_room_is_short(qtbot: QtBot, theme: Theme) -> None:
    codes = tuple(Code(f"c{at}", f"Code {at}", kind=CodeKind.SPAN) for at in range(14))
    book = Codebook("b", "1", "A book", notice="Mind this.", codes=codes)
    panel = CodesPanel(theme)
    qtbot.addWidget(panel)
    actions = Actions(panel)
    actions.set_codebook(book)
    panel.show_codebook(book, actions.by_code)
    panel.resize(250, 900)
    panel.show()
    roomy = panel.button("c0").sizeHint().height()
    panel.resize(250, 500)
    assert panel.button("c0").sizeHint().height() < roomy
    assert not panel.grab().isNull()
    panel.set_theme(dark())
    assert not panel.grab().isNull()


def test_the_notice_of_the_book_unfolds(panel: CodesPanel) -> None:
    book = Codebook("b", "2", "A book", notice="No published instrument.", unit="an utterance")
    panel.show_codebook(book, {})
    footer = panel.footer
    assert footer.text.isHidden()
    footer.button.setChecked(True)
    assert not footer.text.isHidden()
    assert "No published instrument." in footer.text.text()
    assert "an utterance" in footer.text.text()


def test_without_a_session_the_panel_says_what_to_do(panel: CodesPanel) -> None:
    panel.show_codebook(None, {})
    assert panel.button("silence") is None
    assert NOTHING_OPEN in [label.text() for label in panel.findChildren(QLabel)]


def test_a_key_that_is_lent_is_not_shown(panel: CodesPanel) -> None:
    button = panel.button("silence")
    assert button is not None
    action = panel.actions_table.by_code["silence"]
    action.setShortcuts([])
    assert button.key == ""
    action.setShortcut("S")
    assert button.key == "S"

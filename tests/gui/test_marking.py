"""The keys of codes in the whole program: held, in a row, without a name, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import editing
from annotator.gui.app import Program
from annotator.gui.desk import Desk
from annotator.model.coding import UNNAMED
from annotator.model.time import SECOND, Interval, Micros
from annotator.model.way import Way
from annotator.storage.sample import copy_sample
from tests.support.programs import Answers, open_and_wait, running_program

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
START = Micros(60 * SECOND)


@pytest.fixture
def program(qtbot: QtBot) -> Iterator[Program]:
    with running_program(qtbot, Answers(), coder="A") as program:
        yield program


@pytest.fixture
def desk(qtbot: QtBot, program: Program, tmp_path: Path) -> Desk:
    desk = open_and_wait(qtbot, program, copy_sample(tmp_path / "s"))
    go(qtbot, program, START)
    return desk


def go(qtbot: QtBot, program: Program, moment: Micros) -> None:
    program.player.seek(moment)
    qtbot.wait_until(lambda: program.player.position == moment)


def press(
    program: Program, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(program.window.parts.picture, key, held)


def steps(qtbot: QtBot, program: Program, count: int) -> None:
    there = Micros(program.player.position + count * 40_000)
    for _ in range(count):
        press(program, Qt.Key.Key_Right)
    qtbot.wait_until(lambda: program.player.position == there)


def codes(desk: Desk) -> list[str]:
    return [tag.code for tag in desk.document.tags if tag.start >= START]


def test_a_key_that_marks_while_it_is_held(qtbot: QtBot, program: Program, desk: Desk) -> None:
    picture = program.window.parts.picture
    program.choosing.choose("usual_way", Way.HOLD)
    before = len(desk.document.tags)
    QTest.keyPress(picture, Qt.Key.Key_U)
    assert desk.tagging.is_held("summary")
    QTest.keyPress(picture, Qt.Key.Key_U)  # as a key repeats
    steps(qtbot, program, 20)
    QTest.keyRelease(picture, Qt.Key.Key_U)
    qtbot.wait_until(lambda: not desk.tagging.running)
    (tag,) = desk.selected
    assert (tag.code, tag.start, tag.end) == ("summary", START, START + 20 * 40_000)
    assert len(desk.document.tags) == before + 1
    press(program, Qt.Key.Key_Z, CTRL)
    assert [span.code_id for span in desk.tagging.running] == ["summary"]
    press(program, Qt.Key.Key_Z, CTRL)
    assert not desk.tagging.running
    press(program, Qt.Key.Key_Y, CTRL)
    press(program, Qt.Key.Key_Y, CTRL)
    assert desk.document.tag(tag.id) == tag
    assert not desk.tagging.running


def test_a_held_mark_that_is_back_by_undo_ends_at_the_next_press(
    qtbot: QtBot, program: Program, desk: Desk
) -> None:
    program.choosing.choose("usual_way", Way.HOLD)
    QTest.keyPress(program.window.parts.picture, Qt.Key.Key_U)
    steps(qtbot, program, 10)
    QTest.keyRelease(program.window.parts.picture, Qt.Key.Key_U)
    qtbot.wait_until(lambda: not desk.tagging.running)
    press(program, Qt.Key.Key_Z, CTRL)
    steps(qtbot, program, 10)
    press(program, Qt.Key.Key_U)
    qtbot.wait_until(lambda: not desk.tagging.running)
    assert [tag.interval.length for tag in desk.selected] == [20 * 40_000]


def test_a_held_key_ends_when_the_window_is_left(
    qtbot: QtBot, program: Program, desk: Desk
) -> None:
    program.choosing.choose("usual_way", Way.HOLD)
    QTest.keyPress(program.window.parts.picture, Qt.Key.Key_U)
    steps(qtbot, program, 10)
    QApplication.sendEvent(program.window, QEvent(QEvent.Type.WindowDeactivate))
    qtbot.wait_until(lambda: not desk.tagging.running)
    assert [tag.interval.length for tag in desk.selected] == [10 * 40_000]


def test_what_is_clicked_is_never_held(qtbot: QtBot, program: Program, desk: Desk) -> None:
    program.choosing.choose("usual_way", Way.HOLD)
    button = program.window.parts.codes.button("summary")
    assert button is not None
    button.click()
    assert [span.held for span in desk.tagging.running] == [False]
    steps(qtbot, program, 3)
    button.click()
    assert [tag.code for tag in desk.selected] == ["summary"]


def test_in_a_sequence_each_code_ends_the_one_before(
    qtbot: QtBot, program: Program, desk: Desk
) -> None:
    group = {"reflection", "summary"}
    codes_panel = program.window.parts.codes
    for code_id in group:
        codes_panel.way_asked.emit(code_id, Way.SEQUENCE)
    assert desk.tagging.ways.by_code["summary"] is Way.SEQUENCE
    press(program, Qt.Key.Key_R)
    steps(qtbot, program, 5)
    press(program, Qt.Key.Key_U)
    (tag,) = desk.selected
    assert tag.code == "reflection"
    assert desk.tagging.running[0].start == tag.end
    press(program, Qt.Key.Key_Backspace)
    assert [span.code_id for span in desk.tagging.running] == ["reflection"]
    codes_panel.way_asked.emit("summary", "kind")
    assert "summary" not in desk.tagging.ways.by_code


def test_codes_of_a_group_end_each_other_where_that_is_chosen(
    qtbot: QtBot, program: Program, desk: Desk
) -> None:
    panel = program.window.parts.codes
    program.choosing.choose("usual_way", Way.PRESSES)
    panel.exclusive_asked.emit("reflections")
    press(program, Qt.Key.Key_R)
    steps(qtbot, program, 4)
    press(program, Qt.Key.Key_U)
    assert [span.code_id for span in desk.tagging.running] == ["summary"]
    panel.exclusive_asked.emit("reflections")
    steps(qtbot, program, 4)
    press(program, Qt.Key.Key_R)
    assert [span.code_id for span in desk.tagging.running] == ["summary", "reflection"]


def test_what_is_marked_now_is_named_later(qtbot: QtBot, program: Program, desk: Desk) -> None:
    press(program, Qt.Key.Key_M, CTRL | SHIFT)
    assert desk.tagging.ways.by_code[UNNAMED] is Way.SEQUENCE
    press(program, Qt.Key.Key_Space)
    for _ in range(2):
        steps(qtbot, program, 5)
        press(program, Qt.Key.Key_Space)
    steps(qtbot, program, 5)
    press(program, Qt.Key.Key_M, CTRL | SHIFT)
    unnamed = [tag for tag in desk.document.tags if tag.code == UNNAMED]
    assert [tag.interval.length for tag in unnamed] == [200_000] * 3
    assert not desk.tagging.running
    assert not program.player.is_playing
    desk.go_to(unnamed[0].id)
    press(program, Qt.Key.Key_R)
    assert [tag.code for tag in desk.document.tags if tag.id == unnamed[0].id] == ["reflection"]
    assert desk.selected[0].id == unnamed[1].id
    press(program, Qt.Key.Key_S)
    assert [tag.code for tag in desk.document.tags].count(UNNAMED) == 1


def test_the_last_mark_is_given_to_a_participant_by_key(
    qtbot: QtBot, program: Program, desk: Desk
) -> None:
    second = program.window.parts.codes.second
    assert not second.texts
    press(program, Qt.Key.Key_R)
    qtbot.wait_until(lambda: bool(second.texts))
    said = [text.split() for text in second.texts]
    assert said == [["✓", "T01", "Alt+1"], ["C01", "Alt+2"], ["nobody", "Alt+0"]]
    press(program, Qt.Key.Key_2, ALT)
    assert [tag.participant for tag in desk.selected] == ["client"]
    press(program, Qt.Key.Key_0, ALT)
    assert [tag.participant for tag in desk.selected] == [""]
    press(program, Qt.Key.Key_Z, CTRL)
    assert [tag.participant for tag in desk.selected] == ["client"]


def test_the_last_tag_is_taken_back_and_the_film_goes_to_before_it(
    qtbot: QtBot, program: Program, desk: Desk
) -> None:
    session = desk.document.session
    press(program, Qt.Key.Key_R)
    steps(qtbot, program, 50)
    press(program, Qt.Key.Key_Backspace)
    qtbot.wait_until(lambda: program.player.position == START - SECOND)
    assert desk.document.session == session
    press(program, Qt.Key.Key_Z, CTRL)
    assert codes(desk)[0] == "reflection"


def test_the_film_pauses_with_each_tag_where_that_is_wanted(
    qtbot: QtBot, program: Program, desk: Desk
) -> None:
    program.choosing.choose("pause_on_tag", True)
    assert program.window.actions_table.by_id["pause_on_tag"].isChecked()
    press(program, Qt.Key.Key_Space)
    qtbot.wait_until(lambda: program.player.position > START)
    press(program, Qt.Key.Key_R)
    assert not program.player.is_playing
    assert len(codes(desk)) > 0


def test_the_reaction_time_moves_starts_back_while_it_plays(
    qtbot: QtBot, program: Program, desk: Desk
) -> None:
    program.choosing.choose("reaction_delay", 0.5)
    press(program, Qt.Key.Key_R)
    assert [tag.start for tag in desk.selected] == [START]
    press(program, Qt.Key.Key_Space)
    qtbot.wait_until(lambda: program.player.position > START + SECOND)
    press(program, Qt.Key.Key_S)
    press(program, Qt.Key.Key_Space)
    (tag,) = desk.selected
    assert START <= tag.start < program.player.position - SECOND // 4


def test_a_few_seconds_are_played_at_each_press(qtbot: QtBot, program: Program, desk: Desk) -> None:
    program.choosing.choose("cycle_seconds", 0.5)
    program.choosing.choose("cycle_overlap", 0.2)
    for end in (START + SECOND // 2, START + SECOND // 2 + 300_000):
        press(program, Qt.Key.Key_F9)
        assert program.player.is_playing
        qtbot.wait_until(lambda: not program.player.is_playing)
        assert abs(program.player.position - end) <= 80_000
    assert desk.document.undo_stack.count() == 0


def test_the_last_tag_is_played_again(qtbot: QtBot, program: Program, desk: Desk) -> None:
    press(program, Qt.Key.Key_R)
    steps(qtbot, program, 100)
    press(program, Qt.Key.Key_F3, SHIFT)
    assert program.player.is_playing
    qtbot.wait_until(lambda: program.player.position < START + SECOND)
    assert desk.selected[0].start == START


@pytest.mark.usefixtures("desk")
def test_what_a_code_means_is_shown_by_key(program: Program) -> None:
    card = program.window.parts.codes.definition
    press(program, Qt.Key.Key_F8)
    assert not card.isVisible()
    press(program, Qt.Key.Key_R)
    press(program, Qt.Key.Key_F8)
    assert card.isVisible()
    assert card.name.text() == "Reflection"
    assert "use when simple or complex is not decided" in card.text.text()
    press(program, Qt.Key.Key_F8)
    assert not card.isVisible()


def test_a_finished_pass_takes_no_marks(program: Program, desk: Desk) -> None:
    document = desk.document
    document.push(editing.finish_pass(document.session, document.pass_id, "2026-01-01T00:00:00Z"))
    before = document.session
    press(program, Qt.Key.Key_R)
    press(program, Qt.Key.Key_Backspace)
    assert document.session == before
    assert "finished" in "".join(program.window.parts.notices.texts)


def test_what_runs_ends_before_another_coder_begins(
    qtbot: QtBot, program: Program, desk: Desk
) -> None:
    program.choosing.choose("usual_way", Way.PRESSES)
    press(program, Qt.Key.Key_R)
    steps(qtbot, program, 5)
    desk.document.code_as("Z")
    assert not desk.tagging.running
    own = desk.document.session.pass_of("A")
    assert own is not None
    assert [tag.interval.length for tag in own.tags if tag.start == START] == [200_000]


def test_what_was_shown_cannot_be_undone(program: Program, desk: Desk) -> None:
    document = desk.document
    press(program, Qt.Key.Key_R)
    assert document.undo_stack.canUndo()
    other = next(one for one in document.session.passes if one.coder != "A")
    document.push(editing.unblind(document.session, "A", other.id, "2026-01-01T00:00:00Z", "talk"))
    assert not document.undo_stack.canUndo()
    assert document.session.unblindings


def test_what_runs_ends_with_the_region(qtbot: QtBot, program: Program, desk: Desk) -> None:
    document = desk.document
    region = Interval(Micros(0), Micros(START + SECOND))
    document.push(editing.set_region(document.session, region))
    program.choosing.choose("usual_way", Way.PRESSES)
    press(program, Qt.Key.Key_R)
    press(program, Qt.Key.Key_Space)
    qtbot.wait_until(lambda: not desk.tagging.running)
    assert program.player.is_playing
    assert [(tag.start, tag.end) for tag in desk.selected] == [(START, region.end)]


def test_what_runs_ends_with_the_film(qtbot: QtBot, program: Program, desk: Desk) -> None:
    document, end = desk.document, program.player.end
    document.push(editing.set_region(document.session, Interval(Micros(0), end)))
    go(qtbot, program, Micros(end - end % SECOND - SECOND))
    program.choosing.choose("usual_way", Way.PRESSES)
    press(program, Qt.Key.Key_R)
    press(program, Qt.Key.Key_Space)
    qtbot.wait_until(lambda: not program.player.is_playing)
    assert not desk.tagging.running
    assert [tag.end for tag in desk.selected] == [end]


def test_outside_the_region_nothing_is_marked(program: Program, desk: Desk) -> None:
    document = desk.document
    region = Interval(Micros(0), Micros(START - SECOND))
    document.push(editing.set_region(document.session, region))
    before = document.session
    press(program, Qt.Key.Key_R)
    assert document.session == before
    assert "outside the region" in "".join(program.window.parts.notices.texts)

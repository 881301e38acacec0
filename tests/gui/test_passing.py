"""Coding passes in the whole program: finished, hidden, compared, and made a consensus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from annotator import editing
from annotator.editing.consensus import open_differences
from annotator.gui.app import Program
from annotator.gui.desk import Desk
from annotator.model.coding import Purpose
from annotator.storage.sample import copy_sample
from tests.support.programs import Answers, open_and_wait, running_program

TIME = "2026-01-01T00:00:00Z"


@pytest.fixture
def program(qtbot: QtBot) -> Iterator[Program]:
    with running_program(qtbot, Answers(), coder="A") as program:
        yield program


@pytest.fixture
def desk(qtbot: QtBot, program: Program, tmp_path: Path) -> Desk:
    return open_and_wait(qtbot, program, copy_sample(tmp_path / "s"))


def finish_all(desk: Desk) -> None:
    document = desk.document
    for one in document.session.passes:
        if not one.finished:
            document.push(editing.finish_pass(document.session, one.id, TIME))


def notices(program: Program) -> str:
    return "\n".join(program.window.parts.notices.texts)


def compare_both(program: Program, desk: Desk) -> None:
    page, passes = program.passing.page, desk.document.session.passes
    page.first.setCurrentIndex(page.first.findData(passes[0].id))
    page.second.setCurrentIndex(page.second.findData(passes[1].id))
    page.compare.click()


def test_the_page_comes_by_key_and_lists_the_passes(program: Program, desk: Desk) -> None:
    QTest.keyClick(program.window.parts.picture, Qt.Key.Key_F10)
    page = program.passing.page
    assert program.window.parts.side.currentWidget() is page
    assert page.lines.text().splitlines() == [
        f"A · {desk.document.session.passes[0].purpose.value} · being coded · you",
        f"B · {desk.document.session.passes[1].purpose.value} · being coded",
    ]


def test_a_pass_is_finished_and_reopened_with_a_reason(program: Program, desk: Desk) -> None:
    page, document = program.passing.page, desk.document
    page.finish.click()
    assert document.coding_pass is not None
    assert document.coding_pass.finished
    assert "finished" in document.why_no_tagging
    page.reopen.click()
    assert document.coding_pass.finished
    assert "reason" in notices(program)
    page.reason.setText("the last minute was missed")
    page.reopen.click()
    assert not document.coding_pass.finished
    assert not document.why_no_tagging
    assert not page.reason.text()


def test_a_coder_begins_a_pass_for_another_purpose(program: Program, desk: Desk) -> None:
    page = program.passing.page
    page.purpose.setCurrentIndex(page.purpose.findData(Purpose.TRAINING))
    page.begin.click()
    shown = desk.document.coding_pass
    assert shown is not None
    assert (shown.coder, shown.purpose, len(shown.tags)) == ("A", Purpose.TRAINING, 0)
    page.begin.click()
    assert "already" in notices(program)


def test_others_are_hidden_until_they_are_asked_for(program: Program, desk: Desk) -> None:
    page, tags = program.passing.page, program.window.parts.tags
    other = next(one for one in desk.document.session.passes if one.coder == "B")
    desk.document.show_pass(other.id)
    page.blind.click()
    assert program.settings.blind
    assert desk.document.pass_id != other.id
    assert tags.passes.findData(other.id) < 0
    assert "B ·" not in page.lines.text()
    assert page.first.findData(other.id) < 0
    page.show_hidden.click()
    assert not desk.document.session.unblindings
    assert "finished yours" in notices(program)
    page.finish.click()
    page.show_hidden.click()
    (record,) = desk.document.session.unblindings
    assert (record.coder, record.pass_id, record.finished) == ("A", other.id, True)
    assert tags.passes.findData(other.id) >= 0
    assert not desk.document.undo_stack.canUndo()


def test_differences_open_at_their_moment(qtbot: QtBot, program: Program, desk: Desk) -> None:
    compare_both(program, desk)
    page, compared = program.passing.page, program.passing.comparison
    assert compared is not None
    assert page.model.rowCount() == len(compared.differences) > 1
    assert page.counts.text().startswith(f"{len(compared.agreed)} agreed")
    QTest.keyClick(page.view, Qt.Key.Key_Down)
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    wanted = compared.differences[1].interval.start
    qtbot.wait_until(lambda: abs(program.player.position - wanted) < 80_000)
    assert QAbstractItemModelTester(page.model).model() is page.model


def test_a_consensus_is_made_by_choosing_and_undone_to_equality(
    program: Program, desk: Desk
) -> None:
    document, page = desk.document, program.passing.page
    compare_both(program, desk)
    page.consensus.click()
    assert "finished" in notices(program)
    finish_all(desk)
    originals = document.session.passes
    compare_both(program, desk)
    page.consensus.click()
    begun = document.session
    compared, made = program.passing.comparison, document.coding_pass
    assert compared is not None
    assert made is not None
    assert made.purpose is Purpose.CONSENSUS, notices(program)
    keys = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_4, Qt.Key.Key_3)
    steps = 0
    while open_differences(document.coding_pass, compared) and steps < 200:
        page.view.setFocus()
        key = keys[steps % 3 if page.model.difference_at(page.row).first is None else steps % 2]
        QTest.keyClick(page.view, key)
        QTest.keyClick(page.view, Qt.Key.Key_4)
        steps += 1
    assert not open_differences(document.coding_pass, compared)
    assert "0 still open" in page.counts.text()
    assert document.session.passes[:2] == originals
    settled = document.session
    while document.session != begun:
        document.undo_stack.undo()
    while document.undo_stack.canRedo():
        document.undo_stack.redo()
    assert document.session == settled


def test_a_difference_is_opened_again(program: Program, desk: Desk) -> None:
    finish_all(desk)
    compare_both(program, desk)
    page = program.passing.page
    page.consensus.click()
    page.note.setText("heard it again")
    page.select_row(0)
    QTest.keyClick(page.view, Qt.Key.Key_4)
    made = desk.document.coding_pass
    assert made is not None
    assert [one.note for one in made.decisions] == ["heard it again"]
    page.select_row(0)
    QTest.keyClick(page.view, Qt.Key.Key_0)
    assert desk.document.coding_pass is not None
    assert not desk.document.coding_pass.decisions


def test_one_pass_alone_is_not_compared(program: Program, desk: Desk) -> None:
    page = program.passing.page
    page.second.setCurrentIndex(page.first.currentIndex())
    page.compare.click()
    assert program.passing.comparison is None
    assert "two different passes" in notices(program)
    assert desk.document.undo_stack.count() == 0

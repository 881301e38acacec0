"""What comparing refuses, and what it never does unasked: show what is hidden, or note it."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator import editing
from annotator.gui.app import Program
from annotator.gui.desk import Desk
from annotator.gui.settling import NO_CONSENSUS
from annotator.model.coding import Purpose
from annotator.storage.store import SessionStore
from tests.gui.test_comparing import (
    TIME,
    begin_consensus,
    compare_both,
    desk,
    finish_all,
    made,
    program,
)
from tests.support.programs import notices

__all__ = ["desk", "program"]


def test_one_pass_alone_is_not_compared(program: Program, desk: Desk) -> None:
    page = program.comparing.page
    page.second.setCurrentIndex(page.first.currentIndex())
    page.compare.click()
    assert program.comparing.comparison is None
    assert "two different passes" in notices(program)
    assert desk.document.undo_stack.count() == 0


def test_nothing_is_kept_of_a_consensus_that_is_refused(
    qtbot: QtBot, program: Program, desk: Desk
) -> None:
    document, page = desk.document, program.comparing.page
    second = document.session.passes[1]
    document.push(editing.finish_pass(document.session, second.id, TIME))
    compare_both(qtbot, program, desk)
    before = document.session
    page.consensus.click()
    page.consensus.click()
    assert document.session == before
    assert not document.session.unblindings
    assert document.undo_stack.canUndo()
    assert "finish" in notices(program)


def test_a_coder_is_told_first_what_is_kept_for_good(
    qtbot: QtBot, program: Program, desk: Desk
) -> None:
    finish_all(desk)
    compare_both(qtbot, program, desk)
    page, before = program.comparing.page, desk.document.session
    page.consensus.click()
    assert "pass of B was shown to you" in page.asking.text()
    assert desk.document.session == before
    page.consensus.click()
    (record,) = desk.document.session.unblindings
    assert (record.coder, record.finished, record.reason) == ("A", True, "")
    assert made(desk).purpose is Purpose.CONSENSUS
    assert not page.is_asking


def test_a_comparison_of_what_becomes_hidden_goes(
    qtbot: QtBot, program: Program, desk: Desk
) -> None:
    compare_both(qtbot, program, desk)
    program.passing.page.blind.click()
    page = program.comparing.page
    assert program.comparing.comparison is None
    assert page.model.rowCount() == 0
    assert "B ·" not in " ".join(page.first.itemText(i) for i in range(page.first.count()))


def test_a_consensus_of_another_coder_is_not_settled(
    qtbot: QtBot, program: Program, desk: Desk
) -> None:
    begin_consensus(qtbot, program, desk)
    desk.document.code_as("C")
    before = desk.document.session
    program.comparing.page.select_row(0)
    QTest.keyClick(program.comparing.page.view, Qt.Key.Key_1)
    assert desk.document.session == before
    assert "made by A" in notices(program)


def test_without_a_consensus_nothing_is_settled(qtbot: QtBot, program: Program, desk: Desk) -> None:
    compare_both(qtbot, program, desk)
    before = desk.document.session
    QTest.keyClick(program.comparing.page.view, Qt.Key.Key_1)
    assert desk.document.session == before
    assert NO_CONSENSUS in notices(program)


def test_a_compared_pass_that_is_undone_is_told_of(
    qtbot: QtBot, program: Program, desk: Desk
) -> None:
    document, page = desk.document, program.comparing.page
    program.window.actions_table.by_id["begin_double"].trigger()
    third = document.pass_id
    page.first.setCurrentIndex(page.first.findData("pass-a"))
    page.second.setCurrentIndex(page.second.findData(third))
    with qtbot.wait_signal(program.comparing.compared, check_params_cb=bool):
        page.compare.click()
    document.undo_stack.undo()
    assert program.comparing.comparison is None
    assert page.model.rowCount() == 0
    assert "no longer" in notices(program)
    assert "different passes" not in notices(program)


@pytest.mark.parametrize("action", ["begin_consensus", "begin_training", "finish_pass"])
def test_a_session_that_is_only_read_stays_as_it_is(
    qtbot: QtBot, program: Program, desk: Desk, action: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish_all(desk)
    compare_both(qtbot, program, desk)
    before = desk.document.session
    monkeypatch.setattr(SessionStore, "read_only", True)
    for _ in range(2):
        program.window.actions_table.by_id[action].trigger()
    assert desk.document.session == before
    assert notices(program)


def test_what_is_on_its_way_is_dropped_with_the_session(
    qtbot: QtBot, program: Program, desk: Desk
) -> None:
    page = program.comparing.page
    page.first.setCurrentIndex(page.first.findData("pass-a"))
    page.second.setCurrentIndex(page.second.findData("pass-b"))
    page.compare.click()
    program.close_session(lambda: None)
    qtbot.wait_until(lambda: program.desk is None)
    assert program.comparing.comparison is None
    assert page.model.rowCount() == 0
    assert desk.document.session.passes

"""Coding passes in the whole program: finished, hidden, compared, and made a consensus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.gui.desk import Desk
from annotator.model.coding import Purpose
from annotator.storage.sample import copy_sample
from tests.support.programs import Answers, open_and_wait, running_program


@pytest.fixture
def program(qtbot: QtBot) -> Iterator[Program]:
    with running_program(qtbot, Answers(), coder="A") as program:
        yield program


@pytest.fixture
def desk(qtbot: QtBot, program: Program, tmp_path: Path) -> Desk:
    return open_and_wait(qtbot, program, copy_sample(tmp_path / "s"))


def notices(program: Program) -> str:
    return "\n".join(program.window.parts.notices.texts)


def test_the_page_comes_by_key_and_lists_the_passes(program: Program, desk: Desk) -> None:
    QTest.keyClick(program.window.parts.picture, Qt.Key.Key_F10)
    page = program.passing.page
    assert program.window.parts.side.page is page
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
    assert program.comparing.page.first.findData(other.id) < 0
    page.show_hidden.click()
    assert not desk.document.session.unblindings
    assert "finished yours" in notices(program)
    page.finish.click()
    page.show_hidden.click()
    (record,) = desk.document.session.unblindings
    assert (record.coder, record.pass_id, record.finished) == ("A", other.id, True)
    assert tags.passes.findData(other.id) >= 0
    assert not desk.document.undo_stack.canUndo()


def test_a_pass_is_begun_reopened_and_hidden_by_actions(program: Program, desk: Desk) -> None:
    actions, page = program.window.actions_table.by_id, program.passing.page
    actions["begin_double"].trigger()
    shown = desk.document.coding_pass
    assert shown is not None
    assert (shown.coder, shown.purpose) == ("A", Purpose.DOUBLE)
    actions["finish_pass"].trigger()
    actions["reopen_pass"].trigger()
    assert program.window.parts.side.page is page  # where the reason is typed
    page.reason.setText("too soon")
    actions["reopen_pass"].trigger()
    assert not desk.document.coding_pass.finished
    actions["hide_others"].trigger()
    assert page.blind.isChecked()
    assert actions["hide_others"].isChecked()
    actions["hide_others"].trigger()
    assert not page.blind.isChecked()


def test_what_was_seen_unhidden_can_be_kept(program: Program, desk: Desk) -> None:
    page = program.passing.page
    assert page.show_hidden.text() == "Note as seen"
    page.reason.setText("the supervisor asked")
    page.show_hidden.click()
    (record,) = desk.document.session.unblindings
    assert (record.coder, record.finished, record.reason) == ("A", False, "the supervisor asked")

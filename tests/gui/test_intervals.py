"""Interval coding in the whole program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from annotator import editing
from annotator.gui.app import Program
from annotator.gui.desk import Desk
from annotator.model.coding import Origin
from annotator.storage.sample import copy_sample
from tests.support.programs import Answers, open_and_wait, running_program


@pytest.fixture
def program(qtbot: QtBot) -> Iterator[Program]:
    with running_program(qtbot, Answers(), coder="A") as program:
        yield program


@pytest.fixture
def desk(qtbot: QtBot, program: Program, tmp_path: Path) -> Desk:
    return open_and_wait(qtbot, program, copy_sample(tmp_path / "s"))


def press(program: Program, key: Qt.Key) -> None:
    QTest.keyClick(program.window.parts.picture, key)


def answers(desk: Desk) -> list[tuple[str, int]]:
    return [
        (tag.code, tag.interval.length) for tag in desk.document.tags if tag.origin is Origin.BIN
    ]


def test_each_bin_is_played_and_answered_by_key(qtbot: QtBot, program: Program, desk: Desk) -> None:
    page, before = program.intervals.page, desk.document.session
    program.intervals.turn()
    assert program.window.parts.side.page is page
    assert page.row == 0
    assert program.player.is_playing
    region = desk.document.session.region
    count = page.model.rowCount()
    assert count == -(-region.length // 10_000_000)
    for _ in range(3):
        press(program, Qt.Key.Key_R)
    assert answers(desk) == [("reflection", 10_000_000)] * 3
    assert page.row == 3
    assert page.progress.text() == f"3 of {count} bins answered"
    press(program, Qt.Key.Key_S)
    page.choose_row(0)
    press(program, Qt.Key.Key_S)
    assert answers(desk)[0][0] == "reflection_simple"
    assert page.row == 4
    while desk.document.undo_stack.canUndo():
        desk.document.undo_stack.undo()
    assert desk.document.session == before
    assert QAbstractItemModelTester(page.model).model() is page.model
    assert qtbot is not None


def test_several_codes_are_ticked_in_one_bin(program: Program, desk: Desk) -> None:
    page = program.intervals.page
    page.several.setChecked(True)
    program.intervals.turn()
    press(program, Qt.Key.Key_R)
    press(program, Qt.Key.Key_S)
    assert page.row == 0
    assert sorted(code for code, _ in answers(desk)) == ["reflection", "reflection_simple"]
    press(program, Qt.Key.Key_R)
    assert [code for code, _ in answers(desk)] == ["reflection_simple"]


def test_other_lengths_lay_another_grid(program: Program, desk: Desk) -> None:
    page = program.intervals.page
    page.length.setCurrentIndex(page.length.findData(60))
    assert page.model.rowCount() == -(-desk.document.session.region.length // 60_000_000)
    page.length.setCurrentIndex(page.length.findData(0))
    page.own.setValue(7.5)
    assert page.model.rowCount() == -(-desk.document.session.region.length // 7_500_000)


def test_a_finished_pass_is_left_as_it_is(program: Program, desk: Desk) -> None:
    document = desk.document
    document.push(editing.finish_pass(document.session, document.pass_id, "2026-01-01T00:00:00Z"))
    before = document.session
    program.intervals.turn()
    press(program, Qt.Key.Key_R)
    assert document.session == before
    assert "finished" in "".join(program.window.parts.notices.texts)


def test_ended_the_keys_mark_as_ever(qtbot: QtBot, program: Program, desk: Desk) -> None:
    program.intervals.turn()
    program.intervals.turn()
    program.player.pause()
    program.player.seek(program.player.end // 2)
    qtbot.wait_until(lambda: program.player.position > program.player.end // 3)
    press(program, Qt.Key.Key_R)
    assert not answers(desk)
    assert [tag.code for tag in desk.selected] == ["reflection"]

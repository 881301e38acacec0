"""The open session is written for another tool, after what that cannot hold was shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.gui.dialogs.export_window import ExportWindow
from annotator.storage.sample import copy_sample
from tests.support.exchanging import PATIENCE_MS, Person, export_window, session
from tests.support.foreign import read
from tests.support.programs import notices, open_and_wait, running_program


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def program(qtbot: QtBot, person: Person, tmp_path: Path) -> Iterator[Program]:
    """The sample, coded by A and B, as A has it open."""
    with running_program(qtbot, person, coder="A") as running:
        open_and_wait(qtbot, running, copy_sample(tmp_path / "first-session"))
        yield running


@pytest.fixture
def window(qtbot: QtBot, program: Program) -> ExportWindow:
    """The window of the export, with the loss of the first format worked out."""
    with qtbot.wait_signal(program.exchanging.exporting.shown, timeout=PATIENCE_MS):
        program.window.actions_table.by_id["export"].trigger()
    return export_window(program)


def choose(qtbot: QtBot, program: Program, form_id: str) -> None:
    """Choose a format, and wait until its loss is worked out."""
    window = export_window(program)
    row = [one.id for one in window.formats.lines].index(form_id)
    if window.list.currentIndex().row() == row:
        return
    with qtbot.wait_signal(program.exchanging.exporting.shown, timeout=PATIENCE_MS):
        window.list.setCurrentIndex(window.formats.index(row))


def lost(window: ExportWindow) -> dict[str, str]:
    model = window.loss.model
    rows = range(model.rowCount())
    return {str(model.index(n, 1).data()): str(model.index(n, 2).data()) for n in rows}


def tick(window: ExportWindow, row: int, *, on: bool) -> None:
    state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
    window.ticks.setData(window.ticks.index(row), state, Qt.ItemDataRole.CheckStateRole)


def test_each_format_says_what_it_cannot_hold(window: ExportWindow) -> None:
    lines = window.formats.lines
    assert len(lines) > 3
    said = [window.formats.index(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(3)]
    assert all("Cannot hold" in one or "Can hold everything" in one for one in said)
    assert window.list.hasFocus()


def test_the_loss_is_that_of_this_session(
    qtbot: QtBot, program: Program, window: ExportWindow
) -> None:
    choose(qtbot, program, "elan")
    assert lost(window)["When tags were made and changed"] == "57"
    assert "All 57 tags" in window.summary.text()
    choose(qtbot, program, "csv")
    assert "The region that is coded" in lost(window)
    assert not window.loss.table.isColumnHidden(1)
    assert window.write_button.isEnabled()


def test_an_export_goes_where_the_person_says(
    qtbot: QtBot, program: Program, window: ExportWindow, person: Person, tmp_path: Path
) -> None:
    person.to_write = tmp_path / "out.eaf"
    choose(qtbot, program, "elan")
    with qtbot.wait_signal(program.exchanging.exporting.said, timeout=PATIENCE_MS):
        window.write_button.click()
    assert person.asked == ["ELAN: first-session.eaf .eaf"]
    assert not window.isVisible()
    assert str(person.to_write) in notices(program)
    again = read(person.to_write.read_bytes(), "out.eaf").sessions[0]
    assert [len(one.tags) for one in again.passes] == [29, 28]


def test_only_the_ticked_passes_are_written(
    qtbot: QtBot, program: Program, window: ExportWindow, person: Person, tmp_path: Path
) -> None:
    person.to_write = tmp_path / "out.eaf"
    choose(qtbot, program, "elan")
    with qtbot.wait_signal(program.exchanging.exporting.shown, timeout=PATIENCE_MS):
        tick(window, 0, on=False)
    assert "All 28 tags" in window.summary.text()
    with qtbot.wait_signal(program.exchanging.exporting.said, timeout=PATIENCE_MS):
        window.write_button.click()
    again = read(person.to_write.read_bytes(), "out.eaf").sessions[0]
    assert [one.coder for one in again.passes] == ["B"]


def test_with_nothing_ticked_nothing_is_written(window: ExportWindow) -> None:
    for row in range(window.ticks.rowCount()):
        tick(window, row, on=False)
    assert "Choose at least one pass" in window.trouble.text()
    assert not window.write_button.isEnabled()


def test_in_blind_mode_the_passes_of_others_are_not_written(
    qtbot: QtBot, program: Program, window: ExportWindow, person: Person, tmp_path: Path
) -> None:
    person.to_write = tmp_path / "out.eaf"
    choose(qtbot, program, "elan")
    with qtbot.wait_signal(program.exchanging.exporting.shown, timeout=PATIENCE_MS):
        program.window.actions_table.by_id["hide_others"].trigger()
    qtbot.wait_until(lambda: window.is_known, timeout=PATIENCE_MS)
    assert window.ticks.rowCount() == 1
    assert "1 pass of another coder is hidden" in window.hidden.text()
    with qtbot.wait_signal(program.exchanging.exporting.said, timeout=PATIENCE_MS):
        window.write_button.click()
    again = read(person.to_write.read_bytes(), "out.eaf").sessions[0]
    assert [one.coder for one in again.passes] == ["A"]


def test_the_loss_follows_what_is_done_meanwhile(
    qtbot: QtBot, program: Program, window: ExportWindow
) -> None:
    choose(qtbot, program, "elan")
    assert program.desk is not None
    with qtbot.wait_signal(program.exchanging.exporting.shown, timeout=PATIENCE_MS):
        program.desk.press_code("reflection")
    qtbot.wait_until(lambda: window.is_known, timeout=PATIENCE_MS)
    assert "All 58 tags" in window.summary.text()


def test_who_passes_by_formats_waits_for_the_last_alone(
    qtbot: QtBot, program: Program, window: ExportWindow
) -> None:
    with qtbot.wait_signal(program.exchanging.exporting.shown, timeout=PATIENCE_MS):
        for row in range(len(window.formats.lines)):
            window.list.setCurrentIndex(window.formats.index(row))
        choose_first = window.formats.index(0)
        window.list.setCurrentIndex(choose_first)
    assert window.is_known
    assert program.exchanging.exporting._worker.waiting == 0


def test_a_place_that_was_not_chosen_writes_nothing(
    program: Program, window: ExportWindow, person: Person, tmp_path: Path
) -> None:
    before = sorted((tmp_path / "first-session").iterdir())
    window.write_button.click()
    assert len(person.asked) == 1
    assert window.isVisible()
    assert window.write_button.isEnabled()
    assert sorted((tmp_path / "first-session").iterdir()) == before
    assert program.exchanging.exporting._worker.waiting == 0


def test_cancelling_writes_nothing(
    qtbot: QtBot, program: Program, window: ExportWindow, person: Person
) -> None:
    before = session(program)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert person.asked == []
    assert session(program) is before


def test_what_is_lost_can_be_copied(qtbot: QtBot, program: Program, window: ExportWindow) -> None:
    choose(qtbot, program, "elan")
    text = window.loss.as_text()
    assert "Not carried: when tags were made and changed (57 times): tag at 0:00:01.000" in text
    assert len(text.splitlines()) == window.loss.model.rowCount()

"""Imports that cannot be done leave the open session alone, and say plainly why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.errors import StorageError
from annotator.gui.app import Program
from annotator.jobs import importing as jobs
from annotator.storage import mappings
from annotator.storage.interchange import source
from annotator.storage.interchange.columns import Column, TableColumns
from annotator.storage.interchange.report import ForeignFileError
from annotator.storage.sample import copy_sample
from annotator.storage.store import SessionStore
from tests.support.exchanging import (
    PATIENCE_MS,
    TABLE,
    Person,
    import_window,
    look_at,
    session,
    settle,
    take_over,
    written,
)
from tests.support.programs import notices, open_and_wait, running_program

GARBAGE = bytes(range(256)) * 40


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def welcome(qtbot: QtBot, person: Person) -> Iterator[Program]:
    with running_program(qtbot, person) as running:
        yield running


@pytest.fixture
def program(qtbot: QtBot, welcome: Program, tmp_path: Path) -> Program:
    open_and_wait(qtbot, welcome, copy_sample(tmp_path / "first-session"))
    return welcome


def test_a_broken_file_is_told_and_can_be_read_as_another_format(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    before = session(program)
    path = written(tmp_path, "broken.eaf", "<?xml version='1.0'?><ANNOTATION_DOCUMENT><TIER")
    window = look_at(qtbot, program, path)
    assert window.parts.trouble.text()
    assert "Error" not in window.parts.trouble.text()
    assert window.parts.body.isHidden()
    assert not window.parts.take_button.isEnabled()
    assert not window.parts.make_button.isEnabled()
    assert window.parts.form_box.isEnabled()
    assert session(program) is before


def test_a_file_of_no_format_that_is_known_offers_all_formats(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    path = tmp_path / "what.bin"
    path.write_bytes(GARBAGE)
    with qtbot.wait_signal(program.exchanging.importing.shown, timeout=PATIENCE_MS):
        program.exchanging.importing.take(path)
    window = import_window(program)
    assert "in no format that can be imported" in window.parts.trouble.text()
    assert window.parts.form_box.currentIndex() == -1
    assert window.parts.form_box.count() > 3


def test_a_broken_file_after_a_whole_one_shows_nothing_of_that(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    window = look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    assert window.parts.take_button.isEnabled()
    look_at(qtbot, program, written(tmp_path, "broken.eaf", "<ANNOTATION_DOCUMENT>"))
    assert window.sessions == ()
    assert window.parts.summary.text() == ""
    assert not window.parts.encoding_box.isHidden()
    assert not window.parts.take_button.isEnabled()


def test_a_huge_file_is_refused(
    qtbot: QtBot, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_large(_path: Path, watch: object) -> None:
        assert watch
        raise source.too_large(300 * 1024 * 1024)

    monkeypatch.setattr(jobs, "open_source", too_large)
    monkeypatch.setattr("annotator.jobs.converting.open_source", too_large)
    window = look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    assert "300 megabytes" in window.parts.trouble.text()
    assert not window.parts.take_button.isEnabled()


def test_a_file_that_is_gone_is_told_in_the_main_window(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    with qtbot.wait_signal(program.exchanging.importing.shown, timeout=PATIENCE_MS):
        program.exchanging.importing.take(tmp_path / "gone.csv")
    assert "gone.csv" in notices(program)
    assert program.exchanging.importing._dialog is None
    assert "Reading" not in notices(program)


def test_a_read_only_session_refuses_before_anything_is_asked(
    qtbot: QtBot, welcome: Program, person: Person, tmp_path: Path
) -> None:
    path = copy_sample(tmp_path / "first-session")
    held = SessionStore.open(path, "somebody").store
    open_and_wait(qtbot, welcome, path)
    welcome.window.actions_table.by_id["import"].trigger()
    assert person.asked == []
    assert welcome.desk is not None
    assert welcome.desk.document.read_only_reason in notices(welcome)
    with qtbot.wait_signal(welcome.exchanging.importing.shown, timeout=PATIENCE_MS):
        welcome.window.file_dropped.emit(written(tmp_path, "rated.csv", TABLE))
    assert welcome.exchanging.importing._dialog is None
    held.close()


def test_a_session_that_grew_read_only_is_left_alone(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    window = look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    assert program.desk is not None
    before = session(program)
    program.desk.document._store.read_only_reason = "It is open elsewhere, so nothing can change."
    window.parts.take_button.click()
    assert "open elsewhere" in notices(program)
    assert session(program) is before
    program.desk.document._store.read_only_reason = ""


def test_a_report_that_cannot_be_kept_is_told_and_can_still_be_read(
    qtbot: QtBot, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_beside: Path, _text: str) -> Path:
        raise StorageError("The folder cannot be written.", "Choose another one.")

    monkeypatch.setattr(jobs, "keep_report", refuse)
    look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    take_over(qtbot, program)
    assert len(session(program).passes) == 4
    assert "The report could not be kept: The folder cannot be written." in notices(program)
    program.window.actions_table.by_id["import_report"].trigger()
    dialog = program.exchanging.importing.reports.dialog
    assert dialog.isVisible()
    assert "rated.csv" in dialog.text.toPlainText()


def test_without_a_report_that_is_said(qtbot: QtBot, program: Program) -> None:
    reports = program.exchanging.importing.reports
    with qtbot.wait_signal(reports.shown, timeout=PATIENCE_MS):
        program.window.actions_table.by_id["import_report"].trigger()
    assert "No import report lies beside this session" in notices(program)


def test_a_place_that_is_taken_is_not_written_over(
    qtbot: QtBot, welcome: Program, person: Person, tmp_path: Path
) -> None:
    person.new_session = written(tmp_path, "old.session.json", "what was there")
    window = look_at(qtbot, welcome, written(tmp_path, "rated.csv", TABLE))
    with qtbot.wait_signal(welcome.exchanging.importing.shown, timeout=PATIENCE_MS):
        window.parts.make_button.click()
    assert "There is already something called" in window.parts.trouble.text()
    assert window.isVisible()
    assert person.new_session.read_text(encoding="utf-8") == "what was there"
    person.new_session = None
    window.parts.make_button.click()
    assert welcome.desk is None


def test_the_program_ends_while_a_file_is_read(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    program.exchanging.importing.take(written(tmp_path, "rated.csv", TABLE))
    program.quit()
    qtbot.wait_until(lambda: not program.window.isVisible(), timeout=PATIENCE_MS)
    assert program.exchanging.importing._dialog is None


def test_the_session_is_closed_while_a_file_is_read(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    window = look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    window.wish(coder="M")
    assert window.is_busy
    done: list[bool] = []
    program.close_session(lambda: done.append(True))
    qtbot.wait_until(lambda: bool(done), timeout=PATIENCE_MS)
    worker = program.exchanging.importing._worker
    qtbot.wait_until(lambda: worker.waiting == 0, timeout=PATIENCE_MS)
    assert not window.isVisible()


def test_what_is_read_goes_on_while_another_file_is_asked_for(
    qtbot: QtBot, program: Program, person: Person, tmp_path: Path
) -> None:
    window = look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    window.wish(coder="M")
    program.window.actions_table.by_id["import"].trigger()
    settle(qtbot, program)
    qtbot.wait_until(lambda: len(person.asked) == 1, timeout=PATIENCE_MS)
    assert window.parts.take_button.isEnabled()


def test_what_was_left_while_it_was_read_does_not_come_back(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    window = look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    window.wish(coder="M")
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    worker = program.exchanging.importing._worker
    qtbot.wait_until(lambda: worker.waiting == 0, timeout=PATIENCE_MS)
    assert not window.isVisible()
    look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    assert window.parts.coder.text() == ""
    assert window.parts.take_button.isEnabled()


def test_a_session_changed_meanwhile_is_planned_anew(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    window = look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    assert program.desk is not None
    told = program.exchanging.importing.reports.told
    with qtbot.wait_signal(told, timeout=PATIENCE_MS):
        window.parts.take_button.click()
        program.desk.press_code("reflection")
    assert len(session(program).passes) == 5
    assert {one.coder for one in session(program).passes} == {"A", "B", "AB", "K", "L"}


def test_a_choice_of_columns_that_cannot_be_kept_is_told(
    qtbot: QtBot, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise StorageError("The folder cannot be written.")

    monkeypatch.setattr(mappings, "save_mapping", refuse)
    window = look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    window.parts.table.name.setText("ours")
    window.parts.table.keep_button.click()
    assert window.parts.trouble.text() == "The folder cannot be written."


@pytest.mark.parametrize("is_replaced", [True, False])
def test_a_choice_is_replaced_where_that_is_agreed_to(
    qtbot: QtBot, program: Program, person: Person, tmp_path: Path, *, is_replaced: bool
) -> None:
    person.replaces_choice = is_replaced
    other = TableColumns({"t": Column.START})
    mappings.save_mapping("ours", other)
    window = look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    page = window.parts.table
    page.name.setText("ours")
    page.keep_button.click()
    assert person.asked == ["replace the choice ours"]
    assert (mappings.load_mapping("ours") == other) is not is_replaced
    assert (page.kept_box.currentText() == "ours") is is_replaced
    assert page.name.text() == "ours"


def test_a_name_is_asked_about_once_and_the_same_choice_not_at_all(
    qtbot: QtBot, program: Program, person: Person, tmp_path: Path
) -> None:
    window = look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    page = window.parts.table
    for name in ("ours", "ours", " ours ", "others"):
        page.name.setText(name)
        page.keep_button.click()
    assert person.asked == []
    assert mappings.list_mappings() == ("others", "ours")


def test_columns_by_which_nothing_can_be_read_can_be_put_right(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    window = look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    page = window.parts.table
    page.model.setData(page.model.index(0, 0), "note")
    settle(qtbot, program)
    wrong = window.parts.trouble.text() or window.parts.summary.text()
    assert wrong
    assert page.model.index(0, 0).data() == "Note"
    page.model.setData(page.model.index(0, 0), "start")
    settle(qtbot, program)
    assert window.parts.summary.text() == "All 4 rows in the file come along."


def test_a_fault_in_reading_again_is_told_in_the_window(
    qtbot: QtBot, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, "rated.csv", TABLE)
    window = look_at(qtbot, program, path)
    path.unlink()
    with qtbot.wait_signal(program.exchanging.importing.shown, timeout=PATIENCE_MS):
        window.wish(coder="M")
    assert "rated.csv" in window.parts.trouble.text()
    assert not window.is_busy

    def refuse(*_args: object) -> None:
        raise ForeignFileError("It is of no use.", "Choose another.", ["line 1 is empty"])

    path.write_text(TABLE, encoding="utf-8")
    monkeypatch.setattr(jobs, "read_any", refuse)
    with qtbot.wait_signal(program.exchanging.importing.shown, timeout=PATIENCE_MS):
        window.wish(coder="N")
    assert "line 1 is empty" in window.parts.trouble.text()

"""Exports that cannot be written leave everything as it was, and say why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.errors import StorageError
from annotator.gui.app import Program
from annotator.gui.dialogs.export_window import ExportWindow
from annotator.model.session import Session
from annotator.storage import atomic
from annotator.storage.interchange import exchange
from annotator.storage.sample import copy_sample
from annotator.storage.store import SessionStore
from tests.support.disks import full
from tests.support.exchanging import PATIENCE_MS, Person, export_window, session
from tests.support.programs import open_and_wait, running_program


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def program(qtbot: QtBot, person: Person, tmp_path: Path) -> Iterator[Program]:
    with running_program(qtbot, person, coder="A") as running:
        open_and_wait(qtbot, running, copy_sample(tmp_path / "first-session"))
        yield running


def show(qtbot: QtBot, program: Program) -> ExportWindow:
    with qtbot.wait_signal(program.exchanging.exporting.shown, timeout=PATIENCE_MS):
        program.window.actions_table.by_id["export"].trigger()
    return export_window(program)


def press_write(qtbot: QtBot, program: Program) -> None:
    with qtbot.wait_signal(program.exchanging.exporting.shown, timeout=PATIENCE_MS):
        export_window(program).write_button.click()


def test_a_full_disk_leaves_the_file_that_was_there(
    qtbot: QtBot,
    program: Program,
    person: Person,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person.to_write = tmp_path / "old" / "out.eaf"
    person.to_write.parent.mkdir()
    person.to_write.write_text("what was there", encoding="utf-8")
    real = atomic._write_new

    def write_new(path: Path, data: bytes, mode: int | None) -> None:
        if path.parent.name == "old":
            raise full()
        real(path, data, mode)

    monkeypatch.setattr(atomic, "_write_new", write_new)
    before = session(program)
    window = show(qtbot, program)
    press_write(qtbot, program)
    assert window.isVisible()
    assert "out.eaf" in window.trouble.text()
    assert window.loss.model.rowCount() > 0
    assert window.write_button.isEnabled()
    assert person.to_write.read_text(encoding="utf-8") == "what was there"
    assert session(program) is before


def test_a_folder_that_is_not_there_is_told(
    qtbot: QtBot, program: Program, person: Person, tmp_path: Path
) -> None:
    person.to_write = tmp_path / "gone" / "out.eaf"
    window = show(qtbot, program)
    press_write(qtbot, program)
    assert "could not be written" in window.trouble.text()
    person.to_write = tmp_path / "out.eaf"
    with qtbot.wait_signal(program.exchanging.exporting.said, timeout=PATIENCE_MS):
        window.write_button.click()
    assert person.to_write.is_file()


def test_a_session_that_a_format_cannot_be_made_of_is_told(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise StorageError("This cannot be written so.", "Choose another format.")

    monkeypatch.setattr(exchange, "render", refuse)
    window = show(qtbot, program)
    assert window.trouble.text() == "This cannot be written so. Choose another format."
    assert not window.write_button.isEnabled()
    assert window.loss.empty.isHidden()


def test_the_session_is_closed_while_the_loss_is_worked_out(qtbot: QtBot, program: Program) -> None:
    window = show(qtbot, program)
    window.list.setCurrentIndex(window.formats.index(2))
    done: list[bool] = []
    program.close_session(lambda: done.append(True))
    qtbot.wait_until(lambda: bool(done), timeout=PATIENCE_MS)
    assert not window.isVisible()
    worker = program.exchanging.exporting._worker
    qtbot.wait_until(lambda: worker.waiting == 0, timeout=PATIENCE_MS)
    assert not window.write_button.isEnabled()


def test_a_read_only_session_can_be_exported(qtbot: QtBot, person: Person, tmp_path: Path) -> None:
    path = copy_sample(tmp_path / "first-session")
    held = SessionStore.open(path, "somebody").store
    person.to_write = tmp_path / "out.csv"
    opened: list[Session] = []
    with running_program(qtbot, person, coder="A") as program:
        open_and_wait(qtbot, program, path)
        opened.append(session(program))
        assert program.desk is not None
        assert program.desk.document.read_only_reason
        window = show(qtbot, program)
        with qtbot.wait_signal(program.exchanging.exporting.said, timeout=PATIENCE_MS):
            window.write_button.click()
    assert person.to_write.stat().st_size > 0
    assert len(opened[0].passes) == 2
    held.close()

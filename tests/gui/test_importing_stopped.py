"""A file that takes long to read is shown to be read, and can be stopped; then all is as before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.jobs import converting
from annotator.storage.interchange import exchange
from annotator.storage.interchange.exchange import Imported
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.source import Source
from annotator.storage.sample import copy_sample
from tests.support.exchanging import (
    PATIENCE_MS,
    TABLE,
    Person,
    import_window,
    look_at,
    session,
    settle,
    written,
)
from tests.support.programs import notices, open_and_wait, running_program
from tests.support.workbooks import OTHER_TAGS, TAGS, workbook_of

SLOW = "slow"


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def program(qtbot: QtBot, person: Person, tmp_path: Path) -> Iterator[Program]:
    with running_program(qtbot, person) as running:
        open_and_wait(qtbot, running, copy_sample(tmp_path / "first-session"))
        yield running


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Lets what is called slow, or is read for somebody called so, go on until it is stopped."""
    was_stopped = Event()
    real = exchange.read_foreign

    def endless(source: Source) -> None:
        count = 0
        try:
            while True:
                source.watch(count := count + 1)
                was_stopped.wait(0.001)  # give way to the window
        finally:
            was_stopped.set()

    def read(source: Source, wishes: Wishes, form: str = "") -> Imported:
        sheet = wishes.columns.sheet if wishes.columns is not None else ""
        if SLOW in {source.stem, wishes.coder, sheet}:
            endless(source)
        return real(source, wishes, form)

    monkeypatch.setattr(converting.exchange, "read_foreign", read)
    return was_stopped


def until_it_takes_long(qtbot: QtBot, program: Program) -> None:
    """Wait until a way to stop is offered, which tells how much was read by then."""
    window = import_window(program)

    def is_offered() -> bool:
        row = window.parts.stop_row
        return window.isVisible() and row.isVisible() and "so far" in window.parts.summary.text()

    qtbot.wait_until(is_offered, timeout=PATIENCE_MS)
    assert window.is_busy
    assert not window.parts.take_button.isEnabled()


def until_nothing_runs(qtbot: QtBot, program: Program) -> None:
    worker = program.exchanging.importing._worker
    qtbot.wait_until(lambda: worker.waiting == 0, timeout=PATIENCE_MS)


def test_a_first_reading_is_shown_where_it_takes_long_and_ends_when_it_is_stopped(
    qtbot: QtBot, program: Program, tmp_path: Path, stopped: Event
) -> None:
    before = session(program)
    program.exchanging.importing.take(written(tmp_path, "slow.csv", TABLE))
    until_it_takes_long(qtbot, program)
    window = import_window(program)
    assert window.windowTitle() == "Import slow.csv"
    assert "Reading" not in notices(program)
    window.parts.stop_button.click()
    assert not window.isVisible()
    qtbot.wait_until(stopped.is_set, timeout=PATIENCE_MS)
    until_nothing_runs(qtbot, program)
    assert not window.isVisible()
    assert session(program) is before


@pytest.mark.parametrize("way", ["cancel", "escape", "session", "program"])
def test_who_leaves_stops_the_reading(
    qtbot: QtBot, program: Program, tmp_path: Path, stopped: Event, way: str
) -> None:
    path = program.desk.document.path if program.desk is not None else None
    assert path is not None
    before = path.read_bytes()
    program.exchanging.importing.take(written(tmp_path, "slow.csv", TABLE))
    until_it_takes_long(qtbot, program)
    window = import_window(program)
    match way:
        case "cancel":
            window.parts.cancel_button.click()
        case "escape":
            window.reject()
        case "session":
            program.close_session(lambda: None)
        case _:
            program.quit()
    qtbot.wait_until(stopped.is_set, timeout=PATIENCE_MS)
    qtbot.wait_until(lambda: not window.isVisible(), timeout=PATIENCE_MS)
    assert path.read_bytes() == before


def test_a_reading_that_is_stopped_brings_back_what_was_shown(
    qtbot: QtBot, program: Program, tmp_path: Path, stopped: Event
) -> None:
    window = look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    window.wish(coder="M", as_tags=False)
    settle(qtbot, program)
    shown, wishes = window.looked, window.wishes
    window.parts.coder.setText(SLOW)
    window.parts.coder.editingFinished.emit()
    until_it_takes_long(qtbot, program)
    window.parts.stop_button.click()
    qtbot.wait_until(stopped.is_set, timeout=PATIENCE_MS)
    settle(qtbot, program)
    assert window.looked is shown
    assert window.wishes == wishes
    assert window.parts.coder.text() == "M"
    assert not window.parts.stop_row.isVisible()
    assert window.parts.take_button.isEnabled()


def test_a_sheet_that_takes_long_is_given_up_for_the_one_before(
    qtbot: QtBot, program: Program, tmp_path: Path, stopped: Event
) -> None:
    (tmp_path / "two.xlsx").write_bytes(workbook_of([("June", TAGS), (SLOW, OTHER_TAGS)]))
    window = look_at(qtbot, program, tmp_path / "two.xlsx")
    box = window.parts.table.sheet_box
    box.setCurrentIndex(1)
    box.activated.emit(1)
    until_it_takes_long(qtbot, program)
    window.parts.stop_button.click()
    qtbot.wait_until(stopped.is_set, timeout=PATIENCE_MS)
    settle(qtbot, program)
    assert box.currentText() == "June"
    assert window.parts.table.model.index(1, 1).data() == "a"


def test_another_file_takes_the_place_of_one_that_is_read(
    qtbot: QtBot, program: Program, tmp_path: Path, stopped: Event
) -> None:
    program.exchanging.importing.take(written(tmp_path, "slow.csv", TABLE))
    until_it_takes_long(qtbot, program)
    window = look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    assert stopped.is_set()
    assert window.windowTitle() == "Import rated.csv"
    assert window.parts.take_button.isEnabled()
    assert not window.parts.stop_row.isVisible()


def test_what_is_read_soon_offers_no_stop(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    window = look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    assert not window.parts.stop_row.isVisible()
    assert not program.exchanging.importing._reading._clock.isActive()
    window.parts.stop_button.click()  # nothing runs: all stays
    settle(qtbot, program)
    assert window.isVisible()
    assert window.wishes == replace(window.wishes, coder="")

"""Everything that takes the focus in the windows of imports and exports has a name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.storage.sample import copy_sample
from tests.gui.test_names import nameless
from tests.support.exchanging import (
    GRID,
    PATIENCE_MS,
    TABLE,
    Person,
    export_window,
    look_at,
    take_over,
    written,
)
from tests.support.programs import open_and_wait, running_program


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running_program(qtbot, Person(), "A") as running:
        open_and_wait(qtbot, running, copy_sample(tmp_path / "s"))
        yield running


@pytest.mark.parametrize(("name", "text"), [("a.TextGrid", GRID), ("a.csv", TABLE)])
def test_everything_in_the_window_of_an_import_has_a_name(
    qtbot: QtBot, program: Program, tmp_path: Path, name: str, text: str
) -> None:
    window = look_at(qtbot, program, written(tmp_path, name, text))
    seen = []
    for page in window.parts.places:
        window.parts.show_page(page)
        seen += nameless(window)
    assert len(window.parts.places) == 3
    assert seen == []


def test_everything_in_the_windows_of_exports_and_reports_has_a_name(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    look_at(qtbot, program, written(tmp_path, "a.csv", TABLE))
    take_over(qtbot, program)
    with qtbot.wait_signal(program.exchanging.exporting.shown, timeout=PATIENCE_MS):
        program.window.actions_table.by_id["export"].trigger()
    reports = program.exchanging.importing.reports
    with qtbot.wait_signal(reports.shown, timeout=PATIENCE_MS):
        program.window.actions_table.by_id["import_report"].trigger()
    assert nameless(export_window(program)) == []
    assert nameless(reports.dialog) == []

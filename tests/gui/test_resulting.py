"""The numbers of the open session in the window: worked out, read along, opened and kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from annotator import editing
from annotator.gui.app import Program
from annotator.gui.desk import Desk
from annotator.gui.panels.results import STALE
from annotator.model.coding import Tag
from annotator.storage.sample import copy_sample
from tests.support.programs import Answers, notices, open_and_wait, running_program
from tests.support.results import PATIENCE_MS, look_at


@dataclass
class Places(Answers):
    kept: Path | None = None

    def choose_results_place(self, start: Path, *, figure: bool) -> Path | None:
        self.asked.append(f"{start.name}{' (figure)' if figure else ''}")
        return self.kept


@pytest.fixture
def answers() -> Places:
    return Places()


@pytest.fixture
def program(qtbot: QtBot, answers: Places) -> Iterator[Program]:
    with running_program(qtbot, answers, coder="A") as program:
        fails = QAbstractItemModelTester.FailureReportingMode.Fatal
        page = program.resulting.page
        testers = [QAbstractItemModelTester(one, fails) for one in (page.model, page.moments)]
        yield program
        assert len(testers) == 2


@pytest.fixture
def desk(qtbot: QtBot, program: Program, tmp_path: Path) -> Desk:
    desk = open_and_wait(qtbot, program, copy_sample(tmp_path / "s"))
    look_at(qtbot, program, "summary")
    return desk


def cell(program: Program, row: str, column: str) -> object:
    page = program.resulting.page
    table = page.model.table
    assert table is not None
    at = [str(one[table.index("name")]) for one in table.rows].index(row)
    return page.model.index(at, table.index(column)).data()


@pytest.mark.usefixtures("desk")
def test_the_page_shows_counts_with_their_rules(program: Program) -> None:
    page = program.resulting.page
    assert program.window.parts.side.page is page
    assert cell(program, "Open question", "count") == "3"
    assert cell(program, "Silence", "share") == "0.0873"
    assert cell(program, "Open question", "mean") == "–"
    assert "region without excluded spans" in page.notes.text()


def test_enter_on_a_cell_lists_its_moments_and_enter_opens_one(
    qtbot: QtBot, program: Program, desk: Desk
) -> None:
    page = program.resulting.page
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(0, 2))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.moments.rowCount() == 3
    assert "3 moments" in page.behind.text()
    assert "Open question (A)" in str(page.moments.index(1).data())
    page.list.setCurrentIndex(page.moments.index(1))
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    tags = [tag for tag in desk.document.tags if tag.code == "open_question"]
    qtbot.wait_until(lambda: program.player.position == tags[1].start)
    assert [tag.id for tag in desk.selected] == [tags[1].id]


def test_a_click_on_a_figure_opens_its_moment(qtbot: QtBot, program: Program, desk: Desk) -> None:
    look_at(qtbot, program, "figure-barcode")
    page = program.resulting.page
    qtbot.wait_until(lambda: page.figure.height() > 100)
    hit = page.figure.hits[4]
    table = page.model.table
    assert table is not None
    wanted = table.places(hit.row, -1)[0]
    qtbot.mouseClick(
        page.figure, Qt.MouseButton.LeftButton, pos=page.figure.place_of(hit).toPoint()
    )
    qtbot.wait_until(lambda: program.player.position == wanted.interval.start)
    assert [tag.id for tag in desk.selected] == list(wanted.tags)


def test_the_arrows_and_enter_do_so_too(qtbot: QtBot, program: Program, desk: Desk) -> None:
    look_at(qtbot, program, "figure-matrix")
    page = program.resulting.page
    page.figure.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Return):
        qtbot.keyClick(page.figure, key)
    assert page.moments.rowCount() > 0
    place = page.moments.place_at(0)
    assert place is not None
    qtbot.wait_until(lambda: program.player.position == place.interval.start)
    assert desk.selected


def test_a_change_is_told_and_update_shows_it(qtbot: QtBot, program: Program, desk: Desk) -> None:
    page = program.resulting.page
    document = desk.document
    first = next(tag for tag in document.tags if tag.code == "open_question")
    document.push(editing.delete_tags(document.session, document.pass_id, [first]))
    assert page.message.text() == STALE
    with qtbot.wait_signal(program.resulting.shown, timeout=PATIENCE_MS):
        qtbot.mouseClick(page.update_button, Qt.MouseButton.LeftButton)
    assert cell(program, "Open question", "count") == "2"
    assert not page.message.text()


def test_what_is_hidden_is_counted_nowhere(qtbot: QtBot, program: Program, desk: Desk) -> None:
    program.window.actions_table.by_id["hide_others"].trigger()
    look_at(qtbot, program, "summary")
    table = program.resulting.page.model.table
    assert table is not None
    assert "coder" not in {column.id for column in table.columns}
    assert sum(int(str(one)) for one in table.values("count")) == len(desk.document.tags)
    look_at(qtbot, program, "agreement")
    assert "two coders" in program.resulting.page.message.text()


@pytest.mark.usefixtures("desk")
def test_tables_are_kept_as_a_workbook(
    qtbot: QtBot, program: Program, answers: Places, tmp_path: Path
) -> None:
    answers.kept = tmp_path / "numbers.xlsx"
    qtbot.mouseClick(program.resulting.page.save_button, Qt.MouseButton.LeftButton)
    qtbot.wait_until((tmp_path / "numbers.xlsx").exists, timeout=PATIENCE_MS)
    assert answers.asked == ["first-session-summary.xlsx"]
    qtbot.wait_until(lambda: "numbers.xlsx" in notices(program), timeout=PATIENCE_MS)
    assert load_workbook(tmp_path / "numbers.xlsx").sheetnames[0] == "Summary"


@pytest.mark.usefixtures("desk")
def test_a_figure_is_kept_with_its_numbers(
    qtbot: QtBot, program: Program, answers: Places, tmp_path: Path
) -> None:
    look_at(qtbot, program, "figure-rates")
    answers.kept = tmp_path / "rates.svg"
    program.window.actions_table.by_id["save_results"].trigger()
    qtbot.wait_until((tmp_path / "rates.csv").exists, timeout=PATIENCE_MS)
    assert (tmp_path / "rates.svg").read_bytes().startswith(b"<?xml")
    assert answers.asked == ["first-session-figure-rates.pdf (figure)"]


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("name", ["numbers.docx", "gone/numbers.xlsx"])
def test_what_cannot_be_kept_is_told(
    qtbot: QtBot, program: Program, answers: Places, tmp_path: Path, name: str
) -> None:
    answers.kept = tmp_path / name
    program.window.actions_table.by_id["save_results"].trigger()
    qtbot.wait_until(lambda: bool(notices(program)), timeout=PATIENCE_MS)
    assert not answers.kept.exists()


def test_closing_the_session_leaves_nothing_behind(
    qtbot: QtBot, program: Program, desk: Desk
) -> None:
    program.close_session(lambda: None)
    qtbot.wait_until(lambda: program.desk is None)
    page = program.resulting.page
    assert page.model.rowCount() == page.moments.rowCount() == 0
    assert "Open a session" in page.message.text()
    program.window.actions_table.by_id["save_results"].setEnabled(True)
    program.window.actions_table.by_id["save_results"].trigger()
    assert "no results" in notices(program)
    assert all(isinstance(tag, Tag) for tag in desk.document.tags)

"""Two coders who agree too little: the numbers show where, a consensus is made, a report is kept.

Real keys on the whole window. With ANNOTATOR_KEEP_STRIP set to a folder, the window is kept there
as pictures to be looked at.
"""

from __future__ import annotations

import csv
import io
import json
import os
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator import editing
from annotator.editing.consensus import open_differences
from annotator.gui.app import Program
from annotator.gui.desk import Desk
from annotator.jobs.figures import VIEWS
from annotator.model.coding import Purpose
from annotator.model.table import Table
from annotator.storage.sample import copy_sample
from tests.support.programs import Answers, notices, open_and_wait, running_program

CRITERION = 0.7
TIME = "2026-01-01T00:00:00Z"
PATIENCE_MS = 20_000


@dataclass
class Places(Answers):
    kept: Path | None = None

    def choose_results_place(self, start: Path, *, figure: bool) -> Path | None:
        self.asked.append(f"{start.name} {figure}")
        return self.kept


class Researcher:
    """Somebody who reads numbers in the window."""

    def __init__(self, qtbot: QtBot, program: Program, desk: Desk) -> None:
        self.qtbot, self.program, self.desk = qtbot, program, desk
        self._pictures = 0

    @property
    def table(self) -> Table:
        table = self.program.resulting.page.model.table
        assert table is not None, self.program.resulting.page.message.text()
        return table

    def look_at(self, view: str) -> None:
        page = self.program.resulting.page
        names = [one.id for one in VIEWS]
        with self.qtbot.wait_signal(self.program.resulting.shown, timeout=PATIENCE_MS):
            self.program.window.actions_table.by_id["results"].trigger()
            if page.choice.currentIndex() == names.index(view):
                self.qtbot.mouseClick(page.update_button, Qt.MouseButton.LeftButton)
            page.choice.setCurrentIndex(names.index(view))
        self.keep_picture(view)

    def easydiag(self) -> float:
        self.look_at("agreement")
        row = next(one for one in self.table.records() if one["name"] == "EasyDIAg κ")
        return float(str(row["value"]))

    def open_worst(self) -> str:
        """Open the largest cell beside the diagonal by keys; tells its row's code."""
        self.look_at("figure-matrix")
        page, table = self.program.resulting.page, self.table
        hits = page.figure.hits
        apart = [
            place
            for place, hit in enumerate(hits)
            if table.rows[hit.row][0] != table.columns[hit.column].name
        ]
        worst = max(apart, key=lambda at: float(str(table.rows[hits[at].row][hits[at].column])))
        page.figure.setFocus()
        for _ in range(worst + 1):
            self.qtbot.keyClick(page.figure, Qt.Key.Key_Right)
        self.qtbot.keyClick(page.figure, Qt.Key.Key_Return)
        moment = page.moments.place_at(0)
        assert moment is not None
        self.qtbot.wait_until(lambda: self.program.player.position == moment.interval.start)
        self.keep_picture("worst")
        return str(table.rows[hits[worst].row][0])

    def agree_on_all(self) -> None:
        """Finish both passes, compare them, and take the first in every difference."""
        program, document = self.program, self.desk.document
        for one in document.session.passes:
            document.push(editing.finish_pass(document.session, one.id, TIME))
        page, passes = program.comparing.page, document.session.passes
        program.window.actions_table.by_id["compare"].trigger()
        page.first.setCurrentIndex(page.first.findData(passes[0].id))
        page.second.setCurrentIndex(page.second.findData(passes[1].id))
        with self.qtbot.wait_signal(program.comparing.compared, check_params_cb=bool):
            page.compare.click()
        page.consensus.click()
        page.consensus.click()
        compared = program.comparing.comparison
        assert compared is not None, notices(program)
        page.view.setFocus()
        for _ in compared.differences:
            self.qtbot.keyClick(page.view, Qt.Key.Key_1)
        made = next(one for one in document.session.passes if one.purpose is Purpose.CONSENSUS)
        assert open_differences(made, compared) == ()

    def keep(self, place: Path, answers: Places) -> None:
        answers.kept = place
        self.program.window.actions_table.by_id["save_results"].trigger()
        self.qtbot.wait_until(lambda: place.name in notices(self.program), timeout=PATIENCE_MS)

    def keep_picture(self, name: str) -> None:
        if folder := os.environ.get("ANNOTATOR_KEEP_STRIP"):
            self._pictures += 1
            window = self.program.window
            window.grab().save(str(Path(folder) / f"numbers-{self._pictures}-{name}.png"))


def coded_apart(folder: Path) -> Path:
    """Copy the sample, in which the second coder took many things for something else."""
    path = copy_sample(folder)
    tree = json.loads(path.read_text(encoding="utf-8"))
    for number, tag in enumerate(tree["passes"][1]["tags"]):
        if number % 3 == 0 and tag["start"] == tag["end"]:
            tag["code"] = "information"
    path.write_text(json.dumps(tree), encoding="utf-8")
    return path


def test_from_too_little_agreement_to_a_report(qtbot: QtBot, tmp_path: Path) -> None:
    answers = Places()
    with running_program(qtbot, answers, coder="A") as program:
        desk = open_and_wait(qtbot, program, coded_apart(tmp_path / "s"))
        researcher = Researcher(qtbot, program, desk)
        before = researcher.easydiag()
        assert before < CRITERION
        assert "To report" not in program.resulting.page.notes.text()
        assert "Agreement between A and B was EasyDIAg κ" in program.resulting.page.notes.text()
        code = researcher.open_worst()
        assert program.desk is not None
        assert {tag.code for tag in program.desk.selected} == {code}
        researcher.agree_on_all()
        researcher.look_at("summary")
        coders = set(researcher.table.values("coder"))
        assert len(coders) > 1
        researcher.keep(tmp_path / "report.xlsx", answers)
        researcher.look_at("figure-rates")
        researcher.keep(tmp_path / "rates.pdf", answers)
    book = load_workbook(tmp_path / "report.xlsx")
    assert book.sheetnames[:2] == ["Summary", "Ratings and scores"]
    purposes = {row[2].value for row in book["Summary"].iter_rows(min_row=2)}
    assert "consensus" in purposes
    text = (tmp_path / "rates.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    by_purpose = {
        purpose: sum(int(row["count"]) for row in rows if row["purpose"] == purpose)
        for purpose in ("primary", "consensus")
    }
    assert by_purpose["primary"] == by_purpose["consensus"]
    assert (tmp_path / "rates.pdf").read_bytes().startswith(b"%PDF")

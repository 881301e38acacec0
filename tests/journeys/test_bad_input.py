"""Files with faults, brought into the window: each is told as a list, and nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.storage.books import write_book
from annotator.storage.library import load_builtin
from annotator.storage.sample import copy_sample
from tests.support.programs import Answers, notices, open_and_wait, running_program

PATIENCE_MS = 10_000
BACKWARDS = """WEBVTT

00:00:10.000 --> 00:00:12.000
<v T01>first as written

00:00:08.000 --> 00:00:07.000
<v C01>ends before it begins

00:00:02.000 --> 00:00:05.000
<v C01>earlier on the film
"""

Change = Callable[[dict[str, Any]], object]


@dataclass
class FileAnswers(Answers):
    """Chooses one codebook's file as well."""

    book: Path | None = None

    def choose_codebook(self) -> Path | None:
        return self.book


@pytest.fixture
def answers(tmp_path: Path) -> FileAnswers:
    return FileAnswers(transcript=tmp_path / "talk.vtt", book=tmp_path / "bad.codebook.json")


@pytest.fixture
def program(qtbot: QtBot, answers: FileAnswers) -> Iterator[Program]:
    with running_program(qtbot, answers, "A") as running:
        yield running


def changed(path: Path, change: Change) -> Path:
    written = json.loads(path.read_text("utf-8"))
    change(written)
    path.write_text(json.dumps(written), "utf-8")
    return path


def with_two_faults(written: dict[str, Any]) -> None:
    """Give two codes one key, and have a score count a code that is not there."""
    book = written.get("codebook", written)
    book["codes"][1]["key"] = book["codes"][0]["key"]
    book["scores"][0]["formula"] = "nowhere / 2"


def test_a_codebook_with_faults_is_told_as_a_list_and_changes_nothing(
    qtbot: QtBot, program: Program, answers: FileAnswers, tmp_path: Path
) -> None:
    desk = open_and_wait(qtbot, program, copy_sample(tmp_path / "s"))
    before = desk.document.session
    assert answers.book is not None
    write_book(answers.book, load_builtin("starter"))
    changed(answers.book, with_two_faults)
    program.window.actions_table.by_id["codebook"].trigger()
    editor = program.booking.editor
    editor.parts.read.click()
    said = editor.parts.trouble.text()
    assert editor.parts.trouble.isVisible()
    assert "used twice" in said
    assert "nowhere" in said
    assert desk.document.session is before
    assert not editor.working.is_changed
    editor.close()


def test_a_session_whose_codebook_has_faults_opens_with_all_it_holds(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    path = changed(copy_sample(tmp_path / "s"), with_two_faults)
    kept = json.loads(path.read_text("utf-8"))
    desk = open_and_wait(qtbot, program, path)
    assert "problem" in notices(program)
    assert "and 1 more" in notices(program)
    assert len(desk.document.tags) == len(kept["passes"][0]["tags"])
    program.window.actions_table.by_id["codebook"].trigger()
    editor = program.booking.editor
    told = "\n".join(words for _problem, words in editor.parts.listed.problems)
    assert "used twice" in told
    assert "nowhere" in told
    editor.close()


def test_a_transcript_whose_times_go_backwards_is_taken_with_remarks(
    qtbot: QtBot, program: Program, answers: FileAnswers, tmp_path: Path
) -> None:
    desk = open_and_wait(qtbot, program, copy_sample(tmp_path / "s"))
    before = desk.document.session
    assert answers.transcript is not None
    answers.transcript.write_text(BACKWARDS, "utf-8")
    page = program.transcribing.page
    program.window.actions_table.by_id["import_transcript"].trigger()
    qtbot.wait_until(lambda: bool(page.remarks.toPlainText()), timeout=PATIENCE_MS)
    assert page.remarks.isVisible()
    lines = page.remarks.toPlainText().splitlines()
    assert len(lines) >= 1
    assert any("6" in line for line in lines)  # the line of the file
    starts = [cue.start for cue in page.model.cues]
    assert starts == sorted(starts)
    assert {"first as written", "earlier on the film"} <= {cue.text for cue in page.model.cues}
    assert answers.transcript.read_text("utf-8") == BACKWARDS
    if desk.document.session != before:
        desk.document.undo_stack.undo()
    assert desk.document.session == before


def test_a_pass_of_a_newer_version_can_be_looked_at_and_is_left_as_it_is(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    def renew(written: dict[str, Any]) -> None:
        written["version"] = 99
        written["passes"][0]["mood"] = {"of": "the coder"}

    path = changed(copy_sample(tmp_path / "s"), renew)
    kept = path.read_bytes()
    desk = open_and_wait(qtbot, program, path)
    before = desk.document.session
    assert len(desk.document.tags) > 0
    assert "newer version" in notices(program)
    picture = program.window.parts.picture
    for key in (Qt.Key.Key_R, Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
        QTest.keyClick(picture, key)
    assert desk.document.session is before
    assert not program.window.parts.tags.isHidden()
    program.close_session(lambda: None)
    qtbot.wait_until(lambda: program.desk is None)
    assert path.read_bytes() == kept
    assert sorted(one.name for one in path.parent.glob("*.session.json*")) == [path.name]


def test_a_newer_session_that_cannot_be_read_says_so_and_is_left_as_it_is(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    def renew(written: dict[str, Any]) -> None:
        written.update(version=99, passes={"by": "moment"})

    path = changed(copy_sample(tmp_path / "s"), renew)
    kept = path.read_bytes()
    program.open(path)
    qtbot.wait_until(lambda: "newer version" in notices(program), timeout=PATIENCE_MS)
    assert program.desk is None
    assert path.read_bytes() == kept

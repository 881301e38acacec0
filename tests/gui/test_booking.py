"""The codebook is changed in its editor, as one step that undo brings back to equality."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from annotator.editing.book_draft import scores_with
from annotator.editing.fates import DELETED, TagsGo, recoded
from annotator.gui.app import Program
from annotator.gui.codebook.window import CodebookWindow
from annotator.model.codebook import Codebook
from annotator.model.session import Session
from annotator.storage.books import read_book, write_book
from annotator.storage.library import load_builtin
from annotator.storage.sample import copy_sample
from tests.support.programs import Answers, open_and_wait, running_program

PATIENCE_MS = 10_000


@dataclass
class BookAnswers(Answers):
    fate: TagsGo | None = None
    book: Path | None = None

    def ask_where_tags_go(
        self, name: str, noun: str, count: int, targets: Sequence[tuple[str, str]]
    ) -> TagsGo | None:
        self.asked.append(f"{count} {noun} of {name}, or to {len(targets)}")
        return self.fate

    def choose_codebook(self) -> Path | None:
        return self.book

    def choose_codebook_place(self, _book: Codebook) -> Path | None:
        return self.book


@pytest.fixture
def answers() -> BookAnswers:
    return BookAnswers()


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path, answers: BookAnswers) -> Iterator[Program]:
    with running_program(qtbot, answers, "A") as running:
        open_and_wait(qtbot, running, copy_sample(tmp_path / "session"))
        running.window.actions_table.by_id["codebook"].trigger()
        yield running


def session(program: Program) -> Session:
    assert program.desk is not None
    return program.desk.document.session


def editor(program: Program) -> CodebookWindow:
    return program.booking.editor


def apply(qtbot: QtBot, program: Program) -> None:
    qtbot.mouseClick(editor(program).parts.apply, Qt.MouseButton.LeftButton)
    qtbot.wait_until(lambda: not editor(program).isVisible(), timeout=PATIENCE_MS)


def code_ids(one: Session) -> list[str]:
    return [tag.code for coding_pass in one.passes for tag in coding_pass.tags]


def type_into(qtbot: QtBot, program: Program, name: str, text: str) -> None:
    window = editor(program)
    part = window.part
    field = window.parts.forms[part].fields[name]
    line = field.focusProxy()
    assert line is not None
    qtbot.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(line, text)


def test_lists_behave_as_models(program: Program) -> None:
    window = editor(program)
    fails = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [
        QAbstractItemModelTester(window.parts.members, fails),
        QAbstractItemModelTester(window.parts.listed, fails),
    ]
    window.parts.add.click()
    window.parts.tabs.setCurrentIndex(2)
    window.parts.add.click()
    assert len(testers) == 2
    assert window.parts.members.rowCount() == 1
    assert window.working.book.ratings[0].name == "New rating"


def test_a_new_id_is_carried_to_the_tags_and_taken_back(qtbot: QtBot, program: Program) -> None:
    before = session(program)
    old = before.codebook.codes[0].id
    assert not editor(program).parts.apply.isEnabled()
    type_into(qtbot, program, "id", "opened")
    apply(qtbot, program)
    after = session(program)
    assert code_ids(after).count("opened") == code_ids(before).count(old) > 0
    assert after.codebook.version != before.codebook.version
    assert after.codebook.code(old) is None
    assert "opened" in program.window.actions_table.by_code
    assert program.desk is not None
    program.desk.document.undo_stack.undo()
    assert session(program) == before
    program.desk.document.undo_stack.redo()
    assert session(program) == after


def test_the_id_of_a_new_code_follows_its_name(qtbot: QtBot, program: Program) -> None:
    qtbot.mouseClick(editor(program).parts.add, Qt.MouseButton.LeftButton)
    type_into(qtbot, program, "name", "Long pause")
    apply(qtbot, program)
    assert session(program).codebook.codes[1].id == "long_pause"


def test_a_key_used_twice_is_told_and_leads_to_its_field(qtbot: QtBot, program: Program) -> None:
    before = session(program)
    window = editor(program)
    type_into(qtbot, program, "key", "C")
    problem, words = window.parts.listed.problems[0]
    assert not problem.is_warning
    assert "used twice" in words
    window.parts.problems.setCurrentIndex(window.parts.listed.index(0))
    window.parts.problems.activated.emit(window.parts.listed.index(0))
    assert window.row == 1
    window.parts.apply.click()
    qtbot.wait_until(window.parts.trouble.isVisible, timeout=PATIENCE_MS)
    assert "used twice" in window.parts.trouble.text()
    assert session(program) is before


@pytest.mark.parametrize(("fate", "left"), [(DELETED, 0), (recoded("closed_question"), 1)])
def test_removing_asks_where_tags_go(
    qtbot: QtBot, program: Program, answers: BookAnswers, fate: TagsGo, left: int
) -> None:
    before = session(program)
    book, used = before.codebook, code_ids(before)
    free = [one for one in book.codes if one.id in used and not scores_with(book, one.id)]
    old = free[0].id
    count = used.count(old)
    parts = editor(program).parts
    parts.list.setCurrentIndex(parts.members.index(book.codes.index(free[0])))
    editor(program).parts.remove.click()
    assert answers.asked[-1].startswith(f"{count} tags of ")
    assert not editor(program).working.is_changed
    answers.fate = fate
    editor(program).parts.remove.click()
    apply(qtbot, program)
    assert len(code_ids(session(program))) == len(code_ids(before)) - count * (1 - left)
    assert program.desk is not None
    program.desk.document.undo_stack.undo()
    assert session(program) == before


def test_a_broken_file_is_told_and_changes_nothing(
    program: Program, answers: BookAnswers, tmp_path: Path
) -> None:
    before = session(program)
    answers.book = tmp_path / "broken.codebook.json"
    write_book(answers.book, load_builtin("starter"))
    text = answers.book.read_text(encoding="utf-8")
    answers.book.write_text(text.replace('"key": "O"', '"key": "C"'), encoding="utf-8")
    editor(program).parts.read.click()
    assert "used twice" in editor(program).parts.trouble.text()
    assert session(program) is before


def test_what_is_exported_is_the_draft(
    program: Program, answers: BookAnswers, tmp_path: Path
) -> None:
    answers.book = tmp_path / "ours.codebook.json"
    editor(program).parts.add.click()
    editor(program).parts.write.click()
    assert read_book(answers.book).book == editor(program).working.book


def test_a_session_moves_to_another_book(qtbot: QtBot, program: Program) -> None:
    before = session(program)
    program.booking.show_move(load_builtin("miti_4_2_1"))
    mover = program.booking.mover
    qtbot.wait_until(lambda: mover.plan is not None, timeout=PATIENCE_MS)
    assert mover.notice.text()
    assert mover.model.rowCount() > 0
    qtbot.mouseClick(mover.move_button, Qt.MouseButton.LeftButton)
    qtbot.wait_until(lambda: not mover.isVisible(), timeout=PATIENCE_MS)
    assert session(program).codebook.id == "miti_4_2_1"
    assert len(code_ids(session(program))) == len(code_ids(before))
    assert program.desk is not None
    program.desk.document.undo_stack.undo()
    assert session(program) == before


def test_closing_asks_before_a_change_is_lost(
    qtbot: QtBot, program: Program, answers: BookAnswers
) -> None:
    window = editor(program)
    type_into(qtbot, program, "name", "Changed")
    for close in (
        lambda: qtbot.keyClick(window, Qt.Key.Key_Escape),
        lambda: qtbot.mouseClick(window.parts.cancel, Qt.MouseButton.LeftButton),
        window.close,
        lambda: program.close_session(lambda: None),
        program.quit,
    ):
        answers.asked.clear()
        close()
        assert answers.asked == ["discard the changes to the codebook"]
        assert window.isVisible()
        assert window.working.is_changed
    assert program.desk is not None
    answers.discards_draft = True
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    answers.asked.clear()
    program.close_session(lambda: None)
    assert not answers.asked


def test_closing_asks_nothing_where_nothing_was_changed(
    qtbot: QtBot, program: Program, answers: BookAnswers
) -> None:
    qtbot.keyClick(editor(program), Qt.Key.Key_Escape)
    assert not editor(program).isVisible()
    assert not answers.asked

"""A transcript is imported, followed, tagged, corrected and exported in the whole program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.gui.desk import Desk
from annotator.gui.panels.transcript_model import CuesModel
from annotator.model import Micros, Tag
from annotator.model.transcript import Cue
from annotator.storage.interchange.transcripts import read_transcript
from annotator.storage.sample import copy_sample
from tests.support.programs import Answers, open_and_wait, running_program

VTT = """WEBVTT

00:01.000 --> 00:03.000
<v Therapist>How <00:00:01.500>was <00:00:02.000>it

00:04.000 --> 00:06.000
<v Client>Hard to say

00:08.000 --> 00:09.000
<v Client>I slept
"""
PATIENCE_MS = 10_000


@pytest.fixture
def answers(tmp_path: Path) -> Answers:
    path = tmp_path / "talk.vtt"
    path.write_text(VTT, encoding="utf-8")
    return Answers(transcript=path, transcript_place=tmp_path / "out.vtt")


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path, answers: Answers) -> Iterator[Program]:
    """The sample with a transcript of three cues, whose list has the keys."""
    session = copy_sample(tmp_path / "first-session")
    with running_program(qtbot, answers) as running:
        open_and_wait(qtbot, running, session)
        running.window.actions_table.by_id["import_transcript"].trigger()
        qtbot.wait_until(lambda: len(cues(running)) == 3, timeout=PATIENCE_MS)
        qtbot.wait_until(running.transcribing.page.view.hasFocus)
        yield running


def cues(program: Program) -> tuple[Cue, ...]:
    return program.transcribing.page.model.cues


def desk(program: Program) -> Desk:
    found = program.desk
    assert isinstance(found, Desk)
    return found


def new_tags(program: Program, before: set[str]) -> list[Tag]:
    return [one for one in desk(program).document.tags if one.id not in before]


def press(qtbot: QtBot, program: Program, *keys: Qt.Key, shift: bool = False) -> None:
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    for key in keys:
        qtbot.keyClick(program.transcribing.page.view, key, held)


def test_an_import_is_one_step_and_knows_the_participants(program: Program) -> None:
    document = desk(program).document
    roles = {one.id: one.role.value for one in document.session.participants}
    assert [roles.get(cue.participant) for cue in cues(program)] == [
        "therapist",
        "client",
        "client",
    ]
    document.undo_stack.undo()
    assert cues(program) == ()
    assert not document.session.transcripts


def test_arrows_move_and_enter_seeks(qtbot: QtBot, program: Program) -> None:
    press(qtbot, program, Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Return)
    qtbot.wait_until(lambda: abs(program.player.position - 4_000_000) < 60_000)
    view = program.transcribing.page.view
    qtbot.wait_until(lambda: view.painter_of_cues.current_row in {0, 1})
    assert view.currentIndex().row() == 1


def test_selected_words_are_tagged_by_a_codes_key(qtbot: QtBot, program: Program) -> None:
    document = desk(program).document
    before = {one.id for one in document.tags}
    code = next(one for one in document.session.codebook.codes if one.kind.value == "span")
    press(qtbot, program, Qt.Key.Key_Home)
    press(qtbot, program, Qt.Key.Key_Right, Qt.Key.Key_Right, shift=True)
    key = program.window.actions_table.by_code[code.id].shortcut()
    qtbot.keyClick(program.transcribing.page.view, Qt.Key(key[0].key()))
    (made,) = new_tags(program, before)
    assert (made.code, made.start, made.end) == (code.id, 1_000_000, 2_000_000)
    assert made.participant == cues(program)[0].participant
    assert program.transcribing.page.view.marked is None


def test_a_cue_is_corrected_in_one_step(qtbot: QtBot, program: Program) -> None:
    page = program.transcribing.page
    press(qtbot, program, Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_F2)
    page.editor.text.selectAll()
    qtbot.keyClicks(page.editor.text, "Easy to say")
    page.editor.end.setText("0:07.000")
    qtbot.keyClick(page.editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (cues(program)[1].text, cues(program)[1].end) == ("Easy to say", 7_000_000)
    assert not page.editor.isVisible()
    desk(program).document.undo_stack.undo()
    assert (cues(program)[1].text, cues(program)[1].end) == ("Hard to say", 6_000_000)


def test_a_cue_is_split_at_the_cursor_and_merged_again(qtbot: QtBot, program: Program) -> None:
    page = program.transcribing.page
    press(qtbot, program, Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_F2)
    page.editor.split_asked.emit(len("Hard "))
    assert [one.text for one in cues(program)[1:3]] == ["Hard", "to say"]
    press(qtbot, program, Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_F2)
    page.editor.merge_asked.emit()
    assert cues(program)[1].text == "Hard to say"


def test_searching_goes_on_from_cue_to_cue(qtbot: QtBot, program: Program) -> None:
    page = program.transcribing.page
    program.window.actions_table.by_id["find_in_transcript"].trigger()
    assert page.search.hasFocus()
    qtbot.keyClicks(page.search, "client")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    first = page.view.currentIndex().row()
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert {first, page.view.currentIndex().row()} == {1, 2}
    assert not page.follows
    page.back.click()
    assert page.follows


def test_an_export_is_read_again_and_says_where_it_went(
    qtbot: QtBot, program: Program, answers: Answers
) -> None:
    with qtbot.wait_signal(program.transcribing.said, timeout=PATIENCE_MS) as told:
        program.window.actions_table.by_id["export_transcript"].trigger()
    place = answers.transcript_place
    assert place is not None
    assert str(place) in told.args[0]
    again = read_transcript(place, "t").transcript.cues
    assert [(one.start, one.text) for one in again] == [
        (one.start, one.text) for one in cues(program)
    ]


def test_rows_are_told_one_by_one_and_found_by_time(qtbot: QtBot) -> None:
    model = CuesModel()
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, None
    )
    many = tuple(Cue(f"c{n}", Micros(n * 10), Micros(n * 10 + 5), f"word {n}") for n in range(50))
    model.set_cues(many)
    with qtbot.assert_not_emitted(model.modelReset):
        model.set_cues(many[:10] + many[12:])
        model.set_cues(many)
    assert tester.model() is model
    assert [model.row_at(Micros(one)) for one in (-1, 0, 9, 10, 499)] == [-1, 0, 0, 1, 49]
    assert model.find("WORD 7", 0, 1) == 7
    assert model.find("nothing", 0, 1) == -1


LABELS = """WEBVTT

00:01.000 --> 00:03.000
<v T>How was it

00:04.000 --> 00:06.000
<v C>Hard to say

00:08.000 --> 00:09.000
<v T>I see
"""


def test_an_import_tells_whom_it_does_not_know_and_f2_says_it_for_all_cues(
    qtbot: QtBot, program: Program, answers: Answers
) -> None:
    assert answers.transcript is not None
    answers.transcript.write_text(LABELS, encoding="utf-8")
    program.window.actions_table.by_id["import_transcript"].trigger()
    page, document = program.transcribing.page, desk(program).document
    qtbot.wait_until(lambda: cues(program)[0].speaker == "T", timeout=PATIENCE_MS)
    assert "Which participant “T”, “C” is, is not told. F2 on a cue" in page.remarks.toPlainText()
    press(qtbot, program, Qt.Key.Key_Home, Qt.Key.Key_F2)
    person = page.editor.person
    assert person.currentText() == "Not said yet"
    person.setFocus()
    therapist = next(o.id for o in document.session.participants if o.role.value == "therapist")
    for _ in range(person.findData(therapist)):
        qtbot.keyClick(person, Qt.Key.Key_Down)
    qtbot.keyClick(page.editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [one.participant for one in cues(program)] == [therapist, "", therapist]
    assert not page.editor.isVisible()
    document.undo_stack.undo()
    assert {one.participant for one in cues(program)} == {""}


def test_a_cue_without_a_label_is_nobodys(qtbot: QtBot, program: Program) -> None:
    page = program.transcribing.page
    press(qtbot, program, Qt.Key.Key_Home, Qt.Key.Key_F2)
    assert page.editor.person.isEnabled()
    page.editor.speaker.clear()
    assert not page.editor.person.isEnabled()
    assert page.editor.person.toolTip() == "Give the speaker a label first."

"""Foreign files are taken into the open session, or made into sessions, in the whole program."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtCore import QMimeData, QPointF, Qt, QUrl
from PyQt6.QtGui import QDropEvent
from PyQt6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from annotator.editing import Edit
from annotator.gui.app import Program
from annotator.gui.dialogs.import_models import NEW_CODE
from annotator.gui.dialogs.import_table import TablePage
from annotator.gui.dialogs.import_window import ImportWindow
from annotator.gui.theme import light
from annotator.model.change import FieldChange
from annotator.storage.codec import decode_session
from annotator.storage.interchange.columns import Column
from annotator.storage.interchange.interface import TierUse
from annotator.storage.mappings import list_mappings, load_mapping
from annotator.storage.sample import copy_sample
from tests.support.exchanging import (
    GRID,
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
from tests.support.foreign import places, rich_session, write
from tests.support.programs import notices, open_and_wait, running_program
from tests.support.workbooks import OTHER_TAGS, REMARKS, TAGS, workbook_of

BORIS = "study.boris"


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def welcome(qtbot: QtBot, person: Person) -> Iterator[Program]:
    """The program with no session open."""
    with running_program(qtbot, person) as running:
        yield running


@pytest.fixture
def program(qtbot: QtBot, welcome: Program, tmp_path: Path) -> Program:
    """The program with the sample open, coded by A and B."""
    open_and_wait(qtbot, welcome, copy_sample(tmp_path / "first-session"))
    return welcome


def elan(folder: Path) -> Path:
    path = folder / "talk.eaf"
    path.write_bytes(write(rich_session(), path.name).data)
    return path


def two_sessions(folder: Path) -> Path:
    rows = TABLE.splitlines()
    lines = [f"{rows[0]},Session", f"{rows[1]},monday", f"{rows[2]},tuesday", f"{rows[3]},tuesday"]
    return written(folder, "week.csv", "\n".join(lines))


def test_an_import_by_the_menu_is_one_step_with_its_report(
    qtbot: QtBot, program: Program, person: Person, tmp_path: Path
) -> None:
    before = session(program)
    person.to_import = written(tmp_path, "rated.csv", TABLE)
    program.window.actions_table.by_id["import"].trigger()
    importing = program.exchanging.importing
    qtbot.wait_until(lambda: importing._dialog is not None, timeout=PATIENCE_MS)
    window = settle(qtbot, program)
    assert window.parts.summary.text() == "All 4 rows in the file come along."
    take_over(qtbot, program)
    assert not window.isVisible()
    after = session(program)
    assert [one.coder for one in after.passes[-2:]] == ["K", "L"]
    assert sum(len(one.tags) for one in after.passes[-2:]) == 4
    report = tmp_path / "first-session" / "first-session.import-report.txt"
    assert "rated.csv" in report.read_text(encoding="utf-8")
    assert f"The report is {report.name}" in notices(program)
    assert program.desk is not None
    program.desk.document.undo_stack.undo()
    assert session(program) == before
    program.desk.document.undo_stack.redo()
    assert session(program) == after


def test_a_file_that_was_not_chosen_imports_nothing(
    qtbot: QtBot, program: Program, person: Person
) -> None:
    before = session(program)
    program.window.actions_table.by_id["import"].trigger()
    qtbot.wait_until(lambda: bool(person.asked), timeout=PATIENCE_MS)
    assert session(program) is before
    assert "kinds" in person.asked[0]


def test_her_own_pass_comes_and_is_gone_on_with(qtbot: QtBot, program: Program) -> None:
    document = program.desk.document if program.desk is not None else None
    assert document is not None
    own = written(document.path.parent, "own.csv", TABLE.replace(",K,", ",AB,"))
    look_at(qtbot, program, own)
    take_over(qtbot, program)
    assert document.coding_pass is not None
    assert document.coding_pass.coder == "AB"
    assert document.why_no_tagging == ""
    document.undo_stack.undo()
    assert document.coding_pass is None
    document.undo_stack.redo()
    assert len(document.tags) == 3


def test_what_others_coded_is_shown_to_her_who_has_no_tags_yet(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    take_over(qtbot, program)
    assert program.desk is not None
    assert program.desk.document.coding_pass is not None
    assert program.desk.document.coding_pass.coder == "K"
    program.desk.document.undo_stack.undo()
    assert program.desk.document.coding_pass is None


def test_in_blind_mode_a_pass_that_came_stays_hidden(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    program.window.actions_table.by_id["hide_others"].trigger()
    assert program.passing.blind
    look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    take_over(qtbot, program)
    assert program.desk is not None
    assert program.desk.document.coding_pass is None
    assert program.passing.seen == ()
    assert "hidden from you" in notices(program)
    assert len(session(program).passes) == 4


def test_a_pass_that_is_unticked_stays_behind_and_is_told(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    window = look_at(qtbot, program, elan(tmp_path))
    ticks = window.parts.contents.ticks
    lines = [ticks.index(row).data() for row in range(ticks.rowCount())]
    assert lines == ["A · 5 tags, 1 rating", "B · 2 tags", "What was said · 2 cues"]
    for row in (0, 2):
        ticks.setData(ticks.index(row), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    settle(qtbot, program)
    count = len(session(program).passes)
    take_over(qtbot, program)
    new = session(program).passes[count:]
    assert [len(one.tags) for one in new] == [2]
    report = next((tmp_path / "first-session").glob("*.import-report.txt"))
    text = report.read_text(encoding="utf-8")
    assert "a coding pass was not chosen" in text
    assert "what was said was not chosen" in text


def test_with_nothing_ticked_nothing_can_be_taken(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    window = look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    ticks = window.parts.contents.ticks
    for row in range(ticks.rowCount()):
        ticks.setData(ticks.index(row), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    settle(qtbot, program)
    assert "nothing in it to take over" in window.parts.trouble.text()
    assert not window.parts.take_button.isEnabled()
    assert not window.parts.make_button.isEnabled()


def test_a_code_of_the_file_becomes_one_of_ours(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    window = look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    codes = window.parts.contents.lines
    becomes = {codes.index(row, 0).data(): codes.index(row, 2).data() for row in range(3)}
    assert becomes == {
        "Open question": "Open question",
        "Silence": "Silence",
        "Laughter": "A new code",
    }
    row = next(row for row in range(3) if codes.index(row, 0).data() == "Laughter")
    codes.setData(codes.index(row, 2), "affirmation")
    settle(qtbot, program)
    assert codes.index(row, 2).data() == "Affirmation"
    book = session(program).codebook
    take_over(qtbot, program)
    assert session(program).codebook == book
    assert [tag.code for tag in session(program).passes[-2].tags] == [
        "open_question",
        "silence",
        "affirmation",
    ]


def test_a_code_can_be_new_although_ours_has_its_name(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    window = look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    codes = window.parts.contents.lines
    row = next(row for row in range(3) if codes.index(row, 0).data() == "Silence")
    codes.setData(codes.index(row, 2), NEW_CODE)
    settle(qtbot, program)
    assert codes.index(row, 2).data() == "A new code"
    before = session(program).codebook.codes
    take_over(qtbot, program)
    assert len(session(program).codebook.codes) == len(before) + 2
    assert session(program).passes[-2].tags[1].code not in {one.id for one in before}


def test_the_choice_of_a_code_opens_by_return_and_is_made_by_keys(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    window = look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    page = window.parts.contents
    window.parts.show_page(page)
    row = next(row for row in range(3) if page.lines.index(row, 0).data() == "Laughter")
    page.codes.setFocus()
    page.codes.setCurrentIndex(page.lines.index(row, 2))
    qtbot.keyClick(page.codes, Qt.Key.Key_Return)
    (box,) = [one for one in page.codes.findChildren(QComboBox) if one.isVisible()]
    qtbot.wait_until(lambda: box.view() is not None and box.view().isVisible())
    view = box.view()
    assert view is not None
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    first = session(program).codebook.codes_in_use[0]
    qtbot.wait_until(lambda: page.lines.index(row, 2).data() == first.name)


def test_tiers_are_taken_for_something_else_and_read_again(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    window = look_at(qtbot, program, written(tmp_path, "talk.TextGrid", GRID))
    tiers = window.parts.tier_lines
    shown = [tuple(tiers.index(row, column).data() for column in range(4)) for row in range(2)]
    assert shown[0][:3] == ("codes", "4", "MI · XY")
    assert shown[0][3] == "Each text in it is a code"
    assert shown[1][3] == "What was said"
    with qtbot.wait_signal(program.exchanging.importing.shown, timeout=PATIENCE_MS):
        tiers.setData(tiers.index(1, 3), TierUse.LEAVE.value)
    settle(qtbot, program)
    assert tiers.index(1, 3).data() == "Leave it out"
    assert "2 do not" in window.parts.summary.text()
    assert window.parts.tabs.tabText(2) == "Remarks (1)"
    take_over(qtbot, program)
    assert len(session(program).passes[-1].tags) == 4
    assert "2 in the file did not come along" in notices(program)


def test_columns_are_corrected_and_the_choice_is_kept_for_the_next_table(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    odd = TABLE.replace("Onset,Offset,Behavior,Rater,Comment", "Onset,Offset,Comment,Rater,Code")
    window = look_at(qtbot, program, written(tmp_path, "odd.csv", odd))
    page = window.parts.table
    assert [page.model.index(0, n).data() for n in (0, 2, 4)] == ["Start", "Note", "Code"]
    page.model.setData(page.model.index(0, 2), Column.CODE.value)
    settle(qtbot, program)
    page.model.setData(page.model.index(0, 4), Column.NOTE.value)
    settle(qtbot, program)
    assert page.model.index(0, 2).data() == "Code"
    codes = window.parts.contents.lines
    assert {codes.index(row, 0).data() for row in range(codes.rowCount())} == {
        "Open question",
        "Silence",
        "Laughter",
    }
    window.parts.show_page(window.parts.table_area)
    page.name.setFocus()
    qtbot.keyClicks(page.name, "ours")
    qtbot.keyClick(page.name, Qt.Key.Key_Return)
    assert list_mappings() == ("ours",)
    assert window.isVisible()
    assert not window.is_busy
    window.reject()
    look_at(qtbot, program, written(tmp_path, "again.csv", odd))
    assert page.kept_box.currentText() == "ours"
    assert page.model.index(0, 2).data() == "Code"


def months(folder: Path, name: str, first: str = "June") -> Path:
    path = folder / name
    sheets = [("about", REMARKS), (first, TAGS), ("July", OTHER_TAGS)]
    path.write_bytes(workbook_of(sheets))
    return path


def buttons_of(window: ImportWindow) -> tuple[QPushButton, ...]:
    return (window.parts.cancel_button, window.parts.make_button, window.parts.take_button)


def choose_sheet(qtbot: QtBot, program: Program, name: str) -> ImportWindow:
    box = import_window(program).parts.table.sheet_box
    place = box.findText(name)
    assert place >= 0
    box.setCurrentIndex(place)
    box.activated.emit(place)
    return settle(qtbot, program)


def test_the_sheet_of_a_workbook_is_chosen_and_its_rows_are_shown(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    window = look_at(qtbot, program, months(tmp_path, "months.xlsx"))
    page = window.parts.table
    assert not page.sheet_row.isHidden()
    offered = [page.sheet_box.itemText(n) for n in range(page.sheet_box.count())]
    assert (offered, page.sheet_box.currentText()) == (["about", "June", "July"], "June")
    choose_sheet(qtbot, program, "July")
    assert [page.model.index(1, n).data() for n in (0, 1)] == ["9.5", "z"]
    assert page.model.index(0, 1).data() == "Code"
    assert [len(one.tags) for one in window.wanted[0].passes] == [2]
    assert window.looked is not None
    assert window.looked.read is not None
    assert window.looked.read.imported is not None
    report = window.looked.read.imported.report
    assert places(report, "another sheet") == ("sheet “about”", "sheet “June”")


def test_a_sheet_that_is_no_table_leaves_the_choice_of_the_others(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    look_at(qtbot, program, months(tmp_path, "months.xlsx"))
    window = choose_sheet(qtbot, program, "about")
    assert "no rows below" in window.parts.trouble.text()
    assert not window.parts.take_button.isEnabled()
    assert window.parts.table.sheet_box.currentText() == "about"
    window = choose_sheet(qtbot, program, "June")
    assert window.parts.trouble.text() == ""
    assert window.parts.take_button.isEnabled()


def test_the_sheet_is_kept_with_the_choice_of_columns(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    look_at(qtbot, program, months(tmp_path, "months.xlsx"))
    window = choose_sheet(qtbot, program, "July")
    page = window.parts.table
    page.name.setText("of July")
    page.keep_button.click()
    assert load_mapping("of July").sheet == "July"
    window.reject()
    look_at(qtbot, program, months(tmp_path, "later.xlsx", first="August"))
    assert (page.sheet_box.currentText(), page.kept_box.currentText()) == ("July", "of July")
    window = choose_sheet(qtbot, program, "August")
    page.kept_box.setCurrentIndex(page.kept_box.findText("of July"))
    page.kept_box.activated.emit(page.kept_box.currentIndex())
    settle(qtbot, program)
    assert page.sheet_box.currentText() == "July"


def test_one_sheet_alone_and_a_text_leave_nothing_to_choose(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    (tmp_path / "one.xlsx").write_bytes(workbook_of([("June", TAGS), ("empty", ())]))
    window = look_at(qtbot, program, tmp_path / "one.xlsx")
    assert window.parts.table.sheet_row.isHidden()
    look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    assert window.parts.table.sheet_row.isHidden()


def test_all_times_can_be_moved(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    window = look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    window.parts.show_page(window.parts.contents)
    shift = window.parts.contents.shift
    shift.setFocus()
    shift.selectAll()
    qtbot.keyClicks(shift, "+2.5")
    qtbot.keyClick(shift, Qt.Key.Key_Tab)
    settle(qtbot, program)
    take_over(qtbot, program)
    assert session(program).passes[-2].tags[0].start == 4_000_000


def test_a_coder_is_named_where_the_file_tells_none(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    nameless = TABLE.replace("Rater", "Pen")
    window = look_at(qtbot, program, written(tmp_path, "nameless.csv", nameless))
    assert window.parts.contents.ticks.index(0).data() == "unknown · 4 tags"
    window.parts.coder.setText("M")
    with qtbot.wait_signal(program.exchanging.importing.shown, timeout=PATIENCE_MS):
        window.parts.coder.editingFinished.emit()
    settle(qtbot, program)
    assert window.parts.contents.ticks.index(0).data() == "M · 4 tags"


def test_a_file_is_read_as_another_format(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    window = look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE.replace(",", "\t")))
    box = window.parts.form_box
    box.setCurrentIndex(box.findData("tsv"))
    with qtbot.wait_signal(program.exchanging.importing.shown, timeout=PATIENCE_MS):
        box.activated.emit(box.currentIndex())
    settle(qtbot, program)
    assert window.form_id == "tsv"
    assert "4 rows" in window.parts.summary.text()


def test_of_several_sessions_one_is_taken_over(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    window = look_at(qtbot, program, two_sessions(tmp_path))
    box = window.parts.session_box
    assert [box.itemText(n)[:14] for n in range(3)] == [
        "All 2 sessions",
        "monday · 1 pas",
        "tuesday · 1 pa",
    ]
    assert box.currentIndex() == 1
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert not window.parts.take_button.isEnabled()
    assert window.parts.take_button.toolTip()
    box.setCurrentIndex(2)
    box.activated.emit(2)
    settle(qtbot, program)
    take_over(qtbot, program)
    assert len(session(program).passes[-1].tags) == 2
    assert "1 in the file did not come along" in notices(program)


def test_a_session_of_ours_gives_its_passes(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    other = copy_sample(tmp_path / "other")
    program.exchanging.importing.take(other)
    importing = program.exchanging.importing
    qtbot.wait_until(lambda: importing._dialog is not None, timeout=PATIENCE_MS)
    window = settle(qtbot, program)
    assert window.parts.summary.text() == "A session of annotator with 57 tags."
    take_over(qtbot, program)
    assert [one.coder for one in session(program).passes] == ["A", "B", "A 2", "B 2"]
    assert list((tmp_path / "first-session").glob("*.import-report.txt")) == []


def test_without_a_session_a_new_one_is_made_and_opened(
    qtbot: QtBot, welcome: Program, person: Person, tmp_path: Path
) -> None:
    sample = copy_sample(tmp_path / "s")
    film = next(sample.parent.glob("*.mp4"))
    source = tmp_path / "talk.boris"
    source.write_bytes(write(decode_session(sample.read_bytes()), source.name).data)
    film.rename(tmp_path / film.name)
    person.new_session = tmp_path / "new.session.json"
    window = look_at(qtbot, welcome, source)
    assert window.parts.take_button.isHidden()
    with qtbot.wait_signal(welcome.exchanging.importing.reports.told, timeout=PATIENCE_MS):
        window.parts.make_button.click()
    qtbot.wait_until(lambda: welcome.player.frame_index >= 0, timeout=PATIENCE_MS)
    assert sum(len(one.tags) for one in session(welcome).passes) == 57
    assert session(welcome).recordings[0].path == film.name
    assert (tmp_path / "new.import-report.txt").is_file()
    assert "new.import-report.txt" in notices(welcome)


def test_all_sessions_of_a_file_go_into_a_folder(
    qtbot: QtBot, welcome: Program, person: Person, tmp_path: Path
) -> None:
    person.folder = tmp_path / "made"
    person.folder.mkdir()
    window = look_at(qtbot, welcome, two_sessions(tmp_path))
    assert window.parts.make_button.text() == "Make 2 new sessions…"
    with qtbot.wait_signal(welcome.exchanging.importing.reports.told, timeout=PATIENCE_MS):
        window.parts.make_button.click()
    names = sorted(one.name for one in person.folder.iterdir() if "session" in one.suffixes[-2])
    assert names == ["monday.session.json", "tuesday.session.json"]
    assert "2 sessions were made" in notices(welcome)
    assert session(welcome).title == "monday"


def test_one_of_the_sessions_is_made(
    qtbot: QtBot, welcome: Program, person: Person, tmp_path: Path
) -> None:
    person.new_session = tmp_path / "one.session.json"
    window = look_at(qtbot, welcome, two_sessions(tmp_path))
    ticks = window.parts.contents.ticks
    ticks.setData(ticks.index(0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    with qtbot.wait_signal(welcome.exchanging.importing.reports.told, timeout=PATIENCE_MS):
        window.parts.make_button.click()
    assert session(welcome).title == "tuesday"
    assert "another session of the file was not chosen" in (
        tmp_path / "one.import-report.txt"
    ).read_text(encoding="utf-8")


def test_a_foreign_file_is_dropped_on_the_window(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    path = written(tmp_path, "rated.csv", TABLE)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    program.window.dropEvent(drop)
    importing = program.exchanging.importing
    qtbot.wait_until(lambda: importing._dialog is not None, timeout=PATIENCE_MS)
    assert settle(qtbot, program).path == path


def test_a_session_that_is_dropped_is_opened(
    qtbot: QtBot, welcome: Program, tmp_path: Path
) -> None:
    welcome.window.file_dropped.emit(copy_sample(tmp_path / "s"))
    qtbot.wait_until(lambda: welcome.desk is not None, timeout=PATIENCE_MS)
    assert len(session(welcome).passes) == 2


def test_subtitles_dropped_on_a_session_become_its_transcript(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    path = written(tmp_path, "talk.srt", "1\n00:00:01,000 --> 00:00:02,000\nHow was it?\n")
    count = len(session(program).transcripts)
    program.window.file_dropped.emit(path)
    qtbot.wait_until(lambda: len(session(program).transcripts) > count, timeout=PATIENCE_MS)
    assert session(program).transcripts[-1].cues[0].text == "How was it?"
    assert program.exchanging.importing._dialog is None


def test_subtitles_without_a_session_can_be_tags(
    qtbot: QtBot, welcome: Program, tmp_path: Path
) -> None:
    path = written(tmp_path, "talk.srt", "1\n00:00:01,000 --> 00:00:02,000\nMI\n")
    window = look_at(qtbot, welcome, path)
    assert window.parts.contents.ticks.index(0).data() == "What was said · 1 cue"
    with qtbot.wait_signal(welcome.exchanging.importing.shown, timeout=PATIENCE_MS):
        window.parts.as_tags.click()
    assert window.parts.contents.lines.index(0, 0).data() == "MI"


def test_what_whisper_heard_can_be_tags_and_speech_again(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    rows = "".join(f"{n}000\t{n}500\tMI\n" for n in range(3))
    window = look_at(qtbot, program, written(tmp_path, "talk.tsv", f"start\tend\ttext\n{rows}"))
    tick = window.parts.as_tags
    for is_ticked, tags in ((True, 3), (False, 0)):
        assert not tick.isHidden()
        tick.click()
        assert tick.isChecked() is is_ticked
        settle(qtbot, program)
        assert sum(len(one.tags) for one in window.wanted[0].passes) == tags


def test_the_report_is_shown_from_the_menu(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    take_over(qtbot, program)
    reports = program.exchanging.importing.reports
    with qtbot.wait_signal(reports.shown, timeout=PATIENCE_MS):
        program.window.actions_table.by_id["import_report"].trigger()
    assert reports.dialog.isVisible()
    assert "Taken over:   4" in reports.dialog.text.toPlainText()


def test_leaving_takes_nothing_over(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    before = session(program)
    window = look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert session(program) is before
    assert import_window(program) is window


def test_letters_that_look_wrong_are_read_in_another_encoding(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    path = tmp_path / "hebrew.csv"
    path.write_bytes(TABLE.replace("Laughter", "צחוק").encode("cp1255"))
    window = look_at(qtbot, program, path)
    parts = window.parts
    assert parts.encoding_box.isHidden()
    parts.more.click()
    assert not parts.encoding_box.isHidden()
    parts.encoding_box.setCurrentIndex(parts.encoding_box.findData("cp1255"))
    with qtbot.wait_signal(program.exchanging.importing.shown, timeout=PATIENCE_MS):
        parts.encoding_box.activated.emit(parts.encoding_box.currentIndex())
    settle(qtbot, program)
    codes = parts.contents.lines
    assert "צחוק" in [codes.index(row, 0).data() for row in range(codes.rowCount())]


def test_frames_are_counted_at_a_rate_that_is_typed(
    qtbot: QtBot, welcome: Program, tmp_path: Path
) -> None:
    window = look_at(qtbot, welcome, written(tmp_path, "talk.sub", "{10}{20}How was it?\n"))
    window.parts.show_more(more=True)
    window.parts.rate.setText("10")
    with qtbot.wait_signal(welcome.exchanging.importing.shown, timeout=PATIENCE_MS):
        window.parts.rate.editingFinished.emit()
    (cue,) = window.sessions[0].transcripts[0].cues
    assert (cue.start, cue.end) == (1_000_000, 2_000_000)


def test_a_codebook_changed_meanwhile_is_offered_as_it_is_now(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    window = look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    assert program.desk is not None
    document = program.desk.document
    book = document.session.codebook
    renamed = replace(book, codes=(replace(book.codes[0], name="Wide question"), *book.codes[1:]))
    document.push(Edit("rename code", (FieldChange(book, renamed),)))
    codes = window.parts.contents.lines
    qtbot.wait_until(lambda: codes.index(0, 2).data() == "Wide question", timeout=PATIENCE_MS)


def test_nothing_of_the_formats_is_loaded_when_the_program_starts() -> None:
    script = (
        "import sys, annotator.gui.app\n"
        "late = ('formats', 'exchange', 'elan', 'table', 'drafting')\n"
        "names = [f'annotator.storage.interchange.{one}' for one in late]\n"
        "names += ['annotator.jobs.importing', 'annotator.gui.dialogs.import_window', 'openpyxl']\n"
        "print(', '.join(one for one in names if one in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""


def test_a_line_is_ticked_by_the_space_bar(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    window = look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    page = window.parts.contents
    window.parts.show_page(page)
    page.passes.setFocus()
    page.passes.setCurrentIndex(page.ticks.index(1))
    qtbot.keyClick(page.passes, Qt.Key.Key_Space)
    assert page.ticks.chosen == ("pass-K",)
    settle(qtbot, program)
    assert window.choices.passes == frozenset({"pass-K"})


def test_the_buttons_say_less_where_there_is_little_room(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    window = look_at(qtbot, program, written(tmp_path, "rated.csv", TABLE))
    window.resize(900, 600)
    assert window.parts.take_button.text() == "Take over into this session"
    window.resize(480, 600)
    assert window.parts.take_button.text() == "Take over here"
    whole = sum(one.sizeHint().width() for one in buttons_of(window))
    for width, words in ((whole + 200, "Make a new session…"), (whole, "New session…")):
        window.parts.fit_buttons(width, "Make a new session…", "New session…")
        assert window.parts.make_button.text() == words


def test_a_page_of_columns_has_room_for_all_of_itself(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    window = look_at(qtbot, program, months(tmp_path, "months.xlsx"))
    window.resize(720, 600)
    bar = window.parts.table_area.horizontalScrollBar()
    assert bar is not None
    assert bar.maximum() == 0
    least = window.parts.table.minimumSizeHint().width()
    assert least <= 720


def test_with_large_type_fields_stand_one_below_the_other(qtbot: QtBot) -> None:
    tall, wide = TablePage(light(2.0)), TablePage(light(1.0))
    for page in (tall, wide):
        qtbot.addWidget(page)
        page.resize(900, 900)
        page.layout().activate()
    assert tall.layout_box.x() == tall.times_box.x()
    assert wide.layout_box.x() < wide.times_box.x()
    assert wide.layout_box.y() == wide.times_box.y()

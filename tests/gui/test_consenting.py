"""Consent in the window: shown, changed by edits, withdrawn once asked, exports called back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QAbstractItemModelTester, QTest
from PyQt6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from annotator.errors import StorageError
from annotator.gui.app import Program
from annotator.gui.dialogs import ConsentWindow
from annotator.gui.dialogs.consent_levels import is_allowed, with_level, with_mask
from annotator.gui.dialogs.rows_model import Row, RowsModel
from annotator.gui.dialogs.withdraw import WithdrawDialog
from annotator.gui.theme import dark, light
from annotator.model import ConsentScope, ConsentStatus, ExcludedSpan, Mask, Micros, Participant
from annotator.model.certificate import Certificate
from annotator.model.participant import Masking
from annotator.storage import export_log
from annotator.storage.codec import decode_session
from annotator.storage.export_log import export_log_path, log_export, read_log
from annotator.storage.sample import copy_sample
from annotator.storage.store import SessionStore
from tests.gui.test_names import nameless
from tests.support.consents import GIVEN, with_consent
from tests.support.exports import exported
from tests.support.programs import Answers, notices, open_and_wait, running_program

PATIENCE_MS = 10_000
FAILS = QAbstractItemModelTester.FailureReportingMode.Fatal


@dataclass
class Person(Answers):
    """Says whether consent was withdrawn, and what becomes of a certificate."""

    withdraws: bool = True
    told: str = "The certificate is kept: somewhere"
    pages: list[str] = field(default_factory=list)

    def may_withdraw(self, who: str, follows: str) -> bool:
        self.asked.append(f"withdraw {who}: {follows}")
        return self.withdraws

    def show_certificate(self, certificate: Certificate, name: str) -> str:
        self.asked.append(f"show {name}")
        self.pages.append(certificate.markdown())
        return self.told


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = copy_sample(tmp_path / "first-session")
    session = with_consent(decode_session(found.read_bytes()), GIVEN)
    spans = (ExcludedSpan(Micros(2_000_000), Micros(3_000_000), "a visitor"),)
    found.unlink()
    SessionStore.create(found, replace(session, excluded=spans), "A").close()
    log_export(found, exported(session, "x1"))
    return found


@pytest.fixture
def program(qtbot: QtBot, person: Person, path: Path) -> Iterator[Program]:
    with running_program(qtbot, person, coder="A") as running:
        open_and_wait(qtbot, running, path)
        yield running


@pytest.fixture
def window(qtbot: QtBot, program: Program) -> ConsentWindow:
    return shown(qtbot, program)


def shown(qtbot: QtBot, program: Program) -> ConsentWindow:
    with qtbot.wait_signal(program.exchanging.consenting.log_shown, timeout=PATIENCE_MS):
        program.window.actions_table.by_id["consent"].trigger()
    return program.exchanging.consenting.dialog


def first(program: Program) -> Participant:
    assert program.desk is not None
    return program.desk.document.session.participants[0]


def undo(program: Program) -> None:
    program.window.actions_table.by_id["undo"].trigger()


def press(box: QCheckBox) -> None:
    """Press a box with the mouse, on its square."""
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(9, box.height() // 2))


def choose_status(window: ConsentWindow, status: ConsentStatus) -> None:
    """Go to a status with the keys of the list."""
    field = window.form.status
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Down)
    view, wanted = field.view(), field.findData(status.value)
    assert view is not None
    for _step in range(field.count()):
        place = view.currentIndex().row()
        if place != wanted:
            QTest.keyClick(view, Qt.Key.Key_Down if place < wanted else Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_Return)


def test_people_and_purposes_are_shown(window: ConsentWindow, program: Program) -> None:
    rows = [one.cells for one in window.people.rows]
    assert rows[0][2] == "Given"
    assert len(rows) == len(program.desk.document.session.participants) if program.desk else False
    purposes = [one.cells[:2] for one in window.purposes.rows]
    assert purposes == [
        ("The team", "Allowed"),
        ("Named researchers", "Allowed"),
        ("Supervision", "Allowed"),
        ("Learners", "Allowed"),
        ("The public", "Refused"),
    ]
    assert "goes as far as learners" in window.why.text()
    assert window.form.lines["date"].text() == "2026-01-05"


def test_a_level_is_ticked_and_undone(window: ConsentWindow, program: Program) -> None:
    press(window.form.grid.allowed[ConsentScope.PUBLIC])
    assert first(program).consent.scope is ConsentScope.PUBLIC
    press(window.form.grid.allowed[ConsentScope.SUPERVISION])
    assert first(program).consent.withheld == (ConsentScope.SUPERVISION,)
    undo(program)
    undo(program)
    assert first(program).consent == GIVEN
    assert not window.form.grid.allowed[ConsentScope.PUBLIC].isChecked()


def test_nothing_jumps_from_below_the_hand_when_consent_is_given(
    qtbot: QtBot, window: ConsentWindow, program: Program
) -> None:
    grid, status = window.form.grid, window.form.status
    window.show()
    heights = set()
    for wanted in (ConsentStatus.UNKNOWN, ConsentStatus.GIVEN, ConsentStatus.REFUSED):
        status.setCurrentIndex(status.findData(wanted.value))
        status.activated.emit(status.currentIndex())
        qtbot.wait_until(lambda wanted=wanted: first(program).consent.status is wanted)
        QApplication.processEvents()  # what was to be laid out anew is
        heights.add(grid.mapTo(window, QPoint(0, 0)).y())
    assert len(heights) == 1


def test_a_mask_holds_for_all_wider_levels(window: ConsentWindow, program: Program) -> None:
    grid = window.form.grid
    press(grid.masks[ConsentScope.SUPERVISION, Mask.FACES])
    assert first(program).consent.masks == (Masking(ConsentScope.SUPERVISION, (Mask.FACES,)),)
    wider = grid.masks[ConsentScope.LEARNING, Mask.FACES]
    assert (wider.isChecked(), wider.isEnabled()) == (True, False)
    assert not grid.masks[ConsentScope.PRIVATE, Mask.FACES].isChecked()
    assert "faces" in " ".join(window.purposes.rows[3].cells)


def test_what_is_typed_is_kept_by_leaving_the_field(
    qtbot: QtBot, window: ConsentWindow, program: Program
) -> None:
    line = window.form.lines["expires"]
    line.setFocus()
    qtbot.keyClicks(line, "2031-05-01")
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert first(program).consent.expires == "2031-05-01"
    assert "Until 2031-05-01." in window.purposes.rows[0].cells[2]
    undo(program)
    assert first(program).consent.expires == ""


def test_what_is_typed_is_kept_by_leaving_the_window(
    qtbot: QtBot, window: ConsentWindow, program: Program
) -> None:
    line = window.form.lines["note"]
    line.setFocus()
    qtbot.keyClicks(line, "asked twice")
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert first(program).consent.note == "asked twice"


def test_what_is_typed_goes_to_whom_it_was_typed_for(
    qtbot: QtBot, window: ConsentWindow, program: Program
) -> None:
    line = window.form.lines["form"]
    line.setFocus()
    qtbot.keyClicks(line, "3b")
    window.people_table.selectRow(1)
    assert first(program).consent.form == "3b"
    assert program.desk is not None
    assert program.desk.document.session.participants[1].consent.form == ""
    assert window.form.lines["form"].text() == ""


def test_a_day_that_cannot_be_read_is_kept_and_told(
    qtbot: QtBot, window: ConsentWindow, program: Program
) -> None:
    line = window.form.lines["expires"]
    line.setFocus()
    qtbot.keyClicks(line, "next May")
    assert window.form.hints["expires"].isVisible()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert window.isVisible()
    assert first(program).consent.expires == "next May"
    assert "is not a date" in window.purposes.rows[0].cells[2]


def test_withdrawing_asks_once_and_lists_what_to_call_back(
    window: ConsentWindow, program: Program, person: Person
) -> None:
    log = read_log(program.desk.document.path) if program.desk else None
    assert log is not None
    choose_status(window, ConsentStatus.WITHDRAWN)
    assert len(person.asked) == 1
    assert "no export may show" in person.asked[0]
    assert first(program).consent.status is ConsentStatus.WITHDRAWN
    assert first(program).consent.withdrawn
    assert window.form.lines["withdrawn"].isVisibleTo(window.form)
    assert not window.form.grid.allowed[ConsentScope.PRIVATE].isEnabled()
    assert {one.cells[1] for one in window.purposes.rows} == {"Refused"}
    undo(program)
    assert first(program).consent == GIVEN


def test_a_withdrawal_that_was_not_meant_changes_nothing(
    window: ConsentWindow, program: Program, person: Person
) -> None:
    person.withdraws = False
    choose_status(window, ConsentStatus.WITHDRAWN)
    assert len(person.asked) == 1
    assert first(program).consent == GIVEN
    assert window.form.status.currentText() != "Withdrawn"


def test_an_export_that_is_not_allowed_any_more_is_called_back(
    qtbot: QtBot, window: ConsentWindow, program: Program, path: Path
) -> None:
    press(window.form.grid.allowed[ConsentScope.LEARNING])
    assert window.exports.model.rows[0].cells[2] == "To be called back"
    assert "1 to be called back" in window.tabs.tabText(2)
    window.tabs.setCurrentIndex(2)
    with qtbot.wait_signal(program.exchanging.consenting.log_shown, timeout=PATIENCE_MS):
        qtbot.mouseClick(window.exports.recall_button, Qt.MouseButton.LeftButton)
    assert window.exports.model.rows[0].cells[2].startswith("Called back 20")
    assert read_log(path).exports[0].recalled
    assert not window.exports.recall_button.isEnabled()


def test_certificates_are_kept_where_they_are_wanted(
    qtbot: QtBot, window: ConsentWindow, program: Program, person: Person
) -> None:
    window.tabs.setCurrentIndex(2)
    qtbot.mouseClick(window.exports.certificate_button, Qt.MouseButton.LeftButton)
    assert "Export x1" in person.pages[0]
    assert "The certificate is kept" in notices(program)
    choose_status(window, ConsentStatus.WITHDRAWN)
    qtbot.mouseClick(window.certificate_button, Qt.MouseButton.LeftButton)
    assert "withdrew consent on" in person.pages[1]
    assert person.asked[-1].startswith("show withdrawal-")
    told, person.told = notices(program), ""
    qtbot.mouseClick(window.certificate_button, Qt.MouseButton.LeftButton)
    assert notices(program) == told, "who only looked at it is told nothing"


def test_an_excluded_stretch_is_opened_and_its_reason_written(
    qtbot: QtBot, window: ConsentWindow, program: Program
) -> None:
    window.tabs.setCurrentIndex(1)
    table = window.excluded_table
    table.setCurrentIndex(window.excluded.index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.wait_until(lambda: program.player.position == 2_000_000, timeout=PATIENCE_MS)
    model = window.excluded
    assert model.setData(model.index(0, 1), "the door", Qt.ItemDataRole.EditRole)
    assert program.desk is not None
    assert program.desk.document.session.excluded[0].reason == "the door"
    assert model.index(0, 1).data() == "the door"


def test_a_participant_is_added_and_given_another_code(
    qtbot: QtBot, window: ConsentWindow, program: Program
) -> None:
    assert not window.adding.button.isEnabled()
    qtbot.keyClicks(window.adding.code, " C09 ")
    qtbot.keyClick(window.adding.code, Qt.Key.Key_Return)
    assert window.isVisible()
    assert window.person is not None
    assert (window.person.label, window.person.role.value) == ("C09", "client")
    assert window.form.status.currentText() == "Not known"
    assert window.purposes.rows[3].cells[1] == "Refused"
    last = window.people.rowCount() - 1
    assert window.people.setData(window.people.index(last, 0), "C10", Qt.ItemDataRole.EditRole)
    assert window.people.rows[last].cells[0] == "C10"
    undo(program)
    undo(program)
    assert window.people.rowCount() == last


def test_a_click_on_a_code_chooses_and_does_not_write(qtbot: QtBot, window: ConsentWindow) -> None:
    table = window.people_table
    place = table.visualRect(window.people.index(1, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert table.state() is not table.State.EditingState
    assert window.person is not None
    assert window.person.label == window.people.rows[1].cells[0]


def test_the_log_goes_along_where_the_session_is_saved_elsewhere(
    qtbot: QtBot, window: ConsentWindow, program: Program, tmp_path: Path
) -> None:
    assert program.desk is not None
    (tmp_path / "new").mkdir()
    with qtbot.wait_signal(program.exchanging.consenting.log_shown, timeout=PATIENCE_MS):
        program.desk.document.save_as(tmp_path / "new" / "talk.session.json")
    assert len(window.exports.model.rows) == 1
    assert window.exports.told.text().startswith("This log went along from ")
    assert read_log(tmp_path / "new" / "talk.session.json").faults == ()


def test_a_log_that_was_cut_is_told(qtbot: QtBot, program: Program, path: Path) -> None:
    export_log_path(path).unlink()
    window = shown(qtbot, program)
    assert "missing" in window.exports.told.text()


def test_a_log_that_cannot_be_written_is_told(
    qtbot: QtBot, window: ConsentWindow, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise StorageError("The disk is full.", "Make room there.")

    monkeypatch.setattr(export_log, "log_recalled", full)
    window.tabs.setCurrentIndex(2)
    with qtbot.wait_signal(program.exchanging.consenting.log_shown, timeout=PATIENCE_MS):
        window.exports.recall_button.click()
    assert window.exports.told.text() == "The disk is full. Make room there."


def test_a_read_only_session_shows_and_changes_nothing(
    qtbot: QtBot, person: Person, path: Path
) -> None:
    held = SessionStore.open(path, "somebody").store
    with running_program(qtbot, person, coder="A") as program:
        open_and_wait(qtbot, program, path)
        window = shown(qtbot, program)
        assert window.trouble.text()
        assert not window.form.status.isEnabled()
        assert not window.form.lines["date"].isEnabled()
        window.reject()
    held.close()


def test_everything_has_a_name_and_both_looks(window: ConsentWindow, program: Program) -> None:
    for tab in range(3):
        window.tabs.setCurrentIndex(tab)
        assert nameless(window) == []
    for theme in (dark(), light(2.0)):
        program.exchanging.set_theme(theme)
    assert window.people.index(0, 0).data() is not None


def test_what_is_typed_is_kept_where_the_session_is_closed(
    qtbot: QtBot, window: ConsentWindow, program: Program, path: Path
) -> None:
    line = window.form.lines["note"]
    line.setFocus()
    qtbot.keyClicks(line, "asked again")
    program.window.actions_table.by_id["close"].trigger()
    qtbot.wait_until(lambda: program.desk is None, timeout=PATIENCE_MS)
    kept = decode_session(path.read_bytes())
    assert kept.participants[0].consent.note == "asked again"


def test_the_session_that_is_closed_leaves_the_window(
    qtbot: QtBot, window: ConsentWindow, program: Program
) -> None:
    program.window.actions_table.by_id["close"].trigger()
    qtbot.wait_until(lambda: program.desk is None, timeout=PATIENCE_MS)
    assert not window.isVisible()


def test_the_question_says_what_follows_and_closing_it_changes_nothing(qtbot: QtBot) -> None:
    dialog = WithdrawDialog("C07", "No export may show C07.")
    qtbot.add_widget(dialog)
    dialog.show()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == WithdrawDialog.DialogCode.Rejected
    dialog.show()
    qtbot.mouseClick(dialog.withdraw_button, Qt.MouseButton.LeftButton)
    assert dialog.result() == WithdrawDialog.DialogCode.Accepted


def test_levels_can_be_left_out_down_to_none() -> None:
    consent = GIVEN
    for level in ConsentScope:
        consent = with_level(consent, level, on=False)
    assert not any(is_allowed(consent, level) for level in ConsentScope)
    only = with_level(consent, ConsentScope.SUPERVISION, on=True)
    assert [one for one in ConsentScope if is_allowed(only, one)] == [ConsentScope.SUPERVISION]


@given(
    scope=st.sampled_from(ConsentScope),
    withheld=st.sets(st.sampled_from(ConsentScope)),
    ticked=st.sampled_from(ConsentScope),
    on=st.booleans(),
)
def test_a_tick_changes_one_level_and_no_other(
    *, scope: ConsentScope, withheld: set[ConsentScope], ticked: ConsentScope, on: bool
) -> None:
    before = replace(GIVEN, scope=scope, withheld=tuple(withheld))
    after = with_level(before, ticked, on=on)
    wanted = {one for one in ConsentScope if is_allowed(before, one)} - {ticked}
    wanted |= {ticked} if on else set()
    assert {one for one in ConsentScope if is_allowed(after, one)} == wanted
    assert set(after.withheld) <= {one for one in ConsentScope if after.scope.holds(one)}


def test_masks_come_and_go_and_keep_what_a_newer_program_said() -> None:
    told = replace(GIVEN, masks=(Masking(ConsentScope.LEARNING, (Mask.FACES,), {"how": "blur"}),))
    more = with_mask(told, ConsentScope.LEARNING, Mask.VOICE, on=True)
    assert more.masks[0].masks == (Mask.FACES, Mask.VOICE)
    assert more.masks[0].extra == {"how": "blur"}
    none = with_mask(more, ConsentScope.LEARNING, Mask.VOICE, on=False)
    assert with_mask(none, ConsentScope.LEARNING, Mask.FACES, on=False).masks == ()


def test_rows_behave_as_qt_wants_models_to(qtbot: QtBot) -> None:
    model = RowsModel(("A", "B"), writable=1)
    tester = QAbstractItemModelTester(model, FAILS)
    model.show_rows([Row("1", ("a", "b"), 1), Row("2", ("c", "d"))])
    model.set_theme(light())
    assert model.index(0, 1).data(Qt.ItemDataRole.ForegroundRole) == light().danger
    assert model.index(1, 1).data(Qt.ItemDataRole.ForegroundRole) is None
    assert model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "B: b"
    with qtbot.wait_signal(model.written) as told:
        model.setData(model.index(0, 1), "new", Qt.ItemDataRole.EditRole)
    assert told.args == ["1", "new"]
    assert not model.setData(model.index(0, 0), "x", Qt.ItemDataRole.EditRole)
    model.set_open(is_open=False)
    assert not model.setData(model.index(0, 1), "x", Qt.ItemDataRole.EditRole)
    model.show_rows([])
    assert (model.row_of("1"), model.rowCount()) == (-1, 0)
    assert tester is not None


def test_exports_of_a_session_that_was_renamed_are_found_and_called_back(
    qtbot: QtBot, person: Person, path: Path
) -> None:
    renamed = path.rename(path.with_name("ren.session.json"))
    with running_program(qtbot, person, coder="A") as program:
        open_and_wait(qtbot, program, renamed)
        window = shown(qtbot, program)
        told = window.exports.told.text()
        assert told.startswith(f"“{export_log_path(path).name}” holds 1 export of this session")
        assert "Rename it to “ren.exports.jsonl”" in told
        press(window.form.grid.allowed[ConsentScope.LEARNING])
        window.tabs.setCurrentIndex(2)
        with qtbot.wait_signal(program.exchanging.consenting.log_shown, timeout=PATIENCE_MS):
            qtbot.mouseClick(window.exports.recall_button, Qt.MouseButton.LeftButton)
        assert window.exports.model.rows[0].cells[2].startswith("Called back 20")
        assert read_log(path).exports[0].recalled

"""Every key can be changed by pressing it, and what would clash is told before."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from annotator.gui.actions import ACTIONS, resolved
from annotator.gui.actions.clashes import Target, target_of
from annotator.gui.dialogs.key_recorder import AT_REST, WAITING
from annotator.gui.dialogs.keys_editor import KeysEditor
from annotator.gui.dialogs.keys_model import Column, KeysModel, key_rows
from annotator.model import Code, Codebook
from annotator.storage.settings import KeyChoices, KeyPreset

SPECS = {spec.id: spec for spec in ACTIONS}
BOOK = Codebook(
    "b", "1", "Own", codes=(Code("x", "Laughter", key="l"), Code("old", "Old", retired=True))
)
KEYPAD = Qt.KeyboardModifier.KeypadModifier


@pytest.fixture
def editor(qtbot: QtBot) -> KeysEditor:
    made = KeysEditor(ACTIONS)
    qtbot.addWidget(made)
    made.show_keys(KeyChoices(), BOOK)
    made.show()
    return made


def turn_to(editor: KeysEditor, action: str) -> None:
    editor.choose(target_of(SPECS[action]))


def keys_of(editor: KeysEditor, action: str) -> tuple[str, ...]:
    return resolved(editor.choices, BOOK).of_action(action)


def test_the_rows_obey_qts_rules(qtbot: QtBot) -> None:
    assert qtbot
    model = KeysModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for choices in (KeyChoices(), KeyChoices(KeyPreset.ELAN)):
        model.show_rows(key_rows(ACTIONS, BOOK, choices, resolved(choices, BOOK)))
        model.search("play")
        model.search("")
    assert tester.model() is model
    assert model.rowCount() == len(ACTIONS) + 1


def test_a_key_that_is_pressed_is_added(qtbot: QtBot, editor: KeysEditor) -> None:
    turn_to(editor, "play")
    recorder = editor.parts.recorder
    recorder.click()
    assert recorder.text() == WAITING
    with qtbot.waitSignal(editor.chosen):
        QTest.keyClick(recorder, Qt.Key.Key_F13)
    assert recorder.text() == AT_REST
    assert keys_of(editor, "play") == ("Space", "Ctrl+Space", "F13")
    assert editor.parts.message.text() == "F13 does “Play or pause” now."
    recorder.click()
    QTest.keyClick(recorder, Qt.Key.Key_8, KEYPAD)
    assert keys_of(editor, "play") == ("Space", "Ctrl+Space", "F13", "Num+8")


def test_a_clash_is_told_and_asked_about(editor: KeysEditor) -> None:
    turn_to(editor, "mute")
    editor.parts.recorder.click()
    QTest.keyClick(editor.parts.recorder, Qt.Key.Key_Space)
    assert editor.parts.is_asking
    assert "taken from “Play or pause”, which keeps Ctrl+Space" in editor.parts.message.text()
    assert editor.choices == KeyChoices()
    QTest.keyClick(editor.parts.decline, Qt.Key.Key_Space)
    assert not editor.parts.is_asking
    assert editor.choices == KeyChoices()
    editor.offer("Space")
    editor.parts.accept.click()
    assert keys_of(editor, "mute") == ("Ctrl+M", "Space")
    assert keys_of(editor, "play") == ("Ctrl+Space",)


def test_tab_is_recorded_and_refused(editor: KeysEditor) -> None:
    turn_to(editor, "mute")
    editor.parts.recorder.click()
    QTest.keyClick(editor.parts.recorder, Qt.Key.Key_Tab)
    assert "Without it there would be no way but the mouse" in editor.parts.message.text()
    assert editor.choices == KeyChoices()


def test_a_modifier_alone_is_waited_out(editor: KeysEditor) -> None:
    turn_to(editor, "mute")
    editor.parts.recorder.click()
    QTest.keyPress(editor.parts.recorder, Qt.Key.Key_Control)
    assert editor.parts.recorder.is_waiting


def test_a_key_goes_by_its_button_and_comes_back_by_reset(editor: KeysEditor) -> None:
    turn_to(editor, "redo")
    editor.take("Ctrl+Y")
    assert keys_of(editor, "redo") == ("Ctrl+Shift+Z",)
    assert editor.parts.reset_one.isEnabled()
    editor.parts.reset_one.click()
    assert keys_of(editor, "redo") == ("Ctrl+Y", "Ctrl+Shift+Z")
    assert not editor.parts.reset_one.isEnabled()


def test_a_code_gets_keys_too(editor: KeysEditor) -> None:
    editor.choose(Target("x", "Laughter", is_code=True))
    editor.offer("Num+1")
    assert editor.choices.codes == {"b": {"x": ("L", "Num+1")}}
    editor.parts.reset_one.click()
    assert editor.choices.codes == {}


def test_all_are_reset_and_a_preset_keeps_own_changes(editor: KeysEditor) -> None:
    turn_to(editor, "play")
    editor.offer("F13")
    place = editor.parts.preset.findData(KeyPreset.ELAN)
    editor.parts.preset.setCurrentIndex(place)
    editor.parts.preset.activated.emit(place)
    assert editor.choices.preset is KeyPreset.ELAN
    assert keys_of(editor, "play") == ("Space", "Ctrl+Space", "F13")
    assert "Your own change stays" in editor.parts.message.text()
    assert "ELAN" in editor.parts.remark.text()
    editor.parts.reset_all.click()
    assert keys_of(editor, "play") == ("Ctrl+Space", "Space")


def test_actions_are_found_by_name_key_and_menu(editor: KeysEditor) -> None:
    def shown() -> list[str]:
        rows = (editor.model.row_at(at) for at in range(editor.model.rowCount()))
        return [row.target.id for row in rows if row is not None]

    editor.search("ctrl+k")
    assert shown() == ["palette"]
    editor.search("LAUGH")
    assert shown() == ["x"]
    editor.search("no such thing")
    assert shown() == []
    editor.offer("F13")
    assert editor.choices == KeyChoices()
    editor.search("")
    assert "old" not in shown()


def test_the_table_tells_which_keys_others_have(editor: KeysEditor) -> None:
    rows = key_rows(
        ACTIONS, BOOK, KeyChoices(KeyPreset.ELAN), resolved(KeyChoices(KeyPreset.ELAN), BOOK)
    )
    notes = {row.target.id: row.text(Column.NOTE) for row in rows}
    assert notes["shuttle_forward"] == "L tags “Laughter” now"
    assert notes["back_5s"] == "Ctrl+Left does “One frame back”"
    assert editor.model.headerData(3, Qt.Orientation.Horizontal) == "To know"

"""Help by key where the program asks something: at the fitting page, and not barred."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.gui.dialogs.accept_all import AcceptAllDialog
from annotator.gui.dialogs.coder import CoderDialog
from annotator.gui.dialogs.help import HelpWindow
from annotator.gui.dialogs.reaction import ReactionDialog
from annotator.gui.dialogs.reaction_tone import Tone
from annotator.storage.settings import KeyChoices
from tests.support.programs import Answers, running_program

DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


@pytest.fixture
def program(qtbot: QtBot) -> Iterator[Program]:
    with running_program(qtbot, Answers(), coder="A") as program:
        yield program


def dialogs(program: Program) -> list[tuple[QDialog, str]]:
    window = program.window
    return [
        (AcceptAllDialog(3, "Silence", window), "silences"),
        (CoderDialog("A", window), "passes"),
        (ReactionDialog(window.theme, 0.0, Tone(None), window), "coding"),
    ]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_help_key_opens_the_page_of_what_is_asked(
    qtbot: QtBot, program: Program, place: int
) -> None:
    dialog, page = dialogs(program)[place]
    dialog.open()
    qtbot.wait_until(dialog.isVisible)
    focus = dialog.focusWidget() or dialog
    QTest.keyClick(focus, Qt.Key.Key_F1)
    shown = dialog.findChild(HelpWindow)
    assert shown is not None
    assert shown.isVisible()
    assert shown._shown == page
    QTest.keyClick(focus, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert shown._shown == "keys"
    assert dialog.findChildren(HelpWindow) == [shown]
    assert program.window.findChild(HelpWindow, options=DIRECT) is None
    dialog.reject()
    assert not shown.isVisible()


def test_another_help_key_works_there_too(qtbot: QtBot, program: Program) -> None:
    program.choosing.choose("keys", KeyChoices(actions={"help_here": ("F6",)}))
    dialog = CoderDialog("A", program.window)
    dialog.open()
    qtbot.wait_until(dialog.isVisible)
    QTest.keyClick(dialog.field, Qt.Key.Key_F1)
    assert dialog.findChild(HelpWindow) is None
    QTest.keyClick(dialog.field, Qt.Key.Key_F6)
    assert dialog.findChild(HelpWindow) is not None
    dialog.reject()


def test_without_a_question_help_stays_the_windows_own(program: Program) -> None:
    QTest.keyClick(program.window, Qt.Key.Key_F1)
    shown = program.window.findChild(HelpWindow, options=DIRECT)
    assert shown is not None
    assert shown._shown == "first_steps"
    shown.close()

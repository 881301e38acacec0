"""A key held down is one press, however its repeats are told."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QAction
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.gui import held_keys
from annotator.gui.held_keys import HeldKeys

LONG_MS = 60_000  # however slow the machine is


def window_with(qtbot: QtBot, *, repeats: bool) -> tuple[QWidget, list[str]]:
    """Show a window that writes down when Q is pressed."""
    window, pressed = QWidget(), []
    qtbot.add_widget(window)
    action = QAction("Silence", window)
    action.setShortcut("Q")
    action.setAutoRepeat(repeats)
    action.triggered.connect(lambda _checked: pressed.append("Q"))
    window.addAction(action)
    window.show()
    QTest.qWaitForWindowActive(window)
    HeldKeys(window)
    return window, pressed


def press_release_press(window: QWidget) -> None:
    """Tell a key as a busy X11 machine tells one that is held."""
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyPress(handle, Qt.Key.Key_Q)
    QTest.keyRelease(handle, Qt.Key.Key_Q)
    QTest.keyPress(handle, Qt.Key.Key_Q)


def test_a_press_at_the_moment_of_the_release_is_a_repeat(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_keys, "PAIR_MS", LONG_MS)
    window, pressed = window_with(qtbot, repeats=False)
    press_release_press(window)
    assert pressed == ["Q"]


def test_one_that_may_repeat_goes_on(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_keys, "PAIR_MS", LONG_MS)
    window, pressed = window_with(qtbot, repeats=True)
    press_release_press(window)
    assert pressed == ["Q", "Q"]


def test_a_key_pressed_anew_is_a_press(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_keys, "PAIR_MS", 0)
    window, pressed = window_with(qtbot, repeats=False)
    press_release_press(window)
    assert pressed == ["Q", "Q"]

"""Notices come, stay as long as they matter, and go."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from annotator.gui.panels import notices
from annotator.gui.panels.notices import Notice, NoticeBar, NoticeKind
from annotator.gui.theme import Theme, dark


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme) -> NoticeBar:
    made = NoticeBar(theme)
    qtbot.addWidget(made)
    return made


def test_an_empty_bar_takes_no_room(bar: NoticeBar) -> None:
    assert bar.isHidden()
    bar.show_notice(NoticeKind.INFO, "Here", key="x")
    assert not bar.isHidden()
    bar.dismiss("x")
    bar.dismiss("never shown")
    assert bar.isHidden()


def test_the_same_key_replaces_and_the_same_text_is_shown_once(bar: NoticeBar) -> None:
    bar.show_notice(NoticeKind.WARNING, "one", key="a")
    bar.show_notice(NoticeKind.WARNING, "two", key="a")
    bar.show_notice(NoticeKind.WARNING, "other")
    bar.show_notice(NoticeKind.WARNING, "other")
    assert bar.texts == ("two", "other")
    bar.clear()
    assert bar.texts == ()


def test_information_goes_by_itself_and_warnings_stay(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "INFO_STAYS_MS", 1)
    bar = NoticeBar(theme)
    qtbot.addWidget(bar)
    bar.show_notice(NoticeKind.WARNING, "stays")
    bar.show_notice(NoticeKind.DANGER, "stays too")
    bar.show_notice(NoticeKind.INFO, "asks", actions=(QAction("Do it", bar),))
    bar.show_notice(NoticeKind.INFO, "goes")
    qtbot.wait_until(lambda: "goes" not in bar.texts)
    assert bar.texts == ("stays", "stays too", "asks")


def test_buttons_trigger_their_actions_and_the_cross_dismisses(
    qtbot: QtBot, bar: NoticeBar
) -> None:
    action = QAction("Save elsewhere…", bar)
    bar.show_notice(NoticeKind.DANGER, "The disk is full.", actions=(action,))
    notice = bar.findChild(Notice)
    with qtbot.wait_signal(action.triggered):
        qtbot.mouseClick(notice.buttons[0], Qt.MouseButton.LeftButton)
    assert notice.accessibleName() == "Danger: The disk is full."
    bar.set_theme(dark())
    qtbot.mouseClick(notice.findChild(QToolButton), Qt.MouseButton.LeftButton)
    assert bar.texts == ()

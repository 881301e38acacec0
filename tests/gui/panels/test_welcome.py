"""The page with which the program begins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QAction
from pytestqt.qtbot import QtBot

from annotator.gui.panels.recent import LINE_ROLE, RecentLine, folder_words, when_words
from annotator.gui.panels.welcome import WelcomePage
from annotator.gui.theme import Theme, dark
from annotator.storage.settings import Recent

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
PRESENT = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> WelcomePage:
    made = WelcomePage(theme)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    return made


def test_the_two_ways_in(qtbot: QtBot, page: WelcomePage) -> None:
    with qtbot.wait_signal(page.open_requested):
        qtbot.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    with qtbot.wait_signal(page.sample_requested):
        qtbot.mouseClick(page.sample_button, Qt.MouseButton.LeftButton)


def test_recent_sessions_open_and_missing_ones_do_not(
    qtbot: QtBot, page: WelcomePage, tmp_path: Path
) -> None:
    there, gone = tmp_path / "a.session.json", tmp_path / "b.session.json"
    there.touch()
    page.show_recent((Recent(there, "Here", "2026-03-05T08:00:00Z"), Recent(gone, "Gone")))
    model, view = page.recent_list.model(), page.recent_list
    assert model.index(1, 0).data(LINE_ROLE).is_there is False
    assert "not found" in model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert not page.grab().isNull()
    with qtbot.wait_signal(page.recent_requested) as told:
        spot = view.visualRect(model.index(0, 0)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert told.args == [str(there)]
    with qtbot.assert_not_emitted(page.recent_requested):
        spot = view.visualRect(model.index(1, 0)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def test_enter_opens_the_current_recent_session_once(
    qtbot: QtBot, page: WelcomePage, tmp_path: Path
) -> None:
    there = tmp_path / "a.session.json"
    there.touch()
    page.show_recent((Recent(there, "Here"),))
    told: list[str] = []
    page.recent_requested.connect(told.append)
    page.recent_list.setCurrentIndex(page.recent_list.model().index(0, 0))
    qtbot.keyClick(page.recent_list, Qt.Key.Key_Return)
    assert told == [str(there)]


def test_initials_are_told_once_and_nonsense_is_not(page: WelcomePage) -> None:
    told: list[str] = []
    page.coder_changed.connect(told.append)
    page.show_coder("AB")
    page.coder_field.editingFinished.emit()
    assert told == []
    for text in ("a/b", "", "  J  K "):
        page.coder_field.setText(text)
        page.coder_field.editingFinished.emit()
    page.coder_field.editingFinished.emit()
    assert told == ["J K"]


def test_both_themes_can_be_worn(page: WelcomePage) -> None:
    bright = page.grab().toImage().pixelColor(600, 160)
    page.set_theme(dark())
    assert page.grab().toImage().pixelColor(760, 300) != bright


@pytest.mark.parametrize(
    ("opened", "words"),
    [
        ("2026-03-05T08:30:00Z", "today 08:30"),
        ("2026-03-04T23:59:00Z", "yesterday 23:59"),
        ("2026-03-01T10:00:00Z", "1 March 2026"),
        ("", ""),
        ("once", ""),
    ],
)
def test_when(opened: str, words: str) -> None:
    assert when_words(opened, PRESENT) == words


def test_today_is_the_day_where_the_person_is() -> None:
    there = timezone(timedelta(hours=12))
    assert when_words("2026-03-04T13:00:00Z", PRESENT.astimezone(there)) == "today 01:00"


def test_where() -> None:
    home = Path("/home/kim")
    assert folder_words(home / "films" / "a", home) == "~/films/a"
    assert folder_words(home, home) == "~"
    assert folder_words(Path("/media/stick"), home) == "/media/stick"
    line = RecentLine(home / "x.session.json", "X", "", is_there=False)
    assert line.where_and_when(PRESENT, home) == "~ · not found"


def test_every_button_explains_itself(page: WelcomePage) -> None:
    action = QAction(page)
    action.setShortcut("Ctrl+O")
    page.follow_key(action)
    assert "Ctrl+O" in page.open_button.toolTip()
    action.setShortcut("")
    assert page.open_button.toolTip() == "Choose a film or a session"
    assert page.sample_button.toolTip()

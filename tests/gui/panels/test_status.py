"""Whether the work is safe, in words that stay true and calm."""

from __future__ import annotations

import re

import pytest
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from annotator.gui.document import SaveState
from annotator.gui.icons import icon_names
from annotator.gui.panels import status
from annotator.gui.panels.status import StatusLine
from annotator.gui.panels.status_words import state_words
from annotator.gui.theme import Theme, dark


@pytest.fixture
def line(qtbot: QtBot, theme: Theme) -> StatusLine:
    made = StatusLine(theme)
    qtbot.addWidget(made)
    made.show_session("A talk")
    return made


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (SaveState.SAVED, "Saved 14:03"),
        (SaveState.JOURNALLED, "Every tag is on disk"),
        (SaveState.WRITING, "Saving…"),
        (SaveState.FAILED, "NOT SAVED — disk full"),
        (SaveState.READ_ONLY, "Read-only"),
    ],
)
def test_each_state_has_words_and_an_icon(state: SaveState, text: str) -> None:
    words = state_words(state, "14:03", "disk full")
    assert words.text == text
    assert words.icon in icon_names()


def test_a_session_just_opened_was_saved_at_no_known_time(line: StatusLine) -> None:
    line.show_state(SaveState.SAVED)
    assert line.state_text == "Saved"


def test_a_save_is_told_with_its_time(line: StatusLine) -> None:
    line.show_state(SaveState.JOURNALLED)
    line.show_state(SaveState.SAVED)
    assert re.fullmatch(r"Saved \d\d:\d\d", line.state_text)
    line.show_session("Another")
    line.show_state(SaveState.SAVED)
    assert line.state_text == "Saved"


def test_a_short_write_is_not_mentioned_and_a_long_one_is(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status, "PATIENCE_MS", 1)
    line = StatusLine(theme)
    qtbot.addWidget(line)
    line.show_state(SaveState.JOURNALLED)
    line.show_state(SaveState.WRITING)
    assert line.state_text == "Every tag is on disk"
    qtbot.wait_until(lambda: line.state_text == "Saving…")
    line.show_state(SaveState.WRITING)
    line.show_state(SaveState.FAILED, "disk full")
    assert line.state_text == "NOT SAVED — disk full"
    line.set_theme(dark())
    assert line.state_text == "NOT SAVED — disk full"


def test_messages_pass_and_leave_the_state_alone(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status, "FLASH_MS", 1)
    line = StatusLine(theme)
    qtbot.addWidget(line)
    line.show_state(SaveState.READ_ONLY, "Another window has it.")
    line.flash("Reflection at 0:00:12.480")
    assert line.message == "Reflection at 0:00:12.480"
    qtbot.wait_until(lambda: not line.message)
    assert line.state_text == "Read-only"


def test_sound_and_coder_are_shown_where_there_is_something_to_say(line: StatusLine) -> None:
    line.show_coder("AB")
    line.show_sound("There is no sound output.")
    assert [label.text() for label in (line.coder, line.sound)] == ["Coder AB", "No sound"]
    assert line.sound.toolTip() == "There is no sound output."
    line.show_coder("")
    line.show_sound("")
    assert line.coder.isHidden()
    assert line.sound.isHidden()


def test_a_long_reason_is_cut_to_the_room_and_told_whole_by_the_tip(line: StatusLine) -> None:
    line.resize(600, 30)
    line.show()
    reason = "The disk is full. " * 20
    line.show_state(SaveState.FAILED, reason)
    label = next(one for one in line.findChildren(QLabel) if one.text().startswith("NOT SAVED"))
    assert label.text().endswith("…")
    assert label.sizeHint().width() < line.width()
    assert line.state_text.endswith(reason)
    assert reason in label.toolTip()
    shown = label.text()
    line.resize(1200, 30)
    assert len(label.text()) > len(shown)

"""Showing and hiding sound and pictures, and deleting the drawings that are kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtCore import QThread
from pytestqt.qtbot import QtBot

from annotator.gui.timeline.sound_lane import SoundState
from annotator.storage.cache import Cache, CacheKey
from annotator.storage.settings import Settings
from tests.support.commands import CommandLine
from tests.support.programs import Answers, notices, open_and_wait, running_program
from tests.support.timing_clips import ClipKind, make_clip

KEY = CacheKey("sha256-aa", "sound-0", 1)


class Willing(Answers):
    """Agrees to delete, or not, and remembers what was asked."""

    agrees = True

    def may_forget_sound(self, kept: str) -> bool:
        self.asked.append(kept)
        return self.agrees


def test_deleting_says_the_same_as_the_command(
    qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    annotator = CommandLine(capsys)
    Cache().put(KEY, b"x" * 2968)
    told = annotator("cache").out.strip()
    answers = Willing()
    with running_program(qtbot, answers) as program:
        program.window.actions_table.by_id["forget_sound"].trigger()
        assert answers.asked == [told]
        said = notices(program)
    assert Cache().size() == 0
    Cache().put(KEY, b"x" * 2968)
    assert annotator("cache", "--empty").out.strip() in said


def test_whoever_keeps_them_keeps_them(qtbot: QtBot) -> None:
    Cache().put(KEY, b"x" * 2968)
    answers = Willing()
    answers.agrees = False
    with running_program(qtbot, answers) as program:
        program.window.actions_table.by_id["forget_sound"].trigger()
        assert len(answers.asked) == 1
    assert Cache().get(KEY) is not None


def test_what_cannot_be_deleted_is_told(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    Cache().put(KEY, b"x" * 2968)
    with running_program(qtbot, Willing()) as program, monkeypatch.context() as patched:
        patched.setattr("annotator.storage.cache._remove", lambda _path: False)
        program.window.actions_table.by_id["forget_sound"].trigger()
        assert "3.0 kB" in notices(program)
        assert "could not be deleted" in notices(program)


def test_a_film_is_shown_with_both_and_nothing_outlives_the_window(
    qtbot: QtBot, tmp_path: Path
) -> None:
    film = make_clip(ClipKind.FPS_25, tmp_path).path
    with running_program(qtbot, Answers()) as program:
        open_and_wait(qtbot, program, film)
        timeline = program.window.parts.timeline
        qtbot.wait_until(lambda: timeline.sound.state is SoundState.DRAWN, timeout=10_000)
        qtbot.wait_until(
            lambda: timeline.strip is not None and timeline.strip.is_whole, timeout=10_000
        )
        program.window.actions_table.by_id["show_sound"].trigger()
        program.window.actions_table.by_id["show_strip"].trigger()
        assert timeline.sound.state is SoundState.ABSENT
        assert timeline.strip is None
        assert any(thread.isRunning() for thread in program.findChildren(QThread))
    assert not any(thread.isRunning() for thread in program.findChildren(QThread))
    assert (program.settings.show_sound, program.settings.show_strip) == (False, False)


def test_what_was_hidden_stays_hidden_next_time(qtbot: QtBot) -> None:
    with running_program(qtbot, Answers()) as program:
        footage = program.footage
        assert footage.remembered(Settings()) == Settings()
        footage.take_up(replace(Settings(), show_strip=False))
        actions = program.window.actions_table.by_id
        assert actions["show_sound"].isChecked()
        assert not actions["show_strip"].isChecked()
        assert footage.remembered(Settings()) == replace(Settings(), show_strip=False)

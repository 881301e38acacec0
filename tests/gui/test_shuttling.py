"""J, K and L: taps, presses again, keys held down, and what a codebook takes for itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui import shuttling
from annotator.gui.app import Program
from annotator.gui.shuttling import HELD_MS, PAIR_MS, next_notch
from tests.support.programs import Answers, open_and_wait, running_program
from tests.support.timing_clips import ClipKind, TimingClip

Tap = Callable[..., None]
J, K, L = Qt.Key.Key_J, Qt.Key.Key_K, Qt.Key.Key_L


@pytest.fixture
def program(
    qtbot: QtBot, clip_of: Callable[[ClipKind], TimingClip], tmp_path: Path
) -> Iterator[Program]:
    film = Path(shutil.copy(clip_of(ClipKind.FPS_25).path, tmp_path / "talk.mp4"))
    with running_program(qtbot, Answers(place=tmp_path / "talk.session.json")) as running:
        open_and_wait(qtbot, running, film)
        yield running


def press(program: Program, key: Qt.Key) -> None:
    QTest.keyPress(program.window.parts.picture, key)


def release(program: Program, key: Qt.Key) -> None:
    QTest.keyRelease(program.window.parts.picture, key)


@pytest.fixture
def tap(qtbot: QtBot, program: Program) -> Tap:
    """Tap keys one after another, each when the one before is seen to be let go."""

    def tapped(*keys: Qt.Key) -> None:
        for key in keys:
            press(program, key)
            release(program, key)
            qtbot.wait_until(lambda: not program._playing._shuttle.is_watching)

    return tapped


def test_each_press_goes_on_by_a_notch_and_turns_at_the_slowest() -> None:
    velocity, seen = 0.0, []
    for direction in (1, 1, 1, 1, -1, -1, -1, -1, -1, -1, 1):
        velocity = next_notch(velocity, direction)
        seen.append(velocity)
    assert seen == [1, 2, 4, 4, 2, 1, -1, -2, -4, -4, -2]


@pytest.mark.parametrize(("velocity", "faster"), [(0.5, 1), (1.5, 2), (-1.25, -1)])
def test_a_speed_between_two_notches_goes_to_the_next(velocity: float, faster: float) -> None:
    assert next_notch(velocity, 1) == faster


def test_a_tap_runs_on_and_stopping_brings_the_chosen_speed_back(
    program: Program, tap: Tap
) -> None:
    player = program.player
    player.set_speed(0.5)
    tap(L)
    assert (player.is_playing, player.is_backwards, player.speed) == (True, False, 1.0)
    tap(L, L)
    assert player.speed == 4.0
    tap(K)
    assert (player.is_playing, player.speed) == (False, 0.5)


def test_the_other_key_slows_and_then_turns(qtbot: QtBot, program: Program, tap: Tap) -> None:
    player = program.player
    player.seek_frame(20)
    qtbot.wait_until(lambda: player.frame_index == 20)
    tap(L, L, J)
    assert (player.is_backwards, player.speed) == (False, 1.0)
    tap(J)
    assert (player.is_backwards, player.speed) == (True, 1.0)
    tap(J)
    assert (player.is_backwards, player.speed) == (True, 2.0)
    tap(Qt.Key.Key_Space)
    assert (player.is_playing, player.speed) == (False, 1.0)


def test_a_key_held_down_runs_while_it_is_held(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch, tap: Tap
) -> None:
    player = program.player
    player.seek_frame(len(player.frame_times) - 1)
    qtbot.wait_until(lambda: player.frame_index == len(player.frame_times) - 1)
    press(program, J)
    assert player.is_backwards
    begun = player.clock_position
    qtbot.wait_until(lambda: begun - player.clock_position > (HELD_MS + 50) * 1000)
    assert player.is_playing
    release(program, J)
    qtbot.wait_until(lambda: not player.is_playing)
    monkeypatch.setattr(shuttling, "HELD_MS", 60_000)
    tap(J)
    assert player.is_backwards


def test_leaving_the_window_lets_go_of_a_held_key(qtbot: QtBot, program: Program) -> None:
    player = program.player
    press(program, L)
    qtbot.wait_until(lambda: player.clock_position > (HELD_MS + 100) * 1000)
    QApplication.sendEvent(program.window, QEvent(QEvent.Type.WindowDeactivate))
    assert not player.is_playing


def test_from_the_menu_it_runs_on_whatever_is_pressed_later(
    qtbot: QtBot, program: Program, tap: Tap
) -> None:
    player = program.player
    program.window.actions_table.by_id["shuttle_forward"].trigger()
    qtbot.wait_until(lambda: player.clock_position > (HELD_MS + 100) * 1000)
    tap(L)
    assert player.is_playing
    assert player.speed == 2.0


def test_at_the_ends_it_does_nothing(qtbot: QtBot, program: Program, tap: Tap) -> None:
    player = program.player
    tap(J)
    assert not player.is_playing
    player.seek(player.end)
    qtbot.wait_until(lambda: not player.is_pending)
    tap(L)
    assert not player.is_playing


def test_a_speed_chosen_while_it_runs_stays(program: Program, tap: Tap) -> None:
    tap(L, L)
    program.player.set_speed(1.5)
    tap(K)
    assert program.player.speed == 1.5


def test_a_repeating_key_that_is_told_as_pressed_anew_goes_on_as_held(
    qtbot: QtBot, program: Program
) -> None:
    player = program.player
    press(program, L)
    qtbot.wait_until(lambda: player.clock_position > (HELD_MS + 50) * 1000)
    release(program, L)
    press(program, L)
    assert (player.is_playing, player.speed) == (True, 1.0)
    here = player.clock_position
    qtbot.wait_until(lambda: player.clock_position > here + 2 * PAIR_MS * 1000)
    release(program, L)
    qtbot.wait_until(lambda: not player.is_playing)
    assert player.speed == 1.0

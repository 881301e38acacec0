"""A hand on the timeline's ruler: the film follows it, waits meanwhile, and goes on after it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.gui.player.film import ShownFrame
from tests.support.films import number_on
from tests.support.programs import Answers, open_and_wait, running_program
from tests.support.timing_clips import ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]
LEFT = Qt.MouseButton.LeftButton
ON_THE_RULER = 6
FEW_FRAMES_MB = 1  # else a slow test finds all frames ready


@pytest.fixture
def program(qtbot: QtBot, clip_of: ClipOf, tmp_path: Path) -> Iterator[Program]:
    film = Path(shutil.copy(clip_of(ClipKind.LONG_GOP).path, tmp_path / "talk.mp4"))
    answers = Answers(place=tmp_path / "talk.session.json")
    with running_program(qtbot, answers, memory_mb=FEW_FRAMES_MB) as running:
        open_and_wait(qtbot, running, film)
        yield running


@pytest.fixture
def shown(program: Program) -> list[ShownFrame]:
    frames: list[ShownFrame] = []
    program.player.frame_changed.connect(frames.append)
    return frames


def ruler(program: Program) -> QWidget:
    viewport = program.window.parts.timeline.viewport()
    assert viewport is not None
    return viewport


def at(program: Program, index: int) -> QPoint:
    x = program.window.parts.timeline.scale.x_of(program.player.frame_times[index])
    return QPoint(round(x), ON_THE_RULER)


def test_the_picture_follows_the_hand_and_is_exact_when_it_lets_go(
    qtbot: QtBot, program: Program, shown: list[ShownFrame], clip_of: ClipOf
) -> None:
    player, viewport = program.player, ruler(program)
    QTest.mousePress(viewport, LEFT, pos=at(program, 40))
    qtbot.wait_until(lambda: not player.is_pending)
    for index in range(60, 240, 20):
        before = len(shown)
        QTest.mouseMove(viewport, at(program, index))
        qtbot.wait_until(lambda before=before: len(shown) > before)
        assert abs(player.frame_index - index) <= 1  # a pixel is as long as some frames
    assert any(frame.stands_in for frame in shown)
    QTest.mouseRelease(viewport, LEFT, pos=at(program, 220))
    qtbot.wait_until(lambda: not player.is_pending)
    assert not shown[-1].stands_in
    assert number_on(shown[-1].image) == clip_of(ClipKind.LONG_GOP).numbers[player.frame_index]


def test_a_click_goes_to_the_frame_itself(
    qtbot: QtBot, program: Program, shown: list[ShownFrame]
) -> None:
    QTest.mouseClick(ruler(program), LEFT, pos=at(program, 200))
    qtbot.wait_until(lambda: not program.player.is_pending)
    assert abs(program.player.frame_index - 200) <= 1
    assert not any(frame.stands_in for frame in shown)


def test_a_film_that_plays_goes_on_after_the_hand(qtbot: QtBot, program: Program) -> None:
    player, viewport = program.player, ruler(program)
    player.play()
    QTest.mousePress(viewport, LEFT, pos=at(program, 30))
    QTest.mouseMove(viewport, at(program, 90))
    QTest.mouseMove(viewport, at(program, 120))
    assert not player.is_playing
    QTest.mouseRelease(viewport, LEFT, pos=at(program, 120))
    assert player.is_playing
    qtbot.wait_until(lambda: player.frame_index > 120)
    player.pause()
    assert player.frame_index > 120

"""Replays, playing around a tag, loops, and the choices about them, in the whole program."""

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
from annotator.gui.desk import Desk
from annotator.gui.replaying import OUTSIDE, SELECT_FIRST
from annotator.gui.timeline.loop_bar import LoopBar
from annotator.model import Interval, Micros, Tag
from tests.support.programs import Answers, notices, open_and_wait, running_program
from tests.support.timing_clips import ClipKind, TimingClip


@pytest.fixture
def answers(tmp_path: Path) -> Answers:
    return Answers(place=tmp_path / "talk.session.json")


@pytest.fixture
def program(
    qtbot: QtBot, clip_of: Callable[[ClipKind], TimingClip], tmp_path: Path, answers: Answers
) -> Iterator[Program]:
    film = Path(shutil.copy(clip_of(ClipKind.FPS_25).path, tmp_path / "talk.mp4"))
    with running_program(qtbot, answers) as running:
        open_and_wait(qtbot, running, film)
        yield running


def act(program: Program, action_id: str) -> None:
    program.window.actions_table.by_id[action_id].trigger()


def tagged(program: Program, start: int, end: int) -> Tag:
    """Add a tag between two frames, or on one, and select it."""
    desk, times = program.desk, program.player.frame_times
    assert isinstance(desk, Desk)
    kind = "silence" if end > start else "reflection"
    tag = desk.document.add_tag(kind, Interval(times[start], times[end]), "")
    desk.select(frozenset({tag.id}))
    return tag


def stand_on(qtbot: QtBot, program: Program, index: int) -> None:
    program.player.seek_frame(index)
    qtbot.wait_until(lambda: program.player.frame_index == index)


def loop_bar(program: Program) -> LoopBar:
    found = program.window.parts.timeline.findChild(LoopBar)
    assert isinstance(found, LoopBar)
    return found


def test_a_replay_comes_back_to_where_it_stood(qtbot: QtBot, program: Program) -> None:
    program.choosing.choose("replay_seconds", 0.5)
    stand_on(qtbot, program, 30)
    act(program, "replay")
    player = program.player
    assert player.is_playing
    assert 0 <= player.clock_position - player.frame_times[30] + 500_000 < 200_000
    qtbot.wait_until(lambda: not player.is_playing, timeout=10_000)
    qtbot.wait_until(lambda: player.frame_index == 30 and not player.is_pending)
    assert player.position == player.frame_times[30]


def test_replayed_again_it_goes_further_back_and_ends_at_the_same_place(
    qtbot: QtBot, program: Program
) -> None:
    program.choosing.choose("replay_seconds", 0.5)
    stand_on(qtbot, program, 30)
    act(program, "replay")
    act(program, "replay")
    player = program.player
    assert player.clock_position < player.frame_times[30] - 900_000
    qtbot.wait_until(lambda: not player.is_playing, timeout=10_000)
    assert player.clock_position == player.frame_times[30]


def test_a_replay_while_playing_plays_on(qtbot: QtBot, program: Program) -> None:
    program.choosing.choose("replay_seconds", 0.5)
    stand_on(qtbot, program, 25)
    player = program.player
    player.play()
    qtbot.wait_until(lambda: player.frame_index > 26)
    here = player.clock_position
    act(program, "replay")
    assert here - 600_000 < player.clock_position < here - 300_000
    qtbot.wait_until(lambda: player.clock_position > here + 100_000, timeout=10_000)


def test_around_a_tag_is_played_once(qtbot: QtBot, program: Program) -> None:
    program.choosing.choose("around_seconds", 0.2)
    tag = tagged(program, 20, 25)
    act(program, "play_around")
    player = program.player
    assert 0 <= player.clock_position - tag.start + 200_000 < 200_000
    qtbot.wait_until(lambda: not player.is_playing, timeout=10_000)
    assert player.clock_position == tag.end + 200_000


def test_a_tag_is_looped_until_the_same_action_ends_it(qtbot: QtBot, program: Program) -> None:
    tag = tagged(program, 10, 16)
    player, status = program.player, program.window.parts.status
    starts: list[int] = []
    player._running.turned.connect(starts.append)
    act(program, "loop")
    assert player.loop == tag.interval
    assert player.is_playing
    assert program.window.actions_table.by_id["loop"].isChecked()
    assert status.loop.text() == "Looping 0:00:00.400–0:00:00.640 · F5 ends it"
    qtbot.wait_until(lambda: len(starts) >= 2, timeout=10_000)
    assert player.clock_position < tag.end
    act(program, "loop")
    assert player.loop is None
    assert not program.window.actions_table.by_id["loop"].isChecked()
    assert not status.loop.isVisible()
    qtbot.wait_until(lambda: player.frame_index > 18, timeout=10_000)


def test_the_loop_lies_over_its_tag_on_the_timeline(qtbot: QtBot, program: Program) -> None:
    bar, timeline = loop_bar(program), program.window.parts.timeline
    assert not bar.isVisible()
    tag = tagged(program, 10, 30)
    act(program, "loop")
    program.player.pause()
    assert bar.isVisible()
    before = QWidget.grab(timeline).toImage()
    middle = int(timeline.scale.x_of(Micros((tag.start + tag.end) // 2)))
    beside = int(timeline.scale.x_of(tag.end)) + 12
    row = bar.y() + 3 + (timeline.viewport() or timeline).y()
    assert before.pixelColor(middle, row) != before.pixelColor(beside, row)
    act(program, "loop")
    qtbot.wait_until(lambda: not bar.isVisible())
    image = QWidget.grab(timeline).toImage()
    assert image.pixelColor(middle, row) != before.pixelColor(middle, row)


def test_an_instant_is_looped_with_what_is_around_it(program: Program) -> None:
    tag = tagged(program, 30, 30)
    act(program, "loop")
    assert program.player.loop == Interval(
        Micros(tag.start - 1_000_000), Micros(tag.end + 1_000_000)
    )


def test_without_a_selection_nothing_is_looped_and_it_says_so(program: Program) -> None:
    act(program, "loop")
    assert program.player.loop is None
    assert not program.window.actions_table.by_id["loop"].isChecked()
    assert SELECT_FIRST in notices(program)
    assert not program.window.actions_table.by_id["play_around"].isEnabled()


def test_a_tag_beyond_the_film_is_not_played(program: Program) -> None:
    desk = program.desk
    assert desk is not None
    later = Interval(Micros(60_000_000), Micros(61_000_000))
    tag = desk.document.add_tag("silence", later, "")
    desk.select(frozenset({tag.id}))
    act(program, "loop")
    act(program, "play_around")
    assert not program.player.is_playing
    assert program.player.loop is None
    assert OUTSIDE in notices(program)


def test_choices_are_taken_up_and_kept(program: Program) -> None:
    for name, value in (("scrub", False), ("replay_seconds", 5.0), ("around_seconds", 2.0)):
        program.choosing.choose(name, value)
    assert not program.player.scrubs
    assert program.window.actions_table.by_id["replay"].text() == "Play the last 5 s again"
    settings = program.settings
    assert (settings.scrub, settings.replay_seconds, settings.around_seconds) == (False, 5, 2)


def test_the_picture_follows_the_hand_and_the_film_goes_on_after_it(
    qtbot: QtBot, program: Program
) -> None:
    player, timeline = program.player, program.window.parts.timeline
    viewport = timeline.viewport()
    assert viewport is not None
    left = Qt.MouseButton.LeftButton
    stand_on(qtbot, program, 5)
    player.play()

    def place(index: int) -> QPoint:
        return QPoint(timeline.scale.pixel_of(Micros(player.frame_times[index] + 20_000)), 10)

    QTest.mousePress(viewport, left, pos=place(20))
    assert player.is_playing
    for index in (22, 26, 30):
        QTest.mouseMove(viewport, place(index))
        qtbot.wait_until(lambda index=index: player.frame_index == index)
    assert not player.is_playing
    QTest.mouseRelease(viewport, left, pos=place(30))
    assert player.is_playing
    qtbot.wait_until(lambda: player.frame_index > 31)

"""One session filmed by two cameras and a recorder: shown together, moved, and kept so."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator import editing
from annotator.editing import Edit
from annotator.gui.app import Program
from annotator.gui.desk import Desk
from annotator.gui.dialogs import RecordingsWindow
from annotator.model import Interval, Listening, Look, Micros
from tests.support.films import number_on
from tests.support.programs import Answers, notices, open_and_wait, running_program
from tests.support.timing_clips import ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]
HALF = Micros(500_000)


@pytest.fixture
def cameras(clip_of: ClipOf, tmp_path: Path) -> tuple[Path, Path]:
    folder = tmp_path / "study" / "session"  # a moved film is looked for in the folders beside
    folder.mkdir(parents=True)
    first = shutil.copy(clip_of(ClipKind.FPS_25).path, folder / "room.mp4")
    second = shutil.copy(clip_of(ClipKind.FPS_29_97).path, folder / "client.mp4")
    return Path(first), Path(second)


def add_second(qtbot: QtBot, program: Program) -> Desk:
    """Add the recording that the answers name, and wait for its picture."""
    desk = program.desk
    assert desk is not None
    program.window.actions_table.by_id["add_recording"].trigger()
    qtbot.wait_until(lambda: len(desk.document.session.recordings) == 2)
    qtbot.wait_until(lambda: all(deck.shown for deck in program.player.decks.all))
    qtbot.wait_until(lambda: len(program.player.decks.all) == 2)
    return desk


def recordings_in(session: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(session.read_text(encoding="utf-8"))["recordings"]
    return found


def test_a_second_camera_is_added_shown_moved_and_kept(
    qtbot: QtBot, cameras: tuple[Path, Path]
) -> None:
    film, second = cameras
    with running_program(qtbot, Answers(recording=second)) as program:
        desk = open_and_wait(qtbot, program, film)
        program.player.seek_frame(20)
        qtbot.wait_until(lambda: program.player.frame_index == 20)
        add_second(qtbot, program)
        qtbot.wait_until(lambda: program.player.frame_index == 20)
        wall = program.window.parts.wall
        assert [view.isVisible() for view in wall.others] == [True, False, False]
        other = desk.document.session.recordings[1]
        assert other.role.value == "client"
        desk.document.push(_moved(desk, HALF))
        deck = program.player.decks.find(other.id)
        assert deck is not None
        qtbot.wait_until(lambda: deck.shown is not None and not deck.is_pending)
        assert deck.offset == HALF
        assert number_on(wall.others[0].frame) == deck.index_at(program.player.position)
        desk.document.undo_stack.undo()
        assert deck.offset == 0
        desk.document.undo_stack.redo()
        desk.document.save()
        qtbot.wait_until(lambda: desk.document.state.value == "saved")
        saved = recordings_in(desk.document.path)
        assert [one["offset"] for one in saved] == [0.0, 0.5]
        assert saved[1]["path"] == "client.mp4"


def test_the_other_camera_comes_to_lead_and_tags_land_on_its_frames(
    qtbot: QtBot, cameras: tuple[Path, Path]
) -> None:
    film, second = cameras
    with running_program(qtbot, Answers(recording=second)) as program:
        open_and_wait(qtbot, program, film)
        desk = add_second(qtbot, program)
        program.player.seek(HALF)
        qtbot.wait_until(lambda: not program.player.is_pending)
        QTest.mouseDClick(program.window.parts.wall.others[0], Qt.MouseButton.LeftButton)
        lead = program.player.lead
        assert lead is not None
        assert lead.key == desk.document.session.recordings[1].id
        qtbot.wait_until(lambda: program.player.frame_index == lead.index_at(HALF))
        program.player.step(1)
        wanted = lead.index_at(HALF) + 1
        qtbot.wait_until(lambda: program.player.frame_index == wanted)
        assert number_on(program.window.parts.picture.frame) == wanted
        desk.press_code("reflection")
        assert desk.document.tags[0].start == lead.frame_times[wanted]


def test_looks_and_loudness_are_kept_and_undone(qtbot: QtBot, cameras: tuple[Path, Path]) -> None:
    film, second = cameras
    with running_program(qtbot, Answers(recording=second)) as program:
        open_and_wait(qtbot, program, film)
        desk = add_second(qtbot, program)
        first = desk.document.session.recordings[0]
        upright = program.window.parts.picture.frame.size()
        desk.document.push(_looking(desk, Look(turn=90), Listening(volume=0.5)))
        qtbot.wait_until(lambda: program.window.parts.picture.frame.size() == upright.transposed())
        deck = program.player.decks.find(first.id)
        assert deck is not None
        assert deck.gain == 0.5
        desk.document.undo_stack.undo()
        qtbot.wait_until(lambda: program.window.parts.picture.frame.size() == upright)
        assert deck.gain == 1.0


def test_that_only_one_is_heard_is_said_until_it_ends(
    qtbot: QtBot, cameras: tuple[Path, Path]
) -> None:
    film, second = cameras
    with running_program(qtbot, Answers(recording=second)) as program:
        open_and_wait(qtbot, program, film)
        desk = add_second(qtbot, program)
        program.window.actions_table.by_id["recordings"].trigger()
        dialog = program.window.findChild(RecordingsWindow)
        assert dialog is not None
        dialog.solo_changed.emit(desk.document.session.recordings[1].id)
        dialog.close()
        said = program.window.parts.status.only
        assert (said.isVisible(), said.text()) == (True, "Only client.mp4 is heard")
        assert [deck.gain for deck in program.player.decks.all] == [0.0, 1.0]
        program.window.actions_table.by_id["close"].trigger()
        qtbot.wait_until(lambda: program.desk is None)
        assert said.text() == ""


def test_a_frame_is_saved_beside_the_session(qtbot: QtBot, cameras: tuple[Path, Path]) -> None:
    film, _ = cameras
    with running_program(qtbot, Answers()) as program:
        open_and_wait(qtbot, program, film)
        program.player.seek_frame(12)
        qtbot.wait_until(lambda: program.player.frame_index == 12)
        program.window.actions_table.by_id["snapshot"].trigger()
        qtbot.wait_until(lambda: "was saved as" in notices(program))
        (picture,) = film.parent.glob("*.png")
        assert picture.name == "room 0-00-00.480.png"
        assert number_on(QImage(str(picture))) == 12


def test_the_same_file_is_not_added_twice(qtbot: QtBot, cameras: tuple[Path, Path]) -> None:
    film, _ = cameras
    with running_program(qtbot, Answers(recording=film)) as program:
        desk = open_and_wait(qtbot, program, film)
        program.window.actions_table.by_id["add_recording"].trigger()
        qtbot.wait_until(lambda: "part of the session already" in notices(program))
        assert len(desk.document.session.recordings) == 1


def test_a_camera_that_is_gone_is_left_out(qtbot: QtBot, cameras: tuple[Path, Path]) -> None:
    film, second = cameras
    with running_program(qtbot, Answers(recording=second)) as program:
        open_and_wait(qtbot, program, film)
        desk = add_second(qtbot, program)
        path = desk.document.path
        desk.document.add_tag("reflection", Interval(HALF, HALF))
    second.unlink()
    with running_program(qtbot, Answers()) as program:
        desk = open_and_wait(qtbot, program, path)
        qtbot.wait_until(lambda: "client.mp4" in notices(program))
        assert len(program.player.decks.all) == 1
        assert len(desk.document.session.recordings) == 2
        assert len(desk.document.tags) == 1


def _moved(desk: Desk, offset: Micros) -> Edit:
    old = desk.document.session.recordings[1]
    return editing.replace_recording(desk.document.session, old, replace(old, offset=offset))


def _looking(desk: Desk, look: Look, listening: Listening) -> Edit:
    old = desk.document.session.recordings[0]
    new = replace(old, look=look, listening=listening)
    return editing.replace_recording(desk.document.session, old, new)


def test_moves_in_a_row_and_a_zoom_are_one_step_each_to_undo(
    qtbot: QtBot, cameras: tuple[Path, Path]
) -> None:
    film, second = cameras
    with running_program(qtbot, Answers(recording=second)) as program:
        open_and_wait(qtbot, program, film)
        desk = add_second(qtbot, program)
        steps = desk.document.undo_stack.count()
        for at in (40_000, 80_000, 120_000):
            desk.document.push(_moved(desk, Micros(at)))
        picture = program.window.parts.picture
        for zoom in (1.5, 2.0, 2.5):
            picture.look_changed.emit(Look(zoom=zoom))
        qtbot.wait_until(lambda: desk.document.session.recordings[0].look.zoom == 2.5)
        assert desk.document.undo_stack.count() == steps + 2
        desk.document.undo_stack.undo()
        assert desk.document.session.recordings[0].look == Look()
        desk.document.undo_stack.undo()
        assert desk.document.session.recordings[1].offset == 0

"""The palette over the whole program: found by keys, done by Enter, while the film goes on."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.gui.palette.view import PaletteView
from annotator.model import Interval, Micros
from tests.support.programs import Answers, open_and_wait, running_program
from tests.support.timing_clips import ClipKind, TimingClip

K, CONTROL = Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def program(
    qtbot: QtBot, clip_of: Callable[[ClipKind], TimingClip], tmp_path: Path
) -> Iterator[Program]:
    film = Path(shutil.copy(clip_of(ClipKind.FPS_25).path, tmp_path / "talk.mp4"))
    with running_program(qtbot, Answers(place=tmp_path / "talk.session.json")) as running:
        open_and_wait(qtbot, running, film)
        yield running


def opened(program: Program) -> PaletteView:
    program.window.activateWindow()
    QTest.keyClick(program.window.parts.picture, K, CONTROL)
    view = program.finding.view
    assert view is not None
    assert view.isVisible()
    return view


def typed(program: Program, text: str) -> PaletteView:
    view = opened(program)
    QTest.keyClicks(view.field, text)
    return view


def enter(view: PaletteView) -> None:
    QTest.keyClick(view.field, Qt.Key.Key_Return)


def test_a_command_is_done_and_remembered(program: Program) -> None:
    view = typed(program, "sound off")
    assert view.current is not None
    assert (view.current.id, view.current.keys) == ("mute", "Ctrl+M")
    enter(view)
    assert not view.isVisible()
    assert program.player.sound.is_muted
    assert program.settings.found == ("action:mute",)
    view = opened(program)
    assert view.current is not None
    assert view.current.id == "mute"


def test_what_is_not_possible_says_why_and_stays_open(program: Program) -> None:
    view = typed(program, "redo")
    assert view.current is not None
    assert view.current.why_not == "There is nothing to redo."
    assert "not possible now" in view.field.accessibleDescription()
    enter(view)
    assert view.isVisible()
    assert view.words.text() == "Not possible now: There is nothing to redo."


def test_a_code_is_tagged_while_the_film_goes_on(qtbot: QtBot, program: Program) -> None:
    desk = program.desk
    assert desk is not None
    program.player.play()
    view = typed(program, "affirmation")
    assert program.player.is_playing
    enter(view)
    assert program.player.is_playing
    assert [tag.code for tag in desk.document.tags] == ["affirmation"]
    program.player.pause()
    qtbot.wait_until(lambda: not program.player.is_pending)


def test_keys_typed_into_it_do_nothing_else(program: Program) -> None:
    desk = program.desk
    assert desk is not None
    view = typed(program, "r r")
    assert view.field.text() == "r r"
    assert not desk.document.tags
    assert not program.player.is_playing
    QTest.keyClick(view.field, Qt.Key.Key_Tab)
    QTest.keyClick(view.field, Qt.Key.Key_PageDown)
    assert view.isVisible()
    QTest.keyClick(view.field, Qt.Key.Key_Escape)
    assert not view.isVisible()


def test_a_tag_is_gone_to_by_note_and_time(qtbot: QtBot, program: Program) -> None:
    desk = program.desk
    assert desk is not None
    times = program.player.frame_times
    for number in (10, 30):
        desk.document.add_tag("affirmation", Interval(times[number], times[number]))
    view = typed(program, "affirm 0:00:01.2")
    qtbot.wait_until(lambda: any(item.kind.word == "Tag" for item in view.model.items))
    (tag,) = [item for item in view.model.items if item.kind.word == "Tag"]
    assert tag.keys == "0:00:01.200"
    view.chosen.emit(tag)
    qtbot.wait_until(lambda: program.player.frame_index == 30)
    assert [one.start for one in desk.selected] == [Micros(1_200_000)]
    assert program.settings.found == ()


def test_settings_and_help_are_opened_where_they_were_found(program: Program) -> None:
    view = typed(program, "colours")
    enter(view)
    settings = program.choosing._shown
    assert settings is not None
    assert settings.isVisible()
    assert settings.focusWidget() is settings.rows.field("theme")
    settings.close()
    view = typed(program, "what is proposed")
    enter(view)
    window = program._helping._help
    assert window is not None
    assert window._shown == "silences"
    window.close()


def test_the_arrows_go_round_and_the_list_follows(program: Program) -> None:
    view = typed(program, "one frame")
    first = view.current
    QTest.keyClick(view.field, Qt.Key.Key_Down)
    assert view.current != first
    QTest.keyClick(view.field, Qt.Key.Key_Up)
    assert view.current == first
    QTest.keyClick(view.field, Qt.Key.Key_Up)
    assert view.current == view.model.items[-1]
    assert view.current is not None
    assert view.field.accessibleDescription().startswith(view.current.spoken)


def test_the_focus_comes_back_and_the_same_key_closes(program: Program) -> None:
    picture = program.window.parts.picture
    picture.setFocus()
    view = opened(program)
    QTest.keyClick(view.field, K, CONTROL)
    assert not view.isVisible()
    assert QApplication.focusWidget() is picture


def test_nothing_found_says_so(program: Program) -> None:
    view = typed(program, "zzzzqqq")
    assert view.current is None
    assert view.words.text().startswith("Nothing fits")
    enter(view)
    QTest.keyClick(view.field, Qt.Key.Key_Down)
    assert view.isVisible()

"""From tags to a pack to teach from: kept in the tray with real keys, made by command."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui.tray.page import TrayPage
from annotator.model.clip import Clip
from annotator.storage.codec import decode_session
from annotator.storage.paths import shipped
from annotator.storage.settings import Settings, save_settings
from tests.support.commands import CommandLine
from tests.support.robot import Condition, Robot, Story, run_program


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A film without a session, and a coder whom the program knows."""
    save_settings(Settings(coder="AB"))
    source = shipped("first-session") / "first-session.mp4"
    return Path(shutil.copy(source, tmp_path / "talk.mp4"))


def test_tags_become_a_lesson(
    qtbot: QtBot, film: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run_program(at_the_tray(Robot()), str(film))
    session = film.with_name("talk.session.json")
    clips = decode_session(session.read_text("utf-8")).clips
    assert [clip.title for clip in clips] == ["Open question", "Reflection", "Closed question"]
    first = clips[0]
    assert first.notes == "Let them wait."
    assert (first.start, first.end) == (8_000_000, 12_040_000)
    assert [(pause.time, pause.question) for pause in first.pauses] == [
        (10_000_000, "What would you ask?")
    ]

    pack = tmp_path / "lesson"
    words = ("--purpose", "team", "-o", tmp_path / "clips", "--pack", pack, "--json")
    said = CommandLine(capsys)("clips", session, "--kept", *words)
    assert said.code == 0, said.err
    spans = [(one["start"], one["end"]) for one in json.loads(said.out)]
    assert sorted(spans) == sorted((clip.start / 1e6, clip.end / 1e6) for clip in clips)
    page = (pack / "index.html").read_text("utf-8")
    places = [page.index(clip.title) for clip in clips]
    assert places == sorted(places)
    for text in ("How does she begin?", "What would you ask?", "Listen for the first word."):
        assert text in page
    assert len(list((pack / "media").glob("*.mp4"))) == 3
    assert qtbot is not None


def at_the_tray(robot: Robot) -> Story:
    yield robot.shows_film
    for key, when in (("R", "0:02"), ("O", "0:10"), ("C", "0:20")):
        yield from go_to(robot, when)
        before = len(robot.rows)
        robot.press(key)
        yield lambda count=before: len(robot.rows) == count + 1
    robot.press("Ctrl+Shift+A")
    robot.press("Ctrl+Shift+C")
    page = the_page(robot)
    yield lambda: len(page.model.clips) == 3
    yield from ordered(robot, page)
    yield from described(robot, page)
    page.form.fields["notes"].setFocus()
    robot.type("Let them wait.")
    robot.press("Ctrl+Q")  # what is being typed is kept
    yield lambda: not robot.is_there()


def ordered(robot: Robot, page: TrayPage) -> Iterator[Condition]:
    """Show the second clip first, let it last a frame longer, and take one step too many back."""
    robot.press("Ctrl+T")
    assert QApplication.focusWidget() is page.view
    page.view.choose((1,))
    robot.press("Alt+Up")
    yield lambda: titles(page) == ["Open question", "Reflection", "Closed question"]
    robot.press("Alt+Shift+Down")
    yield lambda: titles(page)[1] == "Open question"
    robot.press("Ctrl+Z")
    yield lambda: titles(page)[0] == "Open question"
    robot.press("Alt+Shift+L")
    yield lambda: page.model.clips[0].end == 12_040_000


def described(robot: Robot, page: TrayPage) -> Iterator[Condition]:
    """Ask before and in the middle, and say what it is for."""
    for name, text in (
        ("question_before", "How does she begin?"),
        ("aim", "Listen for the first word."),
    ):
        page.form.fields[name].setFocus()
        robot.type(text)
    yield from go_to(robot, "0:10")
    robot.press("Alt+Q")
    yield lambda: len(page.form.pauses.rows) == 1
    robot.type("What would you ask?")
    robot.press("Return")
    yield lambda: the_first(page).pauses[0].question == "What would you ask?"
    assert the_first(page).aim == "Listen for the first word."


def go_to(robot: Robot, when: str) -> Iterator[Condition]:
    robot.window.parts.picture.setFocus()
    robot.press("Ctrl+G")
    robot.type(when)
    robot.press("Return")
    minutes, seconds = when.split(":")
    yield lambda: robot.clock == f"0:{int(minutes):02d}:{int(seconds):02d}.000"


def the_page(robot: Robot) -> TrayPage:
    found = robot.window.findChild(TrayPage)
    assert isinstance(found, TrayPage)
    return found


def titles(page: TrayPage) -> list[str]:
    return [clip.title for clip in page.model.clips]


def the_first(page: TrayPage) -> Clip:
    return page.model.clips[0]

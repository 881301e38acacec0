"""From a film to tags in a file that a person can read, with real keys on the real program."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.storage.paths import shipped
from annotator.storage.settings import Settings, save_settings
from tests.support.robot import Robot, Story, run_program


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A film without a session, and a coder whom the program knows."""
    save_settings(Settings(coder="AB"))
    source = shipped("first-session") / "first-session.mp4"
    return Path(shutil.copy(source, tmp_path / "talk.mp4"))


def tags_in(session: Path) -> list[dict[str, object]]:
    (coding_pass,) = json.loads(session.read_text(encoding="utf-8"))["passes"]
    assert coding_pass["coder"] == "AB"
    tags: list[dict[str, object]] = coding_pass["tags"]
    return tags


def test_a_film_is_opened_tagged_closed_and_found_again(qtbot: QtBot, film: Path) -> None:
    session = film.with_name("talk.session.json")
    run_program(first_sitting(Robot()), str(film))
    assert [(tag["code"], tag["start"], tag["end"]) for tag in tags_in(session)] == [
        ("reflection", 0.12, 0.12),
        ("silence", 1.08, 6.08),
    ]
    assert not film.with_name("talk.session.json.journal").exists()
    run_program(second_sitting(Robot()), str(film))
    tags = tags_in(session)
    assert [tag["code"] for tag in tags] == ["reflection", "silence", "open_question"]
    assert tags[0]["note"] == "leans in"
    assert qtbot is not None


def first_sitting(robot: Robot) -> Story:
    yield robot.shows_film
    assert "talk" in robot.window.windowTitle()
    for _ in range(3):
        robot.press("Right")
    yield lambda: robot.clock == "0:00:00.120"
    assert "frame 3" in robot.small
    robot.press("R")
    yield lambda: len(robot.rows) == 1
    robot.press("Shift+Right")
    yield lambda: robot.clock == "0:00:01.120"
    robot.press("Left")
    yield lambda: robot.clock == "0:00:01.080"
    robot.press(silence_key(robot))
    robot.press("Ctrl+Right")
    yield lambda: robot.clock == "0:00:06.080"
    robot.press(silence_key(robot))
    yield lambda: len(robot.rows) == 2
    robot.press("R")
    yield lambda: len(robot.rows) == 3
    robot.press("Ctrl+Z")
    yield lambda: len(robot.rows) == 2
    robot.press(silence_key(robot))
    robot.press("Escape")
    assert len(robot.rows) == 2
    robot.press("Ctrl+Q")
    yield lambda: not robot.is_there()


def second_sitting(robot: Robot) -> Story:
    yield robot.shows_film
    assert len(robot.rows) == 2
    robot.press("PageDown")
    yield lambda: robot.clock == "0:00:00.120"
    robot.press("F2")
    robot.type("leans in")
    robot.press("Return")
    yield lambda: "leans in" in robot.rows[0]
    robot.press("Ctrl+G")
    robot.type("0:00:10.36")
    robot.press("Return")
    yield lambda: robot.clock == "0:00:10.360"
    robot.press("O")
    yield lambda: len(robot.rows) == 3
    robot.press("Delete")
    yield lambda: len(robot.rows) == 2
    robot.press("Ctrl+Z")
    yield lambda: len(robot.rows) == 3
    robot.press("Ctrl+S")
    yield lambda: robot.state.startswith("Saved")
    robot.press("Ctrl+Q")
    yield lambda: not robot.is_there()


def silence_key(robot: Robot) -> str:
    return robot.window.actions_table.by_code["silence"].shortcut().toString()

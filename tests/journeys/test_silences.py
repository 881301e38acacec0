"""Silences found in the sample, and decided by key in the real program, as a coder would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PyQt6.QtCore import QEvent, QObject, QPoint, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui.timeline.proposals import box_of
from annotator.gui.timeline.proposals_layer import ProposalsLayer
from annotator.storage.sample import copy_sample
from annotator.storage.settings import Settings, save_settings
from tests.support.robot import Robot, Story, run_program


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """The sample, and a coder who has tagged nothing in it."""
    save_settings(Settings(coder="AB"))
    return copy_sample(tmp_path / "first-session")


def tags_of(session: Path, coder: str) -> list[dict[str, object]]:
    passes = json.loads(session.read_text(encoding="utf-8"))["passes"]
    found = [one["tags"] for one in passes if one["coder"] == coder]
    tags: list[dict[str, object]] = found[0] if found else []
    return tags


def counts(robot: Robot, words: str) -> bool:
    return robot.window.parts.proposals.count.text().startswith(words)


def place(robot: Robot) -> str:
    return robot.window.parts.proposals.place.text()


def test_silences_are_accepted_moved_and_rejected_by_key(qtbot: QtBot, session: Path) -> None:
    before = {coder: tags_of(session, coder) for coder in "AB"}
    run_program(deciding(Robot()), str(session))
    tags = tags_of(session, "AB")
    assert [(tag["code"], tag["origin"]) for tag in tags] == [
        ("affirmation", "coder"),
        ("silence", "proposal"),
        ("silence", "proposal"),
    ]
    first, moved = tags[1:]
    assert abs(float(str(first["start"])) - 35.55) < 0.05
    assert abs(float(str(first["end"])) - 39.04) < 0.05
    assert abs(float(str(moved["start"])) - 45.7) < 0.05
    assert abs(float(str(moved["end"])) - 50.7) < 0.2
    assert {coder: tags_of(session, coder) for coder in "AB"} == before
    run_program(looking_again(Robot()), str(session))
    assert tags_of(session, "AB") == tags
    assert qtbot is not None


def deciding(robot: Robot) -> Story:
    yield robot.shows_film
    robot.press("F7")
    yield lambda: counts(robot, "2 silences found")
    robot.window.parts.proposals.minimum.setValue(1.0)
    yield lambda: counts(robot, "3 silences found")
    assert place(robot) == "1 of 3"
    robot.press("A")
    robot.press("A")
    assert place(robot) == "3 of 3"
    assert len(robot.rows) == 2
    robot.press("Ctrl+Z")
    assert len(robot.rows) == 1
    assert place(robot) == "2 of 3"
    drag_end(robot, by=-1_000_000)
    robot.press("A")
    robot.press("D")
    assert counts(robot, "3 silences found · 2 accepted · 1 rejected")
    robot.press("A")  # one too many does nothing
    assert len(robot.rows) == 2
    robot.press("PageUp")
    robot.press("A")
    assert len(robot.rows) == 3  # the one that was rejected a moment ago
    robot.press("PageUp")
    robot.press("D")
    assert len(robot.rows) == 2
    robot.press("Escape")
    assert not robot.window.parts.proposals.isVisible()
    robot.press("Home")
    yield lambda: robot.clock == "0:00:00.000"
    for _ in range(2):  # into the region that is coded
        robot.press("Shift+Right")
    yield lambda: robot.clock == "0:00:02.000"
    robot.press("A")
    yield lambda: len(robot.rows) == 3
    assert any("Affirmation" in row for row in robot.rows)
    robot.press("Ctrl+S")
    yield lambda: robot.state.startswith("Saved")
    robot.press("Ctrl+Q")
    yield lambda: not robot.is_there()


def looking_again(robot: Robot) -> Story:
    yield robot.shows_film
    assert len(robot.rows) == 3
    robot.press("F7")
    yield lambda: counts(robot, "2 silences found, tagged already")
    robot.press("A")
    assert len(robot.rows) == 3
    robot.press("Ctrl+Q")
    yield lambda: not robot.is_there()


def drag_end(robot: Robot, by: int) -> None:
    """Take the current proposal by its end and pull it along the timeline."""
    timeline = robot.window.parts.timeline
    layer, port = timeline.findChild(ProposalsLayer), timeline.viewport()
    assert isinstance(layer, ProposalsLayer)
    assert port is not None
    tag = next(one for one in layer.shown.tags if one.id == layer.shown.current)
    box = box_of(tag, timeline.scene)
    assert box is not None
    row = box.top + box.height // 2
    left = Qt.MouseButton.LeftButton
    stops = [QPoint(timeline.scale.pixel_of(tag.end + part), row) for part in (0, by // 2, by)]
    QTest.mousePress(port, left, pos=stops[0])
    for stop in stops[1:]:
        QTest.mouseMove(port, stop)
    QTest.mouseRelease(port, left, pos=stops[2])


class _Counter(QObject):
    """Counts the keys that reach the program."""

    def __init__(self) -> None:
        super().__init__()
        self.keys = 0

    def eventFilter(self, _watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.ShortcutOverride:
            self.keys += 1
        return False


def test_each_decision_is_one_key(qtbot: QtBot, session: Path) -> None:
    content = json.loads(session.read_text(encoding="utf-8"))
    content["codebook"]["silence_min"] = 0.5
    session.write_text(json.dumps(content), encoding="utf-8")
    run_program(in_a_hurry(Robot()), str(session))
    tags = tags_of(session, "AB")
    assert len(tags) == 5
    assert {str(tag["origin"]) for tag in tags} == {"proposal"}
    assert qtbot is not None


def in_a_hurry(robot: Robot) -> Story:
    yield robot.shows_film
    robot.press("F7")
    yield (
        lambda: counts(robot, "1") and "silences found" in robot.window.parts.proposals.count.text()
    )
    counter, app = _Counter(), QApplication.instance()
    assert app is not None
    focus = QApplication.focusWidget()
    assert focus is not None
    focus.installEventFilter(counter)
    for key in "ADADADADAD":
        robot.press(key)
    focus.removeEventFilter(counter)
    assert counter.keys == 10
    assert "5 accepted · 5 rejected" in robot.window.parts.proposals.count.text()
    robot.press("Escape")
    robot.press("Ctrl+S")
    yield lambda: robot.state.startswith("Saved")
    robot.press("Ctrl+Q")
    yield lambda: not robot.is_there()

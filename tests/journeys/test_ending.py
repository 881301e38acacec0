"""However the program is asked to end, the session is closed as a person would close it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QApplication

from annotator.storage.lock import lock_path
from annotator.storage.paths import shipped
from annotator.storage.settings import Settings, save_settings
from tests.support.robot import Robot, Story, run_program


@pytest.mark.skipif(sys.platform == "win32", reason="cannot send these to itself")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_logout_or_control_c_closes_the_session(
    qapp: QApplication, tmp_path: Path, number: signal.Signals
) -> None:
    assert qapp is not None
    save_settings(Settings(coder="A"))
    folder = Path(shutil.copytree(shipped("first-session"), tmp_path / "talk"))
    session = folder / "first-session.session.json"
    robot = Robot()

    def story() -> Story:
        yield robot.is_there
        yield robot.shows_film
        assert lock_path(session).exists()
        robot.press("R")
        yield lambda: robot.table.rowCount() == 30
        os.kill(os.getpid(), number)

    run_program(story(), str(session))
    assert not lock_path(session).exists()
    assert not session.with_name(f"{session.name}.journal").exists()
    passes = json.loads(session.read_text(encoding="utf-8"))["passes"]
    assert [len(one["tags"]) for one in passes if one["coder"] == "A"] == [30]

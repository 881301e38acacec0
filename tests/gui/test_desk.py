"""What the window says of the work on its desk."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.support.programs import Answers, open_and_wait, running_program
from tests.support.timing_clips import ClipKind, TimingClip


def test_the_menu_names_what_undo_and_redo_would_do(
    qtbot: QtBot, clip_of: Callable[[ClipKind], TimingClip], tmp_path: Path
) -> None:
    film = Path(shutil.copy(clip_of(ClipKind.FPS_25).path, tmp_path / "talk.mp4"))
    with running_program(qtbot, Answers()) as program:
        desk = open_and_wait(qtbot, program, film)
        by_id = program.window.actions_table.by_id
        desk.press_code("affirmation")
        assert (by_id["undo"].text(), by_id["redo"].text()) == ("Undo add Affirmation", "Redo")
        by_id["undo"].trigger()
        assert (by_id["undo"].text(), by_id["redo"].text()) == ("Undo", "Redo add Affirmation")
        by_id["close"].trigger()
        qtbot.wait_until(lambda: program.desk is None)
        assert by_id["redo"].text() == "Redo"

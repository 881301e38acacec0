"""Hands that look at the numbers of the open session."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.jobs.figures import VIEWS

PATIENCE_MS = 20_000


def look_at(qtbot: QtBot, program: Program, view: str) -> None:
    """Show the page with a view of that id, and wait until it is there."""
    page = program.resulting.page
    names = [one.id for one in VIEWS]
    with qtbot.wait_signal(program.resulting.shown, timeout=PATIENCE_MS):
        program.window.actions_table.by_id["results"].trigger()
        if page.choice.currentIndex() == names.index(view):
            program.resulting.work_out()
        page.choice.setCurrentIndex(names.index(view))

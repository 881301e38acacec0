"""Starts the window by itself, with everything that only a program of its own needs."""

from __future__ import annotations

from pathlib import Path

from annotator.gui.app import Program, make_application
from annotator.gui.endings import Endings
from annotator.gui.faults import FaultTeller
from annotator.gui.held_keys import HeldKeys
from annotator.gui.questions import Questions
from annotator.storage.settings import read_settings


def open_window(path: Path | None, coder: str = "") -> int:
    """Show the window, with a film or session where a path is given; returns the exit code."""
    app = make_application()
    loaded = read_settings()
    program = Program(app, loaded.settings, Questions())
    if loaded.notice:
        program.tell_fault(loaded.notice)
    if not loaded.settings.window_state:
        program.window.fit_screen()
    faults = FaultTeller()
    faults.met.connect(program.tell_fault)
    faults.take_over()
    program.window.show()
    HeldKeys(program.window).went_on.connect(program.coding_keys.marking.letting_go.go_on)
    endings = Endings()
    endings.asked.connect(program.quit)
    if path is not None:
        program.open(path, coder)
    code = app.exec()
    endings.close()
    return code

"""Starts the window by itself, with everything that only a program of its own needs."""

from __future__ import annotations

import gc
from pathlib import Path

from PyQt6 import sip
from PyQt6.QtCore import QCoreApplication, QObject

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
    _leave_to_qt()
    return code


def _leave_to_qt() -> None:
    """Let no object of the window be taken apart by Python as it ends.

    PyQt would do so one by one, in any order, while it walks through them: some go along with
    others, and now and then the walk falls into the gap. The process frees them all.
    """
    gc.unfreeze()
    for one in gc.get_objects():
        kind = type(one)
        is_ours = issubclass(kind, QObject) and not issubclass(kind, QCoreApplication)
        if is_ours and not sip.isdeleted(one) and sip.ispyowned(one):
            sip.transferto(one, None)  # type: ignore[arg-type]  # None stands for Qt itself

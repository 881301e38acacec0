"""Makes the picture of the window of an import: what another lab coded in ELAN."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PyQt6.QtCore import QDeadlineTimer, QEventLoop
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QApplication

from annotator.gui.app import Program, make_application
from annotator.gui.dialogs.import_layout import SIZE
from annotator.gui.questions import Questions
from annotator.gui.tour import CODER, PATIENCE_MS, TourError
from annotator.model.coding import Purpose
from annotator.storage.codec import decode_session
from annotator.storage.interchange.exchange import form_for, render
from annotator.storage.interchange.interface import Wishes
from annotator.storage.sample import copy_sample
from annotator.storage.settings import Settings

THEIRS, NAME = "K", "second-lab.eaf"


def picture_of_import(folder: Path) -> QImage:
    """Open the sample, choose a file of ELAN to import, and grab the window that comes.

    Raises TourError where it does not come.
    """
    app = make_application()
    folder.mkdir(parents=True, exist_ok=True)
    session = copy_sample(folder / "first-session")
    path = _coded_elsewhere(session, folder / NAME)
    program = Program(app, Settings(coder=CODER), Questions(), _forget)
    program.window.show()
    program.open(session)
    _wait(app, lambda: program.desk is not None and program.player.frame_index >= 0)
    importing = program.exchanging.importing
    importing.take(path)
    _wait(app, lambda: importing.dialog.isVisible() and importing.dialog.plan is not None)
    window = importing.dialog
    window.parts.show_page(window.parts.contents)
    window.resize(*SIZE)  # whatever the screen of this machine has room for
    window.setFocus()
    app.processEvents()
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    window.reject()
    program.close_session(lambda: None)
    _wait(app, lambda: program.desk is None)
    program.quit()
    return image


def _coded_elsewhere(session_path: Path, path: Path) -> Path:
    """Write the sample's last pass to a file of ELAN, as if somebody else had coded it there."""
    session = decode_session(session_path.read_bytes())
    theirs = replace(session.passes[-1], coder=THEIRS, purpose=Purpose.PRIMARY)
    codes = tuple(
        replace(one, name=f"{one.name} (lab 2)") if one.id == theirs.tags[0].code else one
        for one in session.codebook.codes
    )
    book = replace(session.codebook, codes=codes)
    whole = replace(session, codebook=book, passes=(theirs,), transcripts=())
    path.write_bytes(render([whole], form_for(path.name), path.name, Wishes()).data)
    return path


def _wait(app: QApplication, done: Callable[[], bool]) -> None:
    deadline = QDeadlineTimer(PATIENCE_MS)
    while not done():
        if deadline.hasExpired():
            raise TourError("The window of the import took too long to come.")
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def _forget(_settings: Settings) -> None:
    """Keep no settings."""

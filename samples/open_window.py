"""Opens the sample in the program, for pictures of its windows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PyQt6.QtCore import QDeadlineTimer, QEventLoop
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QApplication, QWidget

from annotator.gui.app import Program, make_application
from annotator.gui.questions import Questions
from annotator.gui.tour import CODER, PATIENCE_MS, TourError
from annotator.storage.sample import copy_sample
from annotator.storage.settings import Settings


@dataclass(frozen=True, slots=True)
class OpenWindow:
    """The program with the sample session open, which is stored at `session`."""

    app: QApplication
    program: Program
    session: Path

    def wait(self, done: Callable[[], bool]) -> None:
        """Let the program work until something is so; raises TourError where it takes too long."""
        deadline = QDeadlineTimer(PATIENCE_MS)
        while not done():
            if deadline.hasExpired():
                raise TourError("A window took too long to come.")
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def picture(self, window: QWidget, size: tuple[int, int]) -> QImage:
        """Grab a window at a size, whatever the screen of this machine has room for."""
        window.resize(*size)
        window.setFocus()
        self.app.processEvents()
        return window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)


@contextmanager
def opened_sample(folder: Path) -> Iterator[OpenWindow]:
    """Open a copy of the sample in a folder, and close the program in the end.

    Raises TourError where it does not open.
    """
    app = make_application()
    folder.mkdir(parents=True, exist_ok=True)
    session = copy_sample(folder / "first-session")
    program = Program(app, Settings(coder=CODER), Questions(), _forget)
    opened = OpenWindow(app, program, session)
    program.window.show()
    program.open(session)
    opened.wait(lambda: program.desk is not None and program.player.frame_index >= 0)
    yield opened
    program.close_session(lambda: None)
    opened.wait(lambda: program.desk is None)
    program.quit()


def _forget(_settings: Settings) -> None:
    """Keep no settings."""

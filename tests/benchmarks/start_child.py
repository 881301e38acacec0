"""Starts a bare window, or the program with a session, and tells when it had been painted.

`python start_child.py bare`, `… decoders` and `… SESSION` print the monotonic clock, in
nanoseconds, once the events of a whole painting are done: for a session that of its tags in table
and timeline, and that of the film's frame.
"""

from __future__ import annotations

import os
import sys
import time
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.gui.app import Program


def tell_and_end(*moments: int) -> None:
    """Print the times and leave at once: how long the end takes is not measured."""
    sys.stdout.write(" ".join(str(one) for one in moments) + "\n")
    sys.stdout.flush()
    os._exit(0)


def start_bare() -> int:
    """Show an empty main window."""
    from PyQt6.QtCore import QTimer  # noqa: PLC0415 loading Qt is part of the time
    from PyQt6.QtWidgets import QApplication, QMainWindow  # noqa: PLC0415 as above

    class Window(QMainWindow):
        def paintEvent(self, event: object) -> None:  # noqa: ARG002 nothing is drawn
            QTimer.singleShot(0, lambda: tell_and_end(time.monotonic_ns()))

    app = QApplication(sys.argv[:1])
    window = Window()
    window.resize(1440, 900)
    window.show()
    return app.exec()


def start_program(session: str) -> int:
    """Show the program's window by its own entry point, with a watcher on what it paints."""
    from annotator import __main__ as program  # noqa: PLC0415 loading it is part of the time

    load = program._window_module
    program._window_module = lambda: _watched(load())
    sys.argv = ["annotator", session]
    program.main()
    return 0


def _watched(home: ModuleType) -> ModuleType:
    """Have the program's window watched."""
    from PyQt6.QtCore import QEvent, QObject, QTimer  # noqa: PLC0415 as above

    class Watcher(QObject):
        """Waits until the tags, the timeline with its tags and the film's frame are painted."""

        def __init__(self, program: Program) -> None:
            super().__init__()
            parts = program.window.parts
            self._picture = parts.picture
            self._left = {
                parts.picture: lambda: not parts.picture.frame.isNull(),
                parts.tags.view.viewport(): lambda: parts.tags.model.rowCount() > 0,
                parts.timeline.viewport(): lambda: program.desk is not None,
            }
            self._session_at = 0
            for widget in self._left:
                widget.installEventFilter(self)

        def eventFilter(self, widget: QObject | None, event: QEvent | None) -> bool:
            painted = event is not None and event.type() == QEvent.Type.Paint
            if painted and widget in self._left and self._left[widget]():
                del self._left[widget]
                QTimer.singleShot(0, self._note)
            return False

        def _note(self) -> None:
            now = time.monotonic_ns()
            if not self._session_at and not self._left.keys() - {self._picture}:
                self._session_at = now
            if not self._left:
                tell_and_end(self._session_at, now)

    class Watched(home.Program):
        def __init__(self, *given: object) -> None:
            super().__init__(*given)
            self.watcher = Watcher(self)

    home.Program = Watched
    return home


if __name__ == "__main__":
    if sys.argv[1] == "decoders":
        import_module("numpy")
        import_module("av")
    bare = sys.argv[1] in ("bare", "decoders")
    sys.exit(start_bare() if bare else start_program(sys.argv[1]))

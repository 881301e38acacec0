"""Has the first and last frame of the chosen clip decoded, the one that was chosen last alone."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from annotator.errors import AnnotatorError
from annotator.gui.tasks import SerialWorker
from annotator.model.session import Session
from annotator.model.time import Interval

if TYPE_CHECKING:
    from annotator.gui.clips.choices import HowChoice
    from annotator.gui.clips.frames import Asked, Ends, FilmFrames
    from annotator.gui.clips.preview import EndsView

HEIGHT = 264
NO_PICTURE = "There is no picture to show."
WORKING = "Looking at the film…"


class ClipEnds(QObject):
    """Shows them in a view, once there is one."""

    shown = pyqtSignal()  # the frames are there, or told not to be

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._view: EndsView | None = None
        self._frames: FilmFrames | None = None
        self._asked: Asked | None = None
        self._last: Asked | None = None
        self._is_working = False
        self._worker = SerialWorker("clip ends", self, patient=True)

    def show_in(self, view: EndsView) -> None:
        """Show the frames there."""
        self._view = view

    def ask(self, session: Session, path: Path, span: Interval, how: HowChoice) -> None:
        """Have the ends of a stretch shown; nothing is done where they are shown already."""
        module = import_module("annotator.gui.clips.frames")
        asked: Asked = module.Asked(session, path, span, how.view, how.form, HEIGHT)
        if self._frames is None:
            self._frames = module.FilmFrames()
        if self._last is not None and _are_same(asked, self._last):
            return
        self._asked = self._last = asked
        if not self._is_working:
            self._decode(self._frames, asked)

    def clear(self) -> None:
        """Show nothing."""
        self._asked = self._last = None
        if self._view is not None:
            self._view.clear()
        if self._frames is not None:
            self._worker.submit(self._frames.close)

    def close(self) -> None:
        """Let go of the film and end the background thread."""
        self.clear()
        self._worker.close()

    def _decode(self, frames: FilmFrames, asked: Asked) -> None:
        self._is_working = True
        if self._view is not None:
            self._view.told.setText(WORKING)
        self._worker.submit(
            partial(frames.ends, asked), partial(self._take, asked), partial(self._fail, asked)
        )

    def _take(self, asked: Asked, ends: Ends | None) -> None:
        if self._is_last(asked) and self._view is not None:
            if ends is None:
                self._view.clear(NO_PICTURE)
            else:
                self._view.show_ends(ends)
            self.shown.emit()

    def _fail(self, asked: Asked, error: AnnotatorError) -> None:
        if self._is_last(asked) and self._view is not None:
            self._view.clear(str(error))
            self.shown.emit()

    def _is_last(self, asked: Asked) -> bool:
        """Tell whether this was asked for last; else that is decoded now."""
        self._is_working = False
        if self._asked is asked:
            return True
        if self._asked is not None and self._frames is not None:
            self._decode(self._frames, self._asked)
        return False


def _are_same(one: Asked, other: Asked) -> bool:
    """Whether two ask for the same pictures, whatever else was changed in the session."""
    return (
        (one.path, one.span, one.view) == (other.path, other.span, other.view)
        and one.form.has_picture == other.form.has_picture
        and one.session.recordings is other.session.recordings
    )

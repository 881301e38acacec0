"""Has the first and last frame of the chosen clip shown as they will be written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from annotator.errors import AnnotatorError
from annotator.gui.tasks import SerialWorker, Watcher

if TYPE_CHECKING:
    from annotator.gui.clips.frames import Ends, FilmFrames
    from annotator.gui.clips.preview import EndsView
    from annotator.jobs.clip_ends import EndsAsk, FoundFaces, ToSearch

NO_PICTURE = "There is no picture to show."
WORKING = "Looking at the film…"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The clip whose ends are wanted, and whether faces may be looked for in it."""

    asked: EndsAsk
    may_search: bool


@dataclass(frozen=True, slots=True)
class _Search:
    """A search for faces that is on its way."""

    stretches: tuple[ToSearch, ...]
    watcher: Watcher


class ClipEnds(QObject):
    """Shows those of the clip that was asked for last in a view, once there is one.

    Where faces are masked the frames are bare until faces were looked for in all of the clip.
    """

    shown = pyqtSignal()  # the frames are there as far as they will be, or told not to be

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._view: EndsView | None = None
        self._frames: FilmFrames | None = None
        self._wanted: _Wanted | None = None
        self._search: _Search | None = None
        self._is_working = False
        self._worker = SerialWorker("clip ends", self, patient=True)
        self._searcher = SerialWorker("clip faces", self, patient=True)

    @property
    def is_busy(self) -> bool:
        """Whether something is being decoded, or faces are being looked for."""
        return self._is_working or self._search is not None

    def show_in(self, view: EndsView) -> None:
        """Show the frames there."""
        self._view = view

    def ask(self, asked: EndsAsk, *, may_search: bool = True) -> None:
        """Have the ends of a clip shown; faces are looked for only where that may be."""
        before, self._wanted = self._wanted, _Wanted(asked, may_search)
        is_other = before is None or before.asked.planned.stretch != asked.planned.stretch
        if is_other and self._view is not None:
            self._view.told.setText(WORKING)
        self._decode()

    def clear(self) -> None:
        """Show nothing."""
        self._wanted = None
        self._look_for(())
        if self._view is not None:
            self._view.clear()

    def rest(self) -> None:
        """Look for faces no longer; what is shown stays."""
        if self._wanted is not None:
            self.ask(self._wanted.asked, may_search=False)

    def close(self) -> None:
        """End the background threads."""
        self.clear()
        self._searcher.close()
        self._worker.close()

    def _decode(self) -> None:
        """Decode what was asked for last, once what is being decoded is there."""
        wanted = self._wanted
        if self._is_working or wanted is None:
            return
        if self._frames is None:
            frames: FilmFrames = import_module("annotator.gui.clips.frames").FilmFrames()
            self._frames = frames
        self._is_working = True
        self._worker.submit(
            partial(self._frames.ends, wanted.asked),
            partial(self._take, wanted),
            partial(self._fail, wanted),
        )

    def _take(self, wanted: _Wanted, ends: Ends | None) -> None:
        if not self._is_last(wanted) or self._view is None:
            return
        if ends is None:
            self._view.clear(NO_PICTURE)
        else:
            self._view.show_ends(ends)
        self._look_for(ends.to_search if ends is not None and wanted.may_search else ())
        if self._search is None:
            self.shown.emit()

    def _fail(self, wanted: _Wanted, error: AnnotatorError) -> None:
        if self._is_last(wanted) and self._view is not None:
            self._look_for(())
            self._view.clear(str(error))
            self.shown.emit()

    def _is_last(self, wanted: _Wanted) -> bool:
        """Tell whether this was asked for last; else that is decoded now."""
        self._is_working = False
        if self._wanted is wanted:
            return True
        self._decode()
        return False

    def _look_for(self, stretches: tuple[ToSearch, ...]) -> None:
        """Look for faces there and nowhere else; a search that is on its way there goes on."""
        before = self._search
        if before is not None and before.stretches == stretches:
            return
        if before is not None:
            before.watcher.cancel()
        self._search = None
        if stretches:
            self._search = search = _Search(stretches, Watcher(self))
            search.watcher.told.connect(lambda fraction, _text: self._tell(search, fraction))
            self._searcher.submit(
                partial(
                    import_module("annotator.jobs.clip_ends").find_faces, stretches, search.watcher
                ),
                partial(self._cover, search),
                partial(self._stay_bare, search),
            )

    def _tell(self, search: _Search, fraction: float) -> None:
        if search is self._search and self._view is not None:
            self._view.show_search(fraction)

    def _cover(self, search: _Search, found: FoundFaces) -> None:
        """Have the frames decoded anew, now that it is known where faces are."""
        search.watcher.deleteLater()
        if search is self._search and self._frames is not None:
            self._search = None
            self._worker.submit(partial(self._frames.keep, found))
            if self._wanted is not None:
                self.ask(self._wanted.asked, may_search=self._wanted.may_search)

    def _stay_bare(self, search: _Search, error: AnnotatorError) -> None:
        search.watcher.deleteLater()
        if search is self._search and self._view is not None:
            self._search = None
            self._view.show_search_trouble(str(error))
            self.shown.emit()

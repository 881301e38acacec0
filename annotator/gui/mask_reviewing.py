"""Lets a person look at the masks of a clip before it is made, and keeps what she changed."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QWidget

from annotator.errors import AnnotatorError
from annotator.gui.tasks import SerialWorker, Watcher
from annotator.gui.theme import Theme
from annotator.model.time import Interval, Micros, to_clock

if TYPE_CHECKING:
    from PyQt6.QtGui import QImage

    from annotator.gui.masks.draft import MaskDraft
    from annotator.gui.masks.film import Looked, MaskFilm
    from annotator.gui.masks.window import MaskWindow
    from annotator.jobs.clip_masking import FilmMasks
    from annotator.media.face_masks import MaskPlan


class MaskReviewing(QObject):
    """Shows one clip's masks at a time; `kept` are those that were looked at and taken."""

    taken = pyqtSignal()  # masks were looked at and will be used
    shown = pyqtSignal()  # a picture is on screen, or there is trouble
    trouble = pyqtSignal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.kept: tuple[FilmMasks, ...] = ()
        self.people: tuple[tuple[str, str], ...] = ()  # whose face one can be: id and words
        self.draft: MaskDraft | None = None
        self._window: MaskWindow | None = None
        self._film: MaskFilm | None = None
        self._times: tuple[Micros, ...] = ()
        self._whole_from: Micros | None = None
        self._watcher: Watcher | None = None
        self._wanted = self._is_working = False
        self._worker: SerialWorker | None = None

    @property
    def window(self) -> MaskWindow | None:
        """The window, where it was ever opened."""
        return self._window

    def show(self, film: Path, span: Interval, theme: Theme, parent: QWidget) -> None:
        """Open the window for a stretch of a film, in its own time; what was taken comes back."""
        self._let_go()
        if self._worker is None:
            self._worker = SerialWorker("masks", self, patient=True)
        if self._window is None:
            self._window = _part("window").MaskWindow(theme, parent)
            self._connect(self._window)
        self._window.set_theme(theme)
        self._window.side.offer(self.people)
        self._window.show_finding(0.0)
        self._film = _part("film").MaskFilm(film, span)
        known = next((one.plan for one in self.kept if one.serves(film, span)), None)
        self._watcher = watcher = Watcher(self)
        watcher.told.connect(lambda fraction, _text: self._tell(watcher, fraction))
        self._worker.submit(
            partial(self._film.look, known, watcher),
            partial(self._take, self._film),
            partial(self._fail, self._film),
        )
        self._window.open()

    def forget(self) -> None:
        """Forget all masks that were taken, as for another session."""
        self.kept = ()
        self._let_go()
        if self._window is not None:
            self._window.hide()

    def close(self) -> None:
        """Let go of the film and end the background thread."""
        self._let_go()
        if self._worker is not None:
            self._worker.close()

    def _connect(self, window: MaskWindow) -> None:
        window.frame_asked.connect(lambda _frame: self._show())
        window.undo_asked.connect(lambda: self._change(self.draft and self.draft.undone()))
        window.redo_asked.connect(lambda: self._change(self.draft and self.draft.redone()))
        window.used.connect(self._use)
        window.left.connect(self._let_go)
        _part("acts").MaskActs(self, window)

    def _tell(self, watcher: Watcher, fraction: float) -> None:
        if watcher is self._watcher and self._window is not None and self.draft is None:
            self._window.show_finding(fraction)

    def _take(self, film: MaskFilm, looked: Looked) -> None:
        if film is not self._film or self._window is None:
            return
        self._times = looked.times
        self.draft = _part("draft").MaskDraft(looked.plan, film.span)
        self._window.canvas.select(None)
        self._window.canvas.show_size(looked.plan.size)
        self._window.show_found(looked.strip, len(looked.times))
        self._show()

    def _fail(self, film: MaskFilm, error: AnnotatorError) -> None:
        if film is self._film and self._window is not None:
            self._window.show_trouble(str(error))
            self.trouble.emit(str(error))
            self.shown.emit()

    @property
    def time(self) -> Micros:
        """When the frame that is shown comes on screen in the film."""
        at = self._window.frame if self._window is not None else 0
        return self._times[at] if 0 <= at < len(self._times) else Micros(0)

    @property
    def whole_from(self) -> Micros | None:
        """Where a stretch of whole pictures was begun; None where none was."""
        return self._whole_from

    def begin_whole(self, time: Micros | None) -> None:
        """Begin a stretch of whole pictures, or none."""
        self._whole_from = time
        if self._window is not None:
            self._window.side.show_whole(time)

    def past(self, time: Micros) -> Micros:
        """Give where the frame ends that comes at a moment."""
        later = (one for one in self._times if one > time)
        end = self._film.span.end if self._film is not None else time
        return next(later, Micros(max(end, time + 1)))

    def refresh(self) -> None:
        """Show the picture anew."""
        self._show()

    def change(self, draft: MaskDraft | None) -> None:
        """Show the draft as it is now."""
        self._change(draft)

    def _change(self, draft: MaskDraft | None) -> None:
        if draft is None or draft is self.draft:
            self._show_side()
            return
        self.draft = draft
        self._show()

    def _show(self) -> None:
        """Show the boxes at once, and the picture when it is decoded."""
        window, draft = self._window, self.draft
        if window is None or draft is None:
            return
        pictures = import_module("annotator.media.mask_pictures")
        window.canvas.show_outlines(pictures.outlines_at(draft.plan, self.time))
        number, when = window.frame + 1, to_clock(self.time)
        window.show_frame(
            window.frame, f"Frame {number} of {len(self._times)} · {when} of the film"
        )
        window.allow(undo=bool(draft.before), redo=bool(draft.after))
        self._show_side()
        self._wanted = True
        self._decode()

    def _show_side(self) -> None:
        if self._window is not None and self.draft is not None:
            selected = self._window.canvas.selected
            self._window.side.show_draft(self.draft, self.time, selected)

    def _decode(self) -> None:
        """Decode what is wanted last; what was wanted meanwhile is passed over."""
        if self._is_working or not self._wanted or self._worker is None:
            return
        film, draft, window = self._film, self.draft, self._window
        if film is None or draft is None or window is None:
            return
        self._wanted, self._is_working = False, True
        bare = window.side.through.isChecked()
        self._worker.submit(
            partial(film.picture, draft.plan, self.time, bare=bare),
            partial(self._show_picture, film),
            partial(self._fail_picture, film),
        )

    def _show_picture(self, film: MaskFilm, image: QImage | None) -> None:
        self._is_working = False
        if film is self._film and self._window is not None:
            self._window.canvas.show_image(image)
            if not self._wanted:
                self.shown.emit()
        self._decode()

    def _fail_picture(self, film: MaskFilm, _error: AnnotatorError) -> None:
        self._show_picture(film, None)

    def _use(self) -> None:
        """Keep the masks for this stretch, in place of those that were kept for it."""
        film, draft, window = self._film, self.draft, self._window
        if film is None or draft is None or window is None:
            return
        made = import_module("annotator.jobs.clip_masking").FilmMasks(film.path, draft.plan)
        others = (one for one in self.kept if not _are_same(one.plan, draft.plan, one.path, film))
        self.kept = (made, *others)
        self._let_go()
        window.accept()
        self.taken.emit()

    def _let_go(self) -> None:
        if self._watcher is not None:
            self._watcher.cancel()
        if self._film is not None and self._worker is not None:
            self._worker.submit(self._film.close)
        self._film = self._watcher = self.draft = None
        self._times = ()
        self.begin_whole(None)


def _are_same(one: MaskPlan, other: MaskPlan, path: Path, film: MaskFilm) -> bool:
    return path == film.path and one.watched == other.watched


def _part(name: str) -> ModuleType:
    """Load a part of the window when it is first wanted."""
    return import_module(f"annotator.gui.masks.{name}")

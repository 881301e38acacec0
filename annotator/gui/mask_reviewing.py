"""Lets a person look at the masks of a clip before it is made, and keeps what she changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QWidget

from annotator.errors import AnnotatorError
from annotator.gui.masks.page import Page, Reviewed, ToReview, still_searching
from annotator.gui.tasks import SerialWorker, Watcher
from annotator.gui.theme import Theme
from annotator.model.time import Micros, to_clock

if TYPE_CHECKING:
    from PyQt6.QtGui import QImage

    from annotator.gui.masks.draft import MaskDraft
    from annotator.gui.masks.film import Looked
    from annotator.gui.masks.window import MaskWindow
    from annotator.jobs.clip_masking import FilmMasks

NO_MASKS = "There are no masks to use."


class MaskReviewing(QObject):
    """Shows one clip's masks at a time, recording by recording; `taken_masks` are those taken."""

    taken = pyqtSignal()  # masks were looked at and will be used
    shown = pyqtSignal()  # a picture is on screen, or there is trouble
    searched = pyqtSignal()  # no faces are looked for any more
    trouble = pyqtSignal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.reviewed: tuple[Reviewed, ...] = ()
        self.people: tuple[tuple[str, str], ...] = ()  # whose face one can be: id and words
        self._window: MaskWindow | None = None
        self._pages: tuple[Page, ...] = ()
        self._at = 0
        self._wanted = self._is_working = False
        self._worker: SerialWorker | None = None  # decodes pictures
        self._search: SerialWorker | None = None

    @property
    def window(self) -> MaskWindow | None:
        """The window, where it was ever opened."""
        return self._window

    @property
    def kept(self) -> tuple[FilmMasks, ...]:
        """The masks that were taken, by film."""
        return tuple(one.masks for one in self.reviewed)

    @property
    def page(self) -> Page | None:
        """The recording that is shown."""
        return self._pages[self._at] if self._pages else None

    @property
    def draft(self) -> MaskDraft | None:
        """The masks of the recording that is shown, once there are any."""
        return self.page.draft if self.page is not None else None

    def show(self, recordings: Sequence[ToReview], theme: Theme, parent: QWidget) -> None:
        """Open the window for what is seen in a clip; what was taken comes back."""
        self._let_go()
        if self._worker is None:
            self._worker = SerialWorker("masks", self, patient=True)
        if self._search is None:
            self._search = SerialWorker("mask search", self, patient=True)
        if self._window is None:
            self._window = _part("window").MaskWindow(theme, parent)
            self._connect(self._window)
        self._window.set_theme(theme)
        self._window.show_clip(next((one.clip for one in recordings), ""))
        self._window.side.offer(self.people)
        self._pages = tuple(map(self._page, recordings))
        for page in self._pages:
            self._look(page, self._search)
        self._show_page(0)
        self._window.open()

    def _page(self, asked: ToReview) -> Page:
        known = next((one for one in self.reviewed if one.serves(asked)), None)
        film = _part("film").MaskFilm(asked.path, asked.span)
        return Page(asked, film, Watcher(self), known)

    def _look(self, page: Page, search: SerialWorker) -> None:
        """Look for faces in a recording, after those before it; take what is known."""
        known = page.known.masks.plan if page.known is not None else None
        page.watcher.told.connect(lambda fraction, _text: self._tell(page, fraction))
        search.submit(
            partial(page.film.look, known, page.watcher),
            partial(self._take, page),
            partial(self._fail, page),
        )

    def forget(self) -> None:
        """Forget all masks that were taken, as for another session."""
        self.reviewed = ()
        self._let_go()
        if self._window is not None:
            self._window.hide()

    def close(self) -> None:
        """Let go of the films and end the background threads."""
        films = [page.film for page in self._pages]
        self._let_go()
        if self._search is not None:
            self._search.close()
        if self._worker is not None:
            for film in films:
                self._worker.submit(film.close)
            self._worker.close()

    def _connect(self, window: MaskWindow) -> None:
        window.page_asked.connect(self._show_page)
        window.frame_asked.connect(lambda _frame: self._show())
        window.undo_asked.connect(lambda: self.change(self.draft and self.draft.undone()))
        window.redo_asked.connect(lambda: self.change(self.draft and self.draft.redone()))
        window.used.connect(self._use)
        window.left.connect(self._let_go)
        _part("acts").MaskActs(self, window)

    def _tell(self, page: Page, fraction: float) -> None:
        page.fraction = fraction
        if page is self.page and self._window is not None and page.is_searching:
            self._window.show_finding(fraction)

    def _take(self, page: Page, looked: Looked) -> None:
        if page in self._pages:
            page.take(looked, _part("draft").MaskDraft(looked.plan, page.asked.span))
            self._settle(page)

    def _fail(self, page: Page, error: AnnotatorError) -> None:
        if page not in self._pages:
            return
        page.trouble = str(error)
        self.trouble.emit(page.trouble)
        self._settle(page)
        if page is self.page:
            self.shown.emit()

    def _settle(self, page: Page) -> None:
        """Show what came of the search, where that recording is shown."""
        if page is self.page and self._window is not None:
            self._show_page(self._at)
            self._window.canvas.setFocus()
        self._tell_pages()
        if not any(one.is_searching for one in self._pages):
            self.searched.emit()

    def _show_page(self, place: int) -> None:
        """Show a recording: its masks, how far the search for them is, or why there are none."""
        window = self._window
        if window is None or not 0 <= place < len(self._pages):
            return
        self._at, page = place, self._pages[place]
        window.canvas.select(None)
        window.canvas.show_outlines(())
        window.canvas.show_image(None)
        window.side.show_whole(page.whole_from)
        if page.trouble:
            window.show_trouble(page.trouble)
        elif page.draft is None:
            window.show_finding(page.fraction)
        else:
            window.canvas.show_size(page.draft.plan.size)
            window.show_found(page.strip, len(page.times), page.frame)
            self._show()
        self._tell_pages()

    def _tell_pages(self) -> None:
        """Say how far each recording is, and whether the masks can be used."""
        window, page = self._window, self.page
        if window is None or page is None:
            return
        window.show_pages([one.told for one in self._pages], self._at)
        window.show_left(page.unseen)
        is_any = any(one.draft is not None for one in self._pages)
        window.allow_use(still_searching(self._pages) or ("" if is_any else NO_MASKS))

    @property
    def time(self) -> Micros:
        """When the frame that is shown comes on screen in the film."""
        page = self.page
        times = page.times if page is not None else ()
        at = self._window.frame if self._window is not None else 0
        return times[at] if 0 <= at < len(times) else Micros(0)

    @property
    def whole_from(self) -> Micros | None:
        """Where a stretch of whole pictures was begun; None where none was."""
        return self.page.whole_from if self.page is not None else None

    def begin_whole(self, time: Micros | None) -> None:
        """Begin a stretch of whole pictures, or none."""
        if self.page is not None:
            self.page.whole_from = time
        if self._window is not None:
            self._window.side.show_whole(time)

    def past(self, time: Micros) -> Micros:
        """Give where the frame ends that comes at a moment."""
        page = self.page
        later = (one for one in (page.times if page is not None else ()) if one > time)
        end = page.asked.span.end if page is not None else time
        return next(later, Micros(max(end, time + 1)))

    def refresh(self) -> None:
        """Show the picture anew."""
        self._show()

    def change(self, draft: MaskDraft | None) -> None:
        """Show the draft as it is now."""
        if draft is None or draft is self.draft or self.page is None:
            self._show_side()
            return
        self.page.draft = draft
        self._show()

    def _show(self) -> None:
        """Show the boxes at once, and the picture when it is decoded."""
        window, page, draft = self._window, self.page, self.draft
        if window is None or page is None or draft is None:
            return
        page.frame = window.frame
        pictures = import_module("annotator.media.mask_pictures")
        window.canvas.show_outlines(pictures.outlines_at(draft.plan, self.time))
        number, when = window.frame + 1, to_clock(self.time)
        window.show_frame(window.frame, f"Frame {number} of {len(page.times)} · {when} of the film")
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
        page, draft, window = self.page, self.draft, self._window
        if page is None or draft is None or window is None:
            return
        self._wanted, self._is_working = False, True
        bare, time = window.side.through.isChecked(), self.time
        self._worker.submit(
            partial(page.film.picture, draft.plan, time, bare=bare),
            partial(self._show_picture, page, time),
            lambda _error: self._show_picture(page, time, None),
        )

    def _show_picture(self, page: Page, time: Micros, image: QImage | None) -> None:
        self._is_working = False
        if page is self.page and self._window is not None:
            self._window.canvas.show_image(image)
            page.see(time)
            self._tell_pages()
            if not self._wanted:
                self.shown.emit()
        self._decode()

    def _use(self) -> None:
        """Keep the masks of each recording, in place of those that were kept for the same."""
        if self._window is None:
            return
        masks = import_module("annotator.jobs.clip_masking").FilmMasks
        made = tuple(
            page.reviewed(masks(page.asked.path, page.draft.plan, page.asked.recording))
            for page in self._pages
            if page.draft is not None
        )
        others = (one for one in self.reviewed if not any(map(one.is_same, made)))
        self.reviewed = (*made, *others)
        self._let_go()
        self._window.accept()
        self.taken.emit()

    def _let_go(self) -> None:
        """Stop the searches, and close each film when nothing uses it any more."""
        pages, self._pages, self._at = self._pages, (), 0
        for page in pages:
            page.watcher.cancel()
        if pages and self._search is not None:
            self._search.submit(_nothing, lambda _nothing: self._close_films(pages))

    def _close_films(self, pages: Sequence[Page]) -> None:
        for page in pages:
            page.watcher.deleteLater()
            if self._worker is not None:
                self._worker.submit(page.film.close)


def _nothing() -> None:
    """Wait for what was to be done before."""


def _part(name: str) -> ModuleType:
    """Load a part of the window when it is first wanted."""
    return import_module(f"annotator.gui.masks.{name}")

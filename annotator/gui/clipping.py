"""Makes clips of the open session, after showing what consent allows of them."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PyQt6.QtCore import QObject, pyqtSignal

from annotator.editing import visible_clips
from annotator.errors import AnnotatorError
from annotator.gui.clip_ends import ClipEnds
from annotator.gui.document import Document
from annotator.gui.main_window import MainWindow
from annotator.gui.mask_reviewing import MaskReviewing
from annotator.gui.passing import Passing
from annotator.gui.questions import Questions
from annotator.gui.tasks import SerialWorker, Watcher
from annotator.gui.theme import Theme
from annotator.model.export_names import TemplateError
from annotator.model.participant import ConsentScope
from annotator.model.time import Interval, to_clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.gui.clips.choices import Asked
    from annotator.gui.clips.what_tab import Offer
    from annotator.gui.clips.window import ClipsWindow
    from annotator.gui.clips.working import Making, Plan
    from annotator.jobs.clip_wishes import MadeClip
    from annotator.model.coding import CodingPass
    from annotator.model.session import Session

NOBODY_CHOSEN = "Choose for whom the clips are."
NOTHING_TO_CUT = "There is nothing to cut. Choose other tags, or leave room around them."
WORKING = "Working out which clips may be made…"
FOLDER = "clips"


class Clipping(QObject):
    """Works out and makes clips in the background, one thing at a time."""

    said = pyqtSignal(str)
    refused = pyqtSignal(str)
    shown = pyqtSignal()  # the clips are in the window, or told to be impossible
    level_chosen = pyqtSignal(object)  # ConsentScope, for whom the clips are to be
    made = pyqtSignal()  # something was made, and stands in the log of exports
    clip_made = pyqtSignal(object)  # MadeClip, told from the background
    ended = pyqtSignal()  # nothing is being made any more

    def __init__(
        self, window: MainWindow, questions: Questions, passing: Passing, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._questions, self._passing = window, questions, passing
        self._document: Document | None = None
        self._dialog: ClipsWindow | None = None
        self._selected: frozenset[str] = frozenset()
        self._stretch: Interval | None = None
        self._home = Path()
        self._asked: Asked | None = None
        self._plan: tuple[Asked, Plan] | None = None
        self._is_working = False
        self._making: Making | None = None
        self._last: Making | None = None  # what was made last
        self._worker = SerialWorker("clips", self, patient=True)
        self.ends, self.masks = ClipEnds(self), MaskReviewing(self)
        window.actions_table.bind("make_clips", self.show)
        window.actions_table.bind("make_kept_clips", self.show_kept)
        self.clip_made.connect(self._show_done)
        passing.seen_changed.connect(self._refresh)

    @property
    def dialog(self) -> ClipsWindow:
        """The window in which clips are made, made when it is first wanted."""
        if self._dialog is None:
            dialog: ClipsWindow = _part("window").ClipsWindow(self._window.theme, self._window)
            dialog.plan_asked.connect(self._ask_for_plan)
            dialog.make_asked.connect(self._make)
            dialog.stop_asked.connect(self._stop)
            dialog.left.connect(self._leave)
            dialog.fields.what.list_asked.connect(self._ask_for_list)
            dialog.fields.where.folder_asked.connect(self._ask_for_folder)
            dialog.fields.where.others.add_asked.connect(self._ask_for_others)
            dialog.clips.chosen_changed.connect(self._show_ends)
            dialog.fields.whom.look_asked.connect(self._look_at_masks)
            self.masks.taken.connect(self._ask_for_plan)
            dialog.folder_button.clicked.connect(lambda _on: self._open_folder())
            consent = self._window.actions_table.by_id["consent"]
            dialog.consent_button.clicked.connect(lambda _on: consent.trigger())
            dialog.pack_button.clicked.connect(lambda _on: self._open_pack())
            self._worker.submit(_part("offers").faces_trouble, dialog.fields.whom.show_faces)
            self.ends.show_in(dialog.ends)
            self._dialog = dialog
            self._forget()
        return self._dialog

    def follow(self, document: Document | None) -> None:
        """Serve this session from now on; none where None."""
        self._document = document
        self._leave()
        self.masks.forget()
        if self._dialog is not None:
            self._dialog.hide()
            self._forget()
        if document is not None:
            document.changed.connect(lambda _changes: self._refresh())
            document.saved.connect(self._follow_path)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        if self._dialog is not None:
            self._dialog.set_theme(theme)

    def close(self) -> None:
        """Stop what is being made, and end the background threads."""
        self._stop()
        self._worker.close()
        self.ends.close()
        self.masks.close()

    def show(self) -> None:
        """Show the window, with what is selected now as what becomes clips."""
        self._bring(kept=False)

    def show_kept(self) -> None:
        """Show the window, with the clips of the tray as what is made."""
        self._bring(kept=True)

    def _bring(self, *, kept: bool) -> None:
        """Show the window; what it is made of loads in the background when it is first wanted."""
        document = self._document
        if document is None:
            return
        if self._dialog is not None:
            self._show(document, kept=kept)
        else:
            self._worker.submit(_load, lambda _nothing: self._show(document, kept=kept))

    def _show(self, document: Document, *, kept: bool) -> None:
        if document is not self._document:
            return
        dialog, sources = self.dialog, _part("choices").Source
        if self._making is None:
            self._selected = frozenset(tag.id for tag in self._passing.selected)
            self._stretch = self._passing.stretch
            self._offer()
            if kept:
                dialog.fields.what.choose(sources.KEPT)
            elif self._selected or self._stretch is not None:
                source = sources.SELECTED if self._selected else sources.STRETCH
                dialog.fields.what.choose(source)
            self._ask_for_plan()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        dialog.fields.level.setFocus()

    def _forget(self) -> None:
        self._home = self._usual_folder
        self.dialog.fields.forget(self._home)

    @property
    def _usual_folder(self) -> Path:
        """Where clips go where nobody says otherwise."""
        return self._document.path.parent / FOLDER if self._document is not None else Path()

    def _follow_path(self) -> None:
        """Let clips go beside a session that was saved elsewhere, unless they go elsewhere yet."""
        if self._dialog is None or self._making is not None or self._home == self._usual_folder:
            return
        where = self._dialog.fields.where
        is_usual, self._home = where.choice.folder == self._home, self._usual_folder
        if is_usual:
            where.take_folder(self._home)

    def _refresh(self) -> None:
        """Follow the session, and what may be seen of it."""
        if self._dialog is not None and self._dialog.isVisible() and self._making is None:
            self._offer()
            self._ask_for_plan()

    def _offer(self) -> None:
        if self._document is None:
            return
        session, seen = self._document.session, self._passing.seen
        here = {tag.id for one in seen for tag in one.tags}
        self._selected &= here
        fields = self.dialog.fields
        fields.what.offer(self._offered(session, seen))
        self.masks.people = tuple((one.id, one.label or one.id) for one in session.participants)
        fields.whom.offer(self.masks.people)
        fields.how.view.offer(session.recordings)

    def _offered(self, session: Session, seen: Sequence[CodingPass]) -> Offer:
        span = self._stretch
        offer: Offer = _part("what_tab").Offer(
            tuple(_part("offers").code_lines(session, seen)),
            tuple((one.id, one.label or one.id) for one in session.participants),
            tuple((one.coder, one.coder) for one in seen),
            len(self._selected),
            len(self._kept),
            f"{to_clock(span.start)} – {to_clock(span.end)}" if span is not None else "",
            len(session.passes) - len(seen),
        )
        return offer

    @property
    def _kept(self) -> frozenset[str]:
        """The clips of the tray that may be seen."""
        document, blind = self._document, self._passing.blind
        if document is None:
            return frozenset()
        return frozenset(
            clip.id for clip in visible_clips(document.session, document.coder, blind=blind)
        )

    def _ask_for_plan(self) -> None:
        document = self._document
        if self._making is not None or document is None:
            return
        choice = self.dialog.fields.choice
        self._asked = self._plan = None
        if choice is None:
            self.dialog.show_nothing(NOBODY_CHOSEN)
            return
        self.level_chosen.emit(choice.level)
        is_named = choice.level is ConsentScope.AUTHORIZED
        self.dialog.fields.whom.show_named(
            _part("offers").researchers(document.session) if is_named else ""
        )
        self._asked = _part("choices").Asked(
            document.session,
            document.path,
            tuple(self._passing.seen),
            choice,
            document.coder,
            self._selected,
            self._stretch,
            self._kept,
            self.masks.kept,
            self._passing.blind,
        )
        self.dialog.show_working(WORKING)
        if not self._is_working:
            self._work_out(self._asked)

    def _work_out(self, asked: Asked) -> None:
        """Work out the clips; who goes on choosing waits for the last choice alone."""
        self._is_working = True
        self._worker.submit(
            partial(_part("working").work_out, asked),
            partial(self._take_plan, asked),
            partial(self._take_trouble, asked),
        )

    def _take_plan(self, asked: Asked, plan: Plan) -> None:
        if not self._is_last(asked):
            return
        where, reel = asked.choice.where, _part("working").reel_of(asked)
        if plan.clips:
            self._plan = (asked, plan)
            place = reel.place if where.is_reel else where.folder
            self.dialog.show_plan(plan.lines, str(place), plan.warnings, is_reel=where.is_reel)
        else:
            self.dialog.show_nothing(NOTHING_TO_CUT)
        are_faces = bool(_part("masks").chosen(plan, -1)[0])
        looked = _part("masks").looked_words(plan, self.masks.reviewed)
        self.dialog.fields.whom.allow_look(are_faces=are_faces, looked=looked)
        first = plan.clips[0].name if plan.clips and not where.is_reel else ""
        film = reel.place.name if plan.clips and reel is not None else ""
        self.dialog.fields.where.show_example(first, film)
        self._show_ends()
        self.shown.emit()

    def _take_trouble(self, asked: Asked, error: AnnotatorError) -> None:
        if not self._is_last(asked):
            return
        self.dialog.show_trouble(str(error))
        if isinstance(error, TemplateError):
            self.dialog.fields.where.show_wrong(str(error))
        self.shown.emit()

    def _is_last(self, asked: Asked) -> bool:
        """Tell whether this is what was asked for last; else that is worked out now."""
        self._is_working = False
        if self._asked is asked:
            return True
        if self._asked is not None:
            self._work_out(self._asked)
        return False

    def _show_ends(self) -> None:
        """Have the ends of the chosen clip shown, as they will be written."""
        row = self.dialog.clips.chosen
        if self._plan is None or not 0 <= row < len(self._plan[1].clips):
            self.ends.clear()
            return
        wanted = _part("working").ends_of(self._plan[1], row)
        self.ends.ask(wanted, may_search=self._making is None)

    def _look_at_masks(self) -> None:
        """Let the masks of the chosen clip be looked at before it is made."""
        if self._plan is None or self._making is not None:
            return
        found, self.masks.people = _part("masks").chosen(self._plan[1], self.dialog.clips.chosen)
        if found:
            self.masks.show(found, self._window.theme, self.dialog)

    def _ask_for_list(self) -> None:
        path = self._questions.choose_clips_list()
        if path is not None:
            self.dialog.fields.what.take_list(path)

    def _ask_for_others(self) -> None:
        if self._document is not None:
            self.dialog.fields.where.others.ask(self._questions, self._document.path)

    def _ask_for_folder(self) -> None:
        if self._document is None or self._making is not None:
            return
        folder = self._questions.choose_clips_folder(self._document.path.parent)
        if folder is not None:
            self.dialog.fields.where.take_folder(folder)

    def _make(self) -> None:
        asked = self._asked
        if asked is None or self._making is not None:
            return
        told = self.clip_made.emit
        making: Making = _part("working").Making(asked, Watcher(self), told)
        self._making = making
        making.watcher.told.connect(self.dialog.show_progress)
        making.watcher.told_part.connect(self.dialog.show_part)
        self.ends.rest()
        self.dialog.show_making()
        self._worker.submit(
            partial(_part("working").make, making),
            lambda _nothing: self._end(making),
            partial(self._end, making),
        )

    def _show_done(self, done: MadeClip) -> None:
        if self._making is not None:
            self.dialog.show_done(_part("working").done_line(done, self._making))

    def _end(self, making: Making, error: AnnotatorError | None = None) -> None:
        """Tell what became of the clips, in the window and where notices stand."""
        self._making, working = None, _part("working")
        is_stopped = making.watcher.cancelled()
        told = working.made_words(making, is_stopped=is_stopped)
        trouble = "" if error is None or is_stopped else str(error)
        if error is None and not is_stopped:
            trouble = working.failed_words(making)
        lines = [working.made_line(one, making) for one in making.planned]
        self._last = making
        self.dialog.show_made(lines, told, trouble, packed=bool(making.packed))
        if self._asked is not making.asked:  # the window was left, and may be open again
            self._refresh()
        if trouble:
            self.refused.emit(f"{told} {trouble}")
        else:
            self.said.emit(told)
        making.watcher.deleteLater()
        self.made.emit()
        self.ended.emit()

    def _open_folder(self) -> None:
        if self._last is not None:
            self._open(self._last.asked.choice.where.folder)

    def _open_pack(self) -> None:
        if self._last is not None and self._last.packed:
            self._open(self._last.packed[0] / "index.html")

    def _open(self, path: Path) -> None:
        if not self._questions.open_outside(path):
            self.refused.emit(f"{path} could not be opened. Open it by hand.")

    def _stop(self) -> None:
        if self._making is not None:
            self._making.watcher.cancel()

    def _leave(self) -> None:
        """Forget what is on its way, and stop what is being made."""
        self._asked = self._plan = None
        self.ends.clear()
        self._stop()


def _part(name: str) -> Any:  # noqa: ANN401 a module that loads when it is first wanted
    return import_module(f"annotator.gui.clips.{name}")


def _load() -> None:
    for name in ("window", "working", "offers"):
        _part(name)

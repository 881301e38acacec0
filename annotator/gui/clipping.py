"""Makes clips of the open session, after showing what consent allows of them."""

from __future__ import annotations

import getpass
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from annotator.editing import visible_clips
from annotator.errors import AnnotatorError, MediaError
from annotator.gui import dialogs
from annotator.gui.document import Document, now
from annotator.gui.main_window import MainWindow
from annotator.gui.passing import Passing
from annotator.gui.questions import Questions
from annotator.gui.tasks import SerialWorker, Watcher
from annotator.gui.theme import Theme
from annotator.model.clipping import (
    Choice,
    Room,
    Stretch,
    chosen_tags,
    kept_stretches,
    stretches_of,
)
from annotator.model.coding import UNNAMED, CodingPass
from annotator.model.session import Session
from annotator.model.time import to_clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.gui.dialogs import ClipsWindow
    from annotator.gui.dialogs.clips_fields import ClipsChoice
    from annotator.gui.dialogs.clips_list import ClipLine
    from annotator.jobs.clip_wishes import ClipsWish, MadeClip, PlannedClip

NO_TAGS = "There are no tags that you may see. Tag something first."
NOBODY_CHOSEN = "Choose for whom the clips are."
NOTHING_TO_CUT = "There is nothing to cut. Choose other tags, or leave room around them."
WORKING = "Working out which clips may be made…"
FOLDER = "clips"
_FIELDS = "annotator.gui.dialogs.clips_fields"


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which clips are asked for: of the passes that are `seen`, judged by the whole session.

    `kept` are the ids of the clips in the tray that may be seen.
    """

    session: Session
    path: Path
    seen: tuple[CodingPass, ...]
    choice: ClipsChoice
    coder: str
    kept: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Making:
    """Clips on their way, with those that are done."""

    asked: _Asked
    folder: Path
    watcher: Watcher
    planned: Sequence[PlannedClip] = ()
    made: list[MadeClip] = field(default_factory=list)


class Clipping(QObject):
    """Works out and makes clips in the background, one thing at a time."""

    said = pyqtSignal(str)
    refused = pyqtSignal(str)
    shown = pyqtSignal()  # the clips are in the window, or told to be impossible
    level_chosen = pyqtSignal(object)  # ConsentScope, for whom the clips are to be
    ended = pyqtSignal()  # nothing is being made any more

    def __init__(
        self, window: MainWindow, questions: Questions, passing: Passing, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._questions, self._passing = window, questions, passing
        self._document: Document | None = None
        self._dialog: ClipsWindow | None = None
        self._selected: frozenset[str] = frozenset()
        self._asked: _Asked | None = None
        self._is_working = False
        self._making: _Making | None = None
        self._worker = SerialWorker("clips", self, patient=True)
        window.actions_table.bind("make_clips", self.show)
        window.actions_table.bind("make_kept_clips", self.show_kept)
        passing.seen_changed.connect(self._refresh)

    @property
    def dialog(self) -> ClipsWindow:
        """The window in which clips are made, made when it is first wanted."""
        if self._dialog is None:
            made = dialogs.ClipsWindow(self._window.theme, self._window)
            made.plan_asked.connect(self._ask_for_plan)
            made.folder_asked.connect(self._ask_for_folder)
            made.stop_asked.connect(self._stop)
            made.left.connect(self._leave)
            self._worker.submit(_faces_trouble, made.fields.show_faces)
            self._dialog = made
        return self._dialog

    def follow(self, document: Document | None) -> None:
        """Serve this session from now on; none where None."""
        self._document = document
        self._leave()
        if self._dialog is not None:
            self._dialog.hide()
            self._dialog.fields.forget()
        if document is not None:
            document.changed.connect(lambda _changes: self._refresh())

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        if self._dialog is not None:
            self._dialog.set_theme(theme)

    def close(self) -> None:
        """Stop what is being made, and end the background thread."""
        self._stop()
        self._worker.close()

    def show(self) -> None:
        """Show the window, with what is selected now as what becomes clips."""
        if self._document is None:
            return
        dialog = self.dialog
        if self._making is None:
            self._selected = frozenset(tag.id for tag in self._passing.selected)
            self._offer()
            if self._selected:
                dialog.fields.choose_tags("")
            self._ask_for_plan()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        dialog.fields.tags.setFocus()

    def show_kept(self) -> None:
        """Show the window, with the clips of the tray as what is made."""
        self.show()
        if self._dialog is not None and self._making is None:
            self._dialog.fields.choose_tags(import_module(_FIELDS).KEPT)

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
        kept = len(self._kept)
        self.dialog.fields.offer(self._selected, _code_lines(session, seen), kept)
        self.dialog.fields.show_hidden(len(session.passes) - len(seen))

    def _ask_for_plan(self) -> None:
        if self._making is not None:
            return
        document, choice = self._document, self.dialog.fields.choice
        self._asked = None
        if document is None or choice is None:
            is_empty = self.dialog.fields.tags.count() == 0
            self.dialog.show_nothing(NO_TAGS if is_empty else NOBODY_CHOSEN)
            return
        self.level_chosen.emit(choice.level)
        seen, coder = tuple(self._passing.seen), document.coder
        self._asked = _Asked(document.session, document.path, seen, choice, coder, self._kept)
        self.dialog.show_working(WORKING)
        if not self._is_working:
            self._work_out(self._asked)

    @property
    def _kept(self) -> frozenset[str]:
        """The clips of the tray that may be seen."""
        document, blind = self._document, self._passing.blind
        if document is None:
            return frozenset()
        return frozenset(
            clip.id for clip in visible_clips(document.session, document.coder, blind=blind)
        )

    def _work_out(self, asked: _Asked) -> None:
        """Work out the clips; who goes on choosing waits for the last choice alone."""
        self._is_working = True
        self._worker.submit(
            partial(_plan, asked, asked.path.parent / FOLDER),
            partial(self._take_plan, asked),
            partial(self._take_trouble, asked),
        )

    def _take_plan(self, asked: _Asked, planned: Sequence[PlannedClip]) -> None:
        if self._is_last(asked):
            if planned:
                self.dialog.show_plan([_planned_line(one) for one in planned])
            else:
                self.dialog.show_nothing(NOTHING_TO_CUT)
            self.shown.emit()

    def _take_trouble(self, asked: _Asked, error: AnnotatorError) -> None:
        if self._is_last(asked):
            self.dialog.show_trouble(str(error))
            self.shown.emit()

    def _is_last(self, asked: _Asked) -> bool:
        """Tell whether this is what was asked for last; else that is worked out now."""
        self._is_working = False
        if self._asked is asked:
            return True
        if self._asked is not None:
            self._work_out(self._asked)
        return False

    def _ask_for_folder(self) -> None:
        asked = self._asked
        if asked is None or self._making is not None:
            return
        folder = self._questions.choose_clips_folder(asked.path.parent)
        if folder is None or self._asked is not asked:  # it may have changed meanwhile
            return
        making = self._making = _Making(asked, folder, Watcher(self))
        making.watcher.told.connect(self.dialog.show_progress)
        self.dialog.show_making()
        self._worker.submit(
            partial(_make, making),
            lambda _nothing: self._end(making),
            partial(self._end, making),
        )

    def _end(self, making: _Making, error: AnnotatorError | None = None) -> None:
        """Tell what became of the clips, in the window and where notices stand."""
        self._making = None
        is_stopped = making.watcher.cancelled()
        failed = [one for one in making.made if one.failure]
        told = _made_words(len(making.made) - len(failed), making.folder)
        trouble = "" if error is None or is_stopped else str(error)
        if is_stopped:
            told = f"Making clips was stopped, as you asked. {told}"
        elif error is None and failed:
            trouble = _failed_words(len(failed), len(making.made))
        lines = [_made_line(one, making.made) for one in making.planned]
        self.dialog.show_made(lines, told, trouble)
        if self._asked is not making.asked:  # the window was left, and may be open again
            self._refresh()
        if trouble:
            self.refused.emit(f"{told} {trouble}")
        else:
            self.said.emit(told)
        making.watcher.deleteLater()
        self.ended.emit()

    def _stop(self) -> None:
        if self._making is not None:
            self._making.watcher.cancel()

    def _leave(self) -> None:
        """Forget what is on its way, and stop what is being made."""
        self._asked = None
        self._stop()


def _code_lines(session: Session, seen: Sequence[CodingPass]) -> list[tuple[str, str]]:
    """Give the codes that have tags, in the codebook's order, with their names and counts."""
    counts = Counter(tag.code for one in seen for tag in one.tags)
    names = {code.id: code.name for code in session.codebook.codes}
    names[UNNAMED] = "Without a name"
    ordered = [
        *(one for one in names if one in counts),
        *(one for one in counts if one not in names),
    ]
    return [(one, f"{names.get(one, one)} · {_tags(counts[one])}") for one in ordered]


def _tags(count: int) -> str:
    return "1 tag" if count == 1 else f"{count:,} tags"


def _planned_line(one: PlannedClip, told: str = "Will be made", trouble: str = "") -> ClipLine:
    lines = import_module("annotator.gui.dialogs.clips_list")
    span = one.stretch.interval
    when = f"{to_clock(span.start)} – {to_clock(span.end)}"
    masks = ", ".join(sorted(one.masks))
    line: ClipLine = lines.ClipLine(when, one.name, masks, told, trouble or one.refusal)
    return line


def _made_line(one: PlannedClip, made: Sequence[MadeClip]) -> ClipLine:
    """Say what became of a clip; it may have been judged anew, by what is in it to the frame."""
    done = next((each for each in made if each.planned.name == one.name), None)
    if done is None:
        return _planned_line(one, trouble=one.refusal or "Not made.")
    return _planned_line(done.planned, "Made", done.failure)


def _made_words(count: int, folder: Path) -> str:
    if not count:
        return "No clip was made."
    many = "1 clip was made; it is" if count == 1 else f"{count:,} clips were made; they are"
    return f"{many} in {folder}."


def _failed_words(failed: int, count: int) -> str:
    were = "was" if failed == 1 else "were"
    return f"{failed:,} of {count:,} {were} not made; the table says why."


def _faces_trouble() -> str:
    """Say why faces cannot be masked; empty where they can."""
    try:
        import_module("annotator.media.faces").model_path()
    except MediaError as error:
        return str(error)
    return ""


def _stretches(asked: _Asked) -> list[Stretch]:
    choice = asked.choice
    if choice.tags is None and choice.code == import_module(_FIELDS).KEPT:
        return kept_stretches(asked.session, asked.kept)
    seen = replace(asked.session, passes=asked.seen)
    codes = frozenset({choice.code}) if choice.tags is None else frozenset[str]()
    tags = [
        tag
        for tag in chosen_tags(seen, Choice(codes))
        if choice.tags is None or tag.id in choice.tags
    ]
    return stretches_of(tags, Room(choice.lead, choice.tail), asked.session.region)


def _wish(asked: _Asked, folder: Path) -> ClipsWish:
    today = datetime.now(UTC).astimezone().date()
    who = asked.coder or getpass.getuser()
    wishes = import_module("annotator.jobs.clip_wishes")
    wish: ClipsWish = wishes.ClipsWish(
        asked.choice.level, folder, who, now(), today, asked.choice.masks
    )
    return wish


def _plan(asked: _Asked, folder: Path) -> tuple[PlannedClip, ...]:
    wish = _wish(asked, folder)
    planning = import_module("annotator.jobs.clip_planning")
    stretches = _stretches(asked)
    planned: tuple[PlannedClip, ...] = planning.plan_clips(asked.session, stretches, wish)
    return planned


def _make(making: _Making) -> None:
    """Make clips, which are named anew by what lies in the folder; keeps each as it is done."""
    asked = making.asked
    wish = _wish(asked, making.folder)
    making.planned = _plan(asked, making.folder)
    jobs = import_module("annotator.jobs.clips")
    made = jobs.make_clips(asked.session, asked.path, making.planned, wish, making.watcher)
    for one in made:
        making.made.append(one)

"""Coding passes in the window: begun, finished, reopened, hidden and shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PyQt6.QtCore import QObject, pyqtSignal

from annotator import editing
from annotator.editing import Edit
from annotator.editing.blinding import hidden_passes, visible_passes
from annotator.errors import AnnotatorError
from annotator.gui.desk import Desk
from annotator.gui.main_window import MainWindow
from annotator.gui.marking import Choose
from annotator.gui.panels.passes import PassesPage, PassLine
from annotator.gui.player.player import Player
from annotator.gui.theme import Theme
from annotator.model.change import Change, MemberChange
from annotator.model.coding import CodingPass, Purpose, Tag
from annotator.model.session import Session
from annotator.model.stamps import new_id, now
from annotator.model.time import Interval
from annotator.storage.settings import Settings

PURPOSES = (
    (Purpose.TRAINING, "Training", "begin_training"),
    (Purpose.PRIMARY, "Primary coding", "begin_primary"),
    (Purpose.DOUBLE, "Double coding", "begin_double"),
)


class Passing(QObject):
    """Acts on the open session, if there is one."""

    refused = pyqtSignal(str)
    blind_changed = pyqtSignal()
    seen_changed = pyqtSignal()  # which passes there are, or may be seen

    def __init__(self, window: MainWindow, player: Player, choose: Choose, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._player, self._choose = window, player, choose
        self._desk: Desk | None = None
        self.page = PassesPage(window.theme)
        for purpose, words, _ in PURPOSES:
            self.page.purpose.addItem(words, purpose)
        window.parts.side.add_page(self.page, "Passes")
        self._connect()

    @property
    def blind(self) -> bool:
        """Whether the passes of others are hidden."""
        return self.page.blind.isChecked()

    @property
    def seen(self) -> tuple[CodingPass, ...]:
        """The passes that the coder may see; none where no session is open."""
        if self._desk is None:
            return ()
        document = self._desk.document
        return visible_passes(document.session, document.coder, blind=self.blind)

    @property
    def selected(self) -> tuple[Tag, ...]:
        """The selected tags of the shown pass."""
        return self._desk.selected if self._desk is not None else ()

    @property
    def stretch(self) -> Interval | None:
        """The time that is selected on the timeline; None where none is, or tags are."""
        return self._desk.stretch if self._desk is not None and not self.selected else None

    def follow(self, desk: Desk | None) -> None:
        """Serve this session from now on; none where None."""
        self._desk = desk
        if desk is not None:
            desk.document.changed.connect(self._follow)
            desk.document.pass_changed.connect(self._show_passes)
        self._show_passes()

    def take_up(self, settings: Settings) -> None:
        """Hide the passes of others, or not, as was chosen."""
        self.page.blind.setChecked(settings.blind)
        self._window.actions_table.by_id["hide_others"].setChecked(settings.blind)
        if self._window.parts.tags.blind != settings.blind:
            self._window.parts.tags.set_blind(blind=settings.blind)
            self.blind_changed.emit()
        self._leave_hidden()
        self._show_passes()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.page.set_theme(theme)

    def show(self) -> None:
        """Bring the page to the front."""
        self._window.parts.side.show_page(self.page)
        self.page.begin.setFocus()

    def _connect(self) -> None:
        page, bind = self.page, self._window.actions_table.bind
        bind("passes", self.show)
        bind("finish_pass", self._finish)
        bind("reopen_pass", self._reopen_or_ask)
        bind("hide_others", lambda: self._choose("blind", not self.blind))
        for purpose, _, action_id in PURPOSES:
            bind(action_id, partial(self._begin, purpose))
        page.blind.clicked.connect(lambda chosen: self._choose("blind", chosen))
        page.begin.clicked.connect(lambda: self._begin(page.purpose.currentData()))
        page.finish.clicked.connect(self._finish)
        page.reopen.clicked.connect(self._reopen)
        page.show_hidden.clicked.connect(self._unblind)

    def _follow(self, changes: tuple[Change, ...]) -> None:
        if any(isinstance(change, MemberChange) for change in changes):
            self._show_passes()

    def _show_passes(self) -> None:
        if self._desk is None:
            self.page.show_passes((), (), blind=self.blind)
        else:
            document = self._desk.document
            unseen = hidden_passes(document.session, document.coder)
            self.page.show_passes(
                [line_of(one, document.coder) for one in self.seen],
                [line_of(one, document.coder) for one in unseen],
                blind=self.blind,
            )
        self.seen_changed.emit()

    def _begin(self, purpose: Purpose) -> None:
        desk = self._desk
        if desk is None:
            return
        coder, pass_id = desk.document.coder, new_id()
        if self._push(lambda session: editing.begin_pass(session, coder, purpose, pass_id, now())):
            desk.document.show_pass(pass_id)

    def _finish(self) -> None:
        desk, reason = self._desk, self.page.reason.text()
        if desk is None:
            return
        desk.tagging.finish(self._player.position)
        pass_id = desk.document.pass_id
        if self._push(lambda session: editing.finish_pass(session, pass_id, now(), reason)):
            self.page.reason.clear()

    def _reopen_or_ask(self) -> None:
        """Reopen the pass, or lead to where the reason is typed."""
        if self.page.reason.text().strip():
            self._reopen()
        else:
            self._window.parts.side.show_page(self.page)
            self.page.reason.setFocus()

    def _reopen(self) -> None:
        desk, reason = self._desk, self.page.reason.text()
        if desk is None:
            return
        pass_id = desk.document.pass_id
        if self._push(lambda session: editing.reopen_pass(session, pass_id, now(), reason)):
            self.page.reason.clear()

    def _unblind(self) -> None:
        desk, pass_id = self._desk, self.page.hidden.currentData()
        if desk is None or pass_id is None:
            return
        coder, reason = desk.document.coder, self.page.reason.text()
        if self._push(lambda session: editing.unblind(session, coder, pass_id, now(), reason)):
            self.page.reason.clear()
            self.blind_changed.emit()

    def _leave_hidden(self) -> None:
        """Show the coder's own pass where the one that is shown is hidden from now on."""
        desk = self._desk
        if desk is None or not self.blind:
            return
        document = desk.document
        hidden = {one.id for one in hidden_passes(document.session, document.coder)}
        if document.pass_id in hidden:
            document.code_as(document.coder)

    def _push(self, make: Callable[[Session], Edit]) -> bool:
        """Make an edit and do it; tell whether it was done."""
        if self._desk is None:
            return False
        try:
            self._desk.document.push(make(self._desk.document.session))
        except AnnotatorError as error:
            self.refused.emit(str(error))
            return False
        return True


def line_of(one: CodingPass, coder: str) -> PassLine:
    """Say whose a pass is, what for, and how far."""
    state = "finished" if one.finished else "being coded"
    you = " · you" if one.coder == coder else ""
    return PassLine(one.id, f"{one.coder} · {one.purpose.value} · {state}{you}")

"""Coding passes in the window: begun, finished, hidden, compared, and made a consensus."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from annotator import editing
from annotator.analysis.comparing import compare
from annotator.editing import Edit, consensus
from annotator.editing.blinding import hidden_passes, visible_passes
from annotator.errors import AnnotatorError
from annotator.gui.desk import Desk
from annotator.gui.document import new_id, now
from annotator.gui.main_window import MainWindow
from annotator.gui.marking import Choose
from annotator.gui.panels.passes import PassesPage, PassLine
from annotator.gui.player.player import Player
from annotator.gui.theme import Theme
from annotator.model.change import Change, Member, MemberChange, TagChange
from annotator.model.coding import CodingPass, Purpose
from annotator.model.comparison import Comparison, Difference, DifferenceKind
from annotator.model.matching import Verdict
from annotator.model.session import Session
from annotator.storage.settings import Settings

NO_CONSENSUS = "Begin a consensus of the two passes first; then differences can be settled in it."
TWO_PASSES = "Choose two different passes to compare."
FOR_CONSENSUS = "for a consensus"
SOON_MS = 300
PURPOSES = (
    (Purpose.TRAINING, "Training"),
    (Purpose.PRIMARY, "Primary coding"),
    (Purpose.DOUBLE, "Double coding"),
)
PEN = consensus.Pen(new_id, now)


class Passing(QObject):
    """Acts on the open session, if there is one."""

    refused = pyqtSignal(str)
    blind_changed = pyqtSignal()

    def __init__(self, window: MainWindow, player: Player, choose: Choose, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._player, self._choose = window, player, choose
        self._desk: Desk | None = None
        self._comparison: Comparison | None = None
        self.page = PassesPage(window.theme)
        for purpose, words in PURPOSES:
            self.page.purpose.addItem(words, purpose)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._compare_again)
        window.parts.side.add_page(self.page, "Passes")
        window.parts.side.add_page(self.page.compare_page, "Compare")
        self._connect()

    @property
    def comparison(self) -> Comparison | None:
        """What two passes agree on and where they differ; None where none are compared."""
        return self._comparison

    def follow(self, desk: Desk | None) -> None:
        """Serve this session from now on; none where None."""
        self._soon.stop()
        self._desk = desk
        self._show_comparison(None)
        if desk is not None:
            desk.document.changed.connect(self._follow)
            desk.document.pass_changed.connect(self._show_passes)
        self._show_passes()

    def take_up(self, settings: Settings) -> None:
        """Hide the passes of others, or not, as was chosen."""
        self.page.blind.setChecked(settings.blind)
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

    def show_comparison(self) -> None:
        """Bring the page on which two passes are compared to the front."""
        self._window.parts.side.show_page(self.page.compare_page)
        self.page.compare.setFocus()

    def _connect(self) -> None:
        page, bind = self.page, self._window.actions_table.bind
        bind("passes", self.show)
        bind("compare", self.show_comparison)
        bind("next_difference", lambda: self._move(1))
        bind("previous_difference", lambda: self._move(-1))
        bind("finish_pass", self._finish)
        page.blind.clicked.connect(lambda chosen: self._choose("blind", chosen))
        page.begin.clicked.connect(self._begin)
        page.finish.clicked.connect(self._finish)
        page.reopen.clicked.connect(self._reopen)
        page.show_hidden.clicked.connect(self._unblind)
        page.compare.clicked.connect(self._compare)
        page.consensus.clicked.connect(self._begin_consensus)
        page.view.settle_asked.connect(self._settle)
        page.view.unsettle_asked.connect(self._unsettle)
        page.view.go_asked.connect(self._go)
        page.view.clicked.connect(self._go)

    # Passes

    def _follow(self, changes: tuple[Change, ...]) -> None:
        if any(isinstance(change, MemberChange) for change in changes):
            self._show_passes()
        if self._comparison is not None and any(self._matters(one) for one in changes):
            self._soon.start()

    def _matters(self, change: Change) -> bool:
        compared = self._comparison
        if compared is None or not isinstance(change, TagChange):
            return isinstance(change, MemberChange) and change.member is not Member.TRANSCRIPT
        return change.pass_id in {compared.first, compared.second}

    def _show_passes(self) -> None:
        desk = self._desk
        if desk is None:
            self.page.show_passes((), ())
            return
        session, coder = desk.document.session, desk.document.coder
        seen = visible_passes(session, coder, blind=self.page.blind.isChecked())
        hidden = hidden_passes(session, coder) if self.page.blind.isChecked() else ()
        self.page.show_passes(
            [_line(one, coder) for one in seen], [_line(one, coder) for one in hidden]
        )

    def _begin(self) -> None:
        desk, purpose = self._desk, self.page.purpose.currentData()
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
        if desk is None or not self.page.blind.isChecked():
            return
        document = desk.document
        hidden = {one.id for one in hidden_passes(document.session, document.coder)}
        if document.pass_id in hidden:
            document.code_as(document.coder)

    # Comparing

    def _compare(self) -> None:
        self._compare_passes(self.page.first.currentData(), self.page.second.currentData())
        self.page.view.setFocus()

    def _compare_again(self) -> None:
        if self._comparison is not None:
            self._compare_passes(self._comparison.first, self._comparison.second)

    def _compare_passes(self, first_id: str, second_id: str) -> None:
        desk = self._desk
        if desk is None:
            return
        session = desk.document.session
        first, second = session.coding_pass(first_id), session.coding_pass(second_id)
        if first is None or second is None or first is second:
            self._show_comparison(None)
            self.refused.emit(TWO_PASSES)
            return
        self._show_comparison(compare(session, first, second))

    def _show_comparison(self, comparison: Comparison | None) -> None:
        row = self.page.row
        self._comparison = comparison
        names = {}
        if self._desk is not None:
            names = {code.id: code.name for code in self._desk.document.session.codebook.codes}
        self.page.model.show_differences(comparison.differences if comparison else (), names)
        self._show_decisions()
        self.page.select_row(max(0, row))

    def _show_decisions(self) -> None:
        page, found = self.page, self._consensus()
        page.model.show_decisions(found.decisions if found is not None else ())
        page.counts.setText(self._count_words(found))
        page.consensus.setEnabled(self._comparison is not None and found is None)
        for part in (page.hint, page.note):
            part.setVisible(found is not None)

    def _count_words(self, found: CodingPass | None) -> str:
        compared = self._comparison
        if compared is None:
            return "Two passes, set against each other, show where they differ."
        kinds = ((kind, compared.count(kind)) for kind in DifferenceKind)
        told = ", ".join(f"{count} {kind.value}" for kind, count in kinds if count)
        words = f"{len(compared.agreed)} agreed · {len(compared.differences)} differ"
        words += f" ({told})" if told else ""
        if found is not None:
            left = len(consensus.open_differences(found, compared))
            words += f" · {left} still open"
        return words

    def _consensus(self) -> CodingPass | None:
        """Find the consensus of the two passes that are compared."""
        compared, desk = self._comparison, self._desk
        if compared is None or desk is None:
            return None
        ids = {compared.first, compared.second}
        found = (one for one in desk.document.session.passes if one.consensus is not None)
        return next(
            (
                one
                for one in found
                if one.consensus is not None and {one.consensus.first, one.consensus.second} == ids
            ),
            None,
        )

    def _begin_consensus(self) -> None:
        desk, compared = self._desk, self._comparison
        if desk is None or compared is None:
            return
        coder, pass_id = desk.document.coder, new_id()
        self._record_sight(desk, compared)
        if self._push(
            lambda session: consensus.begin_consensus(session, compared, coder, pass_id, PEN)
        ):
            desk.document.show_pass(pass_id)
            self._show_decisions()
            self.page.view.setFocus()

    def _record_sight(self, desk: Desk, compared: Comparison) -> None:
        """Keep that the coder sees the finished passes that she is about to settle."""
        for one in hidden_passes(desk.document.session, desk.document.coder):
            if one.id in {compared.first, compared.second} and one.finished:
                self._push(partial(_shown, coder=desk.document.coder, pass_id=one.id))

    def _settle(self, verdict: Verdict) -> None:
        found, one = self._consensus(), self._current()
        if found is None:
            self.refused.emit(NO_CONSENSUS)
        if found is None or one is None:
            return
        ruling = consensus.Ruling(verdict, note=self.page.note.text().strip())
        if self._push(lambda session: consensus.settle(session, found.id, one, ruling, PEN)):
            self.page.note.clear()
            self._show_decisions()
            self._go_to_open()

    def _unsettle(self) -> None:
        found, one = self._consensus(), self._current()
        if found is not None and one is not None:
            self._push(lambda session: consensus.unsettle(session, found.id, one))
            self._show_decisions()

    def _current(self) -> Difference | None:
        return self.page.model.difference_at(self.page.row)

    def _go_to_open(self) -> None:
        """Go to the next difference that is not settled, from the top again after the last."""
        count, here = self.page.model.rowCount(), self.page.row
        rows = [*range(here + 1, count), *range(here)]
        found = next((row for row in rows if not self.page.model.is_settled(row)), None)
        if found is not None:
            self.page.select_row(found)
            self._go()

    def _move(self, by: int) -> None:
        count = self.page.model.rowCount()
        if count:
            self.page.select_row(min(max(self.page.row + by, 0), count - 1))
            self._go()

    def _go(self) -> None:
        desk, one = self._desk, self._current()
        if desk is None or one is None:
            return
        self._player.seek(one.interval.start)
        desk.select(frozenset(tag.id for tag in one.tags if desk.document.tag(tag.id)))

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


def _shown(session: Session, coder: str, pass_id: str) -> Edit:
    return editing.unblind(session, coder, pass_id, now(), FOR_CONSENSUS)


def _line(one: CodingPass, coder: str) -> PassLine:
    state = "finished" if one.finished else "being coded"
    you = " · you" if one.coder == coder else ""
    return PassLine(one.id, f"{one.coder} · {one.purpose.value} · {state}{you}")

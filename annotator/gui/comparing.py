"""Two coding passes set against each other in the window, and a consensus made by choosing."""

from __future__ import annotations

from functools import partial

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from annotator.analysis.comparing import compare
from annotator.editing.consensus import open_differences
from annotator.gui.desk import Desk
from annotator.gui.main_window import MainWindow
from annotator.gui.panels.compare import OPEN, ComparePage
from annotator.gui.passing import Passing, line_of
from annotator.gui.player.player import Player
from annotator.gui.settling import Settling
from annotator.gui.tasks import SerialWorker
from annotator.gui.theme import Theme
from annotator.gui.timeline.differences_layer import DifferenceMark, DifferencesLayer
from annotator.model.change import Change, CueChange, Member, MemberChange, TagChange
from annotator.model.coding import CodingPass
from annotator.model.comparison import Comparison, DifferenceKind

TWO_PASSES = "Choose two different passes to compare."
GONE = "One of the two passes that were compared is no longer to be seen."
SOON_MS = 300
WITHOUT_EFFECT = frozenset({Member.DECISION, Member.RATING, Member.TRANSCRIPT})


class Comparing(QObject):
    """Acts on the open session, if there is one; compares in the background."""

    refused = pyqtSignal(str)
    said = pyqtSignal(str)
    compared = pyqtSignal(object)  # frozenset of the ids of the two passes; empty when it is over

    def __init__(
        self, window: MainWindow, player: Player, passing: Passing, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._player, self._passing = window, player, passing
        self._desk: Desk | None = None
        self._comparison: Comparison | None = None
        self._number = 0
        self._worker = SerialWorker("comparing", self)
        self.page = ComparePage(window.theme)
        self.settling = Settling(self.page, passing, self)
        self.layer = DifferencesLayer(window.parts.timeline, window.theme)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._compare_again)
        window.parts.side.add_page(self.page, "Compare")
        self._connect()

    @property
    def comparison(self) -> Comparison | None:
        """What two passes agree on and where they differ; None where none are compared."""
        return self._comparison

    def follow(self, desk: Desk | None) -> None:
        """Serve this session from now on; none where None."""
        self._soon.stop()
        self._desk = desk
        self.settling.follow(desk)
        self._drop()
        if desk is not None:
            desk.document.changed.connect(self._follow)
        self._show_codes()
        self._show_passes()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.page.set_theme(theme)
        self.layer.set_theme(theme)

    def show(self) -> None:
        """Bring the page to the front."""
        self._window.parts.side.show_page(self.page)
        self.page.compare.setFocus()

    def close(self) -> None:
        """Let nothing run on."""
        self._soon.stop()
        self._worker.close()

    def _connect(self) -> None:
        page, bind = self.page, self._window.actions_table.bind
        bind("compare", self.show)
        bind("next_difference", lambda: self._move(1))
        bind("previous_difference", lambda: self._move(-1))
        bind("begin_consensus", self._begin)
        self.settling.refused.connect(self.refused)
        self.settling.settled.connect(self._go_to_open)
        self._passing.seen_changed.connect(self._show_passes)
        page.compare.clicked.connect(self._compare_chosen)
        page.kinds.activated.connect(self._narrow)
        page.view.go_asked.connect(self._go)
        page.view.clicked.connect(self._go)

    def _begin(self) -> None:
        self._window.parts.side.show_page(self.page)
        self.settling.begin()

    # What is compared

    def _show_passes(self) -> None:
        """Offer what may be seen, and drop the comparison of what may be seen no more."""
        desk = self._desk
        coder = desk.document.coder if desk is not None else ""
        seen = self._passing.seen
        self.page.show_passes([line_of(one, coder) for one in seen])
        compared = self._comparison
        if compared is not None and not {compared.first, compared.second} <= {o.id for o in seen}:
            self._drop()
            self.said.emit(GONE)

    def _show_codes(self) -> None:
        book = self._desk.document.session.codebook if self._desk is not None else None
        self.page.show_codes([(code.id, code.name) for code in book.codes] if book else [])

    def _follow(self, changes: tuple[Change, ...]) -> None:
        if self._comparison is not None and any(self._matters(one) for one in changes):
            self._soon.start()
        elif self._comparison is not None:
            self._show_decisions()

    def _matters(self, change: Change) -> bool:
        compared = self._comparison
        if isinstance(change, TagChange):
            return compared is not None and change.pass_id in {compared.first, compared.second}
        if isinstance(change, MemberChange):
            return change.member not in WITHOUT_EFFECT
        return not isinstance(change, CueChange)

    def _compare_chosen(self) -> None:
        first, second = self.page.first.currentData(), self.page.second.currentData()
        if first == second:
            self._drop()
            self.refused.emit(TWO_PASSES)
            return
        self._compare(first, second)
        self.page.view.setFocus()

    def _compare_again(self) -> None:
        if self._comparison is not None:
            self._show_codes()
            self._compare(self._comparison.first, self._comparison.second)

    def _compare(self, first_id: str, second_id: str) -> None:
        """Compare two passes in the background, as far as they may be seen."""
        seen = {one.id: one for one in self._passing.seen}
        if self._desk is None or not {first_id, second_id} <= seen.keys():
            return
        session = self._desk.document.session
        self._number += 1
        self._worker.submit(
            partial(compare, session, seen[first_id], seen[second_id]),
            partial(self._take, self._number),
        )

    def _take(self, number: int, comparison: Comparison) -> None:
        if self._desk is None or number != self._number:
            return
        was_there = self._comparison is not None
        before = self.page.current
        self._comparison = self.settling.comparison = comparison
        names = {code.id: code.name for code in self._desk.document.session.codebook.codes}
        self.page.model.show_differences(comparison.differences, names)
        self._show_decisions()
        self.settling.show_stale()
        self.page.select_row(max(0, self.page.model.row_of(before.sources) if before else 0))
        if not was_there:
            self.page.ask("")
        self.compared.emit(frozenset({comparison.first, comparison.second}))

    def _drop(self) -> None:
        """Compare nothing any more."""
        self._number += 1  # what is on its way is not wanted
        self._comparison = self.settling.comparison = None
        self.page.model.show_differences((), {})
        self.page.up_to_date.hide()
        self.page.ask("")
        self._show_decisions()
        self.compared.emit(frozenset())

    def _narrow(self) -> None:
        kind = self.page.kinds.currentData()
        self.page.model.narrow(kind, only_open=self.page.kinds.currentText() == OPEN)
        self.page.select_row(0)

    def _show_decisions(self) -> None:
        page, found, compared = self.page, self.settling.found, self._comparison
        settled = {one.sources for one in found.decisions} if found is not None else set()
        page.model.show_decisions(found.decisions if found is not None else ())
        page.counts.setText(self._count_words(found))
        page.consensus.setEnabled(compared is not None and found is None)
        page.show_settling(settling=self.settling.is_mine(found))
        differences = compared.differences if compared is not None else ()
        self.layer.show_marks(
            [DifferenceMark(one.interval, one.sources in settled) for one in differences]
        )

    def _count_words(self, found: CodingPass | None) -> str:
        compared = self._comparison
        if compared is None:
            return "Two passes, set against each other, show where they differ."
        kinds = ((kind, compared.count(kind)) for kind in DifferenceKind)
        told = ", ".join(f"{count} {kind.value}" for kind, count in kinds if count)
        words = f"{len(compared.agreed)} agreed · {len(compared.differences)} differ"
        words += f" ({told})" if told else ""
        if found is not None:
            left = len(open_differences(found, compared))
            words += f" · {left} still open in the consensus of {found.coder}"
        return words

    # Where it is

    def _go_to_open(self, row: int) -> None:
        """Go to the next difference that is not settled, from the top again after the last."""
        rows = [*range(max(0, row), self.page.model.rowCount()), *range(max(0, row))]
        found = next((one for one in rows if not self.page.model.is_settled(one)), None)
        if found is not None:
            self.page.select_row(found)
            self._go()

    def _move(self, by: int) -> None:
        count = self.page.model.rowCount()
        if count:
            self.page.select_row(min(max(self.page.row + by, 0), count - 1))
            self._go()

    def _go(self) -> None:
        desk, one = self._desk, self.page.current
        if desk is None or one is None:
            return
        self._player.seek(one.interval.start)
        desk.select(frozenset(tag.id for tag in one.tags if desk.document.tag(tag.id)))

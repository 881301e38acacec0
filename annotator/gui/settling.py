"""A consensus of two compared passes in the window: begun, settled by choosing, kept up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PyQt6.QtCore import QObject, pyqtSignal

from annotator.editing import Edit, consensus
from annotator.editing.blinding import hidden_passes, sights
from annotator.errors import AnnotatorError
from annotator.gui.desk import Desk
from annotator.gui.panels.compare import ComparePage
from annotator.gui.passing import Passing
from annotator.model.codebook import CodeKind
from annotator.model.coding import CodingPass
from annotator.model.comparison import Comparison, Difference
from annotator.model.matching import Verdict
from annotator.model.session import Session
from annotator.model.stamps import new_id, now
from annotator.model.time import Interval

NONE_COMPARED = "Compare two finished passes first."
ASKED = "It will be kept for good that the pass of {} was shown to you. Press again to begin."
NO_CONSENSUS = "Begin a consensus of the two passes first; then differences can be settled in it."
NOT_YOURS = "This consensus is made by {coder}; only {coder} settles differences in it."
UNDECIDED = "Select the tag in the consensus first that you want to take out."
PEN = consensus.Pen(new_id, now)


class Settling(QObject):
    """Acts on the consensus of the two passes that `comparison` sets against each other."""

    refused = pyqtSignal(str)
    settled = pyqtSignal(int)  # the row of the difference

    def __init__(self, page: ComparePage, passing: Passing, parent: QObject) -> None:
        super().__init__(parent)
        self.comparison: Comparison | None = None
        self._page, self._passing = page, passing
        self._desk: Desk | None = None
        page.consensus.clicked.connect(self.begin)
        page.up_to_date.clicked.connect(self._bring_up_to_date)
        page.overrule.clicked.connect(self._overrule)
        page.view.settle_asked.connect(self._settle)
        page.view.unsettle_asked.connect(self._unsettle)

    def follow(self, desk: Desk | None) -> None:
        """Serve this session from now on; none where None."""
        self._desk = desk

    @property
    def found(self) -> CodingPass | None:
        """Find the consensus of the two passes, if it is there and may be seen."""
        compared = self.comparison
        if compared is None:
            return None
        ids = {compared.first, compared.second}
        return next(
            (
                one
                for one in self._passing.seen
                if one.consensus is not None and {one.consensus.first, one.consensus.second} == ids
            ),
            None,
        )

    def is_mine(self, found: CodingPass | None) -> bool:
        """Tell whether a consensus is made by who is coding."""
        desk = self._desk
        return found is not None and desk is not None and found.coder == desk.document.coder

    def begin(self) -> None:
        """Begin a consensus; what it keeps for good of her having seen a pass is told first."""
        desk, compared = self._desk, self.comparison
        if desk is None or compared is None:
            self.refused.emit(NONE_COMPARED)
            return
        session, coder, pass_id = desk.document.session, desk.document.coder, new_id()
        try:
            unseen = sights(session, coder, {compared.first, compared.second}, now())
            after = session
            for sight in unseen:
                after = sight.apply(after)
            edit = consensus.begin_consensus(after, compared, coder, pass_id, PEN)
        except AnnotatorError as error:
            self._page.ask("")
            self.refused.emit(str(error))
            return
        if unseen and not self._page.is_asking:
            self._ask(session, coder)
        elif self._push_all((*unseen, edit)):
            self._page.ask("")
            desk.document.show_pass(pass_id)
            self._page.view.setFocus()

    def _ask(self, session: Session, coder: str) -> None:
        hidden = [one.coder for one in hidden_passes(session, coder) if self._is_compared(one.id)]
        self._page.ask(ASKED.format(" and ".join(hidden)))
        self._page.consensus.setFocus()

    def _is_compared(self, pass_id: str) -> bool:
        compared = self.comparison
        return compared is not None and pass_id in {compared.first, compared.second}

    def _settle(self, verdict: Verdict) -> None:
        found, one = self._own_consensus(), self._page.current
        if found is None or one is None:
            return
        row = self._page.row
        note = self._page.note.text().strip()
        own = self._own_tags(one) if verdict is Verdict.OWN else ()
        ruling = consensus.Ruling(verdict, own, note)
        if self._push(lambda session: consensus.settle(session, found.id, one, ruling, PEN)):
            self._page.note.clear()
            self.settled.emit(row)

    def _unsettle(self) -> None:
        found, one = self._own_consensus(), self._page.current
        if found is not None and one is not None:
            self._push(lambda session: consensus.unsettle(session, found.id, one))

    def _own_tags(self, one: Difference) -> tuple[consensus.OwnTag, ...]:
        """Make what the consensus has instead: the code and the times that are chosen."""
        code, whose = self._page.own_code.currentData(), self._page.own_times.currentData()
        if code is None:
            return ()
        like = {Verdict.FIRST: one.first, Verdict.SECOND: one.second}.get(whose)
        interval = like.interval if like is not None else one.interval
        if self._is_point(code):
            interval = Interval(interval.start, interval.start)
        participant = next((tag.participant for tag in one.tags if tag.participant), "")
        return (consensus.OwnTag(code, interval, participant),)

    def _is_point(self, code_id: str) -> bool:
        book = self._desk.document.session.codebook if self._desk is not None else None
        code = book.code(code_id) if book is not None else None
        return code is not None and code.kind is CodeKind.POINT

    def _overrule(self) -> None:
        """Take the selected tags out of the consensus though both passes have them."""
        found, desk = self._own_consensus(), self._desk
        if found is None or desk is None:
            return
        ids = {tag.id for tag in found.tags}
        chosen = [tag for tag in desk.selected if tag.id in ids]
        if not chosen:
            self.refused.emit(UNDECIDED)
            return
        ruling = consensus.Ruling(Verdict.NEITHER, (), self._page.note.text().strip())
        tag = chosen[0]
        if self._push(lambda session: consensus.overrule(session, found.id, tag, ruling, PEN)):
            self._page.note.clear()

    def show_stale(self) -> None:
        """Offer to bring the consensus up to date where a compared pass was changed since."""
        self._page.up_to_date.setVisible(self._is_stale())

    def _is_stale(self) -> bool:
        """Tell whether a compared pass was changed since the consensus took it over."""
        desk, found, compared = self._desk, self.found, self.comparison
        if desk is None or found is None or compared is None or not self.is_mine(found):
            return False
        if found.finished:
            return False
        edit = consensus.bring_up_to_date(desk.document.session, found.id, compared, PEN)
        return bool(edit.changes)

    def _bring_up_to_date(self) -> None:
        found, compared = self._own_consensus(), self.comparison
        if found is None or compared is None:
            return
        self._push(lambda session: consensus.bring_up_to_date(session, found.id, compared, PEN))
        self.show_stale()

    def _own_consensus(self) -> CodingPass | None:
        """Give the consensus that may be settled here, or say why there is none."""
        found = self.found
        if found is None:
            self.refused.emit(NO_CONSENSUS)
        elif not self.is_mine(found):
            self.refused.emit(NOT_YOURS.format(coder=found.coder))
        else:
            return found
        return None

    def _push_all(self, edits: Iterable[Edit]) -> bool:
        return all(self._push_edit(one) for one in edits)

    def _push(self, make: Callable[[Session], Edit]) -> bool:
        """Make an edit and do it; tell whether it was done."""
        if self._desk is None:
            return False
        try:
            edit = make(self._desk.document.session)
        except AnnotatorError as error:
            self.refused.emit(str(error))
            return False
        return self._push_edit(edit)

    def _push_edit(self, edit: Edit) -> bool:
        if self._desk is None:
            return False
        try:
            self._desk.document.push(edit)
        except AnnotatorError as error:
            self.refused.emit(str(error))
            return False
        return True

"""Keeps the page of ratings true to the shown pass, and rates by edits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from annotator import editing
from annotator.analysis.scoring import scores_of
from annotator.editing import Edit
from annotator.errors import AnnotatorError
from annotator.gui.desk import Desk
from annotator.gui.main_window import MainWindow
from annotator.gui.panels.ratings import RatingsPage
from annotator.gui.theme import Theme
from annotator.model.coding import Rating, Tag, tag_order
from annotator.model.session import Session
from annotator.model.stamps import now
from annotator.model.time import to_clock

SELECT_FIRST = "Select the tags that speak for the rating first."
RATE_FIRST = "Give the number first; then tags can speak for it."
SOON_MS = 200
"""Scores follow so much after the last change, lest each of many tags computes them."""


class RatingDesk(QObject):
    """Acts on the open session, if there is one."""

    refused = pyqtSignal(str)

    def __init__(self, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._desk: Desk | None = None
        self._last = ""
        self.page = RatingsPage(window.theme)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._show_answers)
        window.parts.side.add_page(self.page, "Ratings")
        window.actions_table.bind("rate", self.show)
        window.actions_table.bind("link_evidence", lambda: self._link(self._last))

    def follow(self, desk: Desk | None) -> None:
        """Serve this session from now on; none where None."""
        self._soon.stop()
        self._desk, self._last = desk, ""
        if desk is not None:
            desk.document.changed.connect(self._follow)
            desk.document.pass_changed.connect(self._show_answers)
        self._show_items()

    def show(self) -> None:
        """Bring the page to the front, at the first rating that has no answer."""
        self._window.parts.side.show_page(self.page)
        rated = {one.item for one in self._ratings()}
        open_ones = [card for item, card in self.page.cards.items() if item not in rated]
        for card in [*open_ones, *self.page.cards.values()][:1]:
            card.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.page.set_theme(theme)

    def _follow(self, changes: tuple[object, ...]) -> None:
        if self._desk is None:
            return
        items = tuple(card.item for card in self.page.cards.values())
        now_there = self._desk.document.session.codebook.ratings
        if items != tuple(item for item in now_there if not item.retired):
            self._show_items()
        elif changes:
            self._soon.start()

    def _show_items(self) -> None:
        book = self._desk.document.session.codebook if self._desk is not None else None
        self.page.show_items(book.ratings if book is not None else None)
        for card in self.page.cards.values():
            card.rated.connect(self._rate)
            card.cleared.connect(self._clear)
            card.noted.connect(self._note)
            card.link_asked.connect(self._link)
            card.unlink_asked.connect(self._unlink)
            card.tag_asked.connect(self._go_to)
            card.entered.connect(self._note_last)
        self._show_answers()

    def _show_answers(self) -> None:
        desk = self._desk
        if desk is None:
            return
        document = desk.document
        why_not = document.why_no_tagging
        given = {one.item: one for one in self._ratings()}
        for item_id, card in self.page.cards.items():
            rating = given.get(item_id)
            words = tuple(self._evidence(rating)) if rating is not None else ()
            card.show_rating(rating, words, why_not=why_not)
        self.page.show_progress(sum(one in given for one in self.page.cards), why_not)
        self.page.show_scores(scores_of(document.session, document.coding_pass))

    def _ratings(self) -> tuple[Rating, ...]:
        found = self._desk.document.coding_pass if self._desk is not None else None
        return found.ratings if found is not None else ()

    def _evidence(self, rating: Rating) -> Iterator[tuple[str, str]]:
        desk = self._desk
        for tag_id in rating.evidence:
            tag = desk.document.tag(tag_id) if desk is not None else None
            if desk is not None and tag is not None:
                yield tag_id, _words(desk.document.session, tag)

    def _note_last(self, item: str) -> None:
        self._last = item

    def _rate(self, item: str, value: float) -> None:
        self._last = item
        old = next((one for one in self._ratings() if one.item == item), None)
        new = replace(old, value=value) if old is not None else Rating(item, value)
        if new != old:
            self._push(lambda session, pass_id: editing.rate(session, pass_id, new))

    def _clear(self, item: str) -> None:
        old = next((one for one in self._ratings() if one.item == item), None)
        if old is not None:
            self._push(lambda session, pass_id: editing.clear_rating(session, pass_id, old))

    def _note(self, item: str, note: str) -> None:
        old = next((one for one in self._ratings() if one.item == item), None)
        if old is not None and old.note != note:
            self._push(lambda session, pass_id: editing.note_rating(session, pass_id, item, note))

    def _link(self, item: str) -> None:
        """Let the selected tags speak for a rating."""
        desk = self._desk
        old = next((one for one in self._ratings() if one.item == item), None)
        if desk is None:
            return
        if old is None:
            self.refused.emit(RATE_FIRST)
            return
        new = [tag.id for tag in sorted(desk.selected, key=tag_order) if tag.id not in old.evidence]
        if not new:
            self.refused.emit(SELECT_FIRST)
            return
        both = replace(old, evidence=(*old.evidence, *new))
        self._push(lambda session, pass_id: editing.rate(session, pass_id, both))

    def _unlink(self, item: str, tag_id: str) -> None:
        self._push(lambda session, pass_id: editing.unlink_evidence(session, pass_id, item, tag_id))

    def _go_to(self, tag_id: str) -> None:
        if self._desk is not None:
            self._desk.go_to(tag_id)

    def _push(self, make: Callable[[Session, str], Edit]) -> None:
        """Make an edit of the shown pass, which begins with it where it is not there yet."""
        if self._desk is None:
            return
        document = self._desk.document
        if why_not := document.why_no_tagging:
            self.refused.emit(why_not)
            return
        session, pass_id = document.session, document.pass_id
        try:
            if session.coding_pass(pass_id) is None:
                purpose = editing.usual_purpose(session)
                begin = editing.begin_pass(session, document.coder, purpose, pass_id, now())
                edit = make(begin.apply(session), pass_id)
                edit = editing.joined(edit.label, begin, edit)
            else:
                edit = make(session, pass_id)
            document.push(edit)
        except AnnotatorError as error:
            self.refused.emit(str(error))
        self._show_answers()


def _words(session: Session, tag: Tag) -> str:
    code = session.codebook.code(tag.code)
    return f"{to_clock(tag.start)} {code.name if code is not None else tag.code}"

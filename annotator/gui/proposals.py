"""Lays silences that were found before the coder, who accepts, moves or rejects each by key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from annotator import editing
from annotator.editing.hand import speaker_of
from annotator.errors import AnnotatorError
from annotator.gui.document import Document
from annotator.gui.main_window import MainWindow
from annotator.gui.panels.proposals_bar import Wishes
from annotator.gui.panels.proposals_words import (
    keys_words,
    limit_words,
    nothing_words,
    span_codes,
    usual_code,
)
from annotator.gui.player.player import Player
from annotator.gui.proposal_list import Decision, Proposal, ProposalList
from annotator.gui.questions import Questions
from annotator.gui.silence_search import Limits, SilenceSearch
from annotator.gui.stretch_playing import StretchPlaying
from annotator.gui.theme import Theme
from annotator.gui.timeline.proposals import ShownProposals
from annotator.gui.timeline.proposals_layer import ProposalsLayer
from annotator.model.change import Change, FieldChange, Member, MemberChange
from annotator.model.codebook import Code
from annotator.model.coding import Tag
from annotator.model.stamps import new_id, now
from annotator.model.time import SECOND, Interval, Micros

if TYPE_CHECKING:
    from annotator.jobs.silences import FoundSilences, HeardTrack

AROUND = SECOND
"""So much is heard before and after a proposal."""

USUAL_MINIMUM = Micros(3 * SECOND)
SEEN_PX = 30
NO_CODE = (
    "The codebook has no code for a stretch of time, so a silence cannot be tagged."
    " Add one to the codebook first."
)
CHOOSE_CODE = "Choose first, beside “Tag as”, as what a silence is tagged."
STILL_LISTENING = "The sound is still being heard."


class Proposals(QObject):
    """Keeps the bar, the timeline and the player at the same proposal, and makes the tags.

    Nothing is kept of what the coder does not accept, but for what she rejected, as long as the
    session is open.
    """

    changed = pyqtSignal()  # opened or closed
    refused = pyqtSignal(str)
    warned = pyqtSignal(str)

    def __init__(
        self, window: MainWindow, player: Player, questions: Questions, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._player = player
        self._questions = questions
        self._bar, self._timeline = window.parts.proposals, window.parts.timeline
        self._layer = ProposalsLayer(self._timeline, window.theme)
        self._search = SilenceSearch(self)
        self._stretch = StretchPlaying(player, self)
        self._document: Document | None = None
        self._is_open = False
        self._list = ProposalList()
        self._wishes: Wishes | None = None
        self._tracks: Sequence[HeardTrack] = ()
        self._bind()
        self._connect()

    @property
    def is_open(self) -> bool:
        """Whether proposals are laid before the coder, or are being looked for."""
        return self._is_open

    @property
    def listed(self) -> ProposalList:
        """The proposals and what became of them."""
        return self._list

    def follow(self, document: Document | None) -> None:
        """Serve this session from now on; none where None."""
        self.end()
        self._document, self._list, self._wishes = document, ProposalList(), None
        if document is not None:
            document.changed.connect(self._follow_changes)
            document.pass_changed.connect(self.end)

    def set_theme(self, theme: Theme) -> None:
        """Draw on the timeline with other colours."""
        self._layer.set_theme(theme)

    def close(self) -> None:
        """End the background thread."""
        self.end()
        self._search.close()

    def begin(self) -> None:
        """Open the bar and look for silences."""
        document = self._document
        if document is None or self._is_open:
            return
        book = document.session.codebook
        if why_not := document.why_no_tagging or ("" if span_codes(book) else NO_CODE):
            self.refused.emit(why_not)
            return
        usual = Wishes(book.silence_minimum or USUAL_MINIMUM, None, usual_code(book))
        self._wishes = self._wishes or usual
        self._is_open = True
        self._bar.offer(span_codes(book), self._wishes)
        self._bar.show_listening(0.0)
        self._bar.show()
        self._search.begin(document.session, document.path, self._limits(self._wishes))
        self.changed.emit()

    def end(self) -> None:
        """Close the bar; proposals that were not decided are gone."""
        if not self._is_open:
            return
        self._is_open = False
        self._search.stop()
        self._stretch.stop()
        self._list = ProposalList(rejected=self._list.rejected)
        self._layer.show_proposals(ShownProposals())
        self._bar.hide()
        self._window.parts.picture.setFocus()
        self.changed.emit()

    def accept(self) -> None:
        """Tag the current proposal, and go on to the next."""
        one = self._current()
        if one is None:
            return
        if one.decision is not Decision.ACCEPTED:
            self._list = self._list.reopened(one.id)
            if not self._add((one,)):
                return
        self._go_on()

    def reject(self) -> None:
        """Reject the current proposal, taking its tag away if it has one, and go on."""
        one, document = self._current(), self._document
        if one is None or document is None:
            return
        tag = document.tag(one.id)
        self._list = self._list.with_rejected(one.id)
        if tag is not None:
            edit = editing.delete_tags(document.session, document.pass_id, (tag,))
            if not self._do(lambda: document.push(edit)):
                self._list = self._list.reopened(one.id)
                self._follow_tags()
                return
        self._go_on()

    def accept_all(self) -> None:
        """Tag all that are not decided, in one step, once the coder has said that she means it."""
        code, waiting = self._code, self._list.open
        if code is None:
            self.refused.emit(CHOOSE_CODE)
        elif waiting and self._questions.may_accept_all(len(waiting), code.name):
            self._add(waiting)

    def play(self) -> None:
        """Play from a little before the current proposal to a little after, and pause there."""
        if (one := self._list.current) is not None:
            self._stretch.play(_around(one))

    def step(self, by: int) -> None:
        """Go to the proposal so many places later, or earlier where negative."""
        self._list = self._list.stepped(by)
        self._go()

    def _bind(self) -> None:
        acts: dict[str, Callable[[], object]] = {
            "find_silences": self.begin,
            "accept_proposal": self.accept,
            "reject_proposal": self.reject,
            "previous_proposal": lambda: self.step(-1),
            "next_proposal": lambda: self.step(1),
            "play_proposal": self.play,
            "accept_all": self.accept_all,
            "end_proposals": self._give_up,
        }
        for action_id, act in acts.items():
            self._window.actions_table.bind(action_id, act)

    def _connect(self) -> None:
        self._search.progressed.connect(self._bar.show_listening)
        self._search.found.connect(self._take)
        self._search.failed.connect(self._fail)
        self._bar.wishes_changed.connect(self._take_wishes)
        self._bar.field_left.connect(self._window.parts.picture.setFocus)
        self._layer.chosen.connect(self._choose)
        self._layer.moved.connect(self._move)
        self._layer.edge_moved.connect(self._show_edge)

    @property
    def _code(self) -> Code | None:
        if self._document is None or self._wishes is None:
            return None
        return self._document.session.codebook.code(self._wishes.code)

    def _current(self) -> Proposal | None:
        """Give what is to be decided; say why where there is nothing to do."""
        one = self._list.current
        if one is None:
            listening = self._search.is_listening
            words = STILL_LISTENING if listening else nothing_words(self._list)
            self._window.parts.status.flash(words)
        elif self._code is None:
            self.refused.emit(CHOOSE_CODE)
            return None
        return one

    def _add(self, chosen: Sequence[Proposal]) -> bool:
        """Make tags of proposals in one step; tells whether it was done."""
        document, code = self._document, self._code
        if document is None or code is None:
            return False
        made = [self._tag(one, code, document) for one in chosen]
        label = f"accept {code.name if len(made) == 1 else f'{len(made)} silences'}"
        return self._do(lambda: document.add_tags(made, label))

    def _tag(self, one: Proposal, code: Code, document: Document) -> Tag:
        tag_of = import_module("annotator.jobs.proposing").tag_of  # loaded when they were found
        tag: Tag = tag_of(replace(one.found, start=one.start, end=one.end), code.id, now())
        return replace(tag, id=one.id, participant=speaker_of(code, document.session))

    def _do(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except AnnotatorError as error:
            self.refused.emit(str(error))
            return False
        return True

    def _go_on(self) -> None:
        self._list = self._list.advanced()
        self._go()

    def _go(self, least_px: int = 0) -> None:
        """Stand a little before the current proposal, or play it where the last one played."""
        self._show()
        one = self._list.current
        if one is None:
            return
        if self._stretch.is_on:
            self._stretch.play(_around(one))
        else:
            self._player.seek(_around(one).start)
        self._layer.reveal(_around(one), least_px * _around(one).length // one.interval.length)

    def _choose(self, proposal_id: str) -> None:
        self._list = self._list.gone_to(proposal_id)
        self._go()

    def _move(self, proposal_id: str, start: Micros, end: Micros) -> None:
        self._list = self._list.moved(proposal_id, start, end).gone_to(proposal_id)
        self._show()

    def _show_edge(self, moment: Micros) -> None:
        self._stretch.stop()
        self._player.seek(moment)

    def _give_up(self) -> None:
        if self._layer.is_dragging:
            self._layer.let_go()
        else:
            self.end()

    def _take(self, found: FoundSilences) -> None:
        """Show what was found; the coder stays where she is, as far as it is still there."""
        is_first, before = not self._list.items, self._list.current
        self._tracks = found.tracks
        self._list = self._list.refound(found.proposals, new_id)
        self._follow_tags()
        if self._list.current is None:
            self._list = self._list.nearest(before.start if before else Micros(0))
            self._go(SEEN_PX if is_first else 0)
        for notice in found.notices:
            self.warned.emit(notice)

    def _fail(self, why: str) -> None:
        self.end()
        self.refused.emit(why)

    def _take_wishes(self, wishes: Wishes) -> None:
        before, self._wishes = self._wishes, wishes
        document = self._document
        if document is None or before is None or not self._is_open:
            return
        if self._limits(before) != self._limits(wishes):
            self._search.look(document.session, self._limits(wishes))
        if before.code != wishes.code and not self._search.is_listening:
            self._follow_tags()

    def _limits(self, wishes: Wishes) -> Limits:
        return Limits(wishes.minimum, wishes.level)

    def _follow_changes(self, changes: tuple[Change, ...]) -> None:
        if not self._is_open or self._document is None or self._wishes is None:
            return
        members = {one.member for one in changes if isinstance(one, MemberChange)}
        if Member.RECORDING in members:
            self.end()  # another sound: what was heard is of no use
            return
        if Member.EXCLUDED in members or any(isinstance(one, FieldChange) for one in changes):
            self._search.look(self._document.session, self._limits(self._wishes))
        if not self._search.is_listening:
            self._follow_tags()

    def _follow_tags(self) -> None:
        """Bring the proposals in line with the tags; one whose tag was undone is gone back to."""
        document, wishes = self._document, self._wishes
        if document is None or wishes is None:
            return
        accepted = {one.id for one in self._list.with_decision(Decision.ACCEPTED)}
        self._list = self._list.following(document.tags, wishes.code)
        undone = [one for one in self._list.open if one.id in accepted]
        if undone:
            self._list = self._list.gone_to(undone[0].id)
            self._go()
        else:
            self._show()

    def _show(self) -> None:
        wishes, document = self._wishes, self._document
        if wishes is None or document is None or not self._is_open:
            return
        keys = [self._key(name) for name in ("accept_proposal", "reject_proposal")]
        hint = keys_words(document.session.codebook, keys)
        self._bar.show_proposals(self._list, hint, limit_words(self._tracks))
        levels = [one.loudness.level for one in self._tracks if one.loudness is not None]
        if levels:
            self._bar.suggest_level(max(levels))
        current = self._list.current_id
        seen = [
            one
            for one in self._list.shown
            if one.decision is Decision.OPEN
            or (one.id == current and one.decision is Decision.REJECTED)
        ]
        tags = tuple(Tag(one.id, wishes.code, one.start, one.end) for one in seen)
        self._layer.show_proposals(ShownProposals(tags if wishes.code else (), current))

    def _key(self, action_id: str) -> str:
        return self._window.actions_table.by_id[action_id].shortcut().toString()


def _around(one: Proposal) -> Interval:
    return Interval(Micros(one.start - AROUND), Micros(one.end + AROUND))

"""The proposals laid before a coder, which of them is looked at, and what became of each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import accumulate
from typing import TYPE_CHECKING

from annotator.model.coding import Tag
from annotator.model.time import Interval, Micros

if TYPE_CHECKING:
    from annotator.media.silences import SilenceProposal


class Decision(Enum):
    """What became of a proposal."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    KNOWN = "known"  # tagged there already, so that there is nothing to decide


@dataclass(frozen=True, slots=True)
class Proposal:
    """A silence as it was found, and its ends as the coder would have them.

    `id` is the id of the tag that it becomes.
    """

    id: str
    found: SilenceProposal
    start: Micros
    end: Micros
    decision: Decision = Decision.OPEN

    @property
    def interval(self) -> Interval:
        """The stretch of time that would be tagged."""
        return Interval(self.start, self.end)


@dataclass(frozen=True, slots=True)
class ProposalList:
    """Proposals in order of time; `current_id` is the one that is looked at, empty for none.

    `rejected` holds what the coder has rejected since the session was opened, so that it is not
    asked again when the same silence is found with other limits.
    """

    items: tuple[Proposal, ...] = ()
    current_id: str = ""
    rejected: tuple[Interval, ...] = ()

    @property
    def shown(self) -> tuple[Proposal, ...]:
        """All that were worth a decision, decided or not."""
        return tuple(one for one in self.items if one.decision is not Decision.KNOWN)

    @property
    def open(self) -> tuple[Proposal, ...]:
        """Those that wait for a decision."""
        return self.with_decision(Decision.OPEN)

    @property
    def current(self) -> Proposal | None:
        """The one that is looked at; None where there is none."""
        return self.find(self.current_id)

    @property
    def number(self) -> int:
        """The current one's place among those shown, counted from 1; 0 where there is none."""
        ids = [one.id for one in self.shown]
        return ids.index(self.current_id) + 1 if self.current_id in ids else 0

    def with_decision(self, decision: Decision) -> tuple[Proposal, ...]:
        """Give those of which this became."""
        return tuple(one for one in self.items if one.decision is decision)

    def find(self, proposal_id: str) -> Proposal | None:
        """Find a proposal that is shown by its id; None where there is none."""
        return next((one for one in self.shown if one.id == proposal_id), None)

    def gone_to(self, proposal_id: str) -> ProposalList:
        """Look at another one; where it is not shown, at none."""
        return replace(self, current_id=proposal_id if self.find(proposal_id) else "")

    def stepped(self, by: int) -> ProposalList:
        """Look at the one so many places later, or earlier where negative, as far as they go.

        From none, it is the first, or the last where negative.
        """
        shown, number = self.shown, self.number
        if not shown:
            return self.gone_to("")
        if not number and by < 0:
            number = len(shown) + 1
        place = max(0, min(number - 1 + by, len(shown) - 1))
        return self.gone_to(shown[place].id)

    def advanced(self) -> ProposalList:
        """Look at the next one to be decided, from the start again after the last.

        Where all are decided, it is none: a key too many must not turn a decision round.
        """
        after = self.shown[self.number :]
        waiting = [one for one in (*after, *self.shown) if one.decision is Decision.OPEN]
        return self.gone_to(waiting[0].id if waiting else "")

    def nearest(self, moment: Micros) -> ProposalList:
        """Look at the first one to be decided that ends after a moment, or else at the first."""
        later = [one for one in self.open if one.end > moment]
        waiting = later or list(self.open)
        return self.gone_to(waiting[0].id if waiting else "")

    def moved(self, proposal_id: str, start: Micros, end: Micros) -> ProposalList:
        """Give a proposal other ends."""
        return self._changed(proposal_id, lambda one: replace(one, start=start, end=end))

    def with_rejected(self, proposal_id: str) -> ProposalList:
        """Reject a proposal, and remember that."""
        one = self.find(proposal_id)
        if one is None:
            return self
        made = self._changed(proposal_id, lambda old: replace(old, decision=Decision.REJECTED))
        return replace(made, rejected=(*self.rejected, one.found.interval))

    def reopened(self, proposal_id: str) -> ProposalList:
        """Forget that a proposal was rejected."""
        one = self.find(proposal_id)
        if one is None:
            return self
        made = self._changed(proposal_id, lambda old: replace(old, decision=Decision.OPEN))
        left = tuple(span for span in self.rejected if not _is_same(span, one.found.interval))
        return replace(made, rejected=left)

    def refound(self, found: Sequence[SilenceProposal], new_id: Callable[[], str]) -> ProposalList:
        """Take what was found with other limits; what is the same silence keeps its fate."""
        items: list[Proposal] = []
        for one in found:
            used = {made.id for made in items}  # an old one may have fallen apart
            items.append(self._carried(one, used, new_id))
        return replace(self, items=tuple(items)).gone_to(self.current_id)

    def following(self, tags: Sequence[Tag], code: str) -> ProposalList:
        """Bring decisions in line with the tags of the pass, as after an undo.

        A proposal whose tag is there is accepted, one whose tag has gone is open again; where
        another tag of the code shares a moment with it, there is nothing to decide.
        """
        there = {tag.id for tag in tags}
        own = {one.id for one in self.items}
        others = _Cover([tag.interval for tag in tags if tag.code == code and tag.id not in own])
        items = tuple(replace(one, decision=_fate(one, there, others)) for one in self.items)
        made = replace(self, items=items)
        return made.gone_to(self.current_id)

    def _changed(self, proposal_id: str, make: Callable[[Proposal], Proposal]) -> ProposalList:
        items = tuple(make(one) if one.id == proposal_id else one for one in self.items)
        return replace(self, items=items)

    def _carried(
        self, found: SilenceProposal, used: set[str], new_id: Callable[[], str]
    ) -> Proposal:
        same = (one for one in self.items if _is_same(one.found.interval, found.interval))
        old = next((one for one in same if one.id not in used), None)
        if old is not None and old.interval != old.found.interval:
            return replace(old, found=found)  # moved by hand: her ends count for more
        is_rejected = any(_is_same(span, found.interval) for span in self.rejected)
        decision = Decision.REJECTED if is_rejected else Decision.OPEN
        fresh = Proposal(new_id(), found, found.start, found.end, decision)
        return fresh if old is None else replace(fresh, id=old.id, decision=old.decision)


class _Cover:
    """Answers quickly whether a stretch shares a moment with any of many."""

    def __init__(self, spans: Sequence[Interval]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]
        self._reach = list(accumulate((span.end for span in self._spans), max))

    def touches(self, stretch: Interval) -> bool:
        """Tell whether one of them shares a moment with a stretch that has a length."""
        place = bisect_left(self._starts, stretch.end)
        return place > 0 and self._reach[place - 1] > stretch.start


def _fate(one: Proposal, there: set[str], others: _Cover) -> Decision:
    if one.id in there:
        return Decision.ACCEPTED
    if one.decision is Decision.REJECTED:
        return Decision.REJECTED
    return Decision.KNOWN if others.touches(one.found.interval) else Decision.OPEN


def _is_same(one: Interval, other: Interval) -> bool:
    """Tell whether two stretches share at least half of the shorter one."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > 0 and shared * 2 >= min(one.length, other.length)

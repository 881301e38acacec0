"""The keys of a coder while the film plays: what runs, what is made of it, what is taken back.

A small machine of values: each key gives a `Step`, which holds the edit to make, the state before
and after, and words for the coder. What happens where is decided thus:

* A jump in the film ends nothing. A stretch pressed to its end before its start is laid between
  the two; one that another code would end before its start is given up.
* Two codes that exclude each other never overlap. The newer mark ends what runs, and gives way to
  what is tagged already.
* Outside the region nothing can be marked, and at its end what runs is ended.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from annotator.editing.edit import Edit
from annotator.editing.marking import RunningSpan
from annotator.model.codebook import Codebook
from annotator.model.coding import UNNAMED, Tag
from annotator.model.time import Micros

_KEPT = 200  # how many tags back can be taken back one by one without looking at stamps


@dataclass(frozen=True, slots=True)
class Tapping:
    """The stretches that run, and what was made, oldest first; a value.

    `made` holds ids of tags. `fresh` is the code of the running stretch that a second key is
    about; where it is empty, that is the last tag made.
    """

    running: tuple[RunningSpan, ...] = ()
    made: tuple[str, ...] = ()
    fresh: str = ""

    def running_span(self, code_id: str) -> RunningSpan | None:
        """Give the running stretch of a code; None where none runs."""
        return next((one for one in self.running if one.code_id == code_id), None)

    @property
    def newest(self) -> RunningSpan | None:
        """The stretch begun last; None where none runs."""
        return self.running[-1] if self.running else None

    def begun(self, span: RunningSpan) -> Tapping:
        """Let a stretch run, as the newest."""
        turn = max((one.turn for one in self.running), default=0) + 1
        new = replace(span, turn=turn)
        return replace(self, running=(*self.running, new), fresh=span.code_id)

    def without(self, spans: Iterable[RunningSpan]) -> Tapping:
        """Let stretches run no longer."""
        gone = list(spans)
        left = tuple(one for one in self.running if one not in gone)
        fresh = "" if any(one.code_id == self.fresh for one in gone) else self.fresh
        return replace(self, running=left, fresh=fresh)

    def changed(self, old: RunningSpan, new: RunningSpan) -> Tapping:
        """Put another in the place of a running stretch."""
        running = tuple(new if one == old else one for one in self.running)
        return replace(self, running=running)

    def with_made(self, tags: Iterable[Tag]) -> Tapping:
        """Remember tags as made; a second key is about the last of them."""
        ids = tuple(tag.id for tag in tags)
        if not ids:
            return self
        return replace(self, made=(*self.made, *ids)[-_KEPT:], fresh="")

    def revised(self, book: Codebook) -> Tapping:
        """Go on under a changed codebook: stretches of codes that it lost are given up."""
        known = {UNNAMED, *(code.id for code in book.codes_in_use)}
        return self.without(one for one in self.running if one.code_id not in known)

    def renamed(self, old_id: str, new_id: str) -> Tapping:
        """Go on after a code was given another id."""
        running = tuple(
            replace(one, code_id=new_id) if one.code_id == old_id else one for one in self.running
        )
        return replace(self, running=running, fresh=new_id if self.fresh == old_id else self.fresh)


@dataclass(frozen=True, slots=True)
class Step:
    """What one key does.

    `edit` is to be made in the session and has no changes where only what runs changes. `said`
    tells the coder in a few words. Where `is_refused`, nothing was done and `said` tells why.
    `made` are the new tags; `rewind`, where it is not None, is where the film should go on.
    """

    before: Tapping
    after: Tapping
    edit: Edit
    said: str = ""
    is_refused: bool = False
    made: tuple[Tag, ...] = ()
    rewind: Micros | None = None

    @property
    def does_something(self) -> bool:
        """Whether there is anything to do or to undo."""
        return bool(self.edit.changes) or self.before != self.after

    def undone(self, present: Tapping) -> Tapping:
        """Give the state after this step is taken back, its edit reverted."""
        return _turned(present, self.after, self.before)

    def redone(self, present: Tapping) -> Tapping:
        """Give the state after this step is done again."""
        return _turned(present, self.before, self.after)


def refused(tapping: Tapping, why: str) -> Step:
    """Do nothing, and say why."""
    return Step(tapping, tapping, Edit("", ()), why, is_refused=True)


def _turned(present: Tapping, left: Tapping, reached: Tapping) -> Tapping:
    """Take the way from one state to another, in a state that may have gone on meanwhile."""
    if present == left:
        return reached
    begun = [one for one in left.running if one not in reached.running]
    back = [
        one
        for one in reached.running
        if one not in left.running and present.running_span(one.code_id) in (None, *begun)
    ]
    kept = [one for one in present.running if one not in begun]
    running = sorted((*kept, *back), key=lambda one: (one.turn, one.start, one.code_id))
    made = [one for one in present.made if one in reached.made or one not in left.made]
    made += [one for one in reached.made if one not in left.made and one not in made]
    fresh = present.fresh if any(one.code_id == present.fresh for one in running) else ""
    return Tapping(tuple(running), tuple(made)[-_KEPT:], fresh)

"""When the marks of an ELAN document are, also those that have no times of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from annotator.storage.interchange.elan_document import Document
from annotator.storage.interchange.elan_marks import NO_SLOTS, Mark
from annotator.storage.interchange.report import Notes

SUBDIVISION, ASSOCIATION, DIVISION = (
    "Symbolic_Subdivision",
    "Symbolic_Association",
    "Time_Subdivision",
)

_SPREAD = "a time was not told; times were spread evenly between their neighbours"
_DIVIDED = "it has no time of its own; its parent's was divided evenly"
_UNORDERED = "the order in which marks divide their parent is not told; the file's was taken"


@dataclass(frozen=True, slots=True)
class _Group:
    """Marks of one tier below the same parent, which they divide, or all last as long as."""

    marks: list[Mark]
    divides: bool


def find_times(document: Document, notes: Notes) -> None:
    """Give each mark its start and end; those without one get none, which is noted.

    Slots without a time lie evenly between those beside them, marks that refer to another have
    its time, or an equal part of it where they divide it.
    """
    estimated = _spread_slots(document)
    slots = document.slots
    open_ones = (mark for tier in document.tiers for mark in tier.marks if not mark.is_timed)
    for mark in [mark for mark in open_ones if mark.slots is not NO_SLOTS]:
        first, last = mark.slots
        start, end = slots.get(first), slots.get(last)
        if start is None or end is None:
            is_there = first in slots and last in slots
            told = "it has no time" if is_there else "its time slot is missing"
            notes.not_carried(told, mark.place)
            continue
        mark.start, mark.end, mark.is_timed = start, end, True
        if first in estimated or last in estimated:
            notes.repaired(_SPREAD, mark.place)
    slots.clear()  # a long file has hundreds of thousands
    _follow_references(document, notes)


def _spread_slots(document: Document) -> set[str]:
    """Give times to slots that have none, tier by tier from the top; tells which."""
    untimed = {name for name, time in document.slots.items() if time is None}
    if not untimed:
        return untimed
    for tier in parents_first(document.tiers):
        if any(not mark.is_timed and mark.slots is not NO_SLOTS for mark in tier.marks):
            row = (name for mark in tier.marks for name in mark.slots if name in document.slots)
            _spread(row, document.slots)
    if any(document.slots[name] is None for name in untimed):
        _spread(tuple(document.slots), document.slots)
    return untimed


class Nested(Protocol):
    """Something with an id that may hang below another of its kind."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def parent(self) -> str:
        """The id of what it hangs below; empty for none."""


N = TypeVar("N", bound=Nested)


def parents_first(tiers: Iterable[N]) -> list[N]:
    """Give tiers in an order in which none stands before the one it hangs below."""
    by_id = {tier.id: tier for tier in tiers}
    depths: dict[str, int] = {}
    for first in by_id:
        name = first
        chain: dict[str, None] = {}
        while name in by_id and name not in depths and name not in chain:
            chain[name] = None
            name = by_id[name].parent
        depth = depths.get(name, -1)
        for one in reversed(chain):
            depth += 1
            depths[one] = depth
    return sorted(by_id.values(), key=lambda tier: depths[tier.id])


def _spread(row: Iterable[str], slots: dict[str, int | None]) -> None:
    """Give each run of slots without times, between two that have one, times in even steps."""
    waiting: dict[str, None] = {}
    before: int | None = None
    for name in row:
        time = slots[name]
        if time is None:
            waiting[name] = None
            continue
        if waiting and before is not None and before <= time:
            parts = len(waiting) + 1
            for number, one in enumerate(waiting, 1):
                slots[one] = before + (time - before) * number // parts
        waiting.clear()
        before = time


def _follow_references(document: Document, notes: Notes) -> None:
    """Give times to marks that refer to others, from those that have times downwards."""
    below = _groups(document)
    timed = (mark for tier in document.tiers for mark in tier.marks if mark.is_timed)
    reached = [mark for mark in timed if mark.tag_id in below]
    while reached and below:
        parent = reached.pop()
        for group in below.pop(parent.tag_id, ()) if parent.tag_id else ():
            if group.divides:
                _divide(parent, group.marks, notes)
            else:
                _follow(parent, group.marks)
            reached += group.marks
    if not below:
        return
    known = {mark.tag_id for mark in document.marks()}
    for parent_id, lost in below.items():
        told = "its parent has no time" if parent_id in known else "its parent is missing"
        for mark in (one for group in lost for one in group.marks):
            notes.not_carried(told, mark.place)


def _groups(document: Document) -> dict[str, list[_Group]]:
    """Gather the marks that refer to others, by whom they refer to and tier by tier."""
    below: dict[str, list[_Group]] = {}
    for tier in document.tiers:
        groups: dict[str, list[Mark]] = {}
        for mark in tier.marks:
            if mark.slots is NO_SLOTS:
                groups.setdefault(mark.parent, []).append(mark)
        constraint = document.types.get(tier.type, {}).get("CONSTRAINTS", "")
        for parent, marks in groups.items():
            divides = constraint == SUBDIVISION or (constraint != ASSOCIATION and len(marks) > 1)
            below.setdefault(parent, []).append(_Group(marks, divides))
    return below


def _follow(parent: Mark, marks: Iterable[Mark]) -> None:
    for mark in marks:
        mark.start, mark.end, mark.is_timed = parent.start, parent.end, True


def _divide(parent: Mark, marks: Sequence[Mark], notes: Notes) -> None:
    start, end = parent.start, parent.end
    ordered = _chained(marks, notes)
    for number, mark in enumerate(ordered):
        mark.start = start + (end - start) * number // len(ordered)
        mark.end = start + (end - start) * (number + 1) // len(ordered)
        mark.is_timed = True
        if len(ordered) > 1:
            notes.repaired(_DIVIDED, mark.place)


def _chained(marks: Sequence[Mark], notes: Notes) -> Sequence[Mark]:
    """Put marks in the order that each one's previous tells; the file's where that is broken."""
    ids = {mark.tag_id for mark in marks if mark.tag_id}
    after = {mark.previous: mark for mark in marks if mark.previous in ids}
    first = [mark for mark in marks if mark.previous not in ids]
    ordered: list[Mark] = []
    mark = first[0] if len(first) == 1 else None
    while mark is not None and len(ordered) < len(marks):
        ordered.append(mark)
        mark = after.get(mark.tag_id) if mark.tag_id else None
    if len(ordered) == len(marks):
        return ordered
    for one in marks:
        notes.noticed(_UNORDERED, one.place)
    return marks

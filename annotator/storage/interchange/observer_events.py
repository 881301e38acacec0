"""Events of Noldus' Observer as tags: states from their start to their stop, and points."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from annotator.model.codebook import Code
from annotator.model.session import Session
from annotator.storage.interchange.drafting import (
    NO_EXTRA,
    FoundTag,
    PassDraft,
    SessionDraft,
)
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.report import Notes

Modifiers = tuple[tuple[str, str], ...]
"""Which choice was made of each set of modifiers, by name."""


class Kind(StrEnum):
    """What an event does."""

    START = "start"
    STOP = "stop"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a log at `time`, in microseconds; `length` is 0 where the file tells none."""

    time: int
    kind: Kind
    log: str
    subject: str
    behaviour: str
    modifiers: Modifiers = ()
    comment: str = ""
    length: int = 0
    place: str | int = ""


@dataclass(slots=True)
class Observation:
    """An observation with its events in the order of the file, and what else is told of it.

    `codes` are what is known of behaviours by their names, and `extra` is kept on the session.
    """

    name: str
    events: list[Event] = field(default_factory=list)
    codes: Mapping[str, tuple[Code, str]] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)


def session_of(observation: Observation, wishes: Wishes, notes: Notes) -> tuple[Session, int]:
    """Make a session of an observation; gives how many of its events are in it.

    Each log is a coding pass. Where there is one alone, it is that of the coder who is wished.
    """
    draft = SessionDraft(observation.name, observation.name, notes, wishes.now)
    draft.extra.update(observation.extra)
    for name, (code, group) in observation.codes.items():
        draft.code(name, replace(code, group=draft.group(group)))
    logs: dict[str, list[Event]] = {}
    for event in observation.events:
        logs.setdefault(event.log, []).append(event)
    carried = 0
    for number, (log, events) in enumerate(logs.items(), 1):
        coder = wishes.coder if len(logs) == 1 else log or wishes.coder
        key = "" if len(logs) == 1 else f"pass-{number}"
        coding_pass = draft.coding_pass(coder, key=key)
        coding_pass.extra = {"noldus": {"log": log}} if log else NO_EXTRA
        carried += _Log(draft, coding_pass, _ends_are_lengths(events, notes)).take(events)
    return draft.session(), carried


def _ends_are_lengths(events: Sequence[Event], notes: Notes) -> bool:
    """Tell whether a log has starts alone, each with its length, as where stops were left out."""
    kinds = {event.kind for event in events}
    if Kind.START not in kinds or Kind.STOP in kinds:
        return False
    are_told = all(event.length for event in events if event.kind is Kind.START)
    if are_told:
        notes.noticed("the file has no stops; states last as long as it says")
    return are_told


@dataclass(slots=True)
class _Log:
    """Pairs the starts and stops of a log."""

    draft: SessionDraft
    coding_pass: PassDraft
    ends_are_lengths: bool
    people: dict[str, str] = field(default_factory=dict)
    open: dict[tuple[str, str], deque[Event]] = field(default_factory=dict)

    def take(self, events: Sequence[Event]) -> int:
        """Make tags of events; gives how many of these are in them."""
        carried = 0
        for event in events:
            states = self.open.setdefault((event.subject, event.behaviour), deque())
            if event.kind is Kind.POINT:
                self._add(event, event.time)
            elif event.kind is Kind.START and self.ends_are_lengths:
                self._add(event, event.time + event.length)
            elif event.kind is Kind.START:
                states.append(event)
                continue
            elif states:
                self._close(states.popleft(), event)
                carried += 1
            else:
                told = "a state is stopped that never began"
                self.draft.notes.not_carried(told, event.place)
                continue
            carried += 1
        return carried + self._close_all(max((event.time for event in events), default=0))

    def _close(self, start: Event, stop: Event) -> None:
        comments = dict.fromkeys(filter(None, (start.comment, stop.comment)))
        modifiers = start.modifiers or stop.modifiers
        if stop.modifiers not in {(), modifiers}:
            self.draft.notes.noticed("a state stops with other modifiers than it began", stop.place)
        whole = replace(start, comment="\n".join(comments), modifiers=modifiers)
        self._add(whole, stop.time)

    def _close_all(self, last: int) -> int:
        """End the states that nothing stops where the log ends, or by the length that is told."""
        left = [event for states in self.open.values() for event in states]
        for event in left:
            told = "its length was taken" if event.length else "it ends with the log"
            self.draft.notes.repaired(f"a state is never stopped; {told}", event.place)
            self._add(event, event.time + event.length if event.length else last)
        return len(left)

    def _add(self, event: Event, end: int) -> None:
        draft = self.draft
        if event.subject not in self.people:
            self.people[event.subject] = draft.participant(event.subject)
        code = draft.code(event.behaviour)
        tag = FoundTag(code, event.time, end, self.people[event.subject], event.comment)
        tag.place = event.place
        if event.modifiers:
            tag.attributes = dict(draft.choice(code, *one) for one in event.modifiers)
        draft.tag(self.coding_pass, tag)

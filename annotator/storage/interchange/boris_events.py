"""The events of a BORIS observation: read, paired into states, and made tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from operator import attrgetter

from annotator.model.codebook import Attribute
from annotator.model.coding import UNNAMED
from annotator.model.participant import Participant
from annotator.storage.interchange.boris_book import (
    MULTIPLE,
    SHORTCUT,
    SINGLE,
    ModifierSet,
    ProjectBook,
)
from annotator.storage.interchange.boris_media import frame_at, seconds_of
from annotator.storage.interchange.boris_opening import FORMAT_ID, UNNAMED_WORD
from annotator.storage.interchange.drafting import (
    NO_EXTRA,
    NOTHING,
    FoundTag,
    PassDraft,
    SessionDraft,
    role_of,
)
from annotator.storage.interchange.json_reading import word
from annotator.storage.interchange.micros import micros_of
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.spending import spent

NOT_CHOSEN = "None"
NOTHING_CHOSEN = ("", NOT_CHOSEN, "NA")
NO_FRAME = "NA"
NOBODY = "No focal subject"
"""What BORIS shows where an event is about nobody, and its telephone program writes."""

_LEAST, _MOST = 3, 7
_NO_FRAMES = (NO_FRAME,)

_Choice = tuple[str, Mapping[str, str], Mapping[str, object]]
"""A code's id, what was chosen of its attributes, and what is to be kept of that."""


@dataclass(slots=True)
class Event:
    """An event as it stands in an observation, as its `number`-th; `seconds` are BORIS's own.

    `more` is what follows the comment: a frame, or the number and path of an image.
    """

    number: int
    seconds: Decimal
    subject: str
    word: str
    modifier: str
    comment: str
    more: tuple[object, ...] = ()
    end: Event | None = None


@dataclass(slots=True)
class EventReader:
    """Turns the events of one observation into the tags of a pass.

    `clock` is what BORIS's times have, in seconds, at the session's time 0, and `shift` the
    session's time in microseconds at which that is. `rate` is the only film's frames a second,
    None where there are several, or nobody told.
    """

    draft: SessionDraft
    coding_pass: PassDraft
    book: ProjectBook
    place: str
    clock: Decimal = Decimal(0)
    shift: int = 0
    rate: Fraction | None = None
    carried: int = 0
    _chosen: dict[tuple[str, str], _Choice] = field(default_factory=dict)
    _people: dict[str, str] = field(default_factory=dict)
    _made: set[str] = field(default_factory=set)

    def take(self, events: list[Event]) -> None:
        """Add the tags of events to the pass; the list is empty then."""
        for one in spent(_paired(events, self.book)):
            self._add(one)

    def _add(self, event: Event) -> None:
        last = event.end or event
        start, end = self._time(event), self._time(last)
        place = f"{self.place}, event {event.number}"
        if start is None or end is None:
            self.draft.notes.not_carried("the time of an event cannot be read", place)
            if last is not event:
                other = f"{self.place}, event {last.number}"
                self.draft.notes.not_carried("the time of an event cannot be read", other)
            return
        if event.end is None and event.word in self.book.states:
            told = "a state has a beginning and no end, or the other way round; it is a moment now"
            self.draft.notes.repaired(told, place)
        code_id, attributes, kept = self._choice_of(event, place)
        comments = (event.comment, last.comment) if event.end else (event.comment,)
        found = FoundTag(code_id, start, end, self._person(event, place), joined(comments), place)
        found.attributes = attributes
        found.extra = self._extra(event, kept, (start, end))
        self.draft.tag(self.coding_pass, found)
        self.carried += 1 if event.end is None else 2

    def _time(self, event: Event) -> int | None:
        time = micros_of(event.seconds - self.clock)
        return None if time is None else time + self.shift

    def _frame(self, time: int) -> object:
        """Give the frame that is written where none is kept."""
        return NO_FRAME if self.rate is None else frame_at(time - self.shift, self.rate)

    def _person(self, event: Event, place: str) -> str:
        name = event.subject
        known = self._people.get(name)
        if known is None:
            known = self._people[name] = self._found_person(name, place)
        return known

    def _found_person(self, name: str, place: str) -> str:
        if not name:
            return ""
        people = self.draft.participants
        for one in people.values():
            if one.label == name:
                return one.id
        self.draft.notes.repaired(f"“{name}” is no subject of the project; it is one now", place)
        person = name if name not in people else self.draft.participant(name)
        people.setdefault(person, Participant(person, role_of(name), name))
        return person

    def _choice_of(self, event: Event, place: str) -> _Choice:
        key = (event.word, event.modifier)
        known = self._chosen.get(key)
        if known is None:
            known = self._chosen[key] = self._found_choice(event, place)
        return known

    def _found_choice(self, event: Event, place: str) -> _Choice:
        name = self.book.same.get(event.word, event.word)
        if name == UNNAMED_WORD and name in self.book.same:
            return UNNAMED, NOTHING, NO_EXTRA
        behaviour = self.book.behaviours.get(name)
        if behaviour is None and name not in self._made:
            self._made.add(name)
            told = f"“{name}” is no behaviour of the project; it is one now"
            self.draft.notes.repaired(told, place)
        code_id = self.draft.code(self.book.key(name))
        sets = behaviour.sets if behaviour else ()
        attributes = self._attributes(code_id, sets, event.modifier, place)
        usual = modifier_of([one.attribute for one in sets], attributes)
        is_usual = usual == event.modifier
        return code_id, attributes, NO_EXTRA if is_usual else {"modifier": event.modifier}

    def _attributes(
        self, code_id: str, sets: Sequence[ModifierSet], modifier: str, place: str
    ) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for number, told_choice in enumerate(parts_of(modifier)):
            chosen = told_choice
            if not chosen:
                continue
            name = f"modifier {number + 1}"
            if number < len(sets):
                name = sets[number].attribute.name
                chosen = self._listed(sets[number], chosen, place)
            else:
                told = "an event has more modifiers than its behaviour; one more attribute was made"
                self.draft.notes.repaired(told, place)
            attribute, choice = self.draft.choice(code_id, name, chosen)
            found[attribute] = choice
        return found or NOTHING

    def _listed(self, of_set: ModifierSet, chosen: str, place: str) -> str:
        """Give the choice as its set lists it; what it does not list is told."""
        names = {one.name for one in of_set.attribute.choices}
        if of_set.kind not in (SINGLE, MULTIPLE) or chosen in names:
            return chosen
        bare = SHORTCUT.sub("", chosen).strip()
        if bare in names:
            self.draft.notes.repaired("a modifier had its key behind it, which was left out", place)
            return bare
        if of_set.kind == MULTIPLE and all(one.strip() in names for one in chosen.split(",")):
            told = f"several were chosen of “{of_set.attribute.name}”; they are one choice here"
            self.draft.notes.noticed(told, place)
            return chosen
        told = f"“{chosen}” is none of the modifiers “{of_set.attribute.name}”; it is one now"
        self.draft.notes.repaired(told, place)
        return chosen

    def _extra(
        self, event: Event, kept: Mapping[str, object], times: tuple[int, int]
    ) -> Mapping[str, object]:
        """Give what else is to be written again: frames or images, comments, odd modifiers."""
        ends = (event,) if event.end is None else (event, event.end)
        has_more = any(
            one.more and one.more != (self._frame(time),)
            for one, time in zip(ends, times, strict=False)
        )
        comments = [one.comment for one in ends]
        is_usual = len(comments) == 1 or not comments[1]
        is_alone = event.end is None and event.word in self.book.states
        if not kept and not has_more and is_usual and not is_alone:
            return NO_EXTRA
        more = [one.more[0] if len(one.more) == 1 else list(one.more) for one in ends]
        if not kept and is_usual and not is_alone:
            return {FORMAT_ID: [*more, *times]}  # a project can have as many as it has events
        told = dict(kept)
        if has_more:
            told["more"] = more
            told["at"] = list(times)  # it holds while the tag stays there
        if not is_usual:
            told["comments"] = comments
        if is_alone:
            told["unpaired"] = True
        return {FORMAT_ID: told}


def parts_of(modifier: str) -> list[str]:
    """Give what an event has of each set of modifiers; empty where nothing was chosen."""
    if not modifier:
        return []
    return ["" if part.strip() in NOTHING_CHOSEN else part.strip() for part in modifier.split("|")]


def modifier_of(attributes: Iterable[Attribute], chosen: Mapping[str, str]) -> str:
    """Write what was chosen of each attribute, in their order, as BORIS does."""
    return "|".join(
        next((one.name for one in each.choices if one.id == chosen.get(each.id)), "")
        or chosen.get(each.id, "")
        or NOT_CHOSEN
        for each in attributes
    )


def joined(comments: Iterable[str]) -> str:
    """Give the comments of a beginning and an end as one note, each once."""
    return "\n".join(dict.fromkeys(one for one in comments if one))


def _paired(events: list[Event], book: ProjectBook) -> list[Event]:
    """Give the events in order, each state's end with its beginning.

    Of the events of a state with the same subject and modifiers every second is an end.
    """
    begun: dict[tuple[str, str, str], Event] = {}
    found: list[Event] = []
    if not _are_in_order(events):
        events.sort(key=_PLACE)
    for one in spent(events):
        if one.word not in book.states:
            found.append(one)
            continue
        key = (one.subject, one.word, one.modifier)
        start = begun.pop(key, None)
        if start is None:
            begun[key] = one
            found.append(one)
        else:
            start.end = one
    return found


def _are_in_order(events: Sequence[Event]) -> bool:
    """Tell whether events need no sorting, for which all their places are in memory at once."""
    return all(
        one.seconds < other.seconds or _PLACE(one) <= _PLACE(other)
        for one, other in pairwise(events)
    )


_PLACE = attrgetter("seconds", "subject", "word")


def read_events(
    observation: Mapping[str, object], place: str, notes: Notes
) -> tuple[list[Event], int]:
    """Read the events of an observation as they stand, and tell how many there are.

    Those without a time or a behaviour are noted as not carried.
    """
    raw = observation.get("events")
    told: list[object] = raw if isinstance(raw, list) else []
    images = observation.get("type") == "IMAGES"
    found: list[Event] = []
    count = len(told)
    for number, one in enumerate(spent(told), 1):  # a large project need not be in memory twice
        event = _event(number, one, notes, place, is_image=images)
        if event is not None:
            if event.more == (NO_FRAME,):
                event.more = _NO_FRAMES
            found.append(event)
    return found, count


def _event(number: int, raw: object, notes: Notes, place: str, *, is_image: bool) -> Event | None:
    where = f"{place}, event {number}"
    if not isinstance(raw, tuple) or len(raw) < _LEAST:
        notes.not_carried("an event has no time, subject and behaviour", where)
        return None
    seconds = seconds_of(raw[0])
    if seconds is None:
        pictures = " but the number of a picture" if is_image else ""
        notes.not_carried(f"an event has no time{pictures}", where)
        return None
    name = word(raw[2])
    if not name:
        notes.not_carried("an event has no behaviour", where)
        return None
    texts = [word(one) for one in raw[1:5]]
    if texts[0] == NOBODY:
        notes.repaired(f"“{NOBODY}” means nobody, and is nobody now", where)
        texts[0] = ""
    modifier, comment = (*texts[2:], "", "")[:2]
    more = tuple(one if isinstance(one, str | int) else word(one) for one in raw[5:_MOST])
    return Event(number, seconds, texts[0], name, modifier, comment, more)

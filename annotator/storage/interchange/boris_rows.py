"""Tags laid out as the events of BORIS: which behaviour, so that every state finds its own end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.model.coding import CodingPass, Tag
from annotator.model.time import to_clock
from annotator.storage.interchange.boris_opening import FORMAT_ID
from annotator.storage.interchange.json_reading import items, members, word
from annotator.storage.interchange.report import Notes

_MOST_ROWS = 200
_NEVER = 1 << 62

Use = tuple[str, bool, int]
"""A word, whether it lasts, and the number of the row from 0: each is a behaviour of its own."""


@dataclass(slots=True)
class LaidEvent:
    """An event to be written: its time in session milliseconds, and whose it is."""

    millis: int
    subject: str
    use: Use
    modifier: str
    comment: str
    more: tuple[object, ...] = ()


@dataclass(slots=True)
class _Row:
    """A row of one behaviour and subject: the times taken, and when each state ends."""

    times: set[int] = field(default_factory=set)
    ends: dict[str, int] = field(default_factory=dict)

    def takes(self, start: int, end: int, modifier: str, *, is_loose: bool) -> bool:
        """Tell whether there is room, and take it.

        BORIS makes no two events of one time; `is_loose` lets stand what it had all the same.
        """
        last = self.ends.get(modifier, -_NEVER)
        is_taken = start in self.times or end in self.times or last == start
        if last > start or (is_taken and not is_loose):
            return False
        self.times |= {start, end} - {_NEVER}
        self.ends[modifier] = end
        return True


@dataclass(slots=True)
class Layout:
    """The behaviours that the tags of all passes need, gathered as they are laid out."""

    notes: Notes
    uses: set[Use] = field(default_factory=set)

    def lay(
        self,
        coding_pass: CodingPass,
        people: Mapping[str, str],
        modifiers: Modifiers,
    ) -> list[LaidEvent]:
        """Lay out a pass; `people` names participants by their ids."""
        rows: dict[tuple[str, bool, str], list[_Row]] = {}
        found: list[LaidEvent] = []
        for tag in coding_pass.tags:
            kept = _kept_of(tag)
            name = modifiers.words.get(tag.code, tag.code)
            subject = people.get(tag.participant, tag.participant)
            modifier = modifiers.of(tag, kept)
            is_alone = tag.is_instant and kept.get("unpaired") is True
            lasts = is_alone or not tag.is_instant
            start, end = self._times(tag)
            row = _row(
                rows.setdefault((name, lasts, subject), []),
                (start, _NEVER if is_alone else end),
                modifier if lasts else str(start),
                is_loose=FORMAT_ID in coding_pass.extra,
            )
            if row is None:
                self.notes.not_carried("too many tags of a code at one time", to_clock(tag.start))
                continue
            use = (name, lasts, row)
            self.uses.add(use)
            first, last = _comments(tag, kept)
            is_there = kept.get("at") == [tag.start, tag.end]
            more = [_more(one) for one in items(kept.get("more") if is_there else ())]
            found.append(LaidEvent(start, subject, use, modifier, first, _at(more, 0)))
            if lasts and not is_alone:
                found.append(LaidEvent(end, subject, use, modifier, last, _at(more, 1)))
        return found

    def _times(self, tag: Tag) -> tuple[int, int]:
        start, end = rounded(tag.start), rounded(tag.end)
        if start == end and not tag.is_instant:
            told = "a stretch shorter than a millisecond lasts one now"
            self.notes.repaired(told, f"tag at {to_clock(tag.start)}")
            end += 1
        return start, end


@dataclass(slots=True)
class Modifiers:
    """Writes what was chosen of a code's attributes; `sets` tells of them by the code's word."""

    words: Mapping[str, str]
    sets: Mapping[str, WrittenSets]
    _known: dict[tuple[str, tuple[tuple[str, str], ...]], str] = field(default_factory=dict)

    def of(self, tag: Tag, kept: Mapping[str, object]) -> str:
        """Give the modifiers of a tag, in the words that were read where they mean the same."""
        sets = self.sets.get(self.words.get(tag.code, ""))
        if sets is None:
            return ""
        old = kept.get("modifier")
        if isinstance(old, str) and sets.chosen(old) == dict(tag.attributes):
            return old
        if not sets.names:
            return ""
        key = (tag.code, tuple(tag.attributes.items()))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = sets.written(tag.attributes)
        return found


@dataclass(slots=True)
class WrittenSets:
    """How a code's attributes are written: for each, its id, and its choices' names by id."""

    names: list[tuple[str, dict[str, str]]]

    def written(self, attributes: Mapping[str, str]) -> str:
        """Write what was chosen of each attribute."""
        return "|".join(
            names.get(attributes.get(key, ""), "") or "None" for key, names in self.names
        )

    def chosen(self, modifier: str) -> dict[str, str] | None:
        """Read what `written` writes; None where that names what there is not."""
        found: dict[str, str] = {}
        for number, part in enumerate(modifier.split("|") if modifier else ()):
            if part.strip() in {"", "None", "NA"}:
                continue
            if number >= len(self.names):
                return None
            key, names = self.names[number]
            choice = next((one for one, name in names.items() if name == part.strip()), None)
            if choice is None:
                return None
            found[key] = choice
        return found


def _row(rows: list[_Row], times: tuple[int, int], modifier: str, *, is_loose: bool) -> int | None:
    for number, row in enumerate(rows):
        if row.takes(*times, modifier, is_loose=is_loose):
            return number
    if len(rows) >= _MOST_ROWS:
        return None
    rows.append(_Row())
    rows[-1].takes(*times, modifier, is_loose=True)
    return len(rows) - 1


def _comments(tag: Tag, kept: Mapping[str, object]) -> tuple[str, str]:
    """Give the comments of a tag's beginning and end, as they were if they are the note still."""
    match [word(one) for one in items(kept.get("comments"))]:
        case [first, last] if "\n".join(dict.fromkeys(filter(None, (first, last)))) == tag.note:
            return first, last
    return tag.note, ""


def _kept_of(tag: Tag) -> Mapping[str, object]:
    """Give what is kept of a tag's events; in short it is their frames, and the tag's times."""
    told = tag.extra.get(FORMAT_ID)
    if isinstance(told, list):
        return {"more": told[:-2], "at": told[-2:]}
    return members(told)


def _more(kept: object) -> tuple[object, ...]:
    """Give what follows an event's comment; one thing alone is kept without a list."""
    return (kept,) if isinstance(kept, str | int) else tuple(items(kept))


def _at(more: list[tuple[object, ...]], number: int) -> tuple[object, ...]:
    return more[number] if number < len(more) else ()


def rounded(time: int) -> int:
    """Round microseconds to the nearest millisecond, halves up, below 0 as above."""
    return (time + 500) // 1000

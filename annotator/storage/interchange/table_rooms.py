"""The sessions of a table in the making, with what rows share kept at hand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from annotator.model.codebook import Code
from annotator.model.coding import UNNAMED, Purpose
from annotator.model.proposing import PALETTE, next_id
from annotator.storage.interchange.drafting import NOTHING, PassDraft, SessionDraft
from annotator.storage.interchange.report import ForeignFileError, Notes

MOST_SESSIONS, MOST_CODES, MOST_PEOPLE, MOST_CODERS = 5000, 2000, 2000, 500
MOST_CHOICES, MOST_RECORDINGS = 500, 20
_PURPOSES: Mapping[str, Purpose] = {one.value: one for one in Purpose}
_PLAYER = re.compile(r"player #\d+:", re.IGNORECASE)


class TooManyError(ValueError):
    """A column holds more different things than any column of its kind does; the text says so."""


@dataclass(slots=True)
class Room:
    """A session in the making: what each word of a cell became in it."""

    draft: SessionDraft
    passes: dict[tuple[str, str], PassDraft] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    recordings: set[str] = field(default_factory=set)
    choices: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    chosen: dict[tuple[str, ...], Mapping[str, str]] = field(default_factory=dict)

    def coding_pass(self, key: str, coder: str, purpose: str) -> PassDraft:
        """Give a coder's pass, or the one of an id; raises TooManyError."""
        known = self.passes.get((key, coder))
        if known is None:
            _check(len(self.passes), MOST_CODERS, "coders")
            known = self.draft.coding_pass(coder, _PURPOSES.get(purpose), key=key)
            self.passes[key, coder] = known
        return known

    def code(self, word: str, name: str = "", group: str = "") -> str:
        """Give the id of a code by its word, `UNNAMED` for none; raises TooManyError."""
        known = self.codes.get(word)
        if known is None:
            if word in {"", UNNAMED}:
                return UNNAMED
            _check(len(self.codes), MOST_CODES, "codes")
            lane = self.draft.group(group, next_id(group, self.draft.groups)) if group else ""
            # the farthest of many colours takes long to find, and tables have many codes
            colour = PALETTE[len(self.codes) % len(PALETTE)].colour
            details = Code("", name, group=lane, colour=colour)
            known = self.codes[word] = self.draft.code(word, details)
        return known

    def person(self, label: str) -> str:
        """Give the id of a participant by the label; raises TooManyError."""
        known = self.people.get(label)
        if known is None:
            _check(len(self.people), MOST_PEOPLE, "participants")
            known = self.people[label] = self.draft.participant(label)
        return known

    def attributes(
        self, code_id: str, names: Sequence[str], values: Sequence[str]
    ) -> Mapping[str, str]:
        """Give the attributes of a tag, those of equal tags shared; raises TooManyError."""
        key = (code_id, *values)
        known = self.chosen.get(key)
        if known is None:
            found = {}
            for name, value in zip(names, values, strict=True):
                if value:
                    choices = self.choices.setdefault((code_id, name), set())
                    _check(len(choices - {value}), MOST_CHOICES, f"values of “{name}”")
                    choices.add(value)
                    attribute, choice = self.draft.choice(code_id, name, value)
                    found[attribute] = choice
            known = self.chosen[key] = found or NOTHING
        return known

    def recording(self, name: str) -> None:
        """Take a film that a row names, once; raises TooManyError."""
        if name not in self.recordings:
            _check(len(self.recordings), MOST_RECORDINGS, "films in one session")
            self.recordings.add(name)
            self.draft.recording(_PLAYER.sub("", name).strip())


def _check(count: int, most: int, what: str) -> None:
    if count >= most:
        raise TooManyError(f"there are more than {most:,} different {what}; the row has another")


class Rooms:
    """All sessions of a table by their names; `usual` is where no row tells one."""

    def __init__(self, usual: str, notes: Notes, now: str) -> None:
        self._usual, self._notes, self._now = usual, notes, now
        self._rooms: dict[str, Room] = {}

    def room(self, name: str) -> Room:
        """Give the session of a name, made when first met.

        Raises ForeignFileError where there are more than any table has.
        """
        known = self._rooms.get(name)
        if known is None:
            if len(self._rooms) >= MOST_SESSIONS:
                raise ForeignFileError(
                    f"The table has more than {MOST_SESSIONS:,} sessions.",
                    "Choose another column for the session.",
                )
            title = name or self._usual
            known = self._rooms[name] = Room(SessionDraft(title, title, self._notes, self._now))
        return known

    def drafts(self) -> list[SessionDraft]:
        """List the sessions; an empty one where no row made any, so that columns can be chosen."""
        if not self._rooms:
            self.room("")
        return [one.draft for one in self._rooms.values()]

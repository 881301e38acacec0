"""Rows of a table, each a tag or a start or stop of one, as sessions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.model.coding import UNNAMED, Origin
from annotator.storage.interchange.columns import Column
from annotator.storage.interchange.drafting import NOTHING, FoundTag, PassDraft
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.table_cells import UNTOLD, Cells, attribute_name
from annotator.storage.interchange.table_guessing import STARTS, STOPS, kind_word
from annotator.storage.interchange.table_plan import Plan, is_empty
from annotator.storage.interchange.table_rooms import Room, Rooms, TooManyError

_ORIGINS: Mapping[str, Origin] = {one.value: one for one in Origin}
_NOBODY = "no focal subject"


@dataclass(slots=True)
class _Begun:
    """A tag whose stop is awaited; `has_end` where its own row told how long it lasts."""

    room: Room
    coding_pass: PassDraft
    found: FoundTag
    has_end: bool


class TagRows:
    """Takes row after row into sessions; `carried` are the rows that are in them."""

    def __init__(self, plan: Plan, wishes: Wishes, notes: Notes, rooms: Rooms) -> None:
        self.carried = 0
        self.cells = Cells(plan, notes)
        self._wishes, self._notes, self._rooms = wishes, notes, rooms
        self._is_own = plan.is_own
        self._begun: dict[tuple[int, int, str, str], list[_Begun]] = {}
        self._at = {role: self.cells.first(role) for role in Column}
        self._notes_at = plan.of_role(Column.NOTE)
        self._attributes_at = plan.of_role(Column.ATTRIBUTE)
        self._attributes = [
            attribute_name(plan.headings[index], is_own=plan.is_own)
            for index in self._attributes_at
        ]
        self._has_codes = self._at[Column.CODE] >= 0
        self._has_kinds = self._at[Column.KIND] >= 0

    def take(self, number: int, cells: Sequence[str]) -> None:
        """Take a row; what of it cannot be taken is noted."""
        row = self.cells.row(number, cells)
        times = self.cells.times(number, row)
        if times is None:
            return
        if self._says_nothing(row, cells):
            self._notes.not_carried("a row has no code", self.cells.place(number))
            return
        try:
            room = self._rooms.room(self._word(row, Column.SESSION))
            coding_pass = self._pass(room, row)
            found = self._found(room, number, row, times)
        except TooManyError as error:
            self._notes.not_carried(str(error), self.cells.place(number))
            return
        found.note = self._note(row, cells)
        if self._has_kinds and self._is_half(room, coding_pass, found, number, row):
            return
        room.draft.tag(coding_pass, found)
        self.carried += 1

    def finish(self) -> None:
        """Take what was begun and never stopped as moments."""
        for waiting in self._begun.values():
            for one in waiting:
                if not one.has_end:
                    told = "a start has no stop; it became a moment"
                    self._notes.repaired(told, one.found.place)
                one.room.draft.tag(one.coding_pass, one.found)
        self._begun = {}

    def _says_nothing(self, row: Sequence[str], cells: Sequence[str]) -> bool:
        """Tell whether a row has neither a code nor a note; one with a note waits for its code."""
        if self._is_own or not self._has_codes or row[self._at[Column.CODE]] not in UNTOLD:
            return False
        return not self._note(row, cells)

    def _word(self, row: Sequence[str], role: Column) -> str:
        text = row[self._at[role]]
        return text if self._is_own or not is_empty(text) else ""

    def _pass(self, room: Room, row: Sequence[str]) -> PassDraft:
        coder = self._word(row, Column.CODER) or self._wishes.coder
        made = room.coding_pass(row[self._at[Column.PASS]], coder, row[self._at[Column.PURPOSE]])
        film = self._word(row, Column.RECORDING)
        if film:
            room.recording(film)
        return made

    def _found(
        self, room: Room, number: int, row: Sequence[str], times: tuple[int, int]
    ) -> FoundTag:
        at = self._at
        word = row[at[Column.CODE]]
        code = room.code(
            "" if word in UNTOLD and not self._is_own else word,
            row[at[Column.NAME]],
            row[at[Column.GROUP]],
        )
        person = self._word(row, Column.PARTICIPANT)
        if person.casefold() == _NOBODY:
            person = ""
        found = FoundTag(code, *times, room.person(person) if person else "")
        found.place = self.cells.place(number)
        if code == UNNAMED and not self._is_own:
            self._notes.noticed("a row has no code; its mark waits for one", found.place)
        if self._attributes_at:
            found.attributes = self._chosen(room, code, row, found.place)
        found.id = row[at[Column.TAG]]
        found.created, found.modified = row[at[Column.CREATED]], row[at[Column.MODIFIED]]
        found.origin = _ORIGINS.get(row[at[Column.ORIGIN]], Origin.IMPORT)
        return found

    def _chosen(
        self, room: Room, code: str, row: Sequence[str], place: str | int
    ) -> Mapping[str, str]:
        values = [row[index] for index in self._attributes_at]
        if not self._is_own:
            values = ["" if is_empty(one) else one for one in values]
        if not any(values):
            return NOTHING
        if code == UNNAMED:
            self._notes.not_carried("attributes of a mark that has no code", place)
            return NOTHING
        return room.attributes(code, self._attributes, values)

    def _note(self, row: Sequence[str], cells: Sequence[str]) -> str:
        if self._is_own:
            return "\n".join(row[index] for index in self._notes_at)
        told = (cells[index] for index in self._notes_at if index < len(cells))
        return "\n".join(one for one in told if one.strip() not in UNTOLD)

    def _is_half(
        self, room: Room, coding_pass: PassDraft, found: FoundTag, number: int, row: Sequence[str]
    ) -> bool:
        """Take a row that starts or stops something; gives whether it is one."""
        kind = kind_word(row[self._at[Column.KIND]])
        key = (id(room), id(coding_pass), found.participant, found.code)
        if kind in STARTS:
            begun = _Begun(room, coding_pass, found, self.cells.has_length(row))
            self._begun.setdefault(key, []).append(begun)
            self.carried += 1
            return True
        if kind not in STOPS:
            return False
        waiting = self._begun.get(key)
        if not waiting:
            self._notes.not_carried("a stop has no start", self.cells.place(number))
            return True
        alike = (n for n, one in enumerate(waiting) if one.found.attributes == found.attributes)
        begun = waiting.pop(next(alike, 0))
        begun.found.end = found.start
        if found.note and found.note != begun.found.note:
            begun.found.note = "\n".join(filter(None, (begun.found.note, found.note)))
        room.draft.tag(begun.coding_pass, begun.found)
        self.carried += 1
        return True

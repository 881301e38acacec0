"""Tables with a row for each moment or bin and a column for each code, as sessions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from annotator.storage.interchange.columns import Column
from annotator.storage.interchange.drafting import NOTHING, FoundTag, PassDraft
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.table_cells import UNTOLD, Cells
from annotator.storage.interchange.table_guessing import ABSENT, FEW, PRESENT
from annotator.storage.interchange.table_plan import Plan, is_empty
from annotator.storage.interchange.table_rooms import Room, Rooms, TooManyError

VALUE = "value"
"""The attribute that says what stood in a cell, where that is more than a tick."""

_LONGEST_VALUE = 40
_LEAST_ROWS = 3
_EVENLY = 0.9
_SLACK = 0.02


@dataclass(slots=True)
class _Moment:
    """A row: from when to when, in which session and pass, and its cells."""

    number: int
    start: int
    end: int
    room: Room
    coding_pass: PassDraft
    person: str
    note: str
    row: Sequence[str]


@dataclass(slots=True)
class _Run:
    """A tag that goes on as long as the cells below one another hold the same."""

    coding_pass: PassDraft
    found: FoundTag
    value: str

    def goes_on(self, one: _Moment, value: str, *, is_ticked: bool) -> bool:
        """Tell whether the cell of a row belongs to it, and no note or gap stands between."""
        is_same = is_ticked or value == self.value
        return is_same and not one.note and self.found.end >= one.start


class MomentRows:
    """Takes the rows of a table with a column a code; `carried` are the cells that are in tags.

    Where the rows have no ends of their own and stand evenly apart, cells that hold the same in
    rows on end are one tag, up to the next row; where they do not, each cell is a moment.
    """

    def __init__(self, plan: Plan, wishes: Wishes, notes: Notes, rooms: Rooms) -> None:
        self.carried = self.counted = 0
        self.cells = Cells(plan, notes)
        self._plan, self._wishes, self._notes, self._rooms = plan, wishes, notes, rooms
        self._codes_at = plan.of_role(Column.CODE)
        self._notes_at = plan.of_role(Column.NOTE)
        self._at = {role: self.cells.first(role) for role in Column}
        self._rows: list[_Moment] = []
        self._values: dict[int, Counter[str]] = {at: Counter() for at in self._codes_at}

    def take(self, number: int, cells: Sequence[str]) -> None:
        """Take a row; what of it cannot be taken is noted."""
        row = self.cells.row(number, cells)
        filled = [at for at in self._codes_at if row[at].casefold() not in ABSENT]
        self.counted += len(filled)
        for at in filled:
            if len(self._values[at]) <= FEW:
                self._values[at][row[at]] += 1
        times = self.cells.times(number, row)
        if times is None:
            self._lose(len(filled) - 1, number)
            return
        try:
            self._rows.append(self._moment(number, times, row))
        except TooManyError as error:
            self._notes.not_carried(str(error), self.cells.place(number))
            self._lose(len(filled) - 1, number)

    def _lose(self, more: int, number: int) -> None:
        """Note the other cells of a row of which one is told as lost already."""
        for _ in range(more):
            self._notes.not_carried("a cell of a row that was left out", self.cells.place(number))
        if more < 0:
            self.counted += 1

    def _moment(self, number: int, times: tuple[int, int], row: Sequence[str]) -> _Moment:
        room = self._rooms.room(self._word(row, Column.SESSION))
        coder = self._word(row, Column.CODER) or self._wishes.coder
        coding_pass = room.coding_pass(row[self._at[Column.PASS]], coder, "")
        person = self._word(row, Column.PARTICIPANT)
        film = self._word(row, Column.RECORDING)
        if film:
            room.recording(film)
        told = [row[at] for at in self._notes_at if row[at] not in UNTOLD]
        return _Moment(
            number,
            *times,
            room,
            coding_pass,
            room.person(person) if person else "",
            "\n".join(told),
            row,
        )

    def _word(self, row: Sequence[str], role: Column) -> str:
        text = row[self._at[role]]
        return "" if is_empty(text) else text

    def finish(self) -> None:
        """Make tags of all rows."""
        series: dict[tuple[int, int, str], list[_Moment]] = {}
        for one in self._rows:
            series.setdefault((id(one.room), id(one.coding_pass), one.person), []).append(one)
        has_ends = self._at[Column.END] >= 0 or self._at[Column.DURATION] >= 0
        steps = [0 if has_ends else _step(rows) for rows in series.values()]
        if any(steps):
            told = f"the rows stand {max(steps) / 1_000_000:g} s apart and tell no ends"
            self._notes.noticed(f"{told}; cells that hold the same in rows on end are one tag")
        for rows, step in zip(series.values(), steps, strict=True):
            self._take_series(rows, step)

    def _take_series(self, rows: Sequence[_Moment], step: int) -> None:
        rows = sorted(rows, key=lambda one: one.start) if step else rows
        for at in self._codes_at:
            for run in self._runs(rows, at, step):
                rows[0].room.draft.tag(run.coding_pass, run.found)

    def _runs(self, rows: Sequence[_Moment], at: int, step: int) -> list[_Run]:
        """Gather the cells of one column into tags; without a step each is its own."""
        is_ticked = {value.casefold() for value in self._values[at]} <= PRESENT
        runs: list[_Run] = []
        running: _Run | None = None
        for place, one in enumerate(rows):
            value = one.row[at]
            if value.casefold() in ABSENT:
                running = None
                continue
            end = _end(rows, place, step) if step else one.end
            if running and running.goes_on(one, value, is_ticked=is_ticked):
                running.found.end = end
                self.carried += 1
                continue
            running = self._begin(one, at, end, is_ticked=is_ticked)
            if running:
                runs.append(running)
            if not step or one.note:
                running = None
        return runs

    def _begin(self, one: _Moment, at: int, end: int, *, is_ticked: bool) -> _Run | None:
        value, place = one.row[at], self.cells.place(one.number, at)
        try:
            code = one.room.code(self._plan.headings[at])
            found = FoundTag(code, one.start, end, one.person, one.note, place)
            if not is_ticked and value.casefold() != self._plan.headings[at].casefold():
                self._say(one.room, found, value, few=len(self._values[at]) <= FEW)
        except TooManyError as error:
            self._notes.not_carried(str(error), place)
            return None
        self.carried += 1
        return _Run(one.coding_pass, found, value)

    def _say(self, room: Room, found: FoundTag, value: str, *, few: bool) -> None:
        """Keep what stands in a cell: few short values as an attribute, others as the note."""
        if few and len(value) <= _LONGEST_VALUE:
            found.attributes = room.attributes(found.code, [VALUE], [value]) or NOTHING
        else:
            found.note = "\n".join(filter(None, (value, found.note)))


def _step(rows: Sequence[_Moment]) -> int:
    """Give how far rows stand apart where they do so evenly, in microseconds; else 0."""
    if len(rows) < _LEAST_ROWS:
        return 0
    starts = sorted({one.start for one in rows})
    gaps = [after - before for before, after in pairwise(starts)]
    usual = int(median(gaps)) if gaps else 0
    even = sum(abs(gap - usual) <= max(2000, _SLACK * usual) for gap in gaps)
    return usual if even >= _EVENLY * len(gaps) else 0


def _end(rows: Sequence[_Moment], place: int, step: int) -> int:
    """Tell when a row ends: with the next, though not where rows are missing in between."""
    start = rows[place].start
    following = rows[place + 1].start if place + 1 < len(rows) else start + step
    return following if following - start <= 2 * step else start + step

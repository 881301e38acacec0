"""Cells of a row by what their columns are, and the times in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from annotator.model.time import Micros
from annotator.storage.interchange.columns import Column, TimeForm
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.table_plan import Plan, is_empty
from annotator.storage.interchange.table_times import Read, mend, needs_rate, reader_of
from annotator.storage.tables import COLUMNS, harmless

UNTOLD = frozenset({"", "NA", "NaN", "nan", "#N/A", "<NA>"})
"""What statistics programs write where a code or a note is missing."""

NO_RATE = "frames are counted and nothing says how many there are in a second; give their rate"
_SUFFIX = "_attribute"
_FIXED = (*COLUMNS, "origin", "created", "modified")
_TOLERANCE = 2000


def attribute_name(heading: str, *, is_own: bool) -> str:
    """Give the attribute that a column holds by its heading."""
    if not is_own:
        return heading
    base = heading.removesuffix(_SUFFIX)
    return base if base in _FIXED else freed(heading)


def heading_of(attribute: str) -> str:
    """Give the heading of an attribute's column in a table of ours; never a fixed one."""
    return f"{attribute}{_SUFFIX}" if attribute in _FIXED else attribute


def guarded(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula, from which `freed` gives it back."""
    return f"'{text}" if harmless(text.lstrip("'")) != text.lstrip("'") else text


def freed(text: str) -> str:
    """Take off the apostrophe that `guarded` put before a text."""
    return text[1:] if text[:1] == "'" and guarded(text) != text else text


@dataclass(frozen=True, slots=True)
class _Times:
    """Reads the times of one column."""

    index: int
    read: Read
    form: TimeForm
    told: str


class Cells:
    """Reads the cells of rows as a plan has them; a column that is not there is number -1."""

    def __init__(self, plan: Plan, notes: Notes) -> None:
        self._plan, self._notes = plan, notes
        self._width = len(plan.headings)
        self._is_guarded = plan.is_own and not plan.grid.is_typed
        self._start = self._times(Column.START)
        self._end = self._times(Column.END)
        self._duration = self._times(Column.DURATION)
        self._both = self._end.index >= 0 and self._duration.index >= 0
        self._leeway = _leeway(plan)
        self._left = plan.of_role(Column.LEAVE)
        self.left = dict.fromkeys(self._left, 0)

    def first(self, role: Column) -> int:
        """Give the number of the first column of a role, -1 where there is none."""
        return next(iter(self._plan.of_role(role)), -1)

    def place(self, number: int, column: int = -1) -> str | int:
        """Name the place of a cell, or of a row, for the report."""
        return self._plan.grid.place(number, column)

    def row(self, number: int, cells: Sequence[str]) -> list[str]:
        """Give as many cells as there are headings, and an empty one for columns that are not.

        Blanks around them are left out, but not in a table of ours.
        """
        if self._plan.is_own:
            row = (
                [freed(one) if one[:1] == "'" else one for one in cells]
                if self._is_guarded
                else [*cells]
            )
        else:
            row = [one.strip() for one in cells]
        if len(row) != self._width:
            self._fit(number, row)
        for index in self._left:
            if row[index]:
                self.left[index] += 1
        row.append("")
        return row

    def _fit(self, number: int, row: list[str]) -> None:
        missing = self._width - len(row)
        if missing > 0:
            row += [""] * missing
            if not self._plan.grid.is_typed:
                told = "a row has fewer cells than there are headings; the last ones are empty"
                self._notes.noticed(told, self.place(number))
            return
        if any(row[self._width :]):
            told = "cells beyond the last heading"
            self._notes.not_carried(told, self.place(number, self._width))
        del row[self._width :]

    def times(self, number: int, row: Sequence[str]) -> tuple[int, int] | None:
        """Read from when to when a row lasts; None where that cannot be told, which is noted."""
        start = self._start.read(row[self._start.index])
        if start is None:
            start = self._slowly(self._start, number, row)
        if start is None:
            self._tell_no_start(number, row)
            return None
        end: int | None = None
        if row[self._end.index]:
            end = self._end.read(row[self._end.index])
            if end is None:
                end = self._other(self._end, number, row)
        if row[self._duration.index] and (self._both or end is None):
            lasts = self._duration.read(row[self._duration.index])
            if lasts is None:
                lasts = self._other(self._duration, number, row)
            if lasts is not None and end is None:
                return start, start + lasts
            if lasts is not None and end is not None and abs(end - start - lasts) > self._leeway:
                told = "the duration is not that from start to end; the end was taken"
                self._notes.noticed(told, self.place(number, self._duration.index))
        return start, start if end is None else end

    def has_length(self, row: Sequence[str]) -> bool:
        """Tell whether a row says how long it lasts."""
        return not (is_empty(row[self._end.index]) and is_empty(row[self._duration.index]))

    def _times(self, role: Column) -> _Times:
        index, plan = self.first(role), self._plan
        form = plan.forms.get(index, TimeForm.SECONDS)
        return _Times(index, reader_of(form, plan.columns.decimal, plan.rate), form, role.value)

    def _slowly(self, times: _Times, number: int, row: Sequence[str]) -> Micros | None:
        """Read a time that does not stand as the others of its column do."""
        text = row[times.index]
        if is_empty(text):
            return None
        mended = mend(text, times.form, self._plan.columns.decimal)
        if mended is None:
            return None
        self._notes.repaired(mended.how, self.place(number, times.index))
        return mended.time

    def _other(self, times: _Times, number: int, row: Sequence[str]) -> Micros | None:
        """Read an end or a duration; where that cannot be, the row is a moment."""
        found = self._slowly(times, number, row)
        if found is None and not is_empty(row[times.index]):
            lacks_rate = needs_rate(times.form) and self._plan.rate is None
            why = NO_RATE if lacks_rate else "it cannot be read as a time"
            told = f"the {times.told} was left out: {why}"
            self._notes.not_carried(told, self.place(number, times.index))
        return found

    def _tell_no_start(self, number: int, row: Sequence[str]) -> None:
        times = self._start
        if times.index < 0:
            told = "no column is known for the start"
        elif is_empty(row[times.index]):
            told = "a row has no start"
        elif needs_rate(times.form) and self._plan.rate is None:
            told = NO_RATE
        else:
            told = "the start cannot be read as a time"
        self._notes.not_carried(told, self.place(number, times.index))


def _leeway(plan: Plan) -> int:
    """Tell by how much a duration may differ from start to end through rounding alone."""
    frame = Fraction(2_000_000) / plan.rate if plan.rate else Fraction(0)
    return max(_TOLERANCE, int(frame))

"""How a table is to be read: which row holds the headings, what each column is, how times stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice

from annotator.storage.interchange.columns import Column, Layout, TableColumns, TimeForm
from annotator.storage.interchange.interface import TablePreview, Wishes
from annotator.storage.interchange.micros import micros_of
from annotator.storage.interchange.report import ForeignFileError, Notes
from annotator.storage.interchange.table_guessing import Facts, form_of, guess
from annotator.storage.interchange.table_headings import Heard, heard, plain_words
from annotator.storage.interchange.table_heads import head_of, headings_below, no_rows
from annotator.storage.interchange.table_rows import Grid, Row
from annotator.storage.interchange.table_times import (
    NONE_WORDS,
    rate_of,
)
from annotator.storage.tables import COLUMNS

PREVIEWED = 20
LAST_OF_OURS = "origin"
_TIMES = (Column.START, Column.END, Column.DURATION)
_SAMPLED_ROWS, _SAMPLED_CELLS = 1000, 200_000
_MOST_DIFFERENT = 64
_MANY_SECONDS = 36_000
_COMMA = re.compile(r"-?\d+,\d+")
_POINT = re.compile(r"-?\d+\.\d+")
_GROUP = re.compile(r"-?[1-9]\d{0,2}(?:,\d{3})+")
_OURS: Mapping[str, Column] = {
    "session": Column.SESSION,
    "pass": Column.PASS,
    "coder": Column.CODER,
    "purpose": Column.PURPOSE,
    "tag": Column.TAG,
    "code": Column.CODE,
    "name": Column.NAME,
    "group": Column.GROUP,
    "start": Column.START,
    "end": Column.END,
    "duration": Column.DURATION,
    "participant": Column.PARTICIPANT,
    "note": Column.NOTE,
    LAST_OF_OURS: Column.ORIGIN,
    "created": Column.CREATED,
    "modified": Column.MODIFIED,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """How a table is read.

    `columns` names every heading; `roles` and `forms` tell of each column, by its number, what it
    is and how its times stand; `spare` columns are left, and tell times once more. The rows of
    data begin after `skipped` rows; `is_own` tells that the table is one of ours.
    """

    grid: Grid
    columns: TableColumns
    headings: tuple[str, ...]
    roles: tuple[Column, ...]
    forms: Mapping[int, TimeForm]
    skipped: int
    rate: Fraction | None
    is_own: bool
    spare: frozenset[int]

    def rows(self) -> Iterator[Row]:
        """Give the rows of data that hold anything."""
        for number, cells in islice(self.grid.rows(), self.skipped, None):
            if any(cells):
                yield number, cells

    def above(self) -> Iterator[Row]:
        """Give the rows above the headings, or above the data without any, that hold anything."""
        above = self.skipped - (self.columns.is_headed is True)
        return ((number, cells) for number, cells in islice(self.grid.rows(), above) if any(cells))

    def of_role(self, role: Column) -> list[int]:
        """List the columns of a role by their numbers."""
        return [index for index, one in enumerate(self.roles) if one is role]

    def preview(self) -> TablePreview:
        """Give the first rows as they stand, with what the columns are taken for."""
        shown = tuple(tuple(cells) for _, cells in islice(self.rows(), PREVIEWED))
        return TablePreview(self.headings, shown, self.columns, self.grid.sheets)


def plan_of(grid: Grid, wishes: Wishes, notes: Notes) -> Plan:
    """Find out how to read a table, as far as it is not wished.

    Raises ForeignFileError where it has no rows, or where the rate is none.
    """
    wished = wishes.columns or TableColumns()
    rate = _rate(wished.rate or wishes.rate)
    sample = _sample(grid)
    if not sample:
        raise no_rows()
    place, is_headed = head_of(sample, is_headed=wished.is_headed)
    headings, body = headings_below(sample, place, is_headed=is_headed)
    if not body:
        raise ForeignFileError(
            "The table has headings and no rows below them.", "Choose a file with rows in it."
        )
    skipped = place + is_headed
    is_own = is_headed and _is_own(headings)
    facts = _facts(headings, body, is_headed=is_headed)
    layout = _assign(grid, facts, headings, skipped, wished, has_rate=rate is not None)
    decimal = wished.decimal or _decimal(facts)
    if decimal == "," and not wished.decimal:
        notes.repaired("decimals stand after a comma, and were read so")
    _settle_forms(facts, TimeForm.SECONDS if is_own else wished.times, notes)
    forms = {one.index: one.form or TimeForm.GUESSED for one in facts if one.role in _TIMES}
    columns = replace(
        wished,
        columns={name: one.role for name, one in zip(headings, facts, strict=True)},
        layout=layout,
        times=_common(forms, wished.times),
        rate=wished.rate or wishes.rate,
        decimal=decimal,
        delimiter=grid.delimiter,
        encoding=wished.encoding,
        sheet=grid.sheet,
        is_headed=is_headed,
    )
    roles = tuple(one.role for one in facts)
    spare = frozenset(one.index for one in facts if _is_spare(one, is_headed=is_headed))
    return Plan(grid, columns, headings, roles, forms, skipped, rate, is_own, spare)


def _is_spare(one: Facts, *, is_headed: bool) -> bool:
    says_time = one.heard.role in _TIMES or not is_headed
    return one.role is Column.LEAVE and says_time and form_of(one.values, None) is not None


def _rate(text: str) -> Fraction | None:
    rate = rate_of(text) if text else None
    if text and rate is None:
        raise ForeignFileError(
            f"“{text}” is no number of frames a second.", "Such are 25, 29.97 and 30000/1001."
        )
    return rate


def _sample(grid: Grid) -> list[Sequence[str]]:
    """Give the first rows up to where more would tell no more; empty ones at the end are left."""
    found: list[Sequence[str]] = []
    cells_in_all = 0
    for _, cells in grid.rows():
        found.append(cells)
        cells_in_all += len(cells)
        if len(found) >= _SAMPLED_ROWS or cells_in_all > _SAMPLED_CELLS:
            break
    while found and not any(found[-1]):
        found.pop()
    return found


def _is_own(headings: Sequence[str]) -> bool:
    return tuple(headings[: len(COLUMNS)]) == COLUMNS and LAST_OF_OURS in headings


def _facts(
    headings: Sequence[str], body: Sequence[Sequence[str]], *, is_headed: bool
) -> list[Facts]:
    facts = []
    for index, name in enumerate(headings):
        cells = [row[index].strip() if index < len(row) else "" for row in body]
        facts.append(Facts(index, heard(name) if is_headed else Heard(None), cells))
    return facts


def _assign(
    grid: Grid,
    facts: Sequence[Facts],
    headings: Sequence[str],
    skipped: int,
    wished: TableColumns,
    *,
    has_rate: bool,
) -> Layout:
    """Give each column its role: by wish, since the table is ours, or by a guess."""
    if wished.columns:
        _as_wished(facts, headings, wished)
        return wished.layout
    if _is_own(headings):
        last = headings.index(LAST_OF_OURS)
        for one, name in zip(facts, headings, strict=True):
            is_ours = one.index < len(COLUMNS) or one.index >= last
            one.role = _OURS.get(name, Column.LEAVE) if is_ours else Column.ATTRIBUTE
        return Layout.TAGS
    _count(facts, islice(grid.rows(), skipped, None))
    layout = guess(facts, has_rate=has_rate, is_headed=skipped > 0)
    return Layout.CODES if wished.layout is Layout.CODES else layout


def _as_wished(facts: Sequence[Facts], headings: Sequence[str], wished: TableColumns) -> None:
    loosely = {plain_words(name): role for name, role in wished.columns.items()}
    for one, name in zip(facts, headings, strict=True):
        numbered = wished.columns.get(f"column {one.index + 1}", Column.LEAVE)
        one.role = wished.columns.get(name) or loosely.get(plain_words(name)) or numbered


def _count(facts: Sequence[Facts], rows: Iterator[Row]) -> None:
    """Count in the whole table what is filled, and what different values there are."""
    for _, cells in rows:
        for one, cell in zip(facts, cells, strict=False):
            if cell and (value := cell.strip()):
                one.filled += 1
                if len(one.different) < _MOST_DIFFERENT:
                    one.different.add(value)


def _decimal(facts: Sequence[Facts]) -> str:
    """Find the mark before decimals in the columns of times."""
    values = [value for one in facts if one.role in _TIMES for value in one.values]
    commas = [value for value in values if _COMMA.fullmatch(value)]
    if not commas or any(_POINT.fullmatch(value) for value in values):
        return "."
    are_groups = all(_GROUP.fullmatch(value) for value in commas)
    return "." if are_groups and len(commas) < len(values) else ","


def _settle_forms(facts: Sequence[Facts], wished: TimeForm, notes: Notes) -> None:
    """Settle how times stand in each column: as wished, as found, or as their size suggests."""
    times = [one for one in facts if one.role in _TIMES]
    for one in times:
        found = form_of(one.values, one.heard.form)
        one.form = wished if _can_be(found, wished) else found
    start = next((one.form for one in times if one.role is Column.START), None)
    for one in times:
        one.form = one.form or start or TimeForm.SECONDS
    unsure = [one for one in times if one.form is TimeForm.GUESSED]
    if not unsure:
        return
    numeric = (TimeForm.SECONDS, TimeForm.MILLISECONDS, TimeForm.FRAMES)
    told = next((one.form for one in times if one.form in numeric), None)
    if told is None:
        largest = max((_size(value) for one in unsure for value in one.values), default=0)
        told = TimeForm.MILLISECONDS if largest >= _MANY_SECONDS else TimeForm.SECONDS
        notes.noticed(f"times are whole numbers and were taken for {told}; the table does not say")
    for one in unsure:
        one.form = told


def _can_be(found: TimeForm | None, wished: TimeForm) -> bool:
    """Tell whether times that look like one form can be in the one that is wished."""
    if wished is TimeForm.GUESSED:
        return False
    with_colons = {TimeForm.CLOCK, TimeForm.SMPTE}
    return found is None or (found in with_colons) == (wished in with_colons)


def _size(value: str) -> float:
    found = micros_of(value.replace(",", "."))
    return 0 if found is None else abs(found) / 1_000_000


def _common(forms: Mapping[int, TimeForm], wished: TimeForm) -> TimeForm:
    """Give the form of all times of a table; `GUESSED` where the columns differ."""
    different = set(forms.values())
    return different.pop() if len(different) == 1 else wished


def named_in_vain(plan: Plan, wishes: Wishes) -> list[str]:
    """List the columns that a mapping names and the table does not have."""
    wished = wishes.columns.columns if wishes.columns else {}
    known = {plain_words(name) for name in plan.headings}
    known |= {f"column {index + 1}" for index in range(len(plan.headings))}
    return [name for name in wished if plain_words(name) not in known]


def is_empty(cell: str) -> bool:
    """Tell whether a cell holds nothing, or a word for nothing."""
    return cell.casefold() in NONE_WORDS

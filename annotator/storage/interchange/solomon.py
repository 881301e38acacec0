"""Coding sheets of Solomon Coder as CSV: a row a unit of time, a column a category of behaviour."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from annotator.model.codebook import Code
from annotator.storage.interchange.drafting import FoundTag, SessionDraft
from annotator.storage.interchange.interface import Format, Found, TierFacts, TierUse, Wishes
from annotator.storage.interchange.micros import micros_of
from annotator.storage.interchange.report import ForeignFileError, Notes
from annotator.storage.interchange.source import Source

_ID, _UNIT = "solomon", "runs of equal cells"
_DELIMITERS = (",", ";", "\t")
_TIME = re.compile(r"\"?time\b.*", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,9})?")
_COMMENT = re.compile(r"comments?", re.IGNORECASE)
_LOOKED_AT, _LEAST_ROWS = 12, 4
_MOST_COLUMNS = 500
_SHOWN = 8


@dataclass(slots=True)
class _Run:
    """Equal cells that follow one another in a column; times are microseconds."""

    value: str
    start: int
    line: int
    rows: int = 1


@dataclass(slots=True)
class _Column:
    """A category of behaviours, of which one at a time can stand in a row."""

    name: str
    open: _Run | None = None
    runs: list[tuple[_Run, int]] = field(default_factory=list)

    def take(self, value: str, time: int, line: int) -> None:
        """Take the cell of a row."""
        if self.open is not None and self.open.value == value:
            self.open.rows += 1
            return
        self.close(time)
        self.open = _Run(value, time, line) if value else None

    def close(self, time: int) -> None:
        """End the run that goes on."""
        if self.open is not None:
            self.runs.append((self.open, time))
            self.open = None


def _delimiter(lines: Sequence[str]) -> str:
    """Give what stands between the cells of a coding sheet; empty where the lines are none.

    Its first heading is the time, and its rows are the same time apart.
    """
    if not lines or not _TIME.fullmatch(lines[0].split(",")[0].split(";")[0].split("\t")[0]):
        return ""
    for delimiter in _DELIMITERS:
        if delimiter not in lines[0]:
            continue
        starts = [line.split(delimiter)[0].strip('" ') for line in lines[1:_LOOKED_AT] if line]
        told = (micros_of(one.replace(",", ".")) for one in starts if _NUMBER.fullmatch(one))
        times = [time for time in told if time is not None]
        steps = {after - before for before, after in pairwise(times)}
        if len(times) == len(starts) >= _LEAST_ROWS and len(steps) == 1 and min(steps) > 0:
            return delimiter
    return ""


def _claims(source: Source) -> bool:
    return bool(_delimiter(source.head.split("\n")[:-1]))


def _read(source: Source, wishes: Wishes, notes: Notes) -> Found:
    lines = source.text(notes, wishes.encoding).lines
    delimiter = _delimiter(lines)
    if not delimiter:
        raise ForeignFileError(
            f"“{source.name}” is no coding sheet of Solomon Coder: its first column is not a time "
            "whose rows are equally far apart.",
            "Export the raw coding sheet as CSV, or import the file as a table.",
        )
    sheet = _Sheet(notes)
    try:
        sheet.take(csv.reader((f"{line}\n" for line in lines), delimiter=delimiter))
    except csv.Error as error:
        raise ForeignFileError(
            f"“{source.name}” cannot be read: a quotation mark is never closed.",
            "Export the raw coding sheet again.",
        ) from error
    draft = SessionDraft(source.stem, source.stem, notes, wishes.now)
    carried = sum(_take_column(draft, column, wishes) for column in sheet.columns)
    counted = carried + sheet.left_out
    if not carried:
        return Found((), counted, 0, _UNIT)
    facts = tuple(_facts(column) for column in sheet.columns)
    return Found((draft.session(),), counted, carried, _UNIT, facts)


class _Sheet:
    """Gathers the runs of a sheet, column by column."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.columns: list[_Column] = []
        self.left_out = 0
        self._step = 0
        self._last: int | None = None

    def take(self, rows: Iterator[list[str]]) -> None:
        """Take the headings and all rows."""
        headings = next(rows, [])
        if len(headings) > _MOST_COLUMNS:
            told = f"The sheet has more than {_MOST_COLUMNS} columns."
            raise ForeignFileError(told, "Choose a coding sheet of Solomon Coder.")
        self.columns = [
            _Column(one.strip() or f"column {n}") for n, one in enumerate(headings[1:], 2)
        ]
        for number, row in enumerate(rows, 2):
            if any(cell.strip() for cell in row):
                self._take_row(row, number)
        self._close(self._last + self._step if self._last is not None else 0)

    def _take_row(self, row: Sequence[str], number: int) -> None:
        told = row[0].strip()
        time = micros_of(told.replace(",", ".")) if _NUMBER.fullmatch(told) else None
        if time is None or (self._last is not None and time <= self._last):
            self.notes.not_carried("a row whose time cannot be read, or goes back", number)
            self.left_out += 1
            return
        if self._last is not None:
            self._step = self._step or time - self._last
            if abs(time - self._last - self._step) > self._step // 2:
                self.notes.noticed("rows are missing; what lasted before them ends there", number)
                self._close(self._last + self._step)
        self._last = time
        if len(row) > len(self.columns) + 1 and any(row[len(self.columns) + 1 :]):
            self.notes.not_carried("cells without a heading", number)
            self.left_out += 1
        cells = [*row[1:], *[""] * (len(self.columns) + 1 - len(row))]
        for column, cell in zip(self.columns, cells, strict=False):
            column.take(cell.strip(), time, number)

    def _close(self, time: int) -> None:
        for column in self.columns:
            column.close(time)


def _take_column(draft: SessionDraft, column: _Column, wishes: Wishes) -> int:
    """Make tags of the runs of a column; gives how many."""
    if not column.runs:
        return 0
    coding_pass = draft.coding_pass(wishes.coder)
    is_comment = _COMMENT.fullmatch(column.name) is not None
    longest: dict[str, int] = {}
    for run, _ in column.runs:
        longest[run.value] = max(longest.get(run.value, 0), run.rows)
    codes: dict[str, str] = {}
    for run, end in column.runs:
        word = column.name if is_comment else run.value
        if word not in codes:
            codes[word] = _code(draft, column.name, word, is_comment=is_comment)
        is_moment = longest[run.value] == 1
        if is_moment and not is_comment:
            told = "stands in single rows alone, so each was taken for a moment"
            draft.notes.noticed(f"“{run.value[:60]}” {told}", run.line)
        note = run.value if is_comment else ""
        tag = FoundTag(codes[word], run.start, run.start if is_moment else end, note=note)
        tag.place = run.line
        draft.tag(coding_pass, tag)
    return len(column.runs)


def _code(draft: SessionDraft, category: str, word: str, *, is_comment: bool) -> str:
    """Give the id of a code, which is another's where the word stands in another category too."""
    if is_comment:
        return draft.code(word)
    group = draft.group(category)
    taken = next((one for one in draft.codes.values() if one.name == word), None)
    own = word if taken is None else f"{category}: {word}"
    return draft.code(own, Code("", own, group=group))


def _facts(column: _Column) -> TierFacts:
    values = tuple(dict.fromkeys(run.value for run, _ in islice(column.runs, 1000)))
    use = TierUse.CODE if _COMMENT.fullmatch(column.name) else TierUse.VALUES
    return TierFacts(column.name, len(column.runs), values[:_SHOWN], use)


FORMATS: tuple[Format, ...] = (Format(_ID, "Solomon Coder sheet (CSV)", (".csv",), _claims, _read),)

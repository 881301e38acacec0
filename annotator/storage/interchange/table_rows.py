"""Rows of a table in a text: what stands between the cells, quotes, and the line of each row."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from annotator.storage.interchange.report import OFTEN, ForeignFileError, Notes

Row = tuple[int, Sequence[str]]

MOST_COLUMNS = 16_384
"""As many as any spreadsheet has."""

MOST_CELLS = 30_000_000
_DELIMITERS = ("\t", ";", "|", ",")
_NAMED = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "space": " ", "pipe": "|"}
_TOLD = re.compile(r"sep=(.)", re.IGNORECASE)
_LOOKED_AT = 60
_LONGEST_RECORD = 2000
_MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it stands: its rows, each with its number, and how the place of a cell is called.

    `rows` begins anew at each call; a row of which all cells are empty is in it as well. `place`
    takes a row's number and a column's, from 0, or -1 for the row as a whole. `sheet` is the one of
    a workbook's `sheets` that it is. `is_typed` tells of cells that came from a workbook, where
    rows need not be of one length.
    """

    rows: Callable[[], Iterator[Row]]
    place: Callable[[int, int], str | int]
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    is_typed: bool = False


def text_grid(lines: Sequence[str], notes: Notes, delimiter: str = "") -> Grid:
    """Take the lines of a text as a table.

    Raises ForeignFileError, here or while its rows are read, where it is larger than any table.
    """
    first = 0
    told = _told_delimiter(lines)
    if told:
        first = 1
    mark = _NAMED.get(delimiter.casefold(), delimiter) or told or guessed_delimiter(lines)
    if len(mark) != 1 or mark in '"\r\n':
        raise ForeignFileError(
            f"“{delimiter}” cannot stand between the cells of a table.",
            "Give one character, such as ; or , or the word tab.",
        )
    heard = _Once(notes)
    return Grid(lambda: _rows(lines, mark, first, heard), _line, mark)


def _line(number: int, _column: int) -> int:
    return number


def _told_delimiter(lines: Sequence[str]) -> str:
    """Give what a first line such as sep=; says, as Excel takes it; empty where it is none."""
    head = lines[0].strip(' "') if lines else ""
    told = _TOLD.fullmatch(head)
    return told[1] if told else "\t" if lines and lines[0] == "sep=\t" else ""


class _Once:
    """Tells what was repaired in the first reading of the rows, and not again in later ones."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._told: set[int] = set()

    def watch(self, rows: int) -> None:
        """Let the reading of so many rows be stopped, now and then."""
        if not rows & OFTEN - 1:
            self._notes.watch(0)

    def repaired(self, message: str, line: int) -> None:
        """Note a repair at a line, once."""
        if line not in self._told:
            self._told.add(line)
            self._notes.repaired(message, line)


def guessed_delimiter(lines: Sequence[str]) -> str:
    """Find what stands between cells: what parts most lines into the same number of cells.

    It parts the first line too, if anything does: a mark in every note is none between cells.
    """
    sample = [line for line in lines[:_LOOKED_AT] if line.strip() and not line.startswith("#")]
    found = [(mark, *_parted(sample, mark)) for mark in _DELIMITERS]
    found = [one for one in found if one[2]] or found
    alike = [mark for mark, share, _ in found if share >= _MOSTLY]
    return alike[0] if alike else max(found, key=lambda one: (one[1], one[0] == ","))[0]


def _parted(sample: Sequence[str], mark: str) -> tuple[float, bool]:
    """Tell what share of lines a mark parts into the same number of cells, and if the first."""
    widths = [len(cells) for _, cells in _rows(sample, mark, 0, _Once(Notes()))]
    counts = Counter(width for width in widths if width > 1)
    often = max(counts.values(), default=0)
    return often / max(1, len(widths)), bool(widths) and widths[0] > 1


def _rows(lines: Sequence[str], mark: str, first: int, heard: _Once) -> Iterator[Row]:
    at, cells_in_all, count = first, 0, 0
    while at < len(lines):
        line, number = lines[at], at + 1
        if '"' in line and not line.startswith('"#'):  # a remark, in which no quote is closed
            cells, used = _quoted(lines, at, mark, heard)
        else:
            cells, used = line.split(mark), 1
        at += used
        cells_in_all += len(cells)
        if len(cells) > MOST_COLUMNS or cells_in_all > MOST_CELLS:
            raise too_many_cells(len(cells))
        heard.watch(count := count + 1)
        yield number, cells


def too_many_cells(columns: int) -> ForeignFileError:
    """Make the failure that tells of a table larger than any table of tags is."""
    if columns > MOST_COLUMNS:
        told = f"The table has {columns:,} columns; up to {MOST_COLUMNS:,} are read."
    else:
        told = f"The table has more than {MOST_CELLS:,} cells."
    return ForeignFileError(told, "Choose the table of the coding.")


class _Record:
    """Gives the lines of one record to the csv module, and knows whether it asked for too many."""

    def __init__(self, lines: Sequence[str], at: int) -> None:
        self._lines, self._at = lines, at
        self.used = 0
        self.is_beyond = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        place = self._at + self.used
        if place >= len(self._lines) or self.used >= _LONGEST_RECORD:
            self.is_beyond = True
            raise StopIteration
        self.used += 1
        return self._lines[place] + "\n"


def _quoted(lines: Sequence[str], at: int, mark: str, heard: _Once) -> tuple[Sequence[str], int]:
    """Read a record with quotes; gives its cells and how many lines it has.

    Where a quote is never closed, its first line alone is the record, read as it stands.
    """
    record, cells = _Record(lines, at), [""]
    try:
        cells = next(csv.reader(record, delimiter=mark), [])
    except csv.Error:  # a cell longer than the module takes
        record.is_beyond = True
    if not record.is_beyond:
        return cells, record.used
    heard.repaired("a quote is never closed; the line was read as it stands", at + 1)
    return [cell.strip().strip('"') for cell in lines[at].split(mark)], 1

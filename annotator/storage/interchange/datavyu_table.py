"""The columns and cells of Datavyu, as they stand in its table and as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from annotator.model.naming import unused_name
from annotator.model.time import LONGEST_SECONDS
from annotator.storage.interchange.clock import stamp_of
from annotator.storage.interchange.report import ForeignFileError, Notes, excerpt

MATRIX, TEXT, NOMINAL = "MATRIX", "TEXT", "NOMINAL"
VERSIONS = ("#4", "#3", "#2")

_HEADER = re.compile(
    r"\((?P<type>[A-Za-z_]+)(?:,(?P<visible>[^,()]*))?(?:,(?P<remark>[^()]*))?\)(?=-|\s*$)"
)
_TIME = r"(-?)(\d{1,6}):(\d{1,6}):(\d{1,6})[:.](\d{1,9})"
_ONE_TIME = re.compile(_TIME)
_CELL = re.compile(rf"{_TIME}\s*,\s*{_TIME}\s*(?:,(.*))?", re.DOTALL)
_LIKE_CELL = re.compile(r"\s*-?\d+:\d+:")
_PREDICATE = re.compile(r"\d+:[^|]*\|")
_PIECE = re.compile(r"((?:[^\\,]|\\.)*+)(?:,|$|(\\$))", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_IN_NAME = re.compile(r"([\\,\-\n])")
_IN_VALUE = re.compile(r"([\\()\n\-,|])")
_MOST_COLUMNS = 2000
MOST_ARGUMENTS = 500
_MOST_KNOWN = 5_000


@dataclass(slots=True)
class Cell:
    """A cell: its times in microseconds, its values, and the line or place that it stands at."""

    start: int
    end: int
    values: tuple[str, ...]
    line: int | str


@dataclass(slots=True)
class Column:
    """A column: its name, its type, the names of its arguments, and its cells.

    `known` holds the values of texts that were read before, so that cells of the same share them.
    """

    name: str
    type: str
    line: int = 0
    is_visible: bool = True
    arguments: list[str] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    known: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class Table:
    """All columns; `predicates` are definitions of an old kind, kept as they stand.

    `counted` is how many cells there are, with those that cannot be read.
    """

    version: str = ""
    columns: list[Column] = field(default_factory=list)
    predicates: list[str] = field(default_factory=list)
    counted: int = 0


def is_table(line: str) -> bool:
    """Tell whether a text that begins with this line can be a table of Datavyu."""
    return line.strip() in VERSIONS


def read_table(lines: Sequence[str], notes: Notes) -> Table:
    """Read a table; what is neither column nor cell is told.

    Raises ForeignFileError where there are more columns than any program writes.
    """
    table = Table(lines[0].strip() if lines and is_table(lines[0]) else "")
    names: set[str] = set()
    first = 1 if table.version else 0
    for number, line in notes.through(_whole_lines(lines, first, table.version)):
        if not line.strip():
            continue
        match = _CELL.fullmatch(line)
        if match is not None or _LIKE_CELL.match(line):
            _take_cell(table, match, line, number, notes)
            continue
        if _PREDICATE.match(line):
            table.predicates.append(line)
            notes.noticed("a predicate is kept, and not shown", number)
            continue
        header = _HEADER.search(line)
        if header is None:
            table.counted += 1
            notes.not_carried(f"it is neither a column nor a cell: {excerpt(line)}", number)
            continue
        require_few(len(table.columns))
        column = _column(line, header, number)
        column.name = free_name(column, names, notes)
        table.columns.append(column)
    for one in table.columns:
        one.known.clear()
    return table


def require_few(columns: int) -> None:
    """Raise ForeignFileError where there are as many columns as no program writes."""
    if columns >= _MOST_COLUMNS:
        raise ForeignFileError(
            f"The file was not read: it has more than {_MOST_COLUMNS:,} columns.",
            "No program of the field writes such a file; ask where it comes from.",
        )


def free_name(column: Column, names: set[str], notes: Notes) -> str:
    """Give a column's name, with a number where another one has it, which is noted."""
    name = unused_name(column.name, names, " ({})")
    if name != column.name:
        told = f"two columns are called “{column.name}”; the later was given a number"
        notes.repaired(told, column.line)
    names.add(name)
    return name


def _whole_lines(lines: Sequence[str], start: int, version: str) -> Iterator[tuple[int, str]]:
    """Yield lines with their numbers; one that ends in a lone backslash goes on in the next."""
    parts: list[str] = []
    first = start + 1
    for number, line in enumerate(islice(lines, start, None), start + 1):
        if not parts:
            first = number
        parts.append(line)
        backslashes = len(line) - len(line.rstrip("\\")) if line.endswith("\\") else 0
        if not version or backslashes % 2 == 0:
            yield first, "\n".join(parts)
            parts = []
    if parts:
        yield first, "\n".join(parts)


def _column(line: str, header: re.Match[str], number: int) -> Column:
    name = plain(line[: header.start()].strip())
    visible = (header["visible"] or "true").strip().lower() != "false"
    column = Column(name or "(no name)", header["type"].upper(), number, visible)
    rest = line[header.end() :]
    if rest.startswith("-"):
        for one in pieces(rest[1:])[:MOST_ARGUMENTS]:
            argument, bar, _ = one.rpartition("|")
            column.arguments.append(plain(argument if bar else one))
    return column


def _take_cell(
    table: Table, match: re.Match[str] | None, line: str, number: int, notes: Notes
) -> None:
    table.counted += 1
    start, end = _times(match) if match else (None, None)
    if match is None or start is None or end is None:
        notes.not_carried(f"a cell cannot be read: {excerpt(line)}", number)
        return
    if not table.columns:
        notes.not_carried(f"a cell stands above all columns: {excerpt(line)}", number)
        return
    column = table.columns[-1]
    text = match[11] or ""
    values = column.known.get(text)
    if values is None:
        values = tuple(_values(text, column, table.version)[:MOST_ARGUMENTS])
        if len(column.known) < _MOST_KNOWN:
            column.known[text] = values
    if column.arguments and len(values) != len(column.arguments):
        told = f"a cell has {len(values)} values for {len(column.arguments)} arguments"
        notes.noticed(told, number)
    column.cells.append(Cell(start, start if start == end else end, values, number))


def time_of(text: str) -> int | None:
    """Read a time such as 00:01:02:003 as microseconds; None where it is none."""
    match = _ONE_TIME.fullmatch(text.strip())
    return _micros(match.groups()) if match else None


def _times(match: re.Match[str]) -> tuple[int | None, int | None]:
    groups = match.groups()
    return _micros(groups[:5]), _micros(groups[5:10])


def _micros(parts: Sequence[str]) -> int | None:
    minus, hours, minutes, seconds, millis = parts
    time = (int(hours) * 60 + int(minutes)) * 60 + int(seconds)
    micros = time * 1_000_000 + int(millis) * 1000
    if micros >= LONGEST_SECONDS * 1_000_000:
        return None
    return -micros if minus else micros


def _values(text: str, column: Column, version: str) -> list[str]:
    if column.type != MATRIX and not column.arguments:
        return [plain(text) if version else text]
    bare = text.strip("\r")
    if bare.startswith("("):
        bare = bare[1:]
        if bare.endswith(")") and not _ends_escaped(bare):
            bare = bare[:-1]
    found = [plain(one) for one in pieces(bare)] if version else bare.split(",")
    return [
        "" if number < len(column.arguments) and one == f"<{column.arguments[number]}>" else one
        for number, one in enumerate(found)
    ]


def _ends_escaped(text: str) -> bool:
    before = text[:-1]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def pieces(text: str) -> list[str]:
    """Cut a text at the commas before which no backslash stands."""
    if "\\" not in text:
        return text.split(",")
    found: list[str] = []
    place = 0
    while place <= len(text):
        match = _PIECE.match(text, place)
        if match is None:  # it cannot be, for every text has a piece
            break
        found.append(match[1] + (match[2] or ""))
        place = match.end() if match.end() > match.end(1) + len(match[2] or "") else len(text) + 1
    return found


def plain(text: str) -> str:
    """Give a text without the backslashes that guard its signs."""
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def guarded_name(name: str) -> str:
    """Write a name so that nothing in it is taken for a part of the table."""
    return _IN_NAME.sub(r"\\\1", _bare(name))


def guarded(value: str) -> str:
    """Write a value so that nothing in it is taken for a part of the table."""
    return _IN_VALUE.sub(r"\\\1", _bare(value))


def _bare(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", "").replace("\1", "")


def written_column(column: Column) -> Iterator[str]:
    """Yield the lines of a column; the times of its cells are milliseconds here."""
    visible = "true" if column.is_visible else "false"
    head = f"{guarded_name(column.name)} ({column.type},{visible},)"
    if column.type == MATRIX:
        head += "-" + ",".join(f"{guarded_name(one)}|NOMINAL" for one in column.arguments)
    yield head
    for cell in column.cells:
        inner = ",".join(map(guarded, cell.values))
        values = f"({inner})" if column.type == MATRIX else inner
        yield f"{stamp_of(cell.start, ':')},{stamp_of(cell.end, ':')},{values}"

"""Cells of a workbook's sheets as texts, met piece by piece, so that no sheet is held as XML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from string import ascii_uppercase, digits
from typing import IO
from xml.etree.ElementTree import Element, TreeBuilder, XMLParser

from annotator.storage.interchange.report import Watch
from annotator.storage.interchange.table_rows import (
    MOST_CELLS,
    MOST_COLUMNS,
    Row,
    too_many_cells,
)

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROWS, _ROW, _CELL = f"{_MAIN}sheetData", f"{_MAIN}row", f"{_MAIN}c"
_VALUE, _INLINE, _TEXT, _RUN = f"{_MAIN}v", f"{_MAIN}is", f"{_MAIN}t", f"{_MAIN}r"
_STRING = f"{_MAIN}si"
_ANY = ""
_PIECE = 8192  # what is made of one is gone before the collector of rings wakes up
_DEEPEST = 200
_MOST_ROWS = 1_048_576
_LONGEST_COLUMN = 3
_LONGEST_PLAIN = 18
_DAY_ZERO = datetime(1899, 12, 31)  # noqa: DTZ001 spreadsheets know no zones
_LAST_AS_CLOCK = datetime(1900, 3, 1)  # noqa: DTZ001 likewise


@dataclass(frozen=True, slots=True)
class CellKinds:
    """What the cells of a workbook mean: the texts they share, and which styles tell of time.

    `moment` takes a number and the style that makes it one, `written` a moment that is spelt out.
    """

    texts: Sequence[str]
    of_time: frozenset[str]
    moment: Callable[[int | float, str], object]
    written: Callable[[str], object]


def shared_texts(stream: IO[bytes], watch: Watch) -> list[str]:
    """Read the texts that cells share, without what is said of their looks.

    Raises ParseError, or what unpacking raises, where they are damaged.
    """
    texts: list[str] = []
    for batch in _batches(stream, (_ANY,), watch):
        texts += [_text_in(one).replace("x005F_", "") for one in batch if one.tag == _STRING]
    return texts


def sheet_rows(stream: IO[bytes], kinds: CellKinds, watch: Watch) -> Iterator[Row]:
    """Give the rows of a sheet that hold anything, as texts, with their numbers.

    Raises ForeignFileError where there are more than any table of tags has; ParseError, ValueError
    or LookupError, or what unpacking raises, where the sheet is damaged.
    """
    number = last = cells_in_all = 0
    for row in _rows(stream, watch):
        number = _number_of(row, number)
        if number <= last:
            continue  # of rows that are told twice the first counts; no program writes such
        last = number
        cells = _cells(row, kinds)
        cells_in_all += len(cells)
        if cells_in_all > MOST_CELLS or len(cells) > MOST_COLUMNS or number > _MOST_ROWS:
            raise too_many_cells(len(cells))
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, cells


def _rows(stream: IO[bytes], watch: Watch) -> Iterator[Element]:
    for batch in _batches(stream, (_ANY, _ROWS), watch):
        for one in batch:
            if one.tag == _ROW:
                yield one


def _batches(stream: IO[bytes], path: Sequence[str], watch: Watch) -> Iterator[list[Element]]:
    """Give the elements below a path as they become whole, and forget all others."""
    builder = TreeBuilder()
    above = builder.start("above", {})
    parser = XMLParser(target=builder)  # noqa: S314 entities were refused before
    while piece := stream.read(_PIECE):
        watch(0)
        parser.feed(piece)
        yield _taken(above, path, is_whole=False)
        _refuse_depth(above)
    parser.close()
    yield _taken(above, path, is_whole=True)


def _taken(parent: Element, path: Sequence[str], *, is_whole: bool) -> list[Element]:
    """Take from the tree what is whole; of what is not, keep no more than is still open."""
    if not path:
        taken = parent[:] if is_whole else parent[:-1]
        del parent[: len(taken)]
        if len(parent) and len(parent[0]) > MOST_COLUMNS:
            raise too_many_cells(len(parent[0]))
        return taken
    taken = []
    for place, part in enumerate(parent, 1):
        if path[0] in {_ANY, part.tag}:
            taken += _taken(part, path[1:], is_whole=is_whole or place < len(parent))
        else:
            del part[:-1]
    del parent[:-1]
    return taken


def _refuse_depth(element: Element) -> None:
    depth = 0
    while len(element):
        element = element[-1]
        depth += 1
        if depth > _DEEPEST:
            raise ValueError(depth)


def _number_of(row: Element, before: int) -> int:
    told = row.get("r")
    if told is None:
        return before + 1
    try:
        return int(told)
    except ValueError:
        number = float(told)  # as one program has them
        if not number.is_integer():
            raise
        return int(number)


def _cells(row: Element, kinds: CellKinds) -> list[str]:
    """Give the cells of a row from the first column on; what is not there is empty."""
    cells: list[str] = []
    column = 0
    for one in row:
        if one.tag != _CELL:
            continue
        told = one.attrib
        if place := told.get("r"):
            column = _column_of(place.rstrip(digits))
        if column > MOST_COLUMNS:
            raise too_many_cells(column + 1)
        if column > len(cells):
            cells += [""] * (column - len(cells))
        text = _cell(one, told.get("t", "n"), told.get("s", "0"), kinds)
        if column == len(cells):
            cells.append(text)
        else:
            cells[column] = text
        column += 1
    return cells


@lru_cache(maxsize=MOST_COLUMNS)
def _column_of(letters: str) -> int:
    """Give the number of a column, A being 0."""
    if not 0 < len(letters) <= _LONGEST_COLUMN:
        raise ValueError(letters)
    number = 0
    for letter in letters.upper():
        number = number * len(ascii_uppercase) + ascii_uppercase.index(letter) + 1
    return number - 1


def _cell(cell: Element, kind: str, style: str, kinds: CellKinds) -> str:
    """Give what stands in a cell, of a formula what it gave."""
    if kind == "inlineStr":
        inline = cell.find(_INLINE)
        return "" if inline is None else _text_in(inline)
    value = cell.findtext(_VALUE)
    if not value:
        return ""
    match kind:
        case "n" if style in kinds.of_time:
            value = cell_text(kinds.moment(_number(value), style))
        case "n":
            value = value if _is_plain(value) else str(_number(value))
        case "s":
            value = kinds.texts[int(value)]
        case "b":
            value = cell_text(bool(int(value)))
        case "d":
            value = cell_text(kinds.written(value))
    return value


def _is_plain(number: str) -> bool:
    """Tell whether a whole number stands as it would be written."""
    is_short = len(number) <= _LONGEST_PLAIN and number[0] in "123456789"
    return is_short and number.isascii() and number.isdecimal()


def _number(text: str) -> int | float:
    is_whole = not ("." in text or "E" in text or "e" in text)
    return int(text) if is_whole else float(text)


def _text_in(node: Element) -> str:
    """Give a text of one piece, or of several of different looks; how it is spoken is left out."""
    if len(node) == 1 and node[0].tag == _TEXT:
        return node[0].text or ""
    pieces: list[str] = []
    for part in node:
        if part.tag == _TEXT:
            pieces.append(part.text or "")
        elif part.tag == _RUN:
            pieces.append(part.findtext(_TEXT) or "")
    return "".join(pieces)


def cell_text(value: object) -> str:
    """Write what stands in a cell as text; times of day and lengths as on a clock."""
    match value:
        case None:
            text = ""
        case bool():
            text = "true" if value else "false"
        case datetime() if value < _LAST_AS_CLOCK:
            text = _clock(value - _DAY_ZERO)
        case datetime():
            text = value.isoformat(sep=" ")
        case time():
            text = value.strftime("%H:%M:%S.%f")
        case timedelta():
            text = _clock(value)
        case date():
            text = value.isoformat()
        case _:
            text = str(value)
    return text


def _clock(length: timedelta) -> str:
    micros = length // timedelta(microseconds=1)
    seconds, rest = divmod(abs(micros), 1_000_000)
    sign = "-" if micros < 0 else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{rest:06d}"

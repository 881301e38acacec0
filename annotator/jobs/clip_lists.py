"""Stretches for clips out of a table that somebody made: a CSV file with start and end."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.model import Interval
from annotator.model.clipping import Stretch
from annotator.model.spans import shared
from annotator.model.time import from_clock, to_clocks
from annotator.storage.faults import storage_error

_HEADINGS = ("start", "end")


def read_clip_list(path: Path, bounds: Interval) -> list[Stretch]:
    """Read the stretches of a CSV file with the columns start and end, kept inside the bounds.

    Times are seconds or clocks, as 12.48 or 1:23.48; columns are parted by commas, or by
    semicolons or tabs as spreadsheets write them in many countries. Lines without anything are
    passed over. Raises AnnotatorError where it cannot be read or has no such columns, and where a
    line has no such times, ends before it starts or lies outside.
    """
    try:
        return [_bounded(path, number, span, bounds) for number, span in _rows(path)]
    except csv.Error as error:
        raise AnnotatorError(f"{path.name} could not be read as a table.", _REMEDY) from error


_REMEDY = "Its first line says start and end, each other one two times, as 12.48 or 1:23.48."


def _bounded(path: Path, number: int, span: Interval, bounds: Interval) -> Stretch:
    inside = shared([span], [bounds])
    if not inside:
        told = f"{_line(path, number)}, {to_clocks(span)}, lies outside the region."
        raise AnnotatorError(told, "Give times inside it.")
    return Stretch(inside[0])


def _rows(path: Path) -> Iterator[tuple[int, Interval]]:
    """Yield the number of each line that says something, and its stretch."""
    first, *lines = _text(path).splitlines() or [""]
    parted = next((sign for sign in ";\t" if sign in first), ",")
    headings = [one.strip().casefold() for one in next(csv.reader([first], delimiter=parted), [])]
    if not {*_HEADINGS} <= {*headings}:
        told = f"{path.name} has no columns called start and end."
        raise AnnotatorError(told, _REMEDY)
    columns = [headings.index(one) for one in _HEADINGS]
    for number, row in enumerate(csv.reader(lines, delimiter=parted), 2):
        if any(cell.strip() for cell in row):
            cells = [row[at] if at < len(row) else "" for at in columns]
            yield number, _span(path, number, cells)


def _line(path: Path, number: int) -> str:
    return f"Line {number} of {path.name}"


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise storage_error(error, path, "could not be read") from error
    except UnicodeError as error:
        raise AnnotatorError(f"{path} could not be read.", "Give a CSV file in UTF-8.") from error


def _span(path: Path, number: int, cells: Sequence[str]) -> Interval:
    line = _line(path, number)
    try:
        start, end = map(from_clock, cells)
    except ValueError as error:
        raise AnnotatorError(f"{line} has no start and end.", _REMEDY) from error
    if end <= start:
        where = "before" if end < start else "where"
        raise AnnotatorError(f"{line} ends {where} it starts.", "Give a later end.")
    return Interval(start, end)

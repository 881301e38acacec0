"""Stretches for clips out of a table that somebody made: a CSV file with start and end."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.model import Interval
from annotator.model.clipping import Stretch
from annotator.model.time import from_clock, to_clock


def read_clip_list(path: Path, bounds: Interval) -> list[Stretch]:
    """Read the stretches of a CSV file with the columns start and end, kept inside the bounds.

    Times are seconds or clocks, as 12.48 or 1:23.48. Raises AnnotatorError where it cannot be
    read, and where a line has no such times, ends before it starts or lies outside.
    """
    return [_bounded(one, bounds) for one in _rows(path)]


def _bounded(span: Interval, bounds: Interval) -> Stretch:
    start, end = max(span.start, bounds.start), min(span.end, bounds.end)
    if start >= end:
        told = f"{to_clock(span.start)} to {to_clock(span.end)} lies outside the region."
        raise AnnotatorError(told, "Give times inside it.")
    return Stretch(Interval(start, end))


def _rows(path: Path) -> Iterator[Interval]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise AnnotatorError(f"{path} could not be read.", "Give a CSV file in UTF-8.") from error
    for number, row in enumerate(csv.DictReader(text.splitlines()), 2):
        try:
            start, end = from_clock(row["start"]), from_clock(row["end"])
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            told = f"Line {number} of {path.name} has no start and end."
            raise AnnotatorError(told, "Columns are start and end, as 12.48 or 1:23.48.") from error
        if end <= start:
            raise AnnotatorError(f"Line {number} of {path.name} ends before it starts.")
        yield Interval(start, end)

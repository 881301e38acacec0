"""Which moments `annotator clips` is asked for: of tags, or of a list."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from annotator.cli.clips_options import ClipsOptions
from annotator.errors import AnnotatorError
from annotator.model import Interval, Session
from annotator.model.clipping import Choice, Room, Stretch, chosen_tags, stretches_of
from annotator.model.time import from_clock, to_clock


def stretches_for(session: Session, options: ClipsOptions) -> list[Stretch]:
    """Give what is to be cut; raises AnnotatorError where something that is named is not there."""
    bounds = session.region
    if options["listed"] is not None:
        return [_bounded(one, bounds) for one in _read_list(options["listed"])]
    choice = Choice(
        frozenset(options["codes"]),
        frozenset(options["participants"]),
        frozenset(options["coders"]),
        search=options["search"],
    )
    known = {code.id for code in session.codebook.codes}
    for code in options["codes"]:
        if code not in known:
            raise AnnotatorError(f'The codebook has no code "{code}".', "See: annotator tags.")
    pad, lead, tail = options["pad"], options["lead"], options["tail"]
    room = Room(pad if lead is None else lead, pad if tail is None else tail, not options["apart"])
    return stretches_of(chosen_tags(session, choice), room, bounds)


def _bounded(span: Interval, bounds: Interval) -> Stretch:
    start, end = max(span.start, bounds.start), min(span.end, bounds.end)
    if start >= end:
        told = f"{to_clock(span.start)} to {to_clock(span.end)} lies outside the region."
        raise AnnotatorError(told, "Give times inside it.")
    return Stretch(Interval(start, end))


def _read_list(path: Path) -> Iterator[Interval]:
    """Read the stretches of a CSV file with the columns start and end."""
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

"""Which moments `annotator clips` is asked for: of tags, of a list, or those that are kept."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import click

from annotator.cli.clips_options import ALL_KEPT, ClipsOptions
from annotator.errors import AnnotatorError
from annotator.model import Interval, Session
from annotator.model.clipping import (
    Choice,
    Room,
    Stretch,
    chosen_tags,
    kept_stretches,
    stretches_of,
)
from annotator.model.time import from_clock, to_clock


def stretches_for(session: Session, options: ClipsOptions) -> list[Stretch]:
    """Give what is to be cut; raises AnnotatorError where something that is named is not there."""
    bounds = session.region
    if options["kept"]:
        return _kept(session, options)
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


def _kept(session: Session, options: ClipsOptions) -> list[Stretch]:
    tags = (*options["codes"], *options["participants"], *options["coders"], options["search"])
    rooms = (options["pad"], options["lead"], options["tail"])
    if options["listed"] is not None or any(tags) or any(rooms):
        told = "--kept takes clips as they stand: name no tags, list or room beside it."
        raise click.UsageError(told)
    if not session.clips:
        raise AnnotatorError("The session keeps no clips.", "Mark some in the window first.")
    if ALL_KEPT in options["kept"]:
        return kept_stretches(session)
    return kept_stretches(session, {_kept_id(session, word) for word in options["kept"]})


def _kept_id(session: Session, word: str) -> str:
    """Find a clip by its id, or else by its number in the order of showing, counted from 1."""
    if session.clip(word) is not None:
        return word
    count = len(session.clips)
    if word.isdecimal() and 0 < int(word) <= count:
        return session.clips[int(word) - 1].id
    told = f'The session keeps no clip "{word}".'
    raise AnnotatorError(told, f"Name one by its number, 1 to {count}.")


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

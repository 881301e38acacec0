"""Which moments `annotator clips` is asked for: of tags, of a list, or those that are kept."""

from __future__ import annotations

from collections.abc import Sequence

import click

from annotator.cli.clips_options import ALL_KEPT, ClipsOptions
from annotator.errors import AnnotatorError
from annotator.jobs.clip_lists import read_clip_list
from annotator.model import Session
from annotator.model.clipping import (
    Choice,
    Room,
    Stretch,
    chosen_tags,
    kept_stretches,
    stretches_of,
)


def stretches_for(
    session: Session, options: ClipsOptions, among: Sequence[Session] = ()
) -> list[Stretch]:
    """Give what is to be cut.

    Raises AnnotatorError where something that is named is not there, nor in any other session
    `among` which it is.
    """
    bounds = session.region
    if options["kept"]:
        return _kept(session, options)
    if options["listed"] is not None:
        if _wants_tags(options):
            told = "--list takes stretches as they stand: name no tags and no room beside it."
            raise click.UsageError(told)
        found = read_clip_list(options["listed"], bounds)
        if not found:
            told = f"{options['listed'].name} lists nothing to cut."
            raise AnnotatorError(told, "Give a line of two times, start and end, for each clip.")
        return found
    choice = Choice(
        frozenset(options["codes"]),
        frozenset(options["participants"]),
        frozenset(options["coders"]),
        search=options["search"],
    )
    _require_known(among or (session,), options)
    pad, lead, tail = options["pad"], options["lead"], options["tail"]
    room = Room(pad if lead is None else lead, pad if tail is None else tail, not options["apart"])
    return stretches_of(chosen_tags(session, choice), room, bounds)


def _require_known(sessions: Sequence[Session], options: ClipsOptions) -> None:
    """Raise AnnotatorError where a code, participant or coder is named that is nowhere there."""
    codes = {code.id for one in sessions for code in one.codebook.codes}
    people = {person.id for one in sessions for person in one.participants}
    coders = {own.coder for one in sessions for own in one.passes}
    book = "The codebook has no" if len(sessions) == 1 else "No codebook of the sessions has a"
    has = "The session has no" if len(sessions) == 1 else "None of the sessions has a"
    for code in options["codes"]:
        if code not in codes:
            raise AnnotatorError(f'{book} code "{code}".', "See: annotator tags.")
    for person in options["participants"]:
        if person not in people:
            raise AnnotatorError(f'{has} participant "{person}".', "See: annotator consent.")
    for coder in options["coders"]:
        if coder not in coders:
            raise AnnotatorError(f'{has} coder "{coder}".', "See: annotator passes.")


def _wants_tags(options: ClipsOptions) -> bool:
    """Tell whether tags are named, or room around them."""
    tags = (*options["codes"], *options["participants"], *options["coders"], options["search"])
    return any(tags) or any((options["pad"], options["lead"], options["tail"]))


def _kept(session: Session, options: ClipsOptions) -> list[Stretch]:
    if options["listed"] is not None or _wants_tags(options):
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

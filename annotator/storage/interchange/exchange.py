"""Foreign files in and out, whatever their format, each with a report of what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from annotator.errors import StorageError
from annotator.model.rules import session_problems
from annotator.model.session import Session
from annotator.storage.collecting import no_collecting
from annotator.storage.interchange.formats import FORMATS
from annotator.storage.interchange.interface import Format, Found, TablePreview, TierFacts, Wishes
from annotator.storage.interchange.losses import tell_losses
from annotator.storage.interchange.report import ForeignFileError, Notes, Report
from annotator.storage.interchange.source import Source

_SHOWN_PROBLEMS = 50
_OF_MANY = {".json", ".txt", ".xml"}
"""Endings of so many kinds of files that they tell nothing."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What a foreign file held: its sessions, its format, and what became of what stood in it.

    `unit` is what `report.counted_in` counts; `tiers` and `table` let a person correct what was
    guessed.
    """

    sessions: tuple[Session, ...]
    format: Format
    report: Report
    unit: str
    tiers: tuple[TierFacts, ...] = ()
    table: TablePreview | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """The bytes of a foreign file that is to be written, and what they do not hold."""

    data: bytes
    format: Format
    report: Report


def read_foreign(source: Source, wishes: Wishes, format_id: str = "") -> Imported:
    """Read the sessions in a foreign file, in the format of that id, or the one it is found in.

    Raises ForeignFileError where it cannot be read, or holds nothing that could be taken, and what
    the watch of the source raises.
    """
    form = form_of(source, format_id)
    if form.read is None:
        raise ForeignFileError(f"{form.title} can only be written.", "Choose another file.")
    notes = Notes(source.watch)
    with no_collecting():
        found = form.read(source, wishes, notes)
    sessions = _wanted(found, wishes, notes)
    for session in sessions:
        notes.watch(0)
        for problem in session_problems(session)[:_SHOWN_PROBLEMS]:
            notes.noticed(problem.message, problem.path)
    report = notes.report(found.counted_in, found.carried)
    if not sessions:
        raise ForeignFileError(
            f"There is nothing in “{source.name}” that could be taken over.",
            f"It was read as {form.title}; another format may be right.",
            report.lines(),
        )
    return Imported(sessions, form, report, found.unit, found.tiers, found.table)


def _wanted(found: Found, wishes: Wishes, notes: Notes) -> tuple[Session, ...]:
    if not wishes.only:
        return found.sessions
    wanted = tuple(one for one in found.sessions if wishes.only in {one.id, one.title})
    if not wanted:
        names = ", ".join(one.title or one.id for one in found.sessions) or "none"
        raise ForeignFileError(
            f"The file has no session “{wishes.only}”.", f"Its sessions are: {names}."
        )
    for one in found.sessions:
        if one not in wanted:
            notes.noticed("another session of the file was not wanted", one.title or one.id)
    return wanted


def form_of(source: Source, format_id: str = "") -> Format:
    """Tell a file's format: the one that is named, else by what stands in it, else by its ending.

    Raises ForeignFileError where no format fits.
    """
    if format_id:
        return form_named(format_id)
    readable = [form for form in FORMATS if form.read is not None]
    claiming = [form for form in readable if form.claims(source)]
    named = [form for form in readable if _is_named(form, source.name)]
    fitting = [form for form in claiming if form in named] or claiming or named
    if not fitting:
        raise ForeignFileError(
            f"“{source.name}” is in no format that can be imported.",
            f"Formats are: {', '.join(dict.fromkeys(form.title for form in readable))}.",
        )
    return fitting[0]


def _is_named(form: Format, name: str) -> bool:
    """Tell whether a file's ending is one of a format, and of no others at large."""
    own = tuple(one for one in form.suffixes if one not in _OF_MANY)
    return name.lower().endswith(own)


def form_named(format_id: str) -> Format:
    """Find a format by its id; raises StorageError, naming those there are, where there is none."""
    for form in FORMATS:
        if form.id == format_id:
            return form
    known = ", ".join(form.id for form in FORMATS)
    raise StorageError(f"There is no format “{format_id}”.", f"Formats are: {known}.")


def form_for(name: str, format_id: str = "") -> Format:
    """Give the format in which a file of that name is to be written, by its longest ending.

    Raises StorageError where none ends like that, or where the format is not written.
    """
    written = [form for form in FORMATS if form.write is not None]
    if format_id:
        form = form_named(format_id)
        if form.write is None:
            raise StorageError(f"{form.title} can only be read.", "Choose another format.")
        return form
    fitting = [
        (len(suffix), form)
        for form in written
        for suffix in form.suffixes
        if name.lower().endswith(suffix)
    ]
    if fitting:
        return max(fitting, key=itemgetter(0))[1]  # of ".via.json" and ".json" the former
    endings = ", ".join(f"{form.suffixes[0]} for {form.title}" for form in written)
    raise StorageError(f"“{name}” does not say in which format.", f"Endings are: {endings}.")


def render(sessions: Sequence[Session], form: Format, name: str, wishes: Wishes) -> Exported:
    """Write sessions as the bytes of a foreign file of that name; nothing is put on the disk.

    What they lose is found out by reading the bytes again. Raises StorageError where the format
    holds one session alone and there are several, or is not written.
    """
    if form.write is None:
        raise StorageError(f"{form.title} can only be read.", "Choose another format.")
    if len(sessions) > 1 and not form.holds_several:
        raise StorageError(
            f"A file of {form.title} holds one session, and there are {len(sessions)}.",
            "Write each to a file of its own.",
        )
    notes = Notes()
    with no_collecting():
        data = form.write(sessions, wishes, notes)
        again = _read_again(form, Source(name, data), wishes)
        carried = tell_losses(sessions, again, notes)
    counted = sum(things_in(session) for session in sessions)
    return Exported(data, form, notes.report(counted, carried))


def _read_again(form: Format, source: Source, wishes: Wishes) -> tuple[Session, ...]:
    """Read what was written; nothing where the format is only written, or all of it was lost."""
    if form.read is None:
        return ()
    plain = replace(wishes, tiers=None, tier_uses={}, columns=None, only="")
    try:
        return form.read(source, plain, Notes()).sessions
    except ForeignFileError:
        return ()


def things_in(session: Session) -> int:
    """Count the tags, ratings and cues of a session."""
    in_passes = sum(len(one.tags) + len(one.ratings) for one in session.passes)
    return in_passes + sum(len(one.cues) for one in session.transcripts)

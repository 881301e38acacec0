"""What the window does with foreign files: tells them apart, takes them over, makes sessions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.editing.importing import ImportChoices, ImportPlan, NewId, plan_import
from annotator.errors import AnnotatorError, StorageError
from annotator.jobs.converting import (
    OWN,
    REPORT_ENDING,
    Read,
    joined_reports,
    keep_report,
    read_any,
    safe_name,
    watch_of,
)
from annotator.jobs.foreign_films import with_films
from annotator.jobs.progress import SILENT, CancelledError, Part, Progress
from annotator.model.naming import numbered
from annotator.model.session import Session
from annotator.storage.faults import storage_error
from annotator.storage.interchange import exchange
from annotator.storage.interchange.formats import FORMATS
from annotator.storage.interchange.interface import Format, TablePreview, TierFacts, Wishes
from annotator.storage.interchange.report import ForeignFileError, Notes, Report
from annotator.storage.interchange.source import Source, nothing_beside, open_source
from annotator.storage.mappings import fits, mappings_for
from annotator.storage.paths import SESSION_ENDING
from annotator.storage.placing import require_free
from annotator.storage.store import SessionStore

_PROBLEMS_SHOWN = 5
_LOOKED_AT = 65_536
_OWN_HEAD = re.compile(rb'[\xef\xbb\xbf\s]*\{\s*"format"\s*:\s*"annotator-')
"""How the files of ours begin; other files may hold the same words farther on."""
_MOST_SHOWN = 4 * 1024 * 1024
"""In bytes; more of a report than anybody reads in a window."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a person is shown of a file: what it held, or why nothing can be taken from it.

    `form_id` is the format it was read as, empty where none was found. `tiers` and `table` are
    there where how they are read can be corrected, even where nothing came of it. `kept` is the
    name of the choice of columns by which a table was read, if it was one.
    """

    read: Read | None
    trouble: str = ""
    form_id: str = ""
    tiers: tuple[TierFacts, ...] = ()
    table: TablePreview | None = None
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A session that has taken over what was read: how, what it is then, and what was noted."""

    plan: ImportPlan
    after: Session
    noted: Report


@dataclass(frozen=True, slots=True)
class Made:
    """A session file that was made; `trouble` says why its report could not be kept, or nothing."""

    path: Path
    session: Session
    report: Path | None
    trouble: str = ""


def readable_formats() -> tuple[Format, ...]:
    """Give the formats that can be imported, in the order in which they are offered."""
    return tuple(form for form in FORMATS if form.read is not None)


def kinds_of_files() -> list[tuple[str, tuple[str, ...]]]:
    """Give the titles and the endings of all files that can be imported."""
    return [(form.title, form.suffixes) for form in readable_formats()]


def titles_of_formats() -> list[tuple[str, str]]:
    """Give the id and the title of each format that can be imported."""
    return [(form.id, form.title) for form in readable_formats()]


def is_foreign(path: Path) -> bool:
    """Tell whether a file can be imported; session files of ours cannot, they are opened."""
    if path.name.endswith(SESSION_ENDING):
        return False
    try:
        with path.open("rb") as file:
            head = file.read(_LOOKED_AT)
    except OSError:
        return False
    if _OWN_HEAD.match(head):
        return False
    try:
        exchange.form_of(Source(path.name, head, nothing_beside))
    except ForeignFileError:
        return False
    return True


def look_at(path: Path, wishes: Wishes, form_id: str = "", watcher: Progress = SILENT) -> Looked:
    """Read a file for a person who may correct how it is read.

    Raises StorageError where the system does not let it be read, and CancelledError.
    """
    try:
        read = read_any(path, wishes, form_id, watcher)
    except ForeignFileError as error:
        return _failed((path, wishes, form_id), error, watcher)
    imported = read.imported
    if imported is None:
        return Looked(read, form_id=OWN)
    return Looked(read, "", imported.format.id, imported.tiers, imported.table, read.kept)


def _as_kept(path: Path, wishes: Wishes, looked: Looked, watcher: Progress) -> Looked | None:
    """Read a table as was chosen for one with the same headings; None where none was kept."""
    for kept in mappings_for(looked.table, wishes.columns) if looked.table is not None else ():
        again = look_at(path, replace(wishes, columns=kept.columns), looked.form_id, watcher)
        headings = again.table.headings if again.table is not None else ()
        if again.read is not None and fits(kept.columns, headings):
            return replace(again, kept=kept.name)
    return None


def _failed(asked: tuple[Path, Wishes, str], error: ForeignFileError, watcher: Progress) -> Looked:
    """Tell why nothing came of a file, with what can be corrected of how it is read."""
    path, wishes, form_id = asked
    trouble = "\n".join((str(error), *error.problems[:_PROBLEMS_SHOWN]))
    shown = Looked(None, trouble, form_id)
    try:
        source = open_source(path, watch=watch_of(path.name, watcher))
        form = exchange.form_of(source, form_id)
        shown = replace(shown, form_id=form.id)
        found = form.read(source, wishes, Notes(source.watch)) if form.read is not None else None
    except ForeignFileError:
        return shown
    if found is None:
        return shown
    looked = replace(shown, tiers=found.tiers, table=found.table)
    return _as_kept(path, wishes, looked, watcher) or looked


def plan_taking(
    session: Session,
    what: tuple[Read, Session, ImportChoices],
    new_id: NewId,
    films: tuple[Path, Progress] | None = None,
) -> Taken:
    """Work out what a session becomes that takes over one of those that were read, as chosen.

    Where the session has no films, those of the file are looked for, if `films` gives the folder
    of the session and whoever watches. Raises EditError where there is nothing to be taken over,
    CancelledError.
    """
    read, found, choices = what
    notes = Notes()
    whole = found
    if films is not None and found.recordings and not session.recordings:
        folder, watcher = films
        whole = with_films(found, read.path.parent, folder, notes, watcher)
    plan = plan_import(session, whole, choices, new_id)
    noted = joined_reports([_noted(read, found, choices, plan.told), notes.report(0, 0)])
    return Taken(plan, plan.edit.apply(session), noted)


def _noted(read: Read, found: Session, choices: ImportChoices, told: Sequence[str]) -> Report:
    """Give the report of reading with what a person left out, and what there is to know."""
    notes = Notes()
    left = 0
    for other in read.sessions:
        if other is not found:
            notes.not_carried("another session of the file was not chosen", other.title or other.id)
            left += exchange.things_in(other)
    for one in found.passes:
        if choices.passes is not None and one.id not in choices.passes:
            notes.not_carried("a coding pass was not chosen", f"{one.coder}, {len(one.tags)} tags")
            left += len(one.tags) + len(one.ratings)
    if not choices.transcripts and found.transcripts:
        cues = sum(len(spoken.cues) for spoken in found.transcripts)
        notes.not_carried("what was said was not chosen", f"{cues} cues")
        left += cues
    for line in told:
        notes.noticed(line)
    own = notes.report(0, 0)
    if read.imported is None:
        return own
    first = read.imported.report
    whole = joined_reports([first, own])
    return replace(whole, counted_out=max(0, first.counted_out - left))


def report_beside(path: Path, what: tuple[Read, Session, Report], when: str) -> str:
    """Keep the report of an import beside a session file; gives its name, empty for our own files.

    Raises StorageError where it cannot be written.
    """
    text = text_of_report(what, when)
    return keep_report(path, text).name if text else ""


def text_of_report(what: tuple[Read, Session, Report], when: str) -> str:
    """Write the report of an import of one session; empty where the file was one of ours."""
    read, found, noted = what
    return replace(read, sessions=(found,)).report_text(noted, when)


def latest_report(session_path: Path) -> tuple[str, str]:
    """Find the newest report of an import beside a session file; gives its name and its text.

    Raises StorageError where there is none, or where it cannot be read.
    """
    stem = session_path.name.removesuffix(SESSION_ENDING)
    try:
        beside = [
            one
            for one in session_path.parent.iterdir()
            if one.name.startswith(stem) and one.name.endswith(REPORT_ENDING)
        ]
        newest = max(beside, key=lambda one: one.stat().st_mtime_ns, default=None)
        if newest is None:
            raise StorageError(
                "No import report lies beside this session.",
                "One is kept there whenever a foreign file is imported into it.",
            )
        with newest.open("rb") as file:
            data = file.read(_MOST_SHOWN + 1)
    except OSError as error:
        raise storage_error(error, session_path.parent, "could not be read") from error
    text = data[:_MOST_SHOWN].decode("utf-8", "replace")
    if len(data) > _MOST_SHOWN:
        text += "\n…\nThe file has more; open it with an editor."
    return newest.name, text


def make_sessions(
    read: Read, wanted: Sequence[Session], target: Path, by: tuple[str, str], watcher: Progress
) -> list[Made]:
    """Make session files of what was read, each with the report of its import beside it.

    `target` is the file of the only one, or the folder of several; `by` is who makes them, and
    when. Nothing that is there is written over. Raises StorageError, CancelledError and MediaError;
    what was finished by then is whole.
    """
    places = _places(wanted, target)
    for place in places:
        require_free(place)
    made: list[Made] = []
    for number, (session, place) in enumerate(zip(wanted, places, strict=True)):
        part = Part(watcher, number / len(wanted), (number + 1) / len(wanted))
        try:
            made.append(_make(_alone(read, session, wanted), session, place, by, part))
        except AnnotatorError as error:
            if not made:
                raise
            told = f"{len(made)} of {len(wanted)} sessions were made in {target}."
            if isinstance(error, CancelledError):
                raise StorageError(told, "The others were not, since you stopped it.") from error
            raise StorageError(f"{told} Then: {error.what}", error.remedy) from error
    return made


def _alone(read: Read, session: Session, wanted: Sequence[Session]) -> Read:
    """Give what was read as if it held this session and those that nobody wanted."""
    others = {one.id for one in wanted if one.id != session.id}
    return replace(read, sessions=tuple(one for one in read.sessions if one.id not in others))


def _places(wanted: Sequence[Session], target: Path) -> list[Path]:
    if not target.is_dir():
        return [target]
    places: list[Path] = []
    for session in wanted:
        stem = safe_name(session.title or session.id)
        names = (target / one for one in numbered(stem, ending=SESSION_ENDING))
        places.append(next(one for one in names if one not in places))
    return places


def _make(
    read: Read, session: Session, place: Path, by: tuple[str, str], watcher: Progress
) -> Made:
    who, when = by
    notes = Notes()
    made = with_films(session, read.path.parent, place.parent, notes, watcher)
    SessionStore.create(place, made, who).close()
    whole = next((one for one in read.sessions if one.id == session.id), session)
    choices = ImportChoices(
        frozenset(one.id for one in session.passes), transcripts=bool(session.transcripts)
    )
    noted = joined_reports([_noted(read, whole, choices, ()), notes.report(0, 0)])
    text = text_of_report((read, made, noted), when)
    if not text:
        return Made(place, made, None)
    try:
        return Made(place, made, keep_report(place, text))
    except StorageError as error:
        return Made(place, made, None, str(error))

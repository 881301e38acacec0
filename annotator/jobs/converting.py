"""Sessions and foreign files turned into one another: many at once, each told of for itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from annotator.errors import AnnotatorError, StorageError
from annotator.jobs.foreign_films import with_films
from annotator.jobs.progress import SILENT, CancelledError, Part, Progress, advance
from annotator.model.naming import numbered, unused_name
from annotator.model.session import Session
from annotator.model.time import ZERO, Interval
from annotator.storage.atomic import write_atomically
from annotator.storage.books import BOOK_SUFFIX, read_book, write_book
from annotator.storage.interchange import exchange
from annotator.storage.interchange.interface import Format, Wishes
from annotator.storage.interchange.report import ForeignFileError, Notes, Report, Watch
from annotator.storage.interchange.report_text import Passage, import_text
from annotator.storage.interchange.source import open_source
from annotator.storage.mappings import fits, mappings_for
from annotator.storage.paths import SESSION_ENDING
from annotator.storage.placing import require_free
from annotator.storage.recovery import found_on_disk
from annotator.storage.store import SessionStore

REPORT_ENDING = ".import-report.txt"
OWN, BOOK = "annotator", "codebook"
"""The names of our own formats beside the foreign ones."""

_MAKER = "annotator convert"
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST_NAME = 100
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Read:
    """Sessions that were read from a file, whichever it is; `imported` is None for our own.

    `passage` describes the file for the report; `kept` is the name of the mapping by which a
    table was read, if one was kept for its headings.
    """

    path: Path
    sessions: tuple[Session, ...]
    imported: exchange.Imported | None = None
    passage: Passage | None = None
    kept: str = ""

    def report_text(self, report: Report, when: str) -> str:
        """Give the report of the import to be kept; empty for our own files."""
        if self.imported is None or self.passage is None:
            return ""
        return import_text(self.passage, report, self.imported.unit, self.sessions, when)


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be turned into what.

    `target` is a file, or a folder where `into_folder`. `form` is the foreign format to write,
    None where the target is of our own kind: sessions, or codebooks where `is_book`. `source_form`
    is the id of the format to read, empty to find it out. A `strict` task writes nothing of which
    anything would be lost; a `dry` one writes nothing at all.
    """

    sources: tuple[Path, ...]
    target: Path
    into_folder: bool
    form: Format | None
    is_book: bool = False
    source_form: str = ""
    strict: bool = False
    dry: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: the files made of it, or words why there are none.

    `read` is what it held, None where it could not be read; `reports` are of reading first and
    of writing after.
    """

    source: str
    targets: tuple[Path, ...] = ()
    read: Read | None = None
    reports: tuple[Report, ...] = ()
    failure: str = ""
    refused: bool = False

    @property
    def is_lossless(self) -> bool:
        """Whether nothing was lost on the way."""
        return not self.failure and all(one.is_lossless for one in self.reports)


def read_any(path: Path, wishes: Wishes, source_form: str = "", watcher: Progress = SILENT) -> Read:
    """Read a session file of ours, a codebook of ours, or a foreign file.

    A table is read by the mapping that is kept for its headings, unless another is wished for.
    Raises StorageError where it cannot be read, ForeignFileError where it is of no known format,
    and CancelledError.
    """
    advance(watcher, 0.0, f"Reading {path.name}")
    if source_form == OWN or (not source_form and path.name.endswith(SESSION_ENDING)):
        return Read(path, (found_on_disk(path, may_write=False).session,))
    if source_form == BOOK or (not source_form and path.name.endswith(BOOK_SUFFIX)):
        book = read_book(path).book
        return Read(path, (Session(book.id, book.name, book, Interval(ZERO, ZERO)),))
    source = open_source(path, watch=watch_of(path.name, watcher))
    imported = exchange.read_foreign(source, wishes, source_form)
    passage = Passage.of(path.name, imported.format.title, source.data)
    for kept in mappings_for(imported.table, wishes.columns) if imported.table else ():
        with suppress(ForeignFileError):  # then it is read as it was guessed
            chosen = replace(wishes, columns=kept.columns)
            again = exchange.read_foreign(source, chosen, imported.format.id)
            if again.table is not None and fits(kept.columns, again.table.headings):
                return Read(path, again.sessions, again, passage, kept.name)
    return Read(path, imported.sessions, imported, passage)


def watch_of(name: str, watcher: Progress) -> Watch:
    """Give what tells a watcher how much of a file of that name has been read, and stops there."""
    most = 0

    def hear(count: int) -> None:
        nonlocal most
        most = max(most, count)
        so_far = f": {most:,} so far" if most else ""
        advance(watcher, 0.0, f"Reading {name}{so_far}")

    return hear


def convert(task: Task, wishes: Wishes, watcher: Progress) -> Iterator[Outcome]:
    """Do a task, source by source; one that fails does not keep the others from being done.

    Sources are joined in one file where the target is one of a format that holds several
    sessions. Nothing that is there is written over. Raises CancelledError; what was finished by
    then is whole.
    """
    if task.form is not None and task.form.holds_several and not task.into_folder:
        yield from _joined(task, task.form, wishes, watcher)
        return
    count = len(task.sources)
    taken: set[Path] = set()
    for number, path in enumerate(task.sources):
        part = Part(watcher, number / count, (number + 1) / count)
        yield _guarded(path.name, partial(_one, task, path, wishes, taken, part))


def _guarded(name: str, work: Callable[[], Outcome]) -> Outcome:
    try:
        return work()
    except CancelledError:
        raise
    except AnnotatorError as error:
        return Outcome(name, failure=str(error))


def _one(task: Task, path: Path, wishes: Wishes, taken: set[Path], watcher: Progress) -> Outcome:
    read = read_any(path, wishes, task.source_form, watcher)
    _require_something(read)
    if len(read.sessions) > 1 and not task.into_folder:
        names = ", ".join(one.title or one.id for one in read.sessions[:_SHOWN])
        raise StorageError(
            f"“{path.name}” holds {len(read.sessions)} sessions: {names}.",
            "Name a folder to write them to, or one of them with --session.",
        )
    reports = [read.imported.report] if read.imported else []
    targets: list[Path] = []
    made: list[_File] = []
    count = len(read.sessions)
    for number, session in enumerate(read.sessions):
        part = Part(watcher, number / count, (number + 1) / count)
        target = _place(task, session, read, taken)
        taken.add(target)
        file = _made(task, session, target, path, wishes, part)
        made.append(file)
        reports.append(file.report)
    refused = task.strict and not all(one.is_lossless for one in reports)
    if not refused and not task.dry:
        targets = [path for file in made for path in file.write(read, wishes.now)]
    return Outcome(path.name, tuple(targets), read, tuple(reports), refused=refused)


@dataclass(frozen=True, slots=True)
class _File:
    """What is to be written, once it is sure that it shall be."""

    path: Path
    session: Session
    report: Report
    data: bytes | None
    is_book: bool = False

    def write(self, read: Read, when: str) -> list[Path]:
        """Write it, with the report of the import beside it; gives the files."""
        require_free(self.path)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if self.data is not None:
            write_atomically(self.path, self.data)
        elif self.is_book:
            write_book(self.path, self.session.codebook)
        else:
            SessionStore.create(self.path, self.session, _MAKER).close()
        if read.imported is None:
            return [self.path]
        report = joined_reports([read.imported.report, self.report])
        try:
            return [self.path, keep_report(self.path, read.report_text(report, when))]
        except StorageError as error:
            told = f"“{self.path.name}” was written, but not the report of the import."
            raise StorageError(told, str(error)) from error


def _made(
    task: Task, session: Session, target: Path, source: Path, wishes: Wishes, watcher: Progress
) -> _File:
    require_free(target)
    if task.form is not None:
        advance(watcher, 0.5, f"Writing {target.name}")
        exported = exchange.render([session], task.form, target.name, wishes)
        return _File(target, session, exported.report, exported.data)
    notes = Notes()
    if not task.is_book:
        session = with_films(session, source.parent, target.parent, notes, watcher)
    return _File(target, session, notes.report(0, 0), None, task.is_book)


def _joined(task: Task, form: Format, wishes: Wishes, watcher: Progress) -> Iterator[Outcome]:
    """Put the sessions of all sources into one file."""
    reads: list[Read] = []
    half = len(task.sources) * 2
    for number, path in enumerate(task.sources):
        part = Part(watcher, number / half, (number + 1) / half)
        try:
            reads.append(read_any(path, wishes, task.source_form, part))
        except StorageError as error:
            yield Outcome(path.name, failure=str(error))
            continue
    if not reads:
        return
    told = [one.imported.report for one in reads if one.imported]
    sessions = _told_apart([session for one in reads for session in one.sessions])
    advance(watcher, 0.5, f"Writing {task.target.name}")

    def write() -> Outcome:
        require_free(task.target)
        exported = exchange.render(sessions, form, task.target.name, wishes)
        reports = (*told, exported.report)
        refused = task.strict and not all(one.is_lossless for one in reports)
        if not refused and not task.dry:
            task.target.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(task.target, exported.data)
        is_written = not refused and not task.dry
        whole = Read(task.target, tuple(sessions))
        targets = (task.target,) if is_written else ()
        return Outcome(_names(reads), targets, whole, reports, refused=refused)

    yield _guarded(_names(reads), write)


def _told_apart(sessions: Sequence[Session]) -> list[Session]:
    """Give sessions of which no two have the same title or id, as a file of several wants them."""
    titles: set[str] = set()
    ids: set[str] = set()
    apart: list[Session] = []
    for session in sessions:
        title, session_id = unused_name(session.title, titles), unused_name(session.id, ids)
        titles.add(title)
        ids.add(session_id)
        apart.append(replace(session, title=title, id=session_id))
    return apart


def _names(reads: Sequence[Read]) -> str:
    names = [one.path.name for one in reads]
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def _require_something(read: Read) -> None:
    """Raise ForeignFileError where a file has much in it, of which nothing could be taken."""
    if read.imported is None:
        return
    report = read.imported.report
    if report.counted_in and not report.counted_out:
        lines = "\n".join(report.lines()[:_SHOWN])
        told = f"Nothing of the {report.counted_in:,} {read.imported.unit} could be taken over:"
        raise ForeignFileError(f"{told}\n{lines}", "", report.lines())


def _place(task: Task, session: Session, read: Read, taken: Collection[Path]) -> Path:
    """Say where a session goes: the target itself, or a file in it that no other one got.

    It is called as its source, or by its title where the source holds several.
    """
    if not task.into_folder:
        return task.target
    ending = _ending(task)
    title = session.title or session.id
    stem = safe_name(title if len(read.sessions) > 1 else _stem(read))
    paths = (task.target / one for one in numbered(stem, ending=ending))
    return next(one for one in paths if one not in taken)


def _stem(read: Read) -> str:
    """Give a file's name without the ending that tells its format."""
    endings = read.imported.format.suffixes if read.imported else (SESSION_ENDING, BOOK_SUFFIX)
    name = read.path.name
    found = (name[: -len(one)] for one in endings if name.lower().endswith(one))
    return next(found, read.path.stem) or name


def _ending(task: Task) -> str:
    if task.form is not None:
        return task.form.suffixes[0]
    return BOOK_SUFFIX if task.is_book else SESSION_ENDING


def safe_name(title: str) -> str:
    """Make a file's name of a session's title, which every system can hold."""
    plain = _UNSAFE.sub("_", title).strip(" .")[:_LONGEST_NAME]
    return plain or "session"


def keep_report(beside: Path, text: str) -> Path:
    """Keep the report of an import beside what was made of it, over none that is there.

    Raises StorageError where it cannot be written.
    """
    stem = beside.name.removesuffix(SESSION_ENDING)
    paths = (beside.with_name(one) for one in numbered(stem, ending=REPORT_ENDING))
    path = next(one for one in paths if not one.exists())
    write_atomically(path, text.encode("utf-8", "replace"))
    return path


def joined_reports(reports: Sequence[Report]) -> Report:
    """Make one report of several about the same file; the counts are those of the first."""
    notes = Notes()
    for one in reports:
        notes.take(one)
    whole = notes.report(reports[0].counted_in, reports[0].counted_out)
    return replace(whole, encoding=reports[0].encoding)

"""What stands on the disk when a session is opened: the file, its journal, its last good version.

Whatever a crash has left, the newest state that can be proved is found, what does not fit is kept
aside, and each thing done is told in one line.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.model.rules import session_problems
from annotator.model.session import Session
from annotator.storage.atomic import backup_path, copy_aside, set_aside, write_atomically
from annotator.storage.codec import SessionText, read_session_text, session_bytes
from annotator.storage.faults import DamagedError, FormatError, storage_error
from annotator.storage.journal import (
    Journal,
    JournalText,
    hash_of,
    journal_path,
    read_journal,
    replay,
)

NOT_APPLIED = "not-applied"
DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Found:
    """The newest state of a session on disk.

    `file_hash` is the SHA-256 of the session file as it stands; `journal` goes on with what is
    there, None where none is there.
    """

    session: Session
    file_hash: str
    is_newer: bool
    journal: Journal | None
    notices: tuple[str, ...]


@dataclass(slots=True)
class _Finding:
    """What has been found so far; `may_write` tells whether things may be put in order."""

    path: Path
    may_write: bool
    notices: list[str] = field(default_factory=list)

    def say(self, line: str) -> None:
        """Note a line for the person."""
        self.notices.append(line)


def found_on_disk(path: Path, *, may_write: bool) -> Found:
    """Find the newest state of a session; with `may_write`, put in order what a crash has left.

    Raises FormatError where the file is no session and no good version of it can be found,
    StorageError where it cannot be read.
    """
    finding = _Finding(path, may_write)
    data = _read(path)
    try:
        text = read_session_text(data)
    except DamagedError as error:
        text, data = _restored(finding, error.about(f"“{path.name}”"))
    except FormatError as error:
        raise error.about(f"“{path.name}”") from error
    file_hash = hash_of(data)
    session, journal = _with_journal(finding, text.session, file_hash)
    problems = session_problems(session)
    if problems:
        more = f" and {len(problems) - 1} more" if len(problems) > 1 else ""
        finding.say(f"This session has a problem at {problems[0]}{more}; “annotator check” tells.")
    return Found(session, file_hash, text.is_newer, journal, tuple(finding.notices))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        failure = storage_error(error, path, "could not be read")
        if os.path.lexists(backup_path(path)):
            failure.remedy += f" Its last good version is “{backup_path(path).name}”."
        raise failure from error


def _with_journal(
    finding: _Finding, session: Session, file_hash: str
) -> tuple[Session, Journal | None]:
    """Do to the session what its journal holds, and give the journal to go on with."""
    path = journal_path(finding.path)
    text = read_journal(path)
    entries = text.after(file_hash) if text else None
    if text is None or entries is None:
        if text is not None and (text.size or text.damaged):
            _keep_foreign(finding, path, text)
        return session, None
    done = replay(session, entries)
    left = len(entries) - done.entries
    if text.damaged or left:
        _keep_damaged(finding, path, done.changes)
    elif done.changes and finding.may_write:
        finding.say(f"{_changes(done.changes)} that had not been saved {_were(done.changes)} back.")
    if not finding.may_write:
        return done.session, None
    kept = replace(text, entries=text.entries[: len(text.entries) - left])
    return done.session, Journal(path, text.base, kept)


def _keep_foreign(finding: _Finding, path: Path, text: JournalText) -> None:
    if text.base:
        why = f"“{finding.path.name}” was changed by another program, so {_changes(text.size)}"
        told = f"{why} that had not been saved could not be done to it"
    else:
        told = f"The journal of “{finding.path.name}” is damaged and could not be read"
    if not finding.may_write:
        finding.say(f"{told}.")
        return
    finding.say(f"{told}; the journal is kept as “{set_aside(path, NOT_APPLIED).name}”.")


def _keep_damaged(finding: _Finding, path: Path, changes: int) -> None:
    told = f"The journal of “{finding.path.name}” is damaged: {_changes(changes)} were brought back"
    if not finding.may_write:
        finding.say(f"{told}, what followed could not be read.")
        return
    kept = copy_aside(path, DAMAGED)
    finding.say(f"{told}, what followed could not be read and is kept in “{kept.name}”.")


def _changes(count: int) -> str:
    return "1 change" if count == 1 else f"{count} changes"


def _were(count: int) -> str:
    return "was brought" if count == 1 else "were brought"


def _restored(finding: _Finding, error: DamagedError) -> tuple[SessionText, bytes]:
    """Bring back the last good version in place of a damaged file.

    The journal of the time between the two, if it was kept, leads on to the damaged file's state.
    Raises the error given where there is no good version.
    """
    path = finding.path
    try:
        data = backup_path(path).read_bytes()
        text = read_session_text(data)
    except (OSError, FormatError):
        raise error from None
    previous = read_journal(backup_path(journal_path(path)))
    entries = previous.after(hash_of(data)) if previous else None
    if entries:
        text = replace(text, session=replay(text.session, entries).session)
        data = session_bytes(text.session)
    told = f"“{path.name}” was damaged ({error.problems[0].message}); its last good version"
    if not finding.may_write:
        finding.say(f"{told} is shown.")
        return text, data
    kept = copy_aside(path, DAMAGED)
    write_atomically(path, data)
    finding.say(f"{told} was brought back, and the damaged file is kept as “{kept.name}”.")
    return text, data

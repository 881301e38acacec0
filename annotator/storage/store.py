"""The open session file: everything done is on disk at once, and the file is never half written."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from annotator.errors import StorageError
from annotator.model.change import Change
from annotator.model.session import Session
from annotator.storage.atomic import backup_path, set_aside, sweep, write_atomically
from annotator.storage.codec import session_bytes
from annotator.storage.faults import ChangedOutsideError, storage_error
from annotator.storage.journal import Journal, hash_of, journal_path
from annotator.storage.lock import Holder, Lock, acquire, lock_path
from annotator.storage.paths import LOG_SUFFIX, export_log_path, relocated
from annotator.storage.placing import OPEN_IT, require_free
from annotator.storage.recovery import NOT_APPLIED, found_on_disk

__all__ = ["Opened", "SessionStore", "relocated"]

Signature = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that was opened, its store, and what the person should know, a line each."""

    session: Session
    store: SessionStore
    notices: tuple[str, ...]


class SessionStore:
    """A session file that is open, with its journal and lock; for one thread at a time.

    Made by `open`, `create` and `save_as`.
    """

    def __init__(
        self, path: Path, lock: Lock | None, journal: Journal, read_only_reason: str = ""
    ) -> None:
        self.path = path
        self.read_only_reason = read_only_reason
        self._lock = lock
        self._journal = journal
        self._base = ""
        self._signature: Signature | None = None
        self._pending: list[Change] = []
        self._successor: SessionStore | None = None

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written; `read_only_reason` says why in plain words."""
        return bool(self.read_only_reason)

    @classmethod
    def open(cls, path: Path, who: str) -> Opened:
        """Open a session file for the person `who`, bringing back what was not saved.

        Read-only where another program has it open, where a newer program wrote it, or where its
        folder cannot be written. Raises FormatError where it is no session, StorageError where it
        cannot be read.
        """
        path = _real(path)
        lock, reason = _locked(path, who)
        with ExitStack() as on_failure:
            if lock is not None:
                on_failure.callback(lock.release)
                sweep(path)
            signature = _signature(path)
            found = found_on_disk(path, may_write=lock is not None)
            if not found.is_newer:
                on_failure.pop_all()
        if found.is_newer:
            lock, reason = None, _newer(path)
        journal = found.journal or Journal(journal_path(path), found.file_hash)
        store = cls(path, lock, journal, reason)
        store._base, store._signature = found.file_hash, signature
        return Opened(found.session, store, found.notices)

    @classmethod
    def create(cls, path: Path, session: Session, who: str) -> SessionStore:
        """Make a session file that was not there.

        Raises StorageError where there is one already, or where it cannot be written.
        """
        path = _real(path)
        require_free(path, OPEN_IT)
        return cls._written(path, session, who)

    @classmethod
    def _written(
        cls, path: Path, session: Session, who: str, before: Path | None = None
    ) -> SessionStore:
        """Write a session file, whatever was there before, and hold it.

        `before` is where the session was until now; its log of exports goes along.
        """
        held = acquire(lock_path(path), who)
        if isinstance(held, Holder):
            raise StorageError(f"“{path.name}” is {held.told()}.", "Choose another name.")
        store = cls(path, held, Journal(journal_path(path), ""))
        with ExitStack() as on_failure:
            on_failure.callback(held.release)
            _clear_the_place(path)
            if before is not None:
                on_failure.callback(_carry_log(before, path, session.id))
            store._write(session_bytes(session))
            on_failure.pop_all()
        return store

    def append(self, changes: Sequence[Change]) -> None:
        """Put changes on disk before returning.

        Raises StorageError where that fails; they are then written together with the next ones.
        """
        if self._successor is not None:
            self._successor.append(changes)
            return
        self._require_writable()
        self._pending.extend(changes)
        if self._pending:
            self._journal.append(self._pending)
            self._pending.clear()

    def save(self, session: Session) -> None:
        """Write the session file, which must hold all that was appended; the last one is kept.

        Raises ChangedOutsideError where another program has changed the file since it was read,
        StorageError where it cannot be written; the old file is then as it was.
        """
        if self._successor is not None:
            self._successor.save(session)
            return
        self._require_writable()
        if self._is_changed_outside():
            raise ChangedOutsideError(
                f"“{self.path.name}” was changed by another program since it was opened, so it was"
                " not written over.",
                "Save this session under another name, then compare the two.",
            )
        self._write(session_bytes(session))

    def save_as(self, path: Path, session: Session, who: str) -> SessionStore:
        """Write the session elsewhere, over what is there, and hold that file instead of this one.

        The paths of its recordings must fit the new folder (see `relocated`). What was at the new
        place is kept as its last good version, and the log of exports goes along. What this store
        is still given afterwards goes to the new one. Raises StorageError; this store then goes on.
        """
        path = _real(path)
        if path == self.path:
            self._require_writable()
            self._write(session_bytes(session))
            return self
        store = SessionStore._written(path, session, who, self.path)
        self.close()
        self._successor = store
        return store

    def close(self) -> None:
        """Give the session file back; changes not saved stay in the journal for the next time."""
        self._journal.close()
        if self._lock is not None:
            self._lock.release()
        if self._successor is not None:
            self._successor.close()

    def _require_writable(self) -> None:
        if self.read_only:
            raise StorageError(self.read_only_reason, "Save a copy elsewhere to go on.")

    def _write(self, data: bytes) -> None:
        """Write the file so that a crash at any point leaves it, with the journal, whole."""
        file_hash = hash_of(data)
        had_journal = self._journal.is_begun
        if had_journal:
            self._journal.mark_saved(file_hash)
        changed = file_hash != self._base or _signature(self.path) is None
        is_sure = not changed or write_atomically(self.path, data, keep_last=True)
        is_whole = had_journal and not self._pending
        self._pending.clear()
        self._remember(file_hash)
        if is_sure or not had_journal:
            self._restart_journal(file_hash, changed=changed, is_whole=is_whole)

    def _restart_journal(self, file_hash: str, *, changed: bool, is_whole: bool) -> None:
        """Begin a new journal; the old one leads from the last good version to the new file."""
        previous = backup_path(self._journal.path)
        if changed and not is_whole:
            with contextlib.suppress(OSError):  # it names its own file, so it does no harm
                previous.unlink(missing_ok=True)
        self._journal.restart(file_hash, keep_as=previous if changed and is_whole else None)

    def _remember(self, file_hash: str) -> None:
        self._base = file_hash
        self._signature = _signature(self.path)

    def _is_changed_outside(self) -> bool:
        signature = _signature(self.path)
        if signature is None or signature == self._signature:
            return False
        try:
            return hash_of(self.path.read_bytes()) != self._base
        except OSError as error:
            raise storage_error(error, self.path, "could not be read") from error


def _real(path: Path) -> Path:
    """Follow links, so that the file itself is replaced and not the link to it."""
    return Path(os.path.realpath(path))


def _signature(path: Path) -> Signature | None:
    """Give what changes whenever a file is written; None where there is no file."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return (facts.st_ino, facts.st_size, facts.st_mtime_ns)


def _locked(path: Path, who: str) -> tuple[Lock | None, str]:
    """Take a session's lock, or say why it can only be looked at."""
    if _signature(path) is None:
        return None, ""
    if not os.access(path, os.W_OK):
        return None, f"“{path.name}” is write-protected, so nothing can be changed."
    try:
        held = acquire(lock_path(path), who)
    except StorageError:
        return None, f"The folder of “{path.name}” cannot be written, so nothing can be changed."
    if isinstance(held, Holder):
        return None, f"“{path.name}” is {held.told()}, so nothing can be changed here."
    return held, ""


def _clear_the_place(path: Path) -> None:
    """Keep aside what an earlier session of that name has left and what is not of the new one."""
    if os.path.lexists(journal_path(path)):
        set_aside(journal_path(path), NOT_APPLIED)
    if os.path.lexists(backup_path(path)) and not os.path.lexists(path):
        set_aside(backup_path(path), "older")


def _carry_log(before: Path, path: Path, session_id: str) -> Callable[[], object]:
    """Let the log of exports go along, where there is one at either place; gives what undoes it."""
    has_logs = any(export_log_path(before).parent.glob(f"*{LOG_SUFFIX}"))
    if not has_logs and not os.path.lexists(export_log_path(path)):
        return lambda: None
    carrying = import_module("annotator.storage.export_log_carrying")  # loads what judges exports
    logs = import_module("annotator.storage.export_log_elsewhere")
    take_back: Callable[[], object] = carrying.carry_log(logs.log_home(before, session_id), path)
    return take_back


def _newer(path: Path) -> str:
    return (
        f"“{path.name}” was written by a newer version of annotator; changing it here could lose"
        " what that version knows."
    )

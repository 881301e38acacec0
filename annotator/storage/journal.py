"""What has been done to a session since its file was saved, each change flushed to disk.

The file `NAME.session.json.journal` holds a line a batch: `["checksum",{"seq":…,…}]`. The first
names the session file it belongs to by the SHA-256 of its bytes (`base`), the others hold
`changes`, or `saved`: the SHA-256 of a session file that was about to be put in place and that
holds everything up to here.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from annotator.errors import EditError
from annotator.model.change import Change, apply_changes
from annotator.model.session import Session
from annotator.storage.atomic import flush, flush_folder, mode_of, write_all
from annotator.storage.codec_change import decode_change, encode_change
from annotator.storage.codec_text import read_json, to_bytes, write_compact
from annotator.storage.faults import FormatError, storage_error

JOURNAL_SUFFIX = ".journal"
_OPENING, _CLOSING, _SUM = b'["', b"]", 16


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a journal: a batch of changes, or the hash of a file about to be saved.

    `end` is the byte after the line.
    """

    changes: tuple[Change, ...]
    saved: str
    end: int


@dataclass(frozen=True, slots=True)
class JournalText:
    """What a journal holds; `damaged` tells that something after `end` could not be read.

    `start` is the byte after the first line.

    A last line that was never finished is not damage: nobody was told that it was on disk.
    """

    base: str
    entries: tuple[Entry, ...]
    start: int
    damaged: bool

    @property
    def end(self) -> int:
        """The byte after the last line that could be read."""
        return self.entries[-1].end if self.entries else self.start

    def after(self, file_hash: str) -> tuple[Entry, ...] | None:
        """Give what happened after the file of that hash; None where the journal is not its own."""
        for index in range(len(self.entries) - 1, -1, -1):
            if self.entries[index].saved == file_hash:
                return self.entries[index + 1 :]
        return self.entries if self.base == file_hash else None

    @property
    def size(self) -> int:
        """How many changes the journal holds."""
        return sum(len(entry.changes) for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Replay:
    """A session with a journal's entries done to it; `entries` says how many fitted."""

    session: Session
    entries: int
    changes: int


def journal_path(session_path: Path) -> Path:
    """Give where the journal of a session file stands."""
    return session_path.with_name(session_path.name + JOURNAL_SUFFIX)


def hash_of(data: bytes) -> str:
    """Give the SHA-256 of a file's bytes, in hexadecimal."""
    return sha256(data).hexdigest()


def read_journal(path: Path) -> JournalText | None:
    """Read a journal; None where there is none, or where it holds not one whole line.

    Raises StorageError where it is there and the system will not let it be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise storage_error(error, path, "could not be read") from error
    return parse_journal(data)


def parse_journal(data: bytes) -> JournalText | None:
    """Read a journal's bytes; None where they hold not one whole line."""
    lines = data.split(b"\n")[:-1]
    if not lines:
        return None
    head = _payload(lines[0], 0)
    base = head.get("base") if head else None
    if not isinstance(base, str):
        return JournalText("", (), 0, damaged=True)
    start = end = len(lines[0]) + 1
    entries: list[Entry] = []
    for sequence, line in enumerate(lines[1:], 1):
        entry = _entry(_payload(line, sequence), end + len(line) + 1)
        if entry is None:
            return JournalText(base, tuple(entries), start, damaged=True)
        entries.append(entry)
        end = entry.end
    return JournalText(base, tuple(entries), start, damaged=False)


def _payload(line: bytes, sequence: int) -> dict[str, object] | None:
    """Give the object of a line; None where its checksum or its number is not right."""
    head = len(_OPENING) + _SUM + len(b'",')
    payload = line[head:-1]
    if line != _line(payload)[:-1]:
        return None
    try:
        found = read_json(payload)
    except FormatError:
        return None
    return found if isinstance(found, dict) and found.get("seq") == sequence else None


def _line(payload: bytes) -> bytes:
    checksum = sha256(payload).hexdigest()[:_SUM].encode()
    return _OPENING + checksum + b'",' + payload + _CLOSING + b"\n"


def _entry(payload: dict[str, object] | None, end: int) -> Entry | None:
    match payload:
        case {"saved": str() as saved}:
            return Entry((), saved, end)
        case {"changes": list() as changes}:
            try:
                return Entry(tuple(decode_change(change) for change in changes), "", end)
            except FormatError:
                return None
    return None


def replay(session: Session, entries: Sequence[Entry]) -> Replay:
    """Do a journal's entries to a session, up to the first that does not fit."""
    done = changes = 0
    for entry in entries:
        try:
            session = apply_changes(session, entry.changes)
        except EditError:
            break
        done += 1
        changes += len(entry.changes)
    return Replay(session, done, changes)


class Journal:
    """The journal of an open session; nothing is on disk until the first `append`.

    What `append` and `mark_saved` were given is on disk when they return. Where they raise, it is
    not, and the journal is as it was before.
    """

    def __init__(self, path: Path, base: str, there: JournalText | None = None) -> None:
        """Begin a journal for the session file of hash `base`, or go on with the one `there`."""
        self.path = path
        self._base = base
        self._descriptor: int | None = None
        self._end = there.end if there else 0
        self._sequence = len(there.entries) + 1 if there else 0

    @property
    def is_begun(self) -> bool:
        """Whether there is a file with anything in it."""
        return self._sequence > 0

    def append(self, changes: Sequence[Change]) -> None:
        """Put changes on disk; raises StorageError where that fails."""
        self._put({"changes": [encode_change(change) for change in changes]})

    def mark_saved(self, file_hash: str) -> None:
        """Put on disk that a file of that hash, soon in place, holds all that was appended.

        Raises StorageError where that fails.
        """
        self._put({"saved": file_hash})

    def restart(self, base: str, keep_as: Path | None = None) -> None:
        """Begin again from a saved file; the old journal goes, or is kept under another name."""
        self.close()
        with contextlib.suppress(
            OSError
        ):  # it names its own file, so it can do no harm if it stays
            if keep_as is not None and self.is_begun:
                self.path.replace(keep_as)
            else:
                self.path.unlink(missing_ok=True)
        self._base, self._end, self._sequence = base, 0, 0

    def close(self) -> None:
        """Let go of the file, which stays as it is."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _put(self, payload: dict[str, object]) -> None:
        lines, sequence = b"", self._sequence
        if sequence == 0:
            lines, sequence = _line(_numbered({"base": self._base}, 0)), 1
        lines += _line(_numbered(payload, sequence))
        try:
            self._write(lines)
        except OSError as error:
            raise storage_error(error, self.path, "could not be written") from error
        self._end += len(lines)
        self._sequence = sequence + 1

    def _write(self, lines: bytes) -> None:
        fresh = self._sequence == 0
        if self._descriptor is None:
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
            mode = mode_of(self.path.with_suffix(""))  # as private as the session file itself
            self._descriptor = os.open(self.path, flags, 0o666 if mode is None else mode | 0o600)
        try:
            os.ftruncate(self._descriptor, self._end)  # what an earlier failure left goes first
            os.lseek(self._descriptor, self._end, os.SEEK_SET)
            write_all(self._descriptor, lines)
            flush(self._descriptor)
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, self._end)
            raise
        if fresh:
            flush_folder(self.path.parent)


def _numbered(payload: dict[str, object], sequence: int) -> bytes:
    return to_bytes(write_compact({"seq": sequence} | payload))

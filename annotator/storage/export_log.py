"""The log of a session's exports, `NAME.exports.jsonl`: lines are added and never changed.

Each line is an object whose first key is a hash, over the hash of the line before and all that
follows in this line. So a line that was changed, taken out or put in shows. Lines cut off at the
end show by what is noted beside the log (`export_log_head`). The log names who exported and stays
at home.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from annotator.errors import StorageError
from annotator.model.export_record import ExportRecord, Logged
from annotator.storage.atomic import flush, flush_folder, mode_of, write_all
from annotator.storage.codec_export import RECORD
from annotator.storage.export_log_head import Head, missing_told, read_head, write_head
from annotator.storage.export_log_text import ExportLog, log_line, parse_log
from annotator.storage.faults import storage_error
from annotator.storage.paths import LOG_SUFFIX, export_log_path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

__all__ = [
    "LOG_SUFFIX",
    "ExportLog",
    "export_log_path",
    "log_export",
    "log_given_up",
    "log_recalled",
    "read_log",
]

_LOCKED_BYTE = 1 << 30


def read_log(session_path: Path) -> ExportLog:
    """Read the export log of a session file; empty where nothing was exported.

    A line that was never finished, as after a power cut, lines that do not follow from those
    before, and lines that are missing at the end are told among the faults; all that can be read
    is given. Raises StorageError where it is there and the system will not let it be read.
    """
    path = export_log_path(session_path)
    try:
        log = parse_log(path.read_bytes())
    except FileNotFoundError:
        log = ExportLog()
    except OSError as error:
        raise storage_error(error, path, "could not be read") from error
    missing = missing_told(log, read_head(path))
    return replace(log, faults=(*log.faults, missing)) if missing else log


def log_export(session_path: Path, record: ExportRecord) -> Logged:
    """Add an export; it is on disk when this returns, before the clip is put in its place.

    Raises StorageError where that fails; then the log is as it was.
    """

    def event(log: ExportLog) -> dict[str, object]:
        code = log.code_of(record.who)
        return {"event": "exported", "code": code, "export": RECORD.write(record)}

    return _append(session_path, event).exports[-1]


def log_given_up(session_path: Path, export_id: str, when: str) -> None:
    """Note that an export in the log came to nothing: no clip was put in its place.

    Raises StorageError where there is no such export, or where it cannot be written.
    """
    _append(session_path, lambda log: _about(log, "given_up", export_id, when))


def log_recalled(session_path: Path, export_id: str, when: str) -> None:
    """Note that an export was called back: the clip and its copies are known to be deleted.

    Raises StorageError where there is no such export, or where it cannot be written.
    """
    _append(session_path, lambda log: _about(log, "recalled", export_id, when))


def _about(log: ExportLog, event: str, export_id: str, when: str) -> dict[str, object]:
    if all(one.record.id != export_id for one in log.exports):
        raise StorageError(f"The log holds no export “{export_id}”.", "Look at the log again.")
    return {"event": event, "export": export_id, "when": when}


def _append(session_path: Path, event: Callable[[ExportLog], dict[str, object]]) -> ExportLog:
    """Add the line that `event` makes of the log as it stands; gives the log with it."""
    path = export_log_path(session_path)
    mode = mode_of(session_path)  # as private as the session itself
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags, 0o666 if mode is None else mode | 0o600)
        try:
            with _held(descriptor):
                log = _added(descriptor, event, read_head(path))
                write_head(path, log)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise storage_error(error, path, "could not be written") from error
    flush_folder(path.parent)
    return log


def _added(
    descriptor: int, event: Callable[[ExportLog], dict[str, object]], head: Head | None
) -> ExportLog:
    data = b"".join(_pieces(descriptor))
    log = parse_log(data)
    torn = b"\n" if data and not data.endswith(b"\n") else b""  # a lost line stays to be seen
    line = torn
    if missing := missing_told(log, head):  # the end that is noted now would hide it
        line += log_line(log.last_hash, {"event": "noticed", "what": missing})
        log = parse_log(data + line)
    line += log_line(log.last_hash, event(log))
    try:
        write_all(descriptor, line)
        flush(descriptor)
    except OSError:
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, len(data))
        raise
    return parse_log(data + line)


def _pieces(descriptor: int) -> Iterator[bytes]:
    while piece := os.read(descriptor, 1 << 20):
        yield piece


@contextmanager
def _held(descriptor: int) -> Iterator[None]:
    """Let nobody else write meanwhile; two exports at once wait for one another.

    Some network drives know no locks: there the chain of hashes shows if two have met.
    """
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
    yield  # closing the file lets go of it

"""The log of a session's exports, `NAME.exports.jsonl`: lines are added and never changed.

Each line is an object whose first key is a hash, over the hash of the line before and all that
follows in this line. So a line that was changed, taken out or put in shows; lines cut off at the
end do not, unless the last hash was noted elsewhere. The log names who exported and stays home.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.errors import StorageError
from annotator.model.export_record import ExportRecord, Logged
from annotator.storage.atomic import flush, flush_folder, mode_of, write_all
from annotator.storage.codec_export import RECORD
from annotator.storage.export_log_text import ExportLog, log_line, parse_log
from annotator.storage.faults import storage_error

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

LOG_SUFFIX = ".exports.jsonl"

_SESSION_SUFFIX = ".session.json"
_LOCKED_BYTE = 1 << 30


def export_log_path(session_path: Path) -> Path:
    """Give where the export log of a session file stands, by whatever link it was reached."""
    real = Path(os.path.realpath(session_path))
    return real.with_name(real.name.removesuffix(_SESSION_SUFFIX) + LOG_SUFFIX)


def read_log(session_path: Path) -> ExportLog:
    """Read the export log of a session file; empty where nothing was exported.

    A line that was never finished, as after a power cut, and lines that do not follow from those
    before are told among the faults; all that can be read is given. Raises StorageError where it
    is there and the system will not let it be read.
    """
    path = export_log_path(session_path)
    try:
        return parse_log(path.read_bytes())
    except FileNotFoundError:
        return ExportLog()
    except OSError as error:
        raise storage_error(error, path, "could not be read") from error


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
                log = _added(descriptor, event)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise storage_error(error, path, "could not be written") from error
    flush_folder(path.parent)
    return log


def _added(descriptor: int, event: Callable[[ExportLog], dict[str, object]]) -> ExportLog:
    data = b"".join(_pieces(descriptor))
    log = parse_log(data)
    torn = b"\n" if data and not data.endswith(b"\n") else b""  # a lost line stays to be seen
    line = torn + log_line(log.last_hash, event(log))
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

"""Lets the export log go along with a session that is saved elsewhere."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from annotator.errors import StorageError
from annotator.model.stamps import now
from annotator.storage.atomic import mode_of, set_aside, write_atomically
from annotator.storage.export_log_head import head_path, write_head
from annotator.storage.export_log_text import log_line, parse_log
from annotator.storage.faults import storage_error
from annotator.storage.paths import export_log_path

TakeBack = Callable[[], object]


def carry_log(before: Path, session_path: Path) -> TakeBack:
    """Copy the log of a session file to where it is saved now; a last line says where from.

    The log at the old place stays as it is. One at the new place that holds anything else is
    kept aside, and the line names it. Gives what takes all of it back, for where the session
    cannot be written. Raises StorageError where a log cannot be read or written; then nothing
    was changed.
    """
    source, target = export_log_path(before), export_log_path(session_path)
    if source == target:
        return lambda: None
    undoing = ExitStack()
    try:
        _carry(source, target, undoing)
    except StorageError:
        undoing.close()
        raise
    return undoing.close


def _carry(source: Path, target: Path, undoing: ExitStack) -> None:
    data, there = _read(source), _read(target)
    undoing.callback(_restore, head_path(target), _read(head_path(target)))
    aside = ""
    if there is not None and (data is None or not data.startswith(there)):
        kept = set_aside(target, "older")
        aside = kept.name
        undoing.callback(_put_back, kept, target)
    else:
        undoing.callback(_restore, target, there)
    with contextlib.suppress(OSError):
        head_path(target).unlink(missing_ok=True)
    if data is not None:
        _write(source, target, data, aside)


def _write(source: Path, target: Path, data: bytes, aside: str) -> None:
    whole = data if data.endswith(b"\n") or not data else data + b"\n"
    event = {"event": "copied", "from": str(source), "aside": aside, "when": now()}
    whole += log_line(parse_log(whole).last_hash, event)
    write_atomically(target, whole)
    if (mode := mode_of(source)) is not None:
        with contextlib.suppress(OSError):  # some network drives know no modes
            target.chmod(mode)
    write_head(target, parse_log(whole))


def _read(path: Path) -> bytes | None:
    """Read a file; None where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise storage_error(error, path, "could not be read") from error


def _restore(path: Path, data: bytes | None) -> None:
    """Let a file be as it was: with these bytes, or not there."""
    with contextlib.suppress(OSError, StorageError):  # the failure before it is what is told
        if data is None:
            path.unlink(missing_ok=True)
        else:
            write_atomically(path, data)


def _put_back(kept: Path, target: Path) -> None:
    with contextlib.suppress(OSError):
        kept.replace(target)

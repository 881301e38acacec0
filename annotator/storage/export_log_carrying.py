"""Lets the export log go along with a session that is saved elsewhere."""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime
from pathlib import Path

from annotator.storage.atomic import mode_of, set_aside, write_atomically
from annotator.storage.export_log_head import head_path, write_head
from annotator.storage.export_log_text import log_line, parse_log
from annotator.storage.faults import storage_error
from annotator.storage.paths import export_log_path


def carry_log(before: Path, session_path: Path) -> bool:
    """Copy the log of a session file to where it is saved now; a last line says where from.

    The log at the old place stays as it is. One at the new place that holds anything else is
    kept aside, and the line names it. Tells whether there was a log to go along. Raises
    StorageError where it cannot be read or written; then nothing was changed at the new place
    but that name.
    """
    source, target = export_log_path(before), export_log_path(session_path)
    if source == target:
        return False
    try:
        data = source.read_bytes()
    except FileNotFoundError:
        _leave_none(target)
        return False
    except OSError as error:
        raise storage_error(error, source, "could not be read") from error
    whole = data if data.endswith(b"\n") or not data else data + b"\n"
    aside = _kept_aside(target, data)
    when = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    event = {"event": "copied", "from": str(source), "aside": aside, "when": when}
    whole += log_line(parse_log(whole).last_hash, event)
    write_atomically(target, whole)
    if (mode := mode_of(session_path)) is not None:
        with contextlib.suppress(OSError):  # some network drives know no modes
            target.chmod(mode)
    write_head(target, parse_log(whole))
    return True


def _leave_none(target: Path) -> None:
    """Keep aside the log of an earlier session of that name, which says nothing of the new one."""
    if os.path.lexists(target):
        set_aside(target, "older")
    with contextlib.suppress(OSError):
        head_path(target).unlink(missing_ok=True)


def _kept_aside(target: Path, data: bytes) -> str:
    """Keep aside what would be lost at the new place; gives its name, empty where nothing would."""
    try:
        there = target.read_bytes()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise storage_error(error, target, "could not be read") from error
    return "" if data.startswith(there) else set_aside(target, "older").name


def forget_log(session_path: Path) -> None:
    """Take a log away again that went along to where the session could not be written."""
    target = export_log_path(session_path)
    for path in (target, head_path(target)):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)

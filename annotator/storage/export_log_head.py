"""What is noted beside an export log of its end, so that lines cut off there are noticed.

`NAME.exports.head.json` holds how many lines the log had and the hash of the last. It shows what
a slip, a bad copy or an old backup has taken away; whoever changes both files by hand goes unseen.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import StorageError
from annotator.storage.atomic import write_atomically
from annotator.storage.codec_text import read_json, to_bytes, write_compact
from annotator.storage.export_log_text import ExportLog
from annotator.storage.faults import FormatError

HEAD_SUFFIX = ".head.json"


@dataclass(frozen=True, slots=True)
class Head:
    """How many lines a log had when it was written last, and the hash of its last line."""

    lines: int
    last: str


def head_path(log_path: Path) -> Path:
    """Give where the note about a log's end stands: beside it."""
    return log_path.with_name(log_path.name.removesuffix(".jsonl") + HEAD_SUFFIX)


def read_head(log_path: Path) -> Head | None:
    """Read what was noted of a log's end; None where nothing was, or where it cannot be read."""
    try:
        found = read_json(head_path(log_path).read_bytes())
    except (OSError, FormatError):
        return None
    match found:
        case {"lines": int() as lines, "last": str() as last}:
            return Head(lines, last)
    return None


def write_head(log_path: Path, log: ExportLog) -> None:
    """Note a log's end; where that cannot be written, an earlier end stays noted."""
    tree = {"lines": len(log.hashes), "last": log.last_hash}
    with contextlib.suppress(StorageError):  # the line itself is on disk, which counts for more
        write_atomically(head_path(log_path), to_bytes(write_compact(tree) + "\n"))


def missing_told(log: ExportLog, head: Head | None) -> str:
    """Say what is missing at the end of a log; empty where nothing is known to be."""
    if head is None or head.lines < 1:
        return ""
    lost = head.lines - len(log.hashes)
    if lost > 0:
        lines, are = ("1 line", "is") if lost == 1 else (f"{lost:,} lines", "are")
        return f"{lines} at the end of the log {are} missing: what was exported there is not known."
    found = log.hashes[head.lines - 1]
    if found and found != head.last:
        return "The log is not the one that was written here last: another was put in its place."
    return ""

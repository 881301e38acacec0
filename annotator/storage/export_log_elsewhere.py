"""Finds exports of a session in logs of other names: its file was renamed or copied by hand.

A log is called as its session file is, so a file manager parts the two. Every line of an export
names the session by its id, by which it is found among the logs of the folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.model.counts import counted
from annotator.model.export_record import Logged
from annotator.storage import export_log
from annotator.storage.codec_text import to_bytes, write_compact
from annotator.storage.export_log_head import head_path
from annotator.storage.export_log_text import ExportLog, parse_log
from annotator.storage.paths import LOG_SUFFIX, SESSION_ENDING, export_log_path


@dataclass(frozen=True, slots=True)
class _Stray:
    """A log of another name, and which of its exports are of the session and in no other log."""

    path: Path
    exports: tuple[Logged, ...]
    faults: tuple[str, ...]

    @property
    def namesake(self) -> Path:
        """The session file that the log is called after; it need not be there."""
        return self.path.with_name(self.path.name.removesuffix(LOG_SUFFIX) + SESSION_ENDING)


def read_exports(session_path: Path, session_id: str) -> ExportLog:
    """Read what a session exported: its own log, and what others in its folder hold of it.

    Exports of other logs come last, their lines counted on; `elsewhere` tells of each such log
    and what to do. Raises StorageError where the own log cannot be read.
    """
    log = export_log.read_log(session_path)
    for stray in _strays(session_path, session_id, log):
        first = 1 + max((one.line for one in log.exports), default=0)
        found = [replace(one, line=line) for line, one in enumerate(stray.exports, first)]
        log = replace(
            log,
            exports=(*log.exports, *found),
            faults=(*log.faults, *(f"“{stray.path.name}”: {one}" for one in stray.faults)),
            elsewhere=(*log.elsewhere, _told(session_path, stray)),
        )
    return log


def note_recalled(session_path: Path, session_id: str, export_id: str, when: str) -> None:
    """Note that an export was called back, in the log that it stands in.

    Raises StorageError where there is no such export, or where it cannot be written.
    """
    own = export_log.read_log(session_path)
    homes = (
        stray.namesake
        for stray in _strays(session_path, session_id, own)
        if any(one.record.id == export_id for one in stray.exports)
    )
    export_log.log_recalled(next(homes, session_path), export_id, when)


def log_home(session_path: Path, session_id: str) -> Path:
    """Give the session file after which the log of its exports is called.

    That is its own name, unless it has no log of that name and just one other holds its exports.
    """
    if export_log_path(session_path).exists():
        return session_path
    found = [*_strays(session_path, session_id, ExportLog())]
    return found[0].namesake if len(found) == 1 else session_path


def _strays(session_path: Path, session_id: str, own: ExportLog) -> Iterator[_Stray]:
    """Yield the other logs of the folder that hold exports of a session, by name."""
    path = export_log_path(session_path)
    known = {one.record.id for one in own.exports}
    needle = to_bytes(write_compact({"session": session_id}))[1:-1]
    for other in sorted(path.parent.glob(f"*{LOG_SUFFIX}")):
        data = _data(other)
        if other == path or not session_id or needle not in data:
            continue  # as most are; a folder may hold a whole study
        log = parse_log(data)
        of_session = (one for one in log.exports if one.record.session == session_id)
        found = tuple(one for one in of_session if one.record.id not in known)
        if found:
            known.update(one.record.id for one in found)
            yield _Stray(other, found, log.faults)


def _data(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it is most likely another session's, whose own reader is told
        return b""


def _told(session_path: Path, stray: _Stray) -> str:
    """Say that a log of another name was read along, and what to do."""
    own, name = export_log_path(session_path), stray.path.name
    told = (
        f"“{name}” holds {counted(len(stray.exports), 'export')} of this session, "
        f"whose file was renamed or copied."
    )
    if own.exists() or stray.namesake.exists():
        return f"{told} Leave it in this folder, so that what it lists can be called back."
    renamed = f"Rename it to “{own.name}”"
    if head_path(stray.path).exists():
        renamed += f", and “{head_path(stray.path).name}” to “{head_path(own).name}”"
    return f"{told} {renamed}, so that the two go together again."

"""Where things are: recordings beside their session, and the files shipped with the program."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path, PurePath, PureWindowsPath

import annotator
from annotator.errors import StorageError
from annotator.model.recording import Recording
from annotator.model.session import Session

SESSION_ENDING, LOG_SUFFIX = ".session.json", ".exports.jsonl"


def export_log_path(session_path: Path) -> Path:
    """Give where the export log of a session file stands, by whatever link it was reached."""
    real = Path(os.path.realpath(session_path))
    return real.with_name(real.name.removesuffix(SESSION_ENDING) + LOG_SUFFIX)


def recording_path(session_path: Path, recording: Recording) -> Path:
    """Give where a session's recording is, absolute; it need not be there."""
    return located(session_path.parent, recording.path)


def located(folder: Path, written: str) -> Path:
    """Give the absolute path of what a session file in `folder` writes as a path."""
    if PureWindowsPath(written).drive:
        return Path(written)  # absolute on the computer that wrote it
    return _absolute(folder / written)


def relative_path(folder: Path, target: Path) -> str:
    """Write a path as a session file in `folder` keeps it: relative, with forward slashes.

    Absolute where the two share nothing but the root of the disk, or stand on different drives.
    """
    here, there = _absolute(folder), _absolute(target)
    try:
        shared = Path(os.path.commonpath([here, there]))
    except ValueError:
        return there.as_posix()
    if shared == PurePath(shared.anchor) and here != shared:
        return there.as_posix()
    return Path(os.path.relpath(there, here)).as_posix()


def _absolute(path: Path) -> Path:
    return Path(os.path.normpath(path.absolute()))


def relocated(session: Session, old_folder: Path, new_folder: Path) -> Session:
    """Re-express the recordings' paths for a session file that goes to another folder."""
    recordings = tuple(
        replace(one, path=relative_path(new_folder, located(old_folder, one.path)))
        if not PureWindowsPath(one.path).drive
        else one
        for one in session.recordings
    )
    return replace(session, recordings=recordings)


def shipped(name: str) -> Path:
    """Give the folder of files that came with the program, such as "first-session".

    Raises StorageError where the program was installed without them.
    """
    package = Path(annotator.__file__).parent
    for folder in (package / "shipped" / name, package.parent / "samples" / name):
        if folder.exists():
            return folder
    raise StorageError(
        f"“{name}”, which comes with annotator, is not there.", "Install annotator again."
    )


def builtin_codebooks() -> tuple[Path, ...]:
    """Give the codebook files that came with the program, by name."""
    return tuple(sorted(shipped("codebooks").glob("*.json")))

"""Finds films that have been moved, and recognises them by their fingerprint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from annotator import media
from annotator.errors import MediaError
from annotator.jobs.progress import SILENT, Progress, advance
from annotator.model import Recording
from annotator.storage.paths import relative_path

_MOST_FILES = 500
"""So many files are looked at and no more: a search must not take minutes on a full drive."""


def recognise(recording: Recording, session_path: Path, candidate: Path) -> Recording | None:
    """Take a file for the moved recording if it has the recording's fingerprint.

    Gives the recording with its new path, None where the file is another one. Raises
    MediaError where the file cannot be read.
    """
    if media.fingerprint(candidate) != recording.fingerprint:
        return None
    return replace(recording, path=relative_path(session_path.parent, candidate))


def find_moved(
    recording: Recording, session_path: Path, watcher: Progress = SILENT
) -> Recording | None:
    """Look for a moved film in the session's folder, the folders in it and those beside it.

    Only files with the film's suffix are looked at, the nearest first. Gives the recording with
    its new path, None where it is not found. Raises CancelledError.
    """
    files = _candidates(recording, session_path)
    for index, file in enumerate(files):
        advance(watcher, index / len(files), f"Looking at {file.name}")
        found = _recognise_quietly(recording, session_path, file)
        if found is not None:
            return found
    return None


def _recognise_quietly(
    recording: Recording, session_path: Path, candidate: Path
) -> Recording | None:
    """Recognise a file; one that cannot be read is not the film."""
    try:
        return recognise(recording, session_path, candidate)
    except MediaError:
        return None


def _candidates(recording: Recording, session_path: Path) -> list[Path]:
    """List files that could be the film: the nearest first, and there that of the same name."""
    wanted = Path(recording.path)
    suffix = wanted.suffix.casefold()
    files: list[Path] = []
    for ring in _rings(session_path.absolute().parent):
        entries = (one for folder in ring for one in _entries(folder))
        alike = [one for one in entries if one.suffix.casefold() == suffix and one.is_file()]
        files += sorted(alike, key=lambda file: file.name != wanted.name)
    return files[:_MOST_FILES]


def _rings(home: Path) -> Iterator[list[Path]]:
    """Yield folders from near to far: this one, those in it, the one above, those beside it."""
    yield [home]
    yield [one for one in _entries(home) if one.is_dir()]
    if home.parent != home:
        yield [home.parent]
        yield [one for one in _entries(home.parent) if one.is_dir() and one != home]


def _entries(folder: Path) -> list[Path]:
    """List what lies in a folder, by name, without what is hidden; empty where we may not look."""
    try:
        return sorted(one for one in folder.iterdir() if not one.name.startswith("."))
    except OSError:
        return []

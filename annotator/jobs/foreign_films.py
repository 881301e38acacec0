"""Finds the films that a foreign file names, so that an imported session can be played."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PureWindowsPath
from urllib.parse import unquote

from annotator.errors import MediaError
from annotator.jobs.prepare import prepare_recording
from annotator.jobs.progress import Part, Progress, advance
from annotator.model.recording import Recording
from annotator.model.session import Session
from annotator.model.time import ZERO, Interval, Micros
from annotator.storage.interchange.report import Notes
from annotator.storage.paths import relative_path


def with_films(
    session: Session, foreign_folder: Path, session_folder: Path, notes: Notes, watcher: Progress
) -> Session:
    """Look for a session's films where the foreign file says, then beside it, and read them.

    A film that is not found is kept as it was told, and noted. The region grows with the films
    where it was only as long as the last tag. Raises CancelledError.
    """
    count = len(session.recordings)
    recordings = tuple(
        _found(
            one,
            foreign_folder,
            session_folder,
            notes,
            Part(watcher, number / count, (number + 1) / count),
        )
        for number, one in enumerate(session.recordings)
    )
    is_whole = session.region == Interval(ZERO, session.duration)
    made = replace(session, recordings=recordings)
    if recordings and (is_whole or session.region.end > made.duration):
        start = Micros(min(session.region.start, made.duration))
        made = replace(made, region=Interval(start, made.duration))
    return made


def _found(
    told: Recording, foreign_folder: Path, session_folder: Path, notes: Notes, watcher: Progress
) -> Recording:
    advance(watcher, 0.0, f"Looking for {_bare(told.path)}")
    for place in _places(told.path, foreign_folder):
        if not place.is_file():
            continue
        try:
            read = prepare_recording(place, session_folder, offset=told.offset, watcher=watcher)
        except MediaError as error:
            notes.noticed(f"a film could not be read: {error.what}", told.path)
            break
        return replace(read, id=told.id, role=told.role, extra=told.extra)
    else:
        notes.noticed("a film was not found; the session asks for it when it is opened", told.path)
    expected = relative_path(session_folder, foreign_folder / _bare(told.path))
    return replace(told, path=expected)


def _places(written: str, folder: Path) -> list[Path]:
    """List where a film can be: at its path, below the folder, and beside the file by its name."""
    if "://" in written or "\0" in written:
        return []
    names = dict.fromkeys((_bare(written), unquote(_bare(written))))
    own = [] if PureWindowsPath(written).drive and Path(written).drive == "" else [folder / written]
    return [*own, *(folder / name for name in names)]


def _bare(written: str) -> str:
    return written.replace("\\", "/").rpartition("/")[2] or "film"

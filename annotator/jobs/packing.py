"""Packs written to disk: whole, or not at all, and never over anything."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from annotator.jobs.progress import SILENT, Progress, advance
from annotator.reports.packs.archive import checked_name, parts_of, size_of, write_zip
from annotator.reports.packs.pack import PackFile
from annotator.storage.atomic import flush, flush_folder
from annotator.storage.faults import storage_error
from annotator.storage.leftovers import delete, sweep_leftovers
from annotator.storage.placing import put_in_place, require_free


@dataclass(slots=True)
class _Meter:
    """Tells how much is written, and stops the work where that is asked for."""

    watcher: Progress
    whole: int
    done: int = 0

    def step(self, count: int) -> None:
        """Hear of bytes more; raises CancelledError."""
        self.done += count
        advance(self.watcher, min(1.0, self.done / max(1, self.whole)), "Writing the pack")


def keep_folder(
    files: Sequence[PackFile],
    place: Path,
    watcher: Progress = SILENT,
) -> Path:
    """Write a pack as a folder, which must not be there yet; gives the folder.

    Everything goes to a folder beside it, which takes its name once it is whole. Raises
    StorageError where a file cannot be read or written, and CancelledError; then nothing is left.
    """
    meter = _meter(files, watcher)
    with _whole(place) as part:
        part.mkdir()
        for file in files:
            target = part / checked_name(file.name)
            target.parent.mkdir(parents=True, exist_ok=True)
            with _flushed(target) as out:
                for piece in _pieces(file.data):
                    out.write(piece)
                    meter.step(len(piece))
        for folder in sorted({(part / file.name).parent for file in files}):
            flush_folder(folder)
    return place


def keep_zip(
    files: Sequence[PackFile],
    place: Path,
    watcher: Progress = SILENT,
) -> Path:
    """Write a pack, or an H5P or SCORM package, as one file, which must not be there yet.

    Raises as `keep_folder` does.
    """
    meter = _meter(files, watcher)
    with _whole(place) as part, _flushed(part) as out:
        write_zip(files, out, meter.step, _pieces)
    return place


def _meter(files: Sequence[PackFile], watcher: Progress) -> _Meter:
    whole = 0
    for file in files:
        with _read(file.data):
            whole += size_of(file.data)
    return _Meter(watcher, whole)


def _pieces(data: bytes | Path) -> Iterator[bytes]:
    with _read(data):
        yield from parts_of(data)


@contextmanager
def _read(data: bytes | Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if isinstance(data, bytes):
            raise
        raise storage_error(error, data, "could not be read") from error


@contextmanager
def _whole(place: Path) -> Iterator[Path]:
    """Give a name beside `place` to write to, which becomes `place` at the end or is removed."""
    part = place.with_name(f".annotator-{os.urandom(4).hex()}.part")
    require_free(place)
    sweep_leftovers(place.parent)
    try:
        yield part
        if part.is_dir():  # the system gives no folder the name of anything that holds something
            require_free(place)
            part.rename(place)
        else:
            put_in_place(part, place)
    except OSError as error:
        raise storage_error(error, place, "could not be written") from error
    finally:
        delete(part)
    flush_folder(place.parent)


@contextmanager
def _flushed(target: Path) -> Iterator[BinaryIO]:
    with target.open("xb") as out:
        yield out
        out.flush()
        flush(out.fileno())

"""Results kept as files: tables with all that belongs to them, figures with their numbers."""

from __future__ import annotations

from pathlib import Path

from annotator.jobs.views import Seen
from annotator.reports.writing import as_csv, files_of
from annotator.storage.atomic import write_atomically
from annotator.storage.placing import require_free


def keep_tables(seen: Seen, place: Path) -> tuple[Path, ...]:
    """Write all tables of a view; gives the files.

    The file of that name is written over, since that was asked for; beside it none is. Raises
    StorageError or AnnotatorError where they cannot be written.
    """
    files = files_of(seen.tables, place.name)
    return _written({place.with_name(name): data for name, data in files.items()}, place)


def keep_figure(seen: Seen, place: Path) -> tuple[Path, ...]:
    """Write a view's figure, and its numbers as CSV beside it; gives the files.

    Raises as `keep_tables` does.
    """
    figure = seen.figure(place.suffix.lower().removeprefix("."))
    return _written({place: figure, place.with_suffix(".csv"): as_csv(seen.table)}, place)


def _written(files: dict[Path, bytes], asked: Path) -> tuple[Path, ...]:
    for path in files:
        if path != asked:
            require_free(path)
    for path, data in files.items():
        write_atomically(path, data)
    return tuple(files)

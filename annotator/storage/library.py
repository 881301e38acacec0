"""The codebooks that come with the program: which there are, and each by its id."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from annotator.errors import StorageError
from annotator.model.codebook import Codebook
from annotator.storage.codec import decode_codebook
from annotator.storage.faults import storage_error
from annotator.storage.paths import builtin_codebooks


@dataclass(frozen=True, slots=True)
class BuiltinBook:
    """A codebook that comes with the program; `notice` must be shown beside it."""

    id: str
    name: str
    version: str
    notice: str
    path: Path


def builtin_ids() -> tuple[str, ...]:
    """Name the books that come with the program, without reading them."""
    return tuple(_id_of(path) for path in builtin_codebooks())


def list_builtin() -> tuple[BuiltinBook, ...]:
    """List the books that come with the program, the starter first, then by id.

    Raises StorageError where the program was installed without them.
    """
    books = (_described(path) for path in builtin_codebooks())
    return tuple(sorted(books, key=lambda one: (one.id != "starter", one.id)))


def load_builtin(book_id: str) -> Codebook:
    """Give a book that comes with the program.

    Raises StorageError, naming those there are, where there is none of that id.
    """
    paths = {_id_of(path): path for path in builtin_codebooks()}
    if book_id not in paths:
        raise StorageError(
            f'There is no codebook "{book_id}".', f"Name a file, or one of: {', '.join(paths)}."
        )
    return _read(paths[book_id])


def _id_of(path: Path) -> str:
    return path.name.partition(".")[0]


def _described(path: Path) -> BuiltinBook:
    book = _read(path)
    return BuiltinBook(book.id, book.name, book.version, book.notice, path)


def _read(path: Path) -> Codebook:
    try:
        return decode_codebook(path.read_bytes())
    except OSError as error:
        raise storage_error(error, path, "could not be read") from error

"""Codebook files: read with every problem told, written in one step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from annotator.errors import StorageError
from annotator.model.book_advice import codebook_advice
from annotator.model.codebook import Codebook
from annotator.model.problem import Problem
from annotator.model.rules import codebook_problems
from annotator.storage.atomic import write_atomically
from annotator.storage.checking import check_data
from annotator.storage.codec import CODEBOOK_FORMAT, codebook_from, encode_codebook, format_of
from annotator.storage.codec_text import read_json, to_bytes
from annotator.storage.faults import FormatError, NewerFormatError, storage_error
from annotator.storage.migrations import CODEBOOK_VERSION

BOOK_SUFFIX = ".codebook.json"
LARGEST_BOOK = 8 * 1024 * 1024
"""In bytes; the largest of ours has 26 thousand."""

_NO_OTHERS = '\\/:*?"<>|'


@dataclass(frozen=True, slots=True)
class ReadBook:
    """A codebook that was read, and what could be better about it."""

    book: Codebook
    advice: tuple[Problem, ...]


def read_book(path: Path) -> ReadBook:
    """Read a codebook file that is to be used.

    Raises FormatError with every problem where it is not in order (NewerFormatError where a newer
    program wrote it), StorageError where the system will not let it be read.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_BOOK:
            raise _too_large(path, size)
        data = path.read_bytes()
    except OSError as error:
        raise storage_error(error, path, "could not be read") from error
    try:
        return parse_book(data)
    except FormatError as error:
        raise error.about(f"“{path.name}”") from error


def parse_book(data: bytes) -> ReadBook:
    """Read the bytes of a codebook file that is to be used; raises FormatError as `read_book`."""
    raw = read_json(data)
    version = raw.get("version") if isinstance(raw, dict) else None
    try:
        book = codebook_from(raw)
    except NewerFormatError:
        raise
    except FormatError as error:
        if format_of(raw) != CODEBOOK_FORMAT:
            raise
        raise FormatError(check_data(data) or error.problems) from error
    if isinstance(version, int) and version > CODEBOOK_VERSION:
        raise NewerFormatError(version)
    if problems := codebook_problems(book):
        raise FormatError(problems)
    return ReadBook(book, tuple(codebook_advice(book)))


def book_problems(path: Path) -> list[Problem]:
    """List all that is wrong with a codebook file, then what could be better.

    Raises StorageError where the system will not let it be read.
    """
    try:
        return list(read_book(path).advice)
    except FormatError as error:
        return list(error.problems)


def write_book(path: Path, book: Codebook) -> None:
    """Write a codebook as a file of its own, in one step, over what is there.

    Raises FormatError where the book is not in order, since nobody could read it then, and
    StorageError where it cannot be written; what was there is then as it was.
    """
    if problems := codebook_problems(book):
        raise FormatError(problems, f"{book.name or 'This codebook'}")
    write_atomically(path, to_bytes(encode_codebook(book)))


def file_name_of(book: Codebook) -> str:
    """Propose a name for a book's file, such as "starter-2.codebook.json"."""
    stem = "-".join(part for part in (book.id, book.version) if part)
    plain = "".join("_" if one in _NO_OTHERS or not one.isprintable() else one for one in stem)
    return f"{plain.strip(' .') or 'codebook'}{BOOK_SUFFIX}"


def with_suffix(path: Path) -> Path:
    """Let the name of a codebook file end as such names do, unless it ends in .json already."""
    return path if path.name.endswith(".json") else path.with_name(path.name + BOOK_SUFFIX)


def _too_large(path: Path, size: int) -> StorageError:
    megabytes = size / 1024 / 1024
    return StorageError(
        f"“{path.name}” has {megabytes:.0f} megabytes, so it is hardly a codebook.",
        "Choose the codebook's file; it ends in .codebook.json.",
    )

"""Which codebook is meant on the command line: one that ships, a file, or that of a session."""

from __future__ import annotations

from pathlib import Path

from annotator.model import Codebook
from annotator.storage.books import LARGEST_BOOK, read_book
from annotator.storage.codec import SESSION_FORMAT, format_of
from annotator.storage.codec_text import read_json
from annotator.storage.faults import FormatError, storage_error
from annotator.storage.library import builtin_ids, load_builtin
from annotator.storage.paths import SESSION_ENDING
from annotator.storage.recovery import found_on_disk


def find_book(source: str) -> Codebook:
    """Give the codebook of an id, of a codebook file or of a session file.

    Raises StorageError where there is none, or where it is not in order.
    """
    path = Path(source)
    if source in builtin_ids() or not path.exists():
        return load_builtin(source)
    if _is_session(path):
        return found_on_disk(path, may_write=False).session.codebook
    return read_book(path).book


def _is_session(path: Path) -> bool:
    """Tell whether a file is a session; by its name where it is large, else by what it says."""
    try:
        if path.stat().st_size > LARGEST_BOOK:
            return path.name.endswith(SESSION_ENDING)
        return format_of(read_json(path.read_bytes())) == SESSION_FORMAT
    except FormatError:
        return False
    except OSError as error:
        raise storage_error(error, path, "could not be read") from error

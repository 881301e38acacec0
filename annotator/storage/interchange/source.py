"""A foreign file as its readers get it: its bytes, within bounds, and the files beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath, PureWindowsPath

from annotator.errors import StorageError
from annotator.storage.faults import storage_error
from annotator.storage.interchange.foreign_text import ForeignText, decoded
from annotator.storage.interchange.report import ForeignFileError, Notes, Watch, unwatched

LARGEST = 256 * 1024 * 1024
"""In bytes; a million tags in the wordiest format have two thirds of it."""

_HEAD = 8192
_INNER = {".anno", ".boris", ".labels", ".via", ".whisper"}


def nothing_beside(_name: str) -> bytes | None:
    """Find no file beside, as where the bytes came from no folder."""
    return None


@dataclass(frozen=True)
class Source:
    """The bytes of a foreign file of that name.

    `beside` gives the bytes of a file in the same folder by its bare name, None where there is
    none; a path is never followed out of the folder. `watch` hears that the reading goes on.
    """

    name: str
    data: bytes
    beside: Callable[[str], bytes | None] = nothing_beside
    watch: Watch = unwatched

    @property
    def stem(self) -> str:
        """The name without its ending, or both of two such as ".boris.gz" and ".via.json"."""
        path = PurePosixPath(self.name)
        inner = PurePosixPath(path.stem)
        return (inner.stem if inner.suffix.lower() in _INNER else path.stem) or self.name

    @property
    def suffix(self) -> str:
        """The last ending of the name with its dot, in small letters; empty where there is none."""
        return PurePosixPath(self.name.lower()).suffix

    @cached_property
    def head(self) -> str:
        """The beginning of the file as text, to tell formats apart by; not to be read as data."""
        start = self.data[:_HEAD]
        try:
            return decoded(start[: len(start) // 4 * 4], Notes()).text
        except ForeignFileError:
            return ""

    def text(self, notes: Notes, encoding: str = "") -> ForeignText:
        """Read the whole as text, as `decoded` does; it raises the same."""
        return decoded(self.data, notes, encoding, LARGEST)


def open_source(path: Path, largest: int = LARGEST, watch: Watch = unwatched) -> Source:
    """Read a foreign file; whatever reads what stands in it tells the watch, and so can be stopped.

    Raises ForeignFileError where it is too large to be one, StorageError where the system will
    not let it be read.
    """
    return Source(path.name, _bytes_of(path, largest), _Folder(path.parent).read, watch)


@dataclass(frozen=True, slots=True)
class _Folder:
    """The folder of a foreign file, of which files are read by their bare names."""

    path: Path

    def read(self, name: str) -> bytes | None:
        """Give a file's bytes; None where it is not there or cannot be read."""
        bare = PureWindowsPath(PurePosixPath(name).name).name
        if bare in {"", ".", ".."} or "\0" in bare:
            return None
        try:
            return _bytes_of(self.path / bare, LARGEST)
        except StorageError:
            return None


def _bytes_of(path: Path, largest: int) -> bytes:
    try:
        if not path.is_file() and path.exists():
            raise ForeignFileError(f"“{path.name}” is not a file.", "Choose the file itself.")
        size = path.stat().st_size
        if size > largest:
            raise too_large(size, largest)
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except OSError as error:
        raise storage_error(error, path, "could not be read") from error
    if len(data) > largest:  # it grew, or is no plain file
        raise too_large(len(data), largest)
    return data


def too_large(size: int, largest: int = LARGEST) -> ForeignFileError:
    """Make the failure that tells of a file too large to be read."""
    mega = 1024 * 1024
    told = f"The file has {size / mega:,.0f} megabytes; up to {largest / mega:,.0f} are read."
    return ForeignFileError(told, "Choose the file of the coding; films are opened, not imported.")

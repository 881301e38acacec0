"""Tells whether a session was changed on disk since it was read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from annotator.model import Session
from annotator.storage.journal import journal_path
from annotator.storage.recovery import found_on_disk

Stamp = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class SessionWatch:
    """Knows how a session lay on disk, its journal too, when it was read."""

    path: Path
    stamp: Stamp

    @classmethod
    def begun(cls, path: Path) -> SessionWatch:
        """Begin to watch a session."""
        return cls(path, _stamp(path))

    def changed(self) -> Session | None:
        """Give the session as it is on disk now; None where nobody has touched it.

        Raises StorageError and FormatError where it cannot be read any more.
        """
        if _stamp(self.path) == self.stamp:
            return None
        return found_on_disk(self.path, may_write=False).session


def _stamp(path: Path) -> Stamp:
    return tuple(_stat(one) for one in (path, journal_path(path)))


def _stat(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns

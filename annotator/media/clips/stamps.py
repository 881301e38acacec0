"""Tells whether a recording is still the file that it was when a clip of it was begun."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from annotator.errors import FilmGoneError


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells that a file is the one it was."""

    path: Path
    device: int
    number: int
    size: int
    changed: int

    def require_unchanged(self) -> None:
        """See to it that the file is what it was; what was read may be wrong else.

        Raises FilmGoneError where it is gone or was changed.
        """
        if stamp_of(self.path) != self:
            raise FilmGoneError(
                f"“{self.path.name}” was changed while it was cut.",
                "Wait until whatever changes it is done, then try once more.",
            )


def stamp_of(path: Path) -> Stamp:
    """Look at a file as it is now; raises FilmGoneError where it is not there."""
    try:
        found = path.stat()
    except OSError as error:
        raise FilmGoneError(
            f"“{path.name}” is not in its place any more.",
            "Connect the disk that holds it, or choose the film where it is now.",
        ) from error
    return Stamp(path, found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)

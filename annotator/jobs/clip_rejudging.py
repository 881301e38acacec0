"""Judges clips once more when they are done, where the session was changed meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.jobs.clip_planning import ClipFilm, as_written, planned_clip
from annotator.jobs.clip_wishes import ClipsWish, PlannedClip
from annotator.model import Session
from annotator.model.disclosure import RefusedError
from annotator.model.participant import Mask
from annotator.storage.journal import journal_path
from annotator.storage.recovery import found_on_disk

_AGAIN = "Look at the consent, then make the clips once more."

Stamp = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class SessionWatch:
    """Knows how a session lay on disk, its journal too, when clips were judged by it."""

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


def judged_anew(
    session: Session, clips: Sequence[PlannedClip], films: Sequence[ClipFilm], wish: ClipsWish
) -> list[PlannedClip]:
    """Judge clips by what a session says now."""
    fresh = [planned_clip(session, one.stretch, one.name, wish) for one in clips]
    return [as_written(session, one, films, wish) for one in fresh]


def require_alike(before: Sequence[PlannedClip], now: Sequence[PlannedClip]) -> None:
    """See to it that clips that were made are still allowed, and masked as they must be.

    Raises RefusedError.
    """
    for one, other in zip(before, now, strict=True):
        if other.allowed is None:
            told = f"The session was changed while this was made. {other.refusal}"
            raise RefusedError(told, _AGAIN)
        if _masked(one) != _masked(other):
            told = "What must be masked was changed while this was made."
            raise RefusedError(told, _AGAIN)


def _masked(one: PlannedClip) -> tuple[object, ...]:
    voice = one.sound.voice if Mask.VOICE in one.masks else None
    names = one.sound.names if Mask.NAMES in one.masks else None
    return one.masks, voice, names, one.bare

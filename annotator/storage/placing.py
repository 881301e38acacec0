"""Gives a file that was made its name, and never takes that of another one."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from annotator.errors import StorageError
from annotator.storage.atomic import flush_folder
from annotator.storage.faults import storage_error

_WITHOUT_LINKS = {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EACCES}
OTHER_NAME = "Choose another name or folder."
OPEN_IT = "Open it, or choose another name."


def put_in_place(made: Path, place: Path) -> None:
    """Move a file to a place on the same disk where there is none yet.

    Raises StorageError where there is one by now, or where it cannot be moved; then it stays
    where it was made.
    """
    try:
        _linked(made, place)
    except FileExistsError as error:
        raise _taken(place) from error
    except OSError as error:
        raise storage_error(error, place, "could not be put in its place") from error
    flush_folder(place.parent)


def require_free(place: Path, remedy: str = OTHER_NAME) -> None:
    """See to it before hours of work that a file could have that name, and that none has it.

    Raises StorageError where that is not so; `remedy` says what to do where there is one.
    """
    try:
        place.lstat()
    except FileNotFoundError:
        return
    except OSError as error:
        raise storage_error(error, place, "could not be written") from error
    raise _taken(place, remedy)


def _taken(place: Path, remedy: str = OTHER_NAME) -> StorageError:
    """Say that there is something already."""
    folder = place.absolute().parent
    return StorageError(f"There is already something called “{place.name}” in {folder}.", remedy)


def _linked(made: Path, place: Path) -> None:
    try:
        os.link(made, place)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _WITHOUT_LINKS:
            raise
        if os.path.lexists(place):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from error
        made.rename(place)
        return
    with contextlib.suppress(OSError):  # it has its name by now
        made.unlink()

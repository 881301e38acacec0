"""Sweeps away what runs of the program that were killed have left in a folder for exports.

Only what bears a name that nothing else has, and whose maker is surely dead: a folder for clips
in the making is locked as long as its maker lives; a single file has to lie untouched for a day.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.errors import StorageError
from annotator.storage.faults import storage_error
from annotator.storage.lock import Holder, Lock, acquire

_STAGING = ".annotator-clips-"
_OWNER = "owner.lock"
_LOOSE = re.compile(
    r"\.clip-[0-9a-f]{16}\.part|\.annotator-[0-9a-f]{8}\.part|\.annotator-[0-9a-f]{8}-[0-9a-f]{8}\.tmp"
)
_FOLDER = re.compile(re.escape(_STAGING) + r"[a-z0-9_]{8}")
_TRIES = 2
"""A scanner of viruses may hold a file open for a moment; what stays is swept next time."""

_DAY = 24 * 3600
_WEEK = 7 * _DAY
"""After so long a folder goes whose maker was on another computer, which cannot be asked."""


@contextmanager
def staging_folder(folder: Path) -> Iterator[Path]:
    """Give a hidden folder in the one for exports, which is gone afterwards.

    What runs that were killed have left is swept first. Raises StorageError where there cannot be
    one.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sweep_leftovers(folder)
        made = Path(tempfile.mkdtemp(prefix=_STAGING, dir=folder))
    except OSError as error:
        raise storage_error(error, folder, "could not be written") from error
    lock: Lock | Holder | None = None
    try:
        lock = acquire(made / _OWNER, "")
        yield made
    finally:
        if isinstance(lock, Lock):
            lock.release()
        for _ in range(_TRIES):
            shutil.rmtree(made, ignore_errors=True)


def sweep_leftovers(folder: Path, now: float | None = None) -> None:
    """Delete what dead runs have left in a folder; `now` is in seconds since 1970.

    What cannot be deleted stays: it harms nobody.
    """
    moment = time.time() if now is None else now
    with contextlib.suppress(OSError):
        for path in list(folder.iterdir()):
            if _FOLDER.fullmatch(path.name):
                _sweep_folder(path, moment)
            elif _LOOSE.fullmatch(path.name) and moment - _touched(path) > _DAY:
                delete(path)


def _sweep_folder(path: Path, moment: float) -> None:
    """Delete a folder for clips in the making, if its maker is dead."""
    if not stat.S_ISDIR(path.lstat().st_mode):
        return
    owner = path / _OWNER
    age = moment - _touched(path)
    if not owner.exists():
        if age > _DAY:  # else its maker may be about to lock it
            delete(path)
        return
    try:
        taken = acquire(owner, "")
    except StorageError:
        return
    if isinstance(taken, Lock):
        delete(path)
        taken.release()
    elif taken.host and age > _WEEK:
        delete(path)


def _touched(path: Path) -> float:
    """Tell when a file, a folder or what lies right in that was written last."""
    found = path.lstat()
    times = [found.st_mtime]
    if stat.S_ISDIR(found.st_mode):
        times += [one.lstat().st_mtime for one in path.iterdir()]
    return max(times)


def delete(path: Path) -> None:
    """Delete a file, or a folder with all that is in it; what cannot be deleted stays."""
    with contextlib.suppress(OSError):
        if stat.S_ISDIR(path.lstat().st_mode):
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)

"""Replace a file in one step: at every moment either the old or the new one is there, whole.

The version that was there before is kept beside as `NAME.bak`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import sys
import zlib
from pathlib import Path

from annotator.storage.faults import storage_error

if sys.platform == "darwin":
    import fcntl

BACKUP_SUFFIX = ".bak"
_NO_SUCH_CALL = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}
_NEW_FILE_MODE = 0o666  # less what the person's umask takes away


def backup_path(path: Path) -> Path:
    """Give where the last good version of a file is kept."""
    return path.with_name(path.name + BACKUP_SUFFIX)


def write_atomically(path: Path, data: bytes, *, keep_last: bool = False) -> bool:
    """Put `data` in place of the file, or make it; with `keep_last` the old one becomes `.bak`.

    Returns whether the disk has confirmed that the new file is in place; False means that it is,
    but might not outlast a power cut in the next seconds. Raises StorageError where it cannot be
    written; then the old file is as it was.
    """
    temporary = _temporary(path)
    try:
        _write_new(temporary, data, mode_of(path))
        if keep_last:
            _keep_last(path)
        temporary.replace(path)
    except OSError as error:
        raise storage_error(error, path, "could not be written") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    return flush_folder(path.parent)


def sweep(path: Path) -> None:
    """Delete what writers of the file that were killed have left half written beside it."""
    with contextlib.suppress(OSError):
        for left in path.parent.glob(f"{_temporary_head(path)}*.tmp"):
            left.unlink(missing_ok=True)


def _temporary_head(path: Path) -> str:
    # short whatever the file is called, so that a name which just fits can still be saved
    return f".annotator-{zlib.crc32(os.fsencode(path.name)):08x}-"


def _temporary(path: Path) -> Path:
    return path.with_name(f"{_temporary_head(path)}{os.urandom(4).hex()}.tmp")


def mode_of(path: Path) -> int | None:
    """Give who may read and write a file, as the system counts it; None where there is none."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return None


def _write_new(path: Path, data: bytes, mode: int | None) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, _NEW_FILE_MODE)
    try:
        if mode is not None:
            with contextlib.suppress(OSError):  # some network drives know no modes
                path.chmod(mode)
        write_all(descriptor, data)
        flush(descriptor)
    finally:
        os.close(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of the data, however many calls it takes; raises OSError."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def flush(descriptor: int) -> None:
    """Wait until what was written is on the disk itself; raises OSError."""
    if sys.platform == "darwin":  # there fsync stops at the drive's own memory
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


def flush_folder(folder: Path) -> bool:
    """Wait until the names in a folder are on the disk; False where the disk refused.

    Where the system has no such call, the names are as safe as they can be made there.
    """
    if sys.platform == "win32":
        return True
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return True
    try:
        os.fsync(descriptor)
    except OSError as error:
        return error.errno in _NO_SUCH_CALL
    finally:
        os.close(descriptor)
    return True


def _keep_last(path: Path) -> None:
    """Make the file that is there its own backup as well, without a moment that lacks one."""
    if not os.path.lexists(path):
        return
    second = _temporary(path)
    try:
        try:
            second.hardlink_to(path)
        except OSError:  # memory sticks and some network drives know no second names
            shutil.copy2(path, second)
        second.replace(backup_path(path))
    finally:
        with contextlib.suppress(OSError):
            second.unlink(missing_ok=True)


def set_aside(path: Path, reason: str) -> Path:
    """Rename a file to `NAME.REASON-1` (or the next free number) and give its new path.

    Raises StorageError where it cannot be renamed.
    """
    target = free_name(path, reason)
    try:
        path.rename(target)
    except OSError as error:
        raise storage_error(error, path, "could not be renamed") from error
    return target


def copy_aside(path: Path, reason: str) -> Path:
    """Copy a file to `NAME.REASON-1` (or the next free number) and give the copy's path.

    Raises StorageError where it cannot be copied.
    """
    target = free_name(path, reason)
    try:
        shutil.copy2(path, target)
    except OSError as error:
        raise storage_error(error, target, "could not be written") from error
    return target


def free_name(path: Path, reason: str) -> Path:
    """Give the first of `NAME.REASON-1`, `NAME.REASON-2` … that no file has."""
    number = 1
    while (target := path.with_name(f"{path.name}.{reason}-{number}")).exists():
        number += 1
    return target

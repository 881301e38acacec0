"""The file in which a clip is made, beside its place; it takes the place only when it is whole."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import NoReturn

import av

from annotator.errors import MediaError

_PREFIX, _SUFFIX = ".clip-", ".part"
"""What a process that was killed may leave behind, to be swept away, is named so."""

_REASONS = {
    errno.ENOSPC: ("the disk is full", "Make room, or choose another place."),
    errno.EDQUOT: ("your share of the disk is full", "Make room, or choose another place."),
    errno.EFBIG: ("it would be larger than a file may be here", "Choose another place."),
    errno.EACCES: ("you may not write there", "Choose another folder."),
    errno.EPERM: ("you may not write there", "Choose another folder."),
    errno.EROFS: ("nothing can be written on that disk", "Choose another folder."),
    errno.ENOENT: ("its folder is not there", "Choose another folder."),
    errno.ENOTDIR: ("its folder is not there", "Choose another folder."),
    errno.ENAMETOOLONG: ("its name is too long", "Choose a shorter name."),
    errno.EIO: ("the disk does not work as it should", "Choose another place."),
}
_WITHOUT_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EACCES)


@contextmanager
def part_beside(target: Path) -> Iterator[Path]:
    """Give the name of a file to write; what is there in the end moves to the target.

    Its name tells nothing. Whatever fails, no file is left behind. Raises MediaError where there
    is a file at the target already or it cannot be written.
    """
    place = target.absolute()
    with _told(place):
        _require_free(place)
        part = place.parent / f"{_PREFIX}{token_hex(8)}{_SUFFIX}"
        try:
            yield part
            _flush(part)
            _move(part, place)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)


@contextmanager
def _told(place: Path) -> Iterator[None]:
    """Say in plain words why a file could not be written."""
    try:
        yield
    except FileExistsError as error:
        raise MediaError(
            f"There is already something called “{place.name}” in {place.parent}.",
            "Choose another name or folder.",
        ) from error
    except (OSError, av.FFmpegError) as error:
        _refuse(place, error)


def _refuse(place: Path, error: OSError | av.FFmpegError) -> NoReturn:
    why, remedy = _REASONS.get(
        error.errno or 0, (error.strerror or "the disk refuses", "Choose another place.")
    )
    raise MediaError(f"“{place.name}” could not be written: {why}.", remedy) from error


def _require_free(place: Path) -> None:
    """See to it before hours of work that there can be a file of that name, and is none yet."""
    try:
        place.lstat()  # says so where the name is too long
    except FileNotFoundError:
        place.parent.stat()
    else:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))


def _flush(part: Path) -> None:
    """Have the disk keep what was written, power or not."""
    descriptor = os.open(part, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _move(part: Path, place: Path) -> None:
    """Give the file its name, never over another one."""
    try:
        os.link(part, place)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _WITHOUT_LINKS:
            raise
        if os.path.lexists(place):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from error
        part.rename(place)

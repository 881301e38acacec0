"""Disks that fail or die at a chosen call, and folders that refuse."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotator.storage.store import SessionStore

CALLS = ("open", "write", "fsync", "replace", "link", "unlink", "ftruncate", "rename")


class Crash(BaseException):
    """The power goes: nothing after it happens."""


class Disk:
    """Counts the calls that change a disk, and from one of them on lets them fail.

    `fails_at` counts from 0; `failure` is raised. A crash lasts: every later call fails as well,
    so that nothing is tidied up. A write that fails has written half of its bytes.
    """

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self.calls: list[str] = []

    def fail_at(self, fails_at: int, failure: BaseException) -> None:
        """Let the call of that number fail, counted from now."""
        self.calls.clear()
        for name in CALLS:
            self._patch.setattr(os, name, self._wrapped(name, getattr(os, name), fails_at, failure))

    def heal(self) -> None:
        """Let everything work again."""
        self._patch.undo()

    def _wrapped(
        self, name: str, real: Callable[..., object], fails_at: int, failure: BaseException
    ) -> Callable[..., object]:
        def call(*args: object, **options: object) -> object:
            number = len(self.calls)
            self.calls.append(name)
            if number < fails_at or (number > fails_at and not isinstance(failure, Crash)):
                return real(*args, **options)
            if name == "write" and number == fails_at:
                descriptor, data = args
                real(descriptor, bytes(data)[: len(bytes(data)) // 2])
            raise failure

        return call


def disk_error(number: int) -> OSError:
    """Make the system's error of that number."""
    return OSError(number, os.strerror(number))


def full() -> OSError:
    """Make the error of a full disk."""
    return disk_error(errno.ENOSPC)


def die(store: SessionStore) -> None:
    """Let go of what a killed process would let go of, and leave the files as they are."""
    if store._journal._descriptor is not None:
        os.close(store._journal._descriptor)
        store._journal._descriptor = None
    lock = store._lock
    if lock is not None and lock._descriptor is not None:
        os.close(lock._descriptor)
        lock._descriptor = None
        lock.path.unlink()  # it names this process, which in truth is still alive


@contextmanager
def an_ordinary_person() -> Iterator[None]:
    """Be bound by permissions, as the administrator is not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def an_open_folder() -> Iterator[Path]:
    """Make a folder that every person on the computer can reach and write."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder
        folder.chmod(0o777)

"""Disks with little room: one of a few kilobytes, or files that may not grow."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(place: Path, kilobytes: int) -> Iterator[Path]:
    """Put a disk of that size in a folder; the test is skipped where that may not be."""
    if sys.platform != "linux":
        pytest.skip("only Linux has such disks")
    place.mkdir()
    asked = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place)]
    try:
        done = subprocess.run(asked, check=False, capture_output=True)
    except OSError:
        pytest.skip("nothing can be mounted here")
    if done.returncode:
        pytest.skip("nobody but the administrator can mount disks")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


@contextmanager
def no_file_larger_than(count: int) -> Iterator[None]:
    """Let no file of this process and those it starts become larger, as on a full disk."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (count, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def used_kilobytes(place: Path) -> int:
    """Tell how much lies on a disk, deleted files that are still open among it."""
    found = os.statvfs(place)
    return int((found.f_blocks - found.f_bfree) * found.f_frsize // 1024)


def fill(place: Path) -> None:
    """Leave no room on a disk."""
    descriptor = os.open(place / "filler", os.O_WRONLY | os.O_CREAT)
    with contextlib.suppress(OSError):
        while os.write(descriptor, bytes(4096)):
            pass
    os.close(descriptor)

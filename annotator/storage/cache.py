"""Keeps what can be computed again at any time, out of sight of others on this computer.

What is kept tells of people: the peaks of a sound say when somebody spoke and for how long. So
the folder lies among the user's own caches, outside the session's, only this user can read it,
it is named by fingerprints and not by films, and one command empties it. Nothing else of a
recording is written to any place that is not the session's.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

FOLDER_VARIABLE = "ANNOTATOR_CACHE_DIR"
SIZE_LIMIT = 200 * 1000 * 1000
"""So many bytes are kept; beyond that, what was used longest ago goes first."""

_SUFFIX = ".cache"
_HALF_WRITTEN = ".part"
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9_-]")
_DIGEST = hashlib.sha256().digest_size
_OWN_FOLDER, _OWN_FILE = 0o700, 0o600


@dataclass(frozen=True, slots=True)
class CacheKey:
    """What an entry is of: a recording by its fingerprint, what kind of thing, in which version."""

    fingerprint: str
    kind: str
    version: int

    @property
    def name(self) -> str:
        """The entry's file name; every two keys have different ones."""
        mark = hashlib.sha256(f"{self.fingerprint}\n{self.kind}".encode()).hexdigest()[:32]
        return f"{_NOT_PLAIN.sub('-', self.kind)}-{self.version}-{mark}{_SUFFIX}"


def cache_folder() -> Path:
    """Give where the cache is; ANNOTATOR_CACHE_DIR names another folder."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else user_cache_path("annotator", appauthor=False)


class Cache:
    """What was kept, each entry whole or not at all.

    Where the folder cannot be written, or the disk is full, work goes on without it: no method
    raises for that. Two programs may use one folder.
    """

    def __init__(self, folder: Path | None = None, limit: int = SIZE_LIMIT) -> None:
        self.folder = cache_folder() if folder is None else folder
        self._limit = limit

    def get(self, key: CacheKey) -> bytes | None:
        """Give what was kept; None where there is nothing. What is damaged is dropped."""
        path = self.folder / key.name
        try:
            data = path.read_bytes()
        except OSError:
            return None
        digest, content = data[:_DIGEST], data[_DIGEST:]
        if hashlib.sha256(content).digest() != digest:
            self.drop(key)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # so that what is used stays longest
        return content

    def put(self, key: CacheKey, content: bytes) -> bool:
        """Keep something in place of what was kept; False where it could not be kept."""
        data = hashlib.sha256(content).digest() + content
        if len(data) > self._limit:
            return False
        path = self.folder / key.name
        half = path.with_name(f"{path.name}.{secrets.token_hex(4)}{_HALF_WRITTEN}")
        try:
            self._make_folder()
            _write_own(half, data)
            half.replace(path)
        except OSError:
            _remove(half)
            return False
        self._keep_to_limit(path)
        return True

    def drop(self, key: CacheKey) -> None:
        """Forget an entry."""
        _remove(self.folder / key.name)

    def size(self) -> int:
        """Count the bytes kept."""
        return sum(size for _, size, _ in self._entries())

    def empty(self) -> int:
        """Forget everything, also what a killed program left half written; count the bytes freed.

        Files that are not of this cache stay. What could not be removed is not counted.
        """
        return sum(size for path, size, _ in self._entries() if _remove(path))

    def _make_folder(self) -> None:
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        self.folder.mkdir(mode=_OWN_FOLDER, exist_ok=True)
        with contextlib.suppress(OSError):  # some drives know no modes
            self.folder.chmod(_OWN_FOLDER)

    def _keep_to_limit(self, newest: Path) -> None:
        """Remove what was used longest ago until the rest fits; the newest entry stays."""
        entries = sorted(self._entries(), key=lambda entry: (entry[0] == newest, entry[2]))
        excess = sum(size for _, size, _ in entries) - self._limit
        for path, size, _ in entries:
            if excess <= 0 or path == newest:
                return
            if _remove(path):
                excess -= size

    def _entries(self) -> Iterator[tuple[Path, int, int]]:
        """Yield every file of ours with its size and when it was last used, in nanoseconds."""
        try:
            paths = [one for one in self.folder.iterdir() if _is_ours(one)]
        except OSError:
            return
        for path in paths:
            with contextlib.suppress(OSError):  # another program may be emptying the same folder
                facts = path.lstat()
                yield path, facts.st_size, facts.st_mtime_ns


def _is_ours(path: Path) -> bool:
    return path.name.endswith(_SUFFIX) or path.name.endswith(_HALF_WRITTEN)


def _write_own(path: Path, data: bytes) -> None:
    """Write a new file that only its owner may read; raises OSError."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, _OWN_FILE), "wb") as file:
        file.write(data)


def _remove(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True

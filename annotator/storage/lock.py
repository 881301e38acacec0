"""One program at a time writes a session: the lock file `NAME.session.json.lock`.

The system's own file lock ends with the process, even one that is killed. What the file says
beside it (who, on which computer, since when) is for people, and for network drives that do not
carry the system's lock from one computer to another.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import sys
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from annotator.model.stamps import now
from annotator.storage.faults import storage_error

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK_SUFFIX = ".lock"
_LOCKED_BYTE = 1 << 30  # beyond the text, which others must be able to read
_LONGEST = 4096
_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a session open; `since` is ISO 8601 in UTC, `started` tells processes apart."""

    who: str
    host: str
    pid: int
    since: str
    started: str

    def told(self) -> str:
        """Say who has it open, where and since when, in the clock of this computer."""
        who = self.who or "somebody"
        return f"opened by {who} on {self.host or 'a computer'} since {_local_time(self.since)}"


class Lock:
    """A lock that this program holds until `release`."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Give the lock back; again is harmless."""
        if self._descriptor is None:
            return
        if sys.platform == "win32":  # an open file cannot be deleted there
            os.close(self._descriptor)
            _delete(self.path)
        else:
            _delete(self.path)
            os.close(self._descriptor)
        self._descriptor = None


def lock_path(session_path: Path) -> Path:
    """Give where the lock of a session file stands."""
    return session_path.with_name(session_path.name + LOCK_SUFFIX)


def acquire(path: Path, who: str) -> Lock | Holder:
    """Take the lock at `path`, or tell who holds it.

    A lock whose program has died on this computer is taken over. Raises StorageError where the
    lock file cannot be written.
    """
    for _ in range(_ATTEMPTS):
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        except OSError as error:
            raise storage_error(error, path, "could not be written") from error
        found = _take(path, descriptor, who)
        if found is not None:
            return found
        os.close(descriptor)  # the file was deleted by its holder while we reached for it
    return Holder("", "", 0, "", "")


def _take(path: Path, descriptor: int, who: str) -> Lock | Holder | None:
    """Take the lock through an open file; None where that is no longer the lock file."""
    taken = _lock_file(descriptor)
    holder = _read_holder(descriptor)
    if not taken or (holder is not None and _may_live(holder)):
        os.close(descriptor)
        return holder or Holder("", "", 0, "", "")
    if not _is_same(path, descriptor):
        return None
    try:
        _write_holder(descriptor, who)
        _open_to_all(path)
    except OSError as error:
        os.close(descriptor)
        raise storage_error(error, path, "could not be written") from error
    return Lock(path, descriptor)


def _lock_file(descriptor: int) -> bool:
    """Take the system's lock; True as well where the drive knows no such thing."""
    if sys.platform == "win32":
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _is_same(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _may_live(holder: Holder) -> bool:
    """Tell whether a holder may still be at work although the system's lock is free."""
    if holder.host != platform.node():
        return True
    if sys.platform == "win32":
        return False
    return _started(holder.pid) == holder.started if holder.started else _is_alive(holder.pid)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return pid > 0


def _started(pid: int) -> str:
    """Tell when a process began, in the system's own reckoning; empty where it cannot be known."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        # the program's name, in brackets, may itself hold blanks and brackets
        facts = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        return f"{boot}/{facts.rpartition(')')[2].split()[19]}"
    except (OSError, IndexError):
        return ""


def _read_holder(descriptor: int) -> Holder | None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        raw = json.loads(os.read(descriptor, _LONGEST))
    except (ValueError, RecursionError, OSError):
        return None
    match raw:
        case {
            "who": str() as who,
            "host": str() as host,
            "pid": int() as pid,
            "since": str() as since,
            "started": str() as started,
        }:
            return Holder(who, host, pid, since, started)
    return None


def _write_holder(descriptor: int, who: str) -> None:
    holder = Holder(who[:200], platform.node(), os.getpid(), now(), _started(os.getpid()))
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, json.dumps(asdict(holder)).encode())


def _open_to_all(path: Path) -> None:
    """Let others of a shared folder take over the lock should this program be killed."""
    with contextlib.suppress(OSError):
        path.chmod(0o666)


def _delete(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _local_time(since: str) -> str:
    try:
        return datetime.fromisoformat(since).astimezone().strftime("%d %B %Y, %H:%M")
    except ValueError:
        return "an unknown time"

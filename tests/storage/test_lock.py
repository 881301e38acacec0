from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.errors import StorageError
from annotator.storage import lock
from annotator.storage.lock import Holder, Lock, acquire
from annotator.storage.store import SessionStore
from tests.support.sessions import adding, plain_session

HOLDER = """
import sys
from pathlib import Path
from annotator.storage.store import SessionStore
store = SessionStore.open(Path(sys.argv[1]), "Dr B").store
print("held", flush=True)
sys.stdin.readline()
store.close()
print("free", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "talk.session.json"
    SessionStore.create(path, plain_session(2), "A").close()
    return path


def written(path: Path, **facts: object) -> Path:
    """Leave a lock file as some program would have."""
    usual = {"who": "B", "host": "far", "pid": 1, "since": "2026-03-01T09:00:00Z", "started": ""}
    place = path.with_name(path.name + ".lock")
    place.write_text(json.dumps(usual | facts), encoding="utf-8")
    return place


def test_a_second_program_is_told_who_and_since_when(path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        opened = SessionStore.open(path, "A")
        assert opened.store.read_only
        assert "opened by Dr B on " in opened.store.read_only_reason
        assert " since " in opened.store.read_only_reason
        assert opened.session == plain_session(2)
        with pytest.raises(StorageError, match="opened by Dr B"):
            opened.store.append([adding(2)])
        with pytest.raises(StorageError, match="opened by Dr B"):
            SessionStore.create(path.with_name("o"), plain_session(), "A").save_as(
                path, plain_session(), "A"
            )
        opened.store.close()
        other.stdin.write("\n")
        other.stdin.flush()
        assert other.stdout.readline() == "free\n"
        assert not SessionStore.open(path, "A").store.read_only
        other.communicate("\n")


def test_the_lock_of_a_killed_program_is_taken_over_silently(path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        other.kill()
    assert path.with_name(path.name + ".lock").exists()
    opened = SessionStore.open(path, "A")
    assert (opened.store.read_only, opened.notices) == (False, ())


def test_the_same_program_cannot_open_it_twice(path: Path) -> None:
    first = SessionStore.open(path, "A").store
    assert SessionStore.open(path, "A").store.read_only
    first.close()
    first.close()
    assert not SessionStore.open(path, "A").store.read_only


def test_the_lock_of_another_computer_is_respected(path: Path) -> None:
    place = written(path)
    opened = SessionStore.open(path, "A")
    assert "opened by B on far since " in opened.store.read_only_reason
    opened.store.close()
    assert place.exists()


def test_a_process_number_used_again_does_not_hold_the_lock(path: Path) -> None:
    here = lock.platform.node()
    written(path, host=here, pid=os.getpid(), started="another/1")
    assert not SessionStore.open(path, "A").store.read_only


def test_a_program_that_lives_is_respected_where_the_drive_knows_no_locks(path: Path) -> None:
    here = lock.platform.node()
    written(path, host=here, pid=os.getpid(), started=lock._started(os.getpid()))
    assert SessionStore.open(path, "A").store.read_only
    written(path, host=here, pid=os.getpid(), started="")
    assert SessionStore.open(path, "A").store.read_only


@pytest.mark.parametrize("pid", [2**22 + 1, 0, -1, 10**30])
def test_a_program_that_died_is_not_respected(path: Path, pid: int) -> None:
    written(path, host=lock.platform.node(), pid=pid)
    assert not SessionStore.open(path, "A").store.read_only


@pytest.mark.parametrize("text", ["", "{", "[]", '{"who": 1}', "9" * 5000, "[" * 5000])
def test_a_lock_file_that_says_nothing_is_taken_over(path: Path, text: str) -> None:
    path.with_name(path.name + ".lock").write_text(text)
    assert not SessionStore.open(path, "A").store.read_only


def test_only_one_of_two_gets_it(tmp_path: Path) -> None:
    place = tmp_path / "x.lock"
    first, second = acquire(place, "A"), acquire(place, "B")
    assert isinstance(first, Lock)
    assert isinstance(second, Holder)
    assert second.who == "A"
    first.release()
    assert not place.exists()


def test_a_time_that_is_none_is_told_as_unknown() -> None:
    assert Holder("A", "x", 1, "?", "").told() == "opened by A on x since an unknown time"
    assert "somebody" in Holder("", "", 0, "", "").told()

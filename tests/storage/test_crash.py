"""The power goes at every single call that writes: nothing that was told to be safe is lost."""

from __future__ import annotations

import contextlib
import errno
from pathlib import Path

import pytest

from annotator.errors import StorageError
from annotator.storage.store import SessionStore
from tests.support.disks import Crash, Disk, die, disk_error, full
from tests.support.sessions import adding, plain_session

STEPS = range(40)


def test_a_crash_at_any_step_of_a_save_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(monkeypatch)
    crashed = []
    for step in STEPS:
        path = tmp_path / f"{step}.session.json"
        store = SessionStore.create(path, plain_session(1), "A")
        store.save(plain_session(2))
        store.append([adding(2)])
        store.append([adding(3)])
        disk.fail_at(step, Crash())
        try:
            store.save(plain_session(4))
        except Crash:
            crashed.append(disk.calls[step])
        disk.heal()
        die(store)
        opened = SessionStore.open(path, "A")
        assert opened.session == plain_session(4), f"after {crashed}"
        assert all("brought back" in notice for notice in opened.notices)
        opened.store.append([adding(4)])
        opened.store.close()
        assert SessionStore.open(path, "A").session == plain_session(5)
    assert {"write", "fsync", "replace", "link"} <= set(crashed)
    assert len(crashed) < len(STEPS)


def test_a_crash_at_any_step_of_an_append_loses_nothing_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(monkeypatch)
    for begun in (0, 1):
        for step in range(8):
            path = tmp_path / f"{begun}-{step}.session.json"
            store = SessionStore.create(path, plain_session(2), "A")
            for number in range(begun):
                store.append([adding(2 + number)])
            disk.fail_at(step, Crash())
            acknowledged = True
            try:
                store.append([adding(2 + begun)])
            except Crash:
                acknowledged = False
            disk.heal()
            die(store)
            found = SessionStore.open(path, "A").session
            expected = plain_session(3 + begun)
            assert found == expected or (not acknowledged and found == plain_session(2 + begun))


def test_a_crash_at_any_step_of_the_first_save_leaves_a_session_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(monkeypatch)
    whole = 0
    for step in range(12):
        path = tmp_path / f"{step}.session.json"
        disk.fail_at(step, Crash())
        store = None
        with contextlib.suppress(Crash):
            store = SessionStore.create(path, plain_session(2), "A")
        disk.heal()
        if store is not None:
            die(store)
        path.with_name(path.name + ".lock").unlink(missing_ok=True)
        if path.exists():
            whole += 1
            assert SessionStore.open(path, "A").session == plain_session(2)
    assert whole > 0


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
def test_a_save_that_fails_at_any_step_can_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    disk = Disk(monkeypatch)
    refused = []
    for step in STEPS:
        path = tmp_path / f"{step}.session.json"
        store = SessionStore.create(path, plain_session(1), "A")
        store.append([adding(1)])
        disk.fail_at(step, disk_error(number))
        try:
            store.save(plain_session(2))
        except StorageError as error:
            refused.append(str(error))
        disk.heal()
        store.append([adding(2)])
        store.save(plain_session(3))
        store.append([adding(3)])
        store.close()
        assert SessionStore.open(path, "A").session == plain_session(4)
        assert not list(tmp_path.glob("*.tmp"))
        assert not list(tmp_path.glob(".*.tmp"))
    assert 3 <= len(refused) < len(STEPS)
    assert all(".session.json" in one for one in refused)


def test_an_append_that_fails_is_made_good_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(monkeypatch)
    refused = []
    for step in range(6):
        for begun in (False, True):
            path = tmp_path / f"{begun}{step}.session.json"
            first = 3 if begun else 2
            store = SessionStore.create(path, plain_session(2), "A")
            if begun:
                store.append([adding(2)])
            disk.fail_at(step, full())
            try:
                store.append([adding(first)])
            except StorageError as error:
                refused.append(str(error))
            disk.heal()
            store.append([adding(first + 1)])
            store.close()
            assert SessionStore.open(path, "A").session == plain_session(first + 2)
    assert len(refused) >= 4
    assert all("the disk is full" in one for one in refused)


def test_nothing_refused_is_on_the_disk_as_if_it_had_been_told_safe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.session.json"
    store = SessionStore.create(path, plain_session(2), "A")
    store.append([adding(2)])
    disk = Disk(monkeypatch)
    disk.fail_at(1, full())
    with pytest.raises(StorageError):
        store.append([adding(3)])
    disk.heal()
    store.close()
    opened = SessionStore.open(path, "A")
    assert opened.session == plain_session(3)
    assert opened.notices == ("1 change that had not been saved was brought back.",)

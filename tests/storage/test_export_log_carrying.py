"""The log of exports goes along where a session is saved elsewhere, and nothing of it is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.errors import StorageError
from annotator.storage import atomic
from annotator.storage.export_log import export_log_path, log_export, read_log
from annotator.storage.export_log_head import head_path
from annotator.storage.store import SessionStore
from tests.support.disks import full
from tests.support.exports import exported, told_session

SESSION = told_session()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    (tmp_path / "old").mkdir()
    return tmp_path / "old" / "talk.session.json"


@pytest.fixture
def new(tmp_path: Path) -> Path:
    (tmp_path / "new").mkdir()
    return tmp_path / "new" / "copy.session.json"


def ids(path: Path) -> list[str]:
    return [one.record.id for one in read_log(path).exports]


def saved(old: Path, new: Path) -> SessionStore:
    return SessionStore.create(old, SESSION, "A").save_as(new, SESSION, "A")


def test_it_goes_along_and_says_so(old: Path, new: Path) -> None:
    log_export(old, exported(SESSION, "x0"))
    before = export_log_path(old).read_bytes()
    store = saved(old, new)
    log = read_log(new)
    assert (ids(new), log.faults) == (["x0"], ())
    (told,) = log.notes
    assert told.startswith(f"This log went along from {export_log_path(old)} on 20")
    assert export_log_path(old).read_bytes() == before
    log_export(new, exported(SESSION, "x1"))
    assert (ids(new), read_log(new).faults) == (["x0", "x1"], ())
    store.close()


def test_where_nothing_was_exported_no_log_is_made(old: Path, new: Path) -> None:
    saved(old, new).close()
    assert [one.name for one in new.parent.iterdir()] == [new.name]


def test_the_log_of_a_session_that_is_written_over_is_kept_aside(old: Path, new: Path) -> None:
    SessionStore.create(new, SESSION, "A").close()
    log_export(new, exported(SESSION, "theirs"))
    log_export(old, exported(SESSION, "ours"))
    saved(old, new).close()
    assert ids(new) == ["ours"]
    aside = new.with_name("copy.exports.jsonl.older-1")
    assert b"theirs" in aside.read_bytes()
    assert read_log(new).notes[0].endswith(f"is kept as {aside.name}.")


def test_a_session_without_exports_does_not_take_over_those_of_another(
    old: Path, new: Path
) -> None:
    SessionStore.create(new, SESSION, "A").close()
    log_export(new, exported(SESSION, "theirs"))
    saved(old, new).close()
    assert (ids(new), read_log(new).faults) == ([], ())
    assert new.with_name("copy.exports.jsonl.older-1").is_file()


def test_saved_back_again_it_holds_all_and_keeps_nothing_aside(old: Path, new: Path) -> None:
    log_export(old, exported(SESSION, "x0"))
    store = saved(old, new)
    log_export(new, exported(SESSION, "x1"))
    store.save_as(old, SESSION, "A").close()
    assert (ids(old), read_log(old).faults) == (["x0", "x1"], ())
    assert not list(old.parent.glob("*older*"))


def let_fail(monkeypatch: pytest.MonkeyPatch, folder: Path, word: bytes) -> None:
    """Let no file with that word in it be written in a folder, as if the disk were full."""
    real = atomic._write_new

    def write_new(path: Path, data: bytes, mode: int | None) -> None:
        if path.parent == folder and word in data:
            raise full()
        real(path, data, mode)

    monkeypatch.setattr(atomic, "_write_new", write_new)


def test_a_log_that_cannot_go_along_keeps_the_session_where_it_was(
    old: Path, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_export(old, exported(SESSION, "x0"))
    let_fail(monkeypatch, new.parent, b"x0")
    store = SessionStore.create(old, SESSION, "A")
    with pytest.raises(StorageError, match=r"copy\.exports\.jsonl"):
        store.save_as(new, SESSION, "A")
    assert list(new.parent.iterdir()) == []
    store.save(SESSION)
    store.close()


def test_where_the_session_cannot_be_written_no_log_is_left(
    old: Path, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_export(old, exported(SESSION, "x0"))
    let_fail(monkeypatch, new.parent, b"annotator-session")
    with pytest.raises(StorageError):
        saved(old, new)
    assert list(new.parent.iterdir()) == []
    assert head_path(export_log_path(old)).is_file()


def test_where_the_session_cannot_be_written_the_log_that_was_there_is_back(
    old: Path, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    SessionStore.create(new, SESSION, "A").close()
    log_export(new, exported(SESSION, "theirs"))
    log_export(old, exported(SESSION, "ours"))
    before = {one.name: one.read_bytes() for one in new.parent.iterdir()}
    store = SessionStore.create(old, SESSION, "A")
    let_fail(monkeypatch, new.parent, b"annotator-session")
    with pytest.raises(StorageError):
        store.save_as(new, SESSION, "A")
    assert {one.name: one.read_bytes() for one in new.parent.iterdir()} == before
    assert (ids(new), read_log(new).faults) == (["theirs"], ())
    store.close()


def test_it_stays_as_private_as_it_was(old: Path, new: Path) -> None:
    log_export(old, exported(SESSION, "x0"))
    export_log_path(old).chmod(0o600)
    saved(old, new).close()
    assert export_log_path(new).stat().st_mode & 0o777 == 0o600

from __future__ import annotations

import contextlib
import errno
import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import StorageError
from annotator.storage.codec import decode_session
from annotator.storage.store import SessionStore
from tests.support.disks import an_open_folder, an_ordinary_person, disk_error
from tests.support.sessions import adding, plain_session


def mounted(place: Path, options: str) -> bool:
    """Put a small disk of its own at a folder, where the system lets us."""
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        return False
    place.mkdir()
    command = [mount, "-t", "tmpfs", "-o", options, "none", str(place)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def fill(filler: Path) -> None:
    """Write a file until the disk is full."""
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    if not mounted(place, "size=256k"):
        pytest.skip("needs the right to mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_is_told_at_once_and_the_work_can_go_elsewhere(
    small_disk: Path, tmp_path: Path
) -> None:
    path = small_disk / "talk.session.json"
    store = SessionStore.create(path, plain_session(3), "A")
    before = path.read_bytes()
    filler = small_disk / "filler"
    fill(filler)
    with pytest.raises(StorageError, match="the disk is full"):
        store.append([adding(3)])
    with pytest.raises(StorageError, match="the disk is full"):
        store.save(plain_session(4))
    assert path.read_bytes() == before
    assert {one.name.removeprefix(path.name) for one in small_disk.iterdir()} <= {
        "",
        ".lock",
        ".journal",
        "filler",
    }
    elsewhere = store.save_as(tmp_path / "elsewhere.session.json", plain_session(4), "A")
    elsewhere.close()
    assert SessionStore.open(elsewhere.path, "A").session == plain_session(4)


def test_space_made_on_a_full_disk_is_used_with_nothing_lost(small_disk: Path) -> None:
    path = small_disk / "talk.session.json"
    store = SessionStore.create(path, plain_session(0), "A")
    filler = small_disk / "filler"
    filler.write_bytes(b"x" * (small_disk.stat().st_blksize * 8))
    session, refused = 0, 0
    while refused < 3:
        try:
            store.append([adding(number) for number in range(session, session + 50)])
        except StorageError:
            refused += 1
        session += 50
    filler.unlink()
    store.append([adding(session)])
    store.close()
    assert SessionStore.open(path, "A").session == plain_session(session + 1)


@contextlib.contextmanager
def small_files() -> Iterator[None]:
    """Let no file grow beyond 3000 bytes, as a quota would; pytest's own must not meet it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_quota_is_told_and_the_file_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "talk.session.json"
    with small_files(), pytest.raises(StorageError, match="larger than is allowed"):
        SessionStore.create(path, plain_session(3), "A")
    assert list(tmp_path.iterdir()) == []


def test_appends_beyond_a_quota_are_told(tmp_path: Path) -> None:
    path = tmp_path / "talk.session.json"
    store = SessionStore.create(path, plain_session(0), "A")
    told = 0
    with small_files():
        with contextlib.suppress(StorageError):
            while True:
                store.append([adding(told)])
                told += 1
        with pytest.raises(StorageError, match="larger than is allowed"):
            store.append([])
    store.close()
    assert told > 0
    assert SessionStore.open(path, "A").session == plain_session(told)


def test_a_folder_that_cannot_be_written_opens_read_only() -> None:
    with an_open_folder() as folder:
        path = folder / "talk.session.json"
        SessionStore.create(path, plain_session(3), "A").close()
        path.chmod(0o666)
        folder.chmod(0o555)
        with an_ordinary_person():
            opened = SessionStore.open(path, "A")
            assert opened.session == plain_session(3)
            assert "cannot be written" in opened.store.read_only_reason
            with pytest.raises(StorageError, match="Save a copy elsewhere"):
                opened.store.append([adding(3)])
            with pytest.raises(StorageError, match="not allowed"):
                SessionStore.create(folder / "new.session.json", plain_session(), "A")
        assert [one.name for one in folder.iterdir()] == [path.name]


def test_a_folder_that_becomes_read_only_is_told_and_the_work_can_go_elsewhere() -> None:
    with an_open_folder() as folder, an_open_folder() as other, an_ordinary_person():
        path = folder / "talk.session.json"
        store = SessionStore.create(path, plain_session(3), "A")
        protect(folder)
        with pytest.raises(StorageError, match="not allowed"):
            store.append([adding(3)])
        with pytest.raises(StorageError, match="not allowed"):
            store.save(plain_session(4))
        assert decode_session(path.read_bytes()) == plain_session(3)
        moved = store.save_as(other / "talk.session.json", plain_session(4), "A")
        assert moved.path.parent == other.resolve()
        moved.close()


def protect(folder: Path) -> None:
    """Take from an ordinary person the right to write a folder, whoever we are."""
    person = os.geteuid()
    if os.getuid() == 0:
        os.seteuid(0)
    folder.chmod(0o555)
    os.seteuid(person)


def test_a_file_that_is_write_protected_opens_read_only() -> None:
    with an_open_folder() as folder:
        path = folder / "talk.session.json"
        SessionStore.create(path, plain_session(3), "A").close()
        path.chmod(0o444)
        if os.geteuid() == 0:
            os.chown(path, 0, 0)
        with an_ordinary_person():
            opened = SessionStore.open(path, "A")
            assert opened.session == plain_session(3)
            assert opened.store.read_only == (not os.access(path, os.W_OK))


def test_a_file_that_may_not_be_read_is_told() -> None:
    with an_open_folder() as folder:
        path = folder / "talk.session.json"
        SessionStore.create(path, plain_session(3), "A").close()
        path.chmod(0o000)
        with an_ordinary_person(), pytest.raises(StorageError, match="not allowed"):
            SessionStore.open(path, "A")


@pytest.fixture
def read_only_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    if not mounted(place, "size=1m"):
        pytest.skip("needs the right to mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_that_cannot_be_written_opens_read_only(read_only_disk: Path) -> None:
    path = read_only_disk / "talk.session.json"
    store = SessionStore.create(path, plain_session(3), "A")
    store.append([adding(3)])
    store.close()
    subprocess.run(["mount", "-o", "remount,ro", str(read_only_disk)], check=True)
    opened = SessionStore.open(path, "A")
    assert opened.session == plain_session(4)
    assert opened.store.read_only_reason
    with pytest.raises(StorageError, match="read but not written"):
        SessionStore.create(read_only_disk / "new.session.json", plain_session(), "A")


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"“no.session.json” could not be read"):
        SessionStore.open(tmp_path / "no.session.json", "A")
    with pytest.raises(StorageError, match=r"the folder .* is not there"):
        SessionStore.open(tmp_path / "gone" / "no.session.json", "A")
    with pytest.raises(StorageError, match=r"the folder .* is not there"):
        SessionStore.create(tmp_path / "gone" / "no.session.json", plain_session(), "A")


def test_a_missing_file_with_a_good_version_beside_it_says_so(tmp_path: Path) -> None:
    path = tmp_path / "talk.session.json"
    store = SessionStore.create(path, plain_session(2), "A")
    store.save(plain_session(3))
    store.close()
    path.unlink()
    with pytest.raises(StorageError, match=r"talk\.session\.json\.bak"):
        SessionStore.open(path, "A")


def test_a_folder_is_no_session(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="there is a folder of that name"):
        SessionStore.open(tmp_path, "A")
    with pytest.raises(StorageError, match="already something called"):
        SessionStore.create(tmp_path, plain_session(), "A")


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StorageError, match="its folder is not a folder"):
        SessionStore.create(tmp_path / "file" / "x.session.json", plain_session(), "A")


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300)
    for act in (
        lambda: SessionStore.create(path, plain_session(), "A"),
        lambda: SessionStore.open(path, "A"),
    ):
        with pytest.raises(StorageError, match="the name is too long"):
            act()


def test_a_folder_that_has_gone_is_told_and_the_work_can_go_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    store = SessionStore.create(folder / "talk.session.json", plain_session(3), "A")
    shutil.rmtree(folder)
    with pytest.raises(StorageError, match=r"the folder .* is not there"):
        store.append([adding(3)])
    with pytest.raises(StorageError, match=r"the folder .* is not there"):
        store.save(plain_session(4))
    moved = store.save_as(tmp_path / "talk.session.json", plain_session(4), "A")
    assert decode_session(moved.path.read_bytes()) == plain_session(4)


def test_drives_without_second_names_keep_the_last_version_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise disk_error(errno.EPERM)

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "talk.session.json"
    store = SessionStore.create(path, plain_session(3), "A")
    store.save(plain_session(4))
    backup = path.with_name(path.name + ".bak")
    assert decode_session(backup.read_bytes()) == plain_session(3)
    assert not list(tmp_path.glob(".*.tmp"))


def test_a_folder_that_cannot_be_flushed_keeps_the_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "talk.session.json"
    store = SessionStore.create(path, plain_session(2), "A")
    store.append([adding(2)])
    monkeypatch.setattr("annotator.storage.atomic.flush_folder", lambda _: False)
    store.save(plain_session(3))
    assert path.with_name(path.name + ".journal").exists()
    store.append([adding(3)])
    store.close()
    opened = SessionStore.open(path, "A")
    assert opened.session == plain_session(4)
    opened.store.close()
    path.with_name(path.name + ".bak").replace(path)
    assert SessionStore.open(path, "A").session == plain_session(4)

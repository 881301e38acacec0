from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.model import Session
from annotator.storage.codec import decode_session, encode_session
from annotator.storage.faults import ChangedOutsideError, DamagedError, FormatError
from annotator.storage.journal import Journal, hash_of, journal_path, read_journal
from annotator.storage.recovery import found_on_disk
from annotator.storage.store import SessionStore
from tests.support.disks import die
from tests.support.sessions import adding, plain_session


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "talk.session.json"


def worked_on(path: Path) -> SessionStore:
    """Make a session of two tags, save four, and leave two more in the journal."""
    store = SessionStore.create(path, plain_session(2), "A")
    store.append([adding(2)])
    store.append([adding(3)])
    store.save(plain_session(4))
    store.append([adding(4)])
    store.append([adding(5)])
    return store


def lines_of(path: Path) -> list[bytes]:
    return journal_path(path).read_bytes().splitlines(keepends=True)


def reopened(path: Path) -> tuple[Session, tuple[str, ...]]:
    opened = SessionStore.open(path, "A")
    opened.store.close()
    return opened.session, opened.notices


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_file_cut_off_is_brought_back_whole_from_what_is_kept(path: Path, share: float) -> None:
    worked_on(path).close()
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    session, notices = reopened(path)
    assert session == plain_session(6)
    assert len(notices) == 2
    assert "was damaged" in notices[0]
    assert "talk.session.json.damaged-1" in notices[0]
    assert notices[1] == "2 changes that had not been saved were brought back."
    assert path.read_bytes() == data
    assert reopened(path)[0] == plain_session(6)


def test_zeros_after_a_power_cut_are_damage_too(path: Path) -> None:
    worked_on(path).close()
    size = path.stat().st_size
    path.write_bytes(b"\0" * size)
    assert reopened(path)[0] == plain_session(6)
    assert path.with_name(path.name + ".damaged-1").read_bytes() == b"\0" * size


def test_without_the_earlier_journal_the_last_good_version_comes_back(path: Path) -> None:
    worked_on(path).close()
    path.with_name(path.name + ".journal.bak").unlink()
    path.write_bytes(b"")
    session, notices = reopened(path)
    assert session == plain_session(2)
    assert "last good version was brought back" in notices[0]
    assert "2 changes" in notices[1]
    assert "journal.not-applied-1" in notices[1]


def test_without_any_good_version_the_damage_is_told(path: Path) -> None:
    SessionStore.create(path, plain_session(2), "A").close()
    path.write_bytes(b"")
    with pytest.raises(DamagedError, match="it is empty"):
        SessionStore.open(path, "A")
    path.with_name(path.name + ".bak").write_bytes(b"{")
    with pytest.raises(DamagedError, match="it is empty"):
        SessionStore.open(path, "A")
    assert path.read_bytes() == b""


def test_a_typing_error_is_not_taken_for_damage(path: Path) -> None:
    worked_on(path).close()
    text = path.read_text(encoding="utf-8").replace('"title": "A session",', '"title": "A session"')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=r"“talk.session.json” cannot be read.*line 6"):
        SessionStore.open(path, "A")
    assert path.read_text(encoding="utf-8") == text
    assert not path.with_name(path.name + ".lock").exists()


def test_the_last_line_never_finished_is_ignored(path: Path) -> None:
    worked_on(path).close()
    *whole, last = lines_of(path)
    for cut in range(1, len(last)):
        journal_path(path).write_bytes(b"".join(whole) + last[:cut])
        session, notices = reopened(path)
        assert session == plain_session(5)
        assert notices == ("1 change that had not been saved was brought back.",)
        if cut == len(last) // 2:
            store = SessionStore.open(path, "A").store
            store.append([adding(5)])
            store.close()
            assert reopened(path)[0] == plain_session(6)


def test_a_first_line_never_finished_is_ignored(path: Path) -> None:
    SessionStore.create(path, plain_session(2), "A").close()
    for content in (b"", b'["0123'):
        journal_path(path).write_bytes(content)
        assert reopened(path) == (plain_session(2), ())
    store = SessionStore.open(path, "A").store
    store.append([adding(2)])
    store.close()
    assert reopened(path)[0] == plain_session(3)


def test_damage_in_the_middle_keeps_what_came_before_and_the_journal(path: Path) -> None:
    worked_on(path).close()
    lines = lines_of(path)
    lines[1], damaged = lines[1], bytearray(lines[2])
    damaged[len(damaged) // 2] ^= 1
    data = b"".join((lines[0], lines[1], damaged))
    journal_path(path).write_bytes(data)
    session, notices = reopened(path)
    assert session == plain_session(5)
    assert "is damaged: 1 change" in notices[0]
    kept = path.with_name(path.name + ".journal.damaged-1")
    assert kept.name in notices[0]
    assert kept.read_bytes() == data
    store = SessionStore.open(path, "A").store
    store.append([adding(5)])
    store.close()
    assert reopened(path)[0] == plain_session(6)


@pytest.mark.parametrize("line", [0, 1])
def test_a_line_that_is_gone_is_damage(path: Path, line: int) -> None:
    worked_on(path).close()
    lines = lines_of(path)
    del lines[line]
    journal_path(path).write_bytes(b"".join(lines))
    session, notices = reopened(path)
    assert session == plain_session(4)
    assert "damaged" in notices[0]
    assert list(path.parent.glob("*.journal.*-1"))


def test_changes_that_do_not_fit_are_kept_aside(path: Path) -> None:
    store = SessionStore.create(path, plain_session(2), "A")
    store.append([adding(2)])
    store.append([adding(7).reversed()])
    store.append([adding(3)])
    store.close()
    session, notices = reopened(path)
    assert session == plain_session(3)
    assert "journal.damaged-1" in notices[0]
    assert reopened(path)[0] == plain_session(3)


def test_a_file_changed_by_another_program_never_gets_the_journal(path: Path) -> None:
    worked_on(path).close()
    path.write_text(encode_session(plain_session(1)), encoding="utf-8")
    session, notices = reopened(path)
    assert session == plain_session(1)
    assert "was changed by another program, so 2 changes" in notices[0]
    kept = path.with_name(path.name + ".journal.not-applied-1")
    assert kept.name in notices[0]
    journal = read_journal(kept)
    assert journal is not None
    assert journal.size == 2
    assert reopened(path) == (plain_session(1), ())


def test_a_journal_without_changes_is_no_news(path: Path) -> None:
    SessionStore.create(path, plain_session(2), "A").close()
    Journal(journal_path(path), "0" * 64).mark_saved("1" * 64)
    assert reopened(path) == (plain_session(2), ())


def test_after_a_replaced_file_only_what_followed_is_done(path: Path) -> None:
    SessionStore.create(path, plain_session(2), "A").close()
    new = encode_session(plain_session(4)).encode()
    journal = Journal(journal_path(path), hash_of(path.read_bytes()))
    journal.append([adding(2)])
    journal.append([adding(3)])
    journal.mark_saved(hash_of(new))
    journal.append([adding(4)])
    journal.close()
    before = path.read_bytes()
    assert reopened(path)[0] == plain_session(5)
    path.write_bytes(new)
    assert reopened(path)[0] == plain_session(5)
    assert before != new


def test_a_save_over_a_file_changed_outside_is_refused(path: Path, tmp_path: Path) -> None:
    store = worked_on(path)
    theirs = encode_session(replace(plain_session(1), title="Theirs"))
    path.write_text(theirs, encoding="utf-8")
    with pytest.raises(ChangedOutsideError, match="changed by another program"):
        store.save(plain_session(6))
    assert path.read_text(encoding="utf-8") == theirs
    other = store.save_as(tmp_path / "other.session.json", plain_session(6), "A")
    other.close()
    assert reopened(tmp_path / "other.session.json")[0] == plain_session(6)
    assert reopened(path)[0].title == "Theirs"


def test_a_file_touched_but_the_same_is_no_change(path: Path) -> None:
    store = worked_on(path)
    path.write_bytes(path.read_bytes())
    store.save(plain_session(6))
    assert decode_session(path.read_bytes()) == plain_session(6)


def test_a_file_taken_away_is_written_again(path: Path) -> None:
    store = worked_on(path)
    path.unlink()
    store.save(plain_session(6))
    store.close()
    assert reopened(path) == (plain_session(6), ())


def test_looking_only_changes_nothing_on_the_disk(path: Path) -> None:
    die(worked_on(path))
    for spoil in (lambda: None, lambda: path.write_bytes(b""), lambda: path.write_text("{}x")):
        spoil()
        before = {one: one.read_bytes() for one in path.parent.iterdir()}
        found = found_on_disk(path, may_write=False)
        assert found.session == plain_session(6)
        assert {one: one.read_bytes() for one in path.parent.iterdir()} == before

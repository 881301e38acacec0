from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import StorageError
from annotator.model import Session
from annotator.model.change import apply_changes
from annotator.storage.codec import decode_session, encode_session
from annotator.storage.store import SessionStore
from tests.support.sessions import adding, plain_session


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "talk.session.json"


def names(path: Path) -> set[str]:
    return {one.name.removeprefix(path.name) for one in path.parent.iterdir()}


def test_a_session_made_is_there_to_be_opened(path: Path) -> None:
    session = plain_session()
    SessionStore.create(path, session, "A").close()
    opened = SessionStore.open(path, "A")
    assert (opened.session, opened.notices, opened.store.read_only) == (session, (), False)
    opened.store.close()
    assert names(path) == {""}


def test_changes_not_saved_come_back_and_one_line_says_so(path: Path) -> None:
    store = SessionStore.create(path, plain_session(3), "A")
    store.append([adding(3)])
    store.append([adding(4), adding(5)])
    store.close()
    opened = SessionStore.open(path, "A")
    assert opened.session == plain_session(6)
    assert opened.notices == ("3 changes that had not been saved were brought back.",)
    opened.store.append([adding(6)])
    opened.store.close()
    assert SessionStore.open(path, "A").session == plain_session(7)


def test_a_save_holds_all_and_leaves_nothing_to_bring_back(path: Path) -> None:
    store = SessionStore.create(path, plain_session(3), "A")
    store.append([adding(3)])
    store.save(plain_session(4))
    store.close()
    assert decode_session(path.read_bytes()) == plain_session(4)
    opened = SessionStore.open(path, "A")
    assert (opened.session, opened.notices) == (plain_session(4), ())


def test_the_last_good_version_is_kept(path: Path) -> None:
    store = SessionStore.create(path, plain_session(3), "A")
    store.save(plain_session(4))
    backup = path.with_name(path.name + ".bak")
    assert decode_session(backup.read_bytes()) == plain_session(3)
    store.save(plain_session(5))
    assert decode_session(backup.read_bytes()) == plain_session(4)


def test_saving_what_is_saved_leaves_the_last_good_version(path: Path) -> None:
    store = SessionStore.create(path, plain_session(3), "A")
    store.save(plain_session(4))
    store.append([adding(4)])
    store.append([adding(4).reversed()])
    store.save(plain_session(4))
    backup = path.with_name(path.name + ".bak")
    assert decode_session(backup.read_bytes()) == plain_session(3)
    store.append([adding(4)])
    store.close()
    assert SessionStore.open(path, "A").session == plain_session(5)


def test_after_a_save_the_journal_begins_anew(path: Path) -> None:
    store = SessionStore.create(path, plain_session(0), "A")
    session = plain_session(0)
    for number in range(12):
        store.append([adding(number)])
        session = apply_changes(session, [adding(number)])
        if number % 4 == 1:
            store.save(session)
    store.close()
    opened = SessionStore.open(path, "A")
    assert opened.session == plain_session(12)
    assert opened.notices == ("2 changes that had not been saved were brought back.",)


def test_save_as_goes_on_at_the_new_place(path: Path, tmp_path: Path) -> None:
    store = SessionStore.create(path, plain_session(3), "A")
    store.append([adding(3)])
    other = tmp_path / "other.session.json"
    moved = store.save_as(other, plain_session(4), "A")
    moved.append([adding(4)])
    moved.close()
    assert SessionStore.open(other, "A").session == plain_session(5)
    assert SessionStore.open(path, "A").session == plain_session(4)


def test_save_as_over_another_session_keeps_that_as_its_last_version(
    path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.session.json"
    SessionStore.create(other, replace(plain_session(1), id="s2"), "B").close()
    store = SessionStore.create(path, plain_session(3), "A").save_as(other, plain_session(3), "A")
    assert store.path == other
    backup = other.with_name(other.name + ".bak")
    assert decode_session(backup.read_bytes()).id == "s2"
    assert decode_session(other.read_bytes()) == plain_session(3)


def test_save_as_in_place_is_a_save(path: Path) -> None:
    store = SessionStore.create(path, plain_session(3), "A")
    assert store.save_as(path, plain_session(4), "A") is store
    assert decode_session(path.read_bytes()) == plain_session(4)


def test_a_link_is_followed_and_stays_a_link(path: Path, tmp_path: Path) -> None:
    SessionStore.create(path, plain_session(3), "A").close()
    link = tmp_path / "link.session.json"
    link.symlink_to(path)
    store = SessionStore.open(link, "A").store
    store.save(plain_session(4))
    assert link.is_symlink()
    assert decode_session(path.read_bytes()) == plain_session(4)


def test_the_permissions_of_the_file_are_kept(path: Path) -> None:
    store = SessionStore.create(path, plain_session(3), "A")
    path.chmod(0o640)
    store.save(plain_session(4))
    assert path.stat().st_mode & 0o777 == 0o640


def test_the_journal_is_as_private_as_the_session(path: Path) -> None:
    store = SessionStore.create(path, plain_session(3), "A")
    path.chmod(0o600)
    store.append([adding(3)])
    store.save(plain_session(4))
    store.append([adding(4)])
    kept = [one for one in path.parent.iterdir() if not one.name.endswith(".lock")]
    assert len(kept) == 4
    assert {one.stat().st_mode & 0o777 for one in kept} == {0o600}


def test_what_is_given_to_the_old_place_after_a_move_goes_to_the_new(
    path: Path, tmp_path: Path
) -> None:
    store = SessionStore.create(path, plain_session(3), "A")
    other = tmp_path / "other.session.json"
    store.save_as(other, plain_session(3), "A")
    store.append([adding(3)])
    store.save(plain_session(4))
    store.append([adding(4)])
    store.close()
    assert SessionStore.open(other, "A").session == plain_session(5)
    assert SessionStore.open(path, "A").session == plain_session(3)


def test_a_session_on_the_disk_is_never_written_over_by_create(path: Path) -> None:
    path.write_text("mine")
    with pytest.raises(StorageError, match="already something called"):
        SessionStore.create(path, plain_session(), "A")
    assert path.read_text() == "mine"


def test_a_new_session_does_not_inherit_what_an_older_one_left(path: Path) -> None:
    store = SessionStore.create(path, plain_session(3), "A")
    store.save(plain_session(4))
    store.append([adding(4)])
    store.close()
    path.unlink()
    SessionStore.create(path, replace(plain_session(0), id="s2"), "A").close()
    assert {"", ".bak.older-1", ".journal.not-applied-1"} <= names(path)
    opened = SessionStore.open(path, "A")
    assert (opened.session.id, opened.notices) == ("s2", ())


def test_rules_that_are_broken_are_told_and_the_session_opens(path: Path) -> None:
    session = plain_session(1)
    tag = replace(session.passes[0].tags[0], code="gone")
    broken = replace(session, passes=(replace(session.passes[0], tags=(tag,)),))
    path.write_text(encode_session(broken), encoding="utf-8")
    opened = SessionStore.open(path, "A")
    assert opened.session == broken
    assert 'the codebook has no code "gone"' in opened.notices[0]


def test_a_file_of_a_newer_version_opens_read_only(path: Path) -> None:
    text = encode_session(plain_session()).replace('"version": 1', '"version": 2', 1)
    path.write_text(text, encoding="utf-8")
    opened = SessionStore.open(path, "A")
    assert opened.session == plain_session()
    assert "newer version of annotator" in opened.store.read_only_reason
    with pytest.raises(StorageError, match="newer version"):
        opened.store.save(opened.session)
    assert names(path) == {""}


def test_any_session_is_stored_exactly(path: Path) -> None:
    session: Session = replace(plain_session(2), extra={"later": {"a": [1, None]}})
    SessionStore.create(path, session, "A").close()
    assert SessionStore.open(path, "A").session == session

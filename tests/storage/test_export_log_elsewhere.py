"""Exports of a session whose file was renamed or copied by hand are found all the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import StorageError
from annotator.storage.export_log import export_log_path, log_export, read_log
from annotator.storage.export_log_carrying import carry_log
from annotator.storage.export_log_elsewhere import note_recalled, read_exports
from annotator.storage.store import SessionStore
from tests.support.exports import WHEN, exported, told_session

SESSION = told_session()


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """A session file with two exports, and beside it the log of a session of another id."""
    path = tmp_path / "talk.session.json"
    path.write_text("{}")
    for name in ("x1", "x2"):
        log_export(path, exported(SESSION, name))
    log_export(tmp_path / "other.session.json", exported(replace(SESSION, id="s9"), "x9"))
    return path


def ids(path: Path) -> list[str]:
    return [one.record.id for one in read_exports(path, SESSION.id).exports]


def test_a_session_with_its_log_is_told_of_nothing_else(talk: Path) -> None:
    log = read_exports(talk, SESSION.id)
    assert log == read_log(talk)
    assert (len(log.exports), log.elsewhere) == (2, ())


def test_a_renamed_session_keeps_its_exports(talk: Path) -> None:
    renamed = talk.rename(talk.with_name("ren.session.json"))
    assert ids(renamed) == ["x1", "x2"]
    (told,) = read_exports(renamed, SESSION.id).elsewhere
    assert told == (
        "“talk.exports.jsonl” holds 2 exports of this session, whose file was renamed or copied. "
        "Rename it to “ren.exports.jsonl”, and “talk.exports.head.json” to "
        "“ren.exports.head.json”, so that the two go together again."
    )


def test_what_is_advised_mends_it(talk: Path) -> None:
    renamed = talk.rename(talk.with_name("ren.session.json"))
    for ending in ("exports.jsonl", "exports.head.json"):
        (talk.parent / f"talk.{ending}").rename(talk.parent / f"ren.{ending}")
    log = read_exports(renamed, SESSION.id)
    assert (len(log.exports), log.elsewhere, log.faults) == (2, (), ())


def test_a_copy_with_exports_of_its_own_knows_both(talk: Path) -> None:
    copy = talk.with_name("ren.session.json")
    copy.write_text("{}")
    log_export(copy, exported(SESSION, "x3"))
    log = read_exports(copy, SESSION.id)
    assert [one.record.id for one in log.exports] == ["x3", "x1", "x2"]
    assert len({one.line for one in log.exports}) == 3, "lists tell exports apart by their line"
    assert "Leave it in this folder" in log.elsewhere[0]


def test_what_went_along_to_another_name_is_not_told_twice(talk: Path) -> None:
    copy = talk.with_name("ren.session.json")
    carry_log(talk, copy)
    assert (ids(talk), ids(copy)) == (["x1", "x2"], ["x1", "x2"])
    assert read_exports(copy, SESSION.id).elsewhere == ()
    log_export(copy, exported(SESSION, "x3"))
    assert ids(talk) == ["x1", "x2", "x3"]


def test_an_export_is_called_back_in_the_log_it_stands_in(talk: Path) -> None:
    renamed = talk.rename(talk.with_name("ren.session.json"))
    note_recalled(renamed, SESSION.id, "x2", WHEN)
    assert [one.recalled for one in read_log(talk).exports] == ["", WHEN]
    assert not export_log_path(renamed).exists()
    assert read_exports(renamed, SESSION.id).exports[1].recalled == WHEN
    with pytest.raises(StorageError, match="no export “x9”"):
        note_recalled(renamed, SESSION.id, "x9", WHEN)


def test_damage_to_a_log_of_another_name_is_told(talk: Path) -> None:
    renamed = talk.rename(talk.with_name("ren.session.json"))
    path = export_log_path(talk)
    path.write_bytes(path.read_bytes().replace(b'"learning"', b'"private"', 1))
    (fault,) = read_exports(renamed, SESSION.id).faults
    assert fault.startswith("“talk.exports.jsonl”: Line 1 does not follow")


def test_nothing_is_found_of_a_session_without_an_id(talk: Path) -> None:
    assert read_exports(talk.with_name("ren.session.json"), "").exports == ()


def test_a_session_that_was_renamed_takes_its_exports_along_when_saved_elsewhere(
    tmp_path: Path,
) -> None:
    talk, renamed = tmp_path / "talk.session.json", tmp_path / "ren.session.json"
    SessionStore.create(talk, SESSION, "test").close()
    log_export(talk, exported(SESSION, "x1"))
    talk.rename(renamed)
    (tmp_path / "new").mkdir()
    opened = SessionStore.open(renamed, "test")
    target = tmp_path / "new" / "talk.session.json"
    opened.store.save_as(target, opened.session, "test")
    opened.store.close()
    log = read_log(target)
    assert [one.record.id for one in log.exports] == ["x1"]
    assert log.faults == ()

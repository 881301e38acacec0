"""The log of exports: added to, found in, recalled from; and what was changed in it shows."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.model import ConsentScope
from annotator.storage.export_log import (
    export_log_path,
    log_export,
    log_given_up,
    log_recalled,
    read_log,
)
from annotator.storage.export_log_text import parse_log
from tests.support.exports import WHEN, exported, file_of, told_session

SESSION = told_session()


@pytest.fixture
def session_path(tmp_path: Path) -> Path:
    return tmp_path / "talk.session.json"


@pytest.fixture
def three_lines(session_path: Path) -> bytes:
    for number in range(3):
        log_export(session_path, exported(SESSION, f"x{number}"))
    return export_log_path(session_path).read_bytes()


def test_it_stands_beside_its_session(session_path: Path) -> None:
    assert export_log_path(session_path) == session_path.with_name("talk.exports.jsonl")
    other = session_path.with_name("talk.json")
    assert export_log_path(other) == session_path.with_name("talk.json.exports.jsonl")
    session_path.with_name("link").symlink_to(session_path)
    assert export_log_path(session_path.with_name("link")) == export_log_path(session_path)


def test_nothing_exported_is_an_empty_log(session_path: Path) -> None:
    assert read_log(session_path).exports == ()
    assert read_log(session_path).faults == ()


def test_what_was_logged_comes_back(session_path: Path) -> None:
    first, second = exported(SESSION), exported(SESSION, "x2", ConsentScope.PRIVATE)
    for record in (first, second):
        assert log_export(session_path, record).record == record
    log = read_log(session_path)
    assert [one.record for one in log.exports] == [first, second]
    assert [one.line for one in log.exports] == [1, 2]
    assert log.faults == ()


def test_what_a_newer_program_noted_is_kept(session_path: Path) -> None:
    record = replace(exported(SESSION), extra={"room": {"number": 3}})
    log_export(session_path, record)
    assert read_log(session_path).exports[0].record == record


def test_each_line_is_an_object_by_itself(three_lines: bytes) -> None:
    trees = [json.loads(line) for line in three_lines.splitlines()]
    assert [list(tree) for tree in trees] == [["hash", "event", "code", "export"]] * 3
    assert len({tree["hash"] for tree in trees}) == 3


def test_people_keep_their_codes(session_path: Path) -> None:
    codes = [
        log_export(session_path, replace(exported(SESSION), who=who)).code
        for who in ("A", "B", "A", "C", "B")
    ]
    assert codes == ["E1", "E2", "E1", "E3", "E2"]


def test_an_export_is_found_by_id_name_or_hash(three_lines: bytes) -> None:
    log = parse_log(three_lines)
    one = log.exports[1]
    digest = one.record.results[0].sha256
    for text in ("x1", "s1-x1.mp4", "S1-X1.VTT", digest, digest[:8].upper()):
        assert log.find(text) == (one,)
    for text in ("", "x", digest[:7], "s1-x1", file_of("r1").sha256):
        assert log.find(text) == ()


def test_what_became_of_an_export_is_added(session_path: Path, three_lines: bytes) -> None:
    log_given_up(session_path, "x0", WHEN)
    log_recalled(session_path, "x2", "2026-07-01T09:00:00Z")
    log = read_log(session_path)
    assert [(one.given_up, one.recalled) for one in log.exports] == [
        (WHEN, ""),
        ("", ""),
        ("", "2026-07-01T09:00:00Z"),
    ]
    assert log.faults == ()
    assert export_log_path(session_path).read_bytes().startswith(three_lines)


def test_exports_at_once_wait_for_one_another(session_path: Path) -> None:
    def add(who: str) -> None:
        for number in range(10):
            log_export(session_path, exported(SESSION, f"{who}{number}"))

    workers = [Thread(target=add, args=(who,)) for who in "ab"]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    log = read_log(session_path)
    assert log.faults == ()
    assert len({one.record.id for one in log.exports}) == 20


def test_it_is_as_private_as_its_session(session_path: Path) -> None:
    session_path.write_text("{}")
    session_path.chmod(0o600)
    log_export(session_path, exported(SESSION))
    assert export_log_path(session_path).stat().st_mode & 0o777 == 0o600


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.data())
def test_a_line_that_is_changed_or_taken_out_shows(three_lines: bytes, data: st.DataObject) -> None:
    lines = three_lines.splitlines(keepends=True)
    which = data.draw(st.integers(0, 2))
    line = bytearray(lines[which])
    place = data.draw(st.integers(0, len(line) - 2))
    line[place] ^= 1 << data.draw(st.integers(0, 6))
    spoilt = b"".join([*lines[:which], bytes(line), *lines[which + 1 :]])
    assert parse_log(spoilt).faults != ()
    if which < 2:
        assert parse_log(b"".join(lines[:which] + lines[which + 1 :])).faults != ()
        swapped = [*lines[:which], lines[which + 1], lines[which], *lines[which + 2 :]]
        assert parse_log(b"".join(swapped)).faults != ()


def test_what_can_be_read_of_a_changed_log_is_still_found(three_lines: bytes) -> None:
    changed = three_lines.replace(b'"purpose":"learning"', b'"purpose":"private"', 1)
    log = parse_log(changed)
    assert [one.record.id for one in log.exports] == ["x0", "x1", "x2"]
    (told,) = log.faults
    assert told.startswith("Line 1 does not follow from the one before it: the log was changed")

"""What is wrong with CACTI's files is refused in plain words, and nothing in them is run."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from annotator.storage.interchange import cacti_database
from annotator.storage.interchange.exchange import form_named, read_foreign, render
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.report import ForeignFileError
from annotator.storage.interchange.source import Source
from tests.storage.interchange.test_cacti import CONFIGURATION, SCHEMA, casaa
from tests.support.foreign import NOW, read

GOOD = casaa(
    "insert into utterances values ('000012334', '00:00:12.3', 34, 'warm')",
    "insert into ratings values (1, 'EMPATHY', 4)",
    "insert into utterances_ratings values ('000012334', 1)",
)
TEXT = "Audio File:\ts1.wav\n00:00:05.1\t20\tSR+\n0\t0:00:05\t0:00:09\t800\t1600\t20\tSR+\n"


def check_met(data: bytes, form: str, name: str) -> None:
    """Read bytes, and write what was found, all accounted for; else it is refused in words."""
    try:
        found = read_foreign(Source(name, data), Wishes(now=NOW), form)
    except ForeignFileError:
        return
    report = found.report
    assert report.counted_out <= report.counted_in <= report.counted_out + report.left_behind
    render(found.sessions, form_named(form), name, Wishes(now=NOW))


def other(*statements: str) -> bytes:
    """Make a database of these statements alone."""
    with closing(sqlite3.connect(":memory:")) as database:
        for one in statements:
            database.executescript(one)
        return database.serialize()


TRIGGER = "create trigger t after insert on codes begin delete from codes; end"
VIEW = """alter table utterances rename to u;
create view utterances as select '1' utterance_id, 'x' time_marker, 1 code_id, '' annotation"""
ENDLESS = """drop table codes;
create view codes as with recursive n(i) as (select 1 union all select i + 1 from n)
select i code_id, i code_name, 0 speaker_id from n"""
VIRTUAL = """drop table ratings;
create virtual table ratings using fts5(rating_id, rating_name, response_value)"""


@pytest.mark.parametrize("statement", [TRIGGER, VIEW, ENDLESS, VIRTUAL])
def test_what_could_do_something_is_refused(statement: str) -> None:
    with pytest.raises(ForeignFileError) as caught:
        read(other(SCHEMA, statement), "s1.casaa")
    assert "could do something" in str(caught.value)


def test_views_that_are_not_asked_do_no_harm() -> None:
    data = other(SCHEMA, "create view v as select 1")
    assert read(data, "s1.casaa").report.counted_in == 0


def test_what_would_take_for_ever_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cacti_database, "_STEPS", 100)
    monkeypatch.setattr(cacti_database, "_MOST_ROUNDS", 5)
    numbers = """with recursive n(value) as
    (select 100 union all select value + 1 from n limit 9000)
    insert into codes select value, value, 0 from n"""
    with pytest.raises(ForeignFileError, match="cannot be read"):
        read(other(SCHEMA, numbers), "s1.casaa")


def test_columns_that_compute_are_not_trusted() -> None:
    table = (
        "drop table attributes; create table attributes"
        " (name, value as (load_extension('/tmp/x')) virtual)"
    )
    try:
        data = other(SCHEMA, table)
    except sqlite3.OperationalError:  # not every SQLite makes it
        data = b""
    check_met(data, "cacti", "s1.casaa")
    with pytest.raises(ForeignFileError):
        read(data or b"SQLite format 3\0", "s1.casaa")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (other("create table x (a)"), "not one of CACTI"),
        (other("create table codes (a); create table utterances (b)"), "cannot be read"),
        (GOOD[:3000], "cannot be read"),
        (b"SQLite format 3\0", "cannot be read"),
        (GOOD[:100] + b"\xff" * (len(GOOD) - 100), "cannot be read"),
    ],
)
def test_databases_that_are_broken_or_others_are_refused(data: bytes, told: str) -> None:
    with pytest.raises(ForeignFileError) as caught:
        read(data, "s1.casaa")
    assert told in str(caught.value)
    assert "Error" not in str(caught.value)


def test_the_tables_that_may_be_missing_may_be_missing() -> None:
    data = other(
        "create table codes (code_id, code_name, speaker_id)",
        "create table utterances (utterance_id, time_marker, code_id, annotation)",
        "insert into utterances values (1, '00:00:01.0', 5, x'ff00')",
    )
    (session,) = read(data, "s1.casaa").sessions
    assert len(session.passes[0].tags) == 1


@pytest.mark.parametrize("text", ["", "\n", "no\n"])
def test_texts_with_nothing_in_them_are_refused(text: str) -> None:
    with pytest.raises(ForeignFileError):
        read_foreign(Source("s1.casaa", text.encode()), Wishes(now=NOW), "cacti")


@pytest.mark.parametrize("text", ["<userConfiguration/>", "<other/>", "<userConfiguration>"])
def test_configurations_without_codes_are_refused(text: str) -> None:
    with pytest.raises(ForeignFileError):
        read_foreign(Source("c.xml", text.encode()), Wishes(now=NOW), "cacti_config")


@settings(max_examples=150, deadline=None)
@given(data=some.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    check_met(data, "cacti", "s1.casaa")
    check_met(b"SQLite format 3\0" + data, "cacti", "s1.casaa")
    check_met(b"Global Ratings\n" + data, "cacti", "s1.globals")
    check_met(data, "cacti_config", "c.xml")


@settings(max_examples=150, deadline=None)
@given(at=some.integers(0, len(GOOD) - 1), length=some.integers(0, 600), bits=some.integers(1, 255))
def test_damaged_databases_are_read_or_refused(at: int, length: int, bits: int) -> None:
    check_met(GOOD[:at] + GOOD[at + length :], "cacti", "s1.casaa")
    check_met(GOOD[:at] + bytes([GOOD[at] ^ bits]) + GOOD[at + 1 :], "cacti", "s1.casaa")
    check_met(GOOD[: at // 8] + bytes([bits]) * 8 + GOOD[at // 8 + 8 :], "cacti", "s1.casaa")


@settings(max_examples=100, deadline=None)
@given(
    at=some.integers(0, len(CONFIGURATION) - 1),
    length=some.integers(0, 60),
    sign=some.sampled_from("\t\n\0<>&\"'9:é "),
)
def test_damaged_texts_are_read_or_refused(at: int, length: int, sign: str) -> None:
    for text, form, name in (
        (CONFIGURATION, "cacti_config", "c.xml"),
        (TEXT, "cacti", "s1.casaa"),
        ("Global Ratings\nAudio File:\ta\nX:\t4\nNotes:\nX: a", "cacti", "s1.globals"),
    ):
        place = at % len(text)
        check_met((text[:place] + text[place + length :]).encode(), form, name)
        check_met((text[:place] + sign + text[place + 1 :]).encode(), form, name)
        check_met((text[:place] + text[place - length : place] + text[place:]).encode(), form, name)

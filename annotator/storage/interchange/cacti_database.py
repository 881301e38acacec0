"""The SQLite database that a `.casaa` file is, read without trusting anything in it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import islice

from annotator.storage.interchange.report import ForeignFileError, Notes
from annotator.storage.interchange.source import Source

MAGIC = b"SQLite format 3\0"
NEEDED = {
    "speakers": ("speaker_id", "speaker_name"),
    "codes": ("code_id", "code_name", "speaker_id"),
    "utterances": ("utterance_id", "time_marker", "code_id", "annotation"),
    "ratings": ("rating_id", "rating_name", "response_value"),
    "utterances_ratings": ("utterance_id", "rating_id"),
    "attributes": ("name", "value"),
}
_MUST = ("utterances", "codes")
_MOST_ROWS = 2_000_000
_LONGEST = 10_000_000
_STEPS, _MOST_ROUNDS = 100_000, 20_000
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}
_VERSIONS = slice(18, 20)

Row = tuple[str, ...]


@dataclass(slots=True)
class Tables:
    """The rows of CACTI's tables as texts, those that are missing empty.

    `numbers` holds, for tables and columns of text, where SQLite kept a number instead.
    """

    rows: dict[str, list[Row]] = field(default_factory=dict)
    numbers: dict[tuple[str, str], list[str]] = field(default_factory=dict)


def read_tables(source: Source, notes: Notes) -> Tables:
    """Read all tables; the file itself is never opened, only a copy of it in memory.

    Raises ForeignFileError where it is no database of CACTI, or one that could do something.
    """
    try:
        with _opened(source, notes) as database:
            _check(source, database)
            return _read(database)
    except (sqlite3.Error, ValueError, OverflowError) as error:
        raise ForeignFileError(
            f"“{source.name}” is broken: the database in it cannot be read.",
            "Open it in CACTI, or take the last copy that CACTI opens.",
            [str(error)[:200]],
        ) from error


@contextmanager
def _opened(source: Source, notes: Notes) -> Iterator[sqlite3.Connection]:
    data = source.data
    if source.beside(source.name + "-wal"):
        notes.noticed("a “-wal” file lies beside; what was changed last may be in that alone")
    if data[_VERSIONS] == b"\2\2":  # else SQLite would look for that file, and there is no folder
        data = data[: _VERSIONS.start] + b"\1\1" + data[_VERSIONS.stop :]
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(data)
        database.text_factory = lambda raw: raw.decode("utf-8", "replace")
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        database.execute("PRAGMA trusted_schema=OFF")
        database.execute("PRAGMA query_only=ON")
        database.execute("PRAGMA cell_size_check=ON")
        rounds = 0

        def is_too_long() -> bool:
            nonlocal rounds
            rounds += 1
            return rounds > _MOST_ROUNDS

        database.set_progress_handler(is_too_long, _STEPS)
        database.set_authorizer(_permission)
        yield database


def _permission(action: int, *_what: object) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _check(source: Source, database: sqlite3.Connection) -> None:
    told = database.execute("SELECT type, name, sql FROM sqlite_master").fetchmany(1000)
    kinds = {str(name).lower(): str(kind) for kind, name, _ in told}
    if not all(name in kinds for name in _MUST):
        raise ForeignFileError(
            f"“{source.name}” is a database, but not one of CACTI.",
            "Choose a .casaa file.",
        )
    odd = [str(name) for kind, name, sql in told if _is_odd(str(kind), str(name), str(sql or ""))]
    if odd:
        raise ForeignFileError(
            f"“{source.name}” was not read: it holds “{odd[0][:60]}”, which could do something.",
            "CACTI writes no such file; ask where it comes from.",
        )


def _is_odd(kind: str, name: str, sql: str) -> bool:
    """Tell whether something in a schema is more than a plain table or its index."""
    if kind == "trigger" or (kind == "view" and name.lower() in NEEDED):
        return True
    is_needed = kind == "table" and name.lower() in NEEDED
    return is_needed and re.match(r"\s*create\s+table\b", sql, re.IGNORECASE) is None


def _read(database: sqlite3.Connection) -> Tables:
    found = Tables()
    there = {
        str(name).lower()
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    for table, columns in NEEDED.items():
        if table not in there:
            found.rows[table] = []
            continue
        query = f'SELECT {", ".join(columns)} FROM "{table}"'  # noqa: S608 constants from above
        odd: dict[str, list[str]] = {name: [] for name in _TEXTS.get(table, ())}
        rows = found.rows[table] = []
        for row in islice(database.execute(query), _MOST_ROWS):
            for name, ids in odd.items():
                if isinstance(row[columns.index(name)], int | float):
                    ids.append(_text(row[0]))
            rows.append(tuple(map(_text, row)))
        for name, ids in odd.items():
            found.numbers[table, name] = ids
    return found


_TEXTS: Mapping[str, tuple[str, ...]] = {
    "codes": ("code_name",),
    "utterances": ("annotation",),
    "ratings": ("rating_name",),
}
"""The columns declared `string`, which SQLite takes for numbers where they look like some."""


def _text(value: object) -> str:
    if isinstance(value, str):
        return value  # as nearly all are
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)


def write_tables(rows: Mapping[str, Sequence[tuple[object, ...]]]) -> bytes:
    """Give the bytes of a database as CACTI makes it, with these rows."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("PRAGMA user_version=1")
        database.executescript(_SCHEMA)
        for table, columns in NEEDED.items():
            marks = ", ".join("?" for _ in columns)
            names = ", ".join(columns)
            statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 constants
            database.executemany(statement, rows.get(table, []))
        database.commit()
        return database.serialize()


_SCHEMA = """
CREATE TABLE speakers (
    speaker_id integer primary key not null, speaker_name string not null unique);
CREATE TABLE codes (
    code_id integer primary key not null, code_name string not null unique, speaker_id integer,
    foreign key (speaker_id) references speakers (speaker_id));
CREATE TABLE utterances (
    utterance_id TEXT primary key not null unique, time_marker string not null, code_id integer,
    annotation string, foreign key (code_id) references codes (code_id));
CREATE TABLE ratings (
    rating_id integer primary key not null, rating_name string not null unique,
    response_value integer not null);
CREATE TABLE utterances_ratings (
    utterance_id TEXT, rating_id integer,
    foreign key (utterance_id) references utterances (utterance_id),
    foreign key (rating_id) references ratings (rating_id));
CREATE TABLE attributes (name, value);
"""

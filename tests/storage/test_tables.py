from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Micros, Session, Tag
from annotator.storage.tables import (
    COLUMNS,
    attributes_of,
    column_of,
    harmless,
    tag_rows,
    to_csv,
    to_json,
)
from tests.support.sessions import plain_session


def with_tags(*tags: Tag) -> Session:
    session = plain_session(0)
    return replace(session, passes=(replace(session.passes[0], tags=tags),))


TAG = Tag(
    "t1", "reflection", Micros(12_480_000), Micros(15_200_001), "p1", "so, so", {"depth": "c"}
)


def table(session: Session) -> list[dict[str, str]]:
    text = to_csv(tag_rows(session), attributes_of(session))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_row_tells_all_of_a_tag_in_decimal_seconds() -> None:
    (row,) = table(with_tags(TAG))
    assert row == {
        "session": "s1",
        "pass": "pass1",
        "coder": "A",
        "purpose": "primary",
        "tag": "t1",
        "code": "reflection",
        "name": "Reflection",
        "group": "Talk",
        "start": "12.48",
        "end": "15.200001",
        "duration": "2.720001",
        "participant": "p1",
        "note": "so, so",
        "depth": "c",
        "origin": "coder",
    }


def test_json_rows_have_the_same_columns_and_numbers() -> None:
    session = with_tags(TAG)
    (row,) = json.loads(to_json(tag_rows(session), attributes_of(session)))
    assert list(row) == [*COLUMNS, "depth", "origin"]
    assert (row["start"], row["end"], row["duration"]) == (12.48, 15.200001, 2.720001)


def test_without_tags_there_is_the_heading_alone() -> None:
    session = with_tags()
    assert to_csv(tag_rows(session), []) == ",".join((*COLUMNS, "origin")) + "\n"
    assert json.loads(to_json(tag_rows(session), [])) == []


def test_rows_stand_by_time_across_coders_and_can_be_of_one() -> None:
    session = with_tags(TAG)
    other = replace(
        session.passes[0],
        id="pass2",
        coder="B",
        tags=(replace(TAG, id="t0", start=Micros(0)), replace(TAG, id="t2")),
    )
    session = replace(session, passes=(other, *session.passes))
    assert [row.tag.id for row in tag_rows(session)] == ["t0", "t1", "t2"]
    assert [row.tag.id for row in tag_rows(session, "B")] == ["t0", "t2"]


def test_a_code_that_the_book_lacks_has_its_id_for_a_name() -> None:
    (row,) = table(with_tags(replace(TAG, code="gone")))
    assert (row["name"], row["group"]) == ("gone", "")


def test_an_attribute_never_takes_a_fixed_column() -> None:
    (row,) = table(with_tags(replace(TAG, attributes={"note": "n"})))
    assert (row["note"], row["note_attribute"]) == ("so, so", "n")
    assert column_of("depth") == "depth"


@pytest.mark.parametrize("head", ["=", "+", "-", "@", "\t", "\r", "\uff1d"])
def test_a_note_is_never_a_formula(head: str) -> None:
    (row,) = table(with_tags(replace(TAG, note=f"{head}HYPERLINK(1)")))
    assert row["note"] == f"'{head}HYPERLINK(1)".replace("\r", "\n")


def test_times_before_the_first_recording_stay_numbers() -> None:
    (row,) = table(with_tags(replace(TAG, start=Micros(-1_500_000))))
    assert row["start"] == "-1.5"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=20))
def test_any_note_comes_back_from_the_csv(note: str) -> None:
    (row,) = table(with_tags(replace(TAG, note=note)))
    assert row["note"] == harmless(note)
    assert row["note"].removeprefix("'") == note.removeprefix("'")

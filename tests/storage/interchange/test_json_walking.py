"""JSON with a long list is read as all other JSON, but for the members of that list."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given

from annotator.storage.interchange.json_reading import read_json
from annotator.storage.interchange.json_walking import ANY, LongList
from annotator.storage.interchange.report import ForeignFileError, Notes
from annotator.storage.interchange.source import Source
from tests.support.spoilt import mutilated, strange_json

ROUTE = ("observations", ANY, "events")
SAME = LongList(ROUTE, lambda one: one)
KEYS = ["observations", "o1", "events", "type"]
GOOD = {"observations": {"o1": {"type": "x", "events": [[1.5, "a"], [2, {"b": None}]]}, "o2": {}}}


def told(data: bytes, long: LongList | None) -> object:
    """Read JSON, or tell the line from which on it cannot be read; and what was noted."""
    notes = Notes()
    try:
        value = read_json(Source("a.json", data), notes, long=long)
    except ForeignFileError as refused:
        return refused.what
    return value, notes.report(0, 0)


def both(data: bytes) -> bool:
    """Tell whether bytes come to the same by both ways."""
    return told(data, SAME) == told(data, None)


@given(mutilated([json.dumps(GOOD).encode(), json.dumps(GOOD, indent=1).encode("utf-16")]))
def test_mutilated_files_come_to_the_same(data: bytes) -> None:
    assert both(data)


@given(strange_json(KEYS))
@example(GOOD)
def test_any_json_comes_to_the_same(value: object) -> None:
    assert both(json.dumps(value).encode())
    assert both(json.dumps({"observations": {"o1": {"events": value}}}).encode())


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "{",
        "{}",
        " { } x",
        '{"observations"',
        '{"observations":',
        '{"observations":{',
        '{"observations":{}',
        '{"observations" {}}',
        '{"observations":{"o1":{"events":[',
        '{"observations":{"o1":{"events":[]}}}',
        '{"observations":{"o1":{"events":[1',
        '{"observations":{"o1":{"events":[1 2]}}}',
        '{"observations":{"o1":{"events":[1,2]},\n"o2":{"events":[}}}',
        '{"observations":{"o1":{"events":[1]},"o1":{"events":[2]}},"observations":3}',
        '{observations":1}',
        '{"observations":{"o1":{"events":[NaN, 1e99999999999999999999]}}}',
        '{"a":"\n"}',
    ],
)
def test_odd_texts_come_to_the_same(text: str) -> None:
    assert both(text.encode())


@pytest.mark.parametrize("text", ['{"a":1,}', '{"observations":{"o1":{"events":[1,]}}}'])
def test_commas_with_nothing_behind_them_are_refused(text: str) -> None:
    assert "is broken" in str(told(text.encode(), SAME))


@pytest.mark.parametrize("head", ["", '{"observations":{"o1":{"events":[', '{"observations":'])
@pytest.mark.parametrize("opening", ["[", '{"a":', '{"events":', '{"observations":'])
def test_what_is_nested_without_end_is_refused(head: str, opening: str) -> None:
    assert isinstance(told((head + opening * 100_000).encode(), SAME), str)


def test_members_of_the_list_alone_are_made_smaller() -> None:
    long = LongList(ROUTE, repr)
    text = {
        "observations": {"a": {"events": [1, [2]], "other": [1]}, "b": {"events": {"c": [1]}}},
        "events": [1],
        "a": {"observations": {"a": {"events": [1]}}},
    }
    text_read = read_json(Source("a.json", json.dumps(text).encode()), Notes(), long=long)
    made = {"a": {"events": ["1", "[2]"], "other": [1]}, "b": {"events": {"c": [1]}}}
    assert text_read == {**text, "observations": made}

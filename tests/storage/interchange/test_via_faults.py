"""Broken and strange VIA projects are refused or mended, and nothing else escapes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from annotator.storage.interchange.exchange import read_foreign
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.source import Source
from tests.storage.interchange.test_via import DOES, NAME, project, segment
from tests.support.foreign import places, read, rich_session, write
from tests.support.spoilt import is_even_by_places, is_met, mutilated, refusal, strange_json

GOOD = [
    json.dumps(project({"1": DOES}, {"1_a": segment([2, 6.5], {"1": "2"})})).encode(),
    write(rich_session(), NAME).data,
]
KEYS = [
    "project", "metadata", "attribute", "view", "file", "1", "av", "z", "xy", "vid", "options",
    "aname", "type", "annotator", "sessions", "session", "attributes", "role", "vid_list",
]  # fmt: skip
STRANGE = strange_json(KEYS)


def met(data: bytes) -> bool:
    return is_met(data, NAME, "via", even=is_even_by_places)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"project": {}}', "7", "[[[" * 4000])
def test_what_holds_nothing_is_refused_in_plain_words(text: str) -> None:
    assert refusal(text, NAME, "via")


def test_a_path_out_of_the_folder_is_not_followed() -> None:
    told = project({"1": DOES}, {"1_a": segment([2, 6.5], {"1": "2"})})
    told["file"] = {"1": {"fid": "1", "fname": "x", "type": 4, "loc": 3, "src": "../../etc/passwd"}}
    asked: list[str] = []

    def beside(name: str) -> bytes | None:
        asked.append(name)
        return None

    source = Source(NAME, json.dumps(told).encode(), beside)
    (session,) = read_foreign(source, Wishes()).sessions
    assert session.recordings[0].path == "/films/../../etc/passwd"
    assert asked == []


def test_times_beyond_all_bounds_are_told() -> None:
    found = read(
        json.dumps(
            project({"1": DOES}, {"1_a": segment([1, 1e300]), "1_b": segment([1, 2], {"1": "1"})})
        ),
        NAME,
    )
    assert places(found.report, "cannot be read") == ("1_a",)


@settings(max_examples=60, deadline=None)
@given(some.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert met(data)


@settings(max_examples=100, deadline=None)
@given(some.dictionaries(some.sampled_from(KEYS[:6]), STRANGE))
def test_any_json_is_read_or_refused(value: object) -> None:
    whole = json.loads(GOOD[1])
    assert met(json.dumps(value).encode())
    assert met(json.dumps(whole | (value if isinstance(value, dict) else {})).encode())


@settings(max_examples=100, deadline=None)
@given(mutilated(GOOD))
def test_mutilated_files_are_read_or_refused(data: bytes) -> None:
    assert met(data)

"""Broken and strange VIA projects are refused or mended, and nothing else escapes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from annotator.storage.interchange.exchange import read_foreign
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.report import ForeignFileError, Outcome
from annotator.storage.interchange.source import Source
from tests.storage.interchange.test_via import DOES, NAME, project, segment
from tests.support.foreign import places, read, rich_session, write

GOOD = [
    json.dumps(project({"1": DOES}, {"1_a": segment([2, 6.5], {"1": "2"})})).encode(),
    write(rich_session(), NAME).data,
]
KEYS = [
    "project", "metadata", "attribute", "view", "file", "1", "av", "z", "xy", "vid", "options",
    "aname", "type", "annotator", "sessions", "session", "attributes", "role", "vid_list",
]  # fmt: skip
STRANGE = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=6),
    lambda inner: (
        some.lists(inner, max_size=4)
        | some.dictionaries(some.sampled_from(KEYS), inner, max_size=6)
    ),
    max_leaves=40,
)


def is_met(data: bytes) -> bool:
    """Tell whether the bytes are refused in words, or read with everything accounted for.

    Whatever else than a refusal escapes fails the test.
    """
    try:
        report = read_foreign(Source(NAME, data), Wishes(), "via").report
    except ForeignFileError as refused:
        return bool(refused.what) and "Error" not in refused.what
    gone = [one for one in report.remarks if one.outcome is Outcome.NOT_CARRIED]
    left = sum(len(one.places) + one.unplaced for one in gone)
    return report.counted_in == report.counted_out + left


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"project": {}}', "7", "[[[" * 4000])
def test_what_holds_nothing_is_refused_in_plain_words(text: str) -> None:
    with pytest.raises(ForeignFileError) as refused:
        read_foreign(Source(NAME, text.encode()), Wishes(), "via")
    assert "Error" not in str(refused.value)


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
    assert is_met(data)


@settings(max_examples=100, deadline=None)
@given(some.dictionaries(some.sampled_from(KEYS[:6]), STRANGE))
def test_any_json_is_read_or_refused(value: object) -> None:
    whole = json.loads(GOOD[1])
    assert is_met(json.dumps(value).encode())
    assert is_met(json.dumps(whole | (value if isinstance(value, dict) else {})).encode())


@settings(max_examples=100, deadline=None)
@given(some.sampled_from(GOOD), some.data())
def test_mutilated_files_are_read_or_refused(good: bytes, data: some.DataObject) -> None:
    start = data.draw(some.integers(0, len(good)))
    end = data.draw(some.integers(start, min(len(good), start + 40)))
    middle = data.draw(some.binary(max_size=4) | some.just(good[start:end] * 2))
    assert is_met(good[:start] + middle + good[end:])

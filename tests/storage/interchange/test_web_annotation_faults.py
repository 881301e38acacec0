"""Broken and strange annotations are refused or told, and nothing else escapes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from annotator.storage.interchange.exchange import read_foreign
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.report import ForeignFileError, Outcome
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.web_times import read_fragment
from tests.storage.interchange.test_web_annotation import NAME, elan, page, tagging
from tests.support.foreign import read, rich_session, write

GOOD = [
    json.dumps([elan("Nods", ("t=12.345,15.000", "y"), ("t=16,17&xywh=1,1,1,1", "y"))]).encode(),
    json.dumps(page(tagging("nods"), tagging("b", "a.mp4#t=3"))).encode(),
    write(rich_session(), NAME).data,
]
KEYS = [
    "type", "body", "target", "items", "first", "@graph", "motivation", "purpose", "value",
    "source", "selector", "refinedBy", "t", "id", "creator", "label", "on", "resource", "duration",
    "annotator", "sessions", "session", "pass", "transcript", "default", "language", "start",
    "end", "code",
]  # fmt: skip
WORDS = ["Annotation", "AnnotationCollection", "tagging", "a.mp4#t=1,2", "t=1,2", "painting", "s1"]
STRANGE = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.sampled_from(WORDS),
    lambda inner: (
        some.lists(inner, max_size=4)
        | some.dictionaries(some.sampled_from(KEYS), inner, max_size=7)
    ),
    max_leaves=40,
)


def is_met(data: bytes) -> bool:
    """Tell whether the bytes are refused in words, or read with everything accounted for.

    Whatever else than a refusal escapes fails the test.
    """
    try:
        report = read_foreign(Source(NAME, data), Wishes(), "web-annotation").report
    except ForeignFileError as refused:
        return bool(refused.what) and "Error" not in refused.what
    gone = [one for one in report.remarks if one.outcome is Outcome.NOT_CARRIED]
    left = sum(len(one.places) + one.unplaced for one in gone)
    return report.counted_in == report.counted_out + left


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"items": []}', "7", "[[[" * 4000])
def test_what_holds_nothing_is_refused_in_plain_words(text: str) -> None:
    with pytest.raises(ForeignFileError) as refused:
        read_foreign(Source(NAME, text.encode()), Wishes(), "web-annotation")
    assert "Error" not in str(refused.value)


def test_collections_within_collections_without_end_are_told() -> None:
    deep: object = page(tagging("deep"))
    for _ in range(100):
        deep = {"items": [deep]}
    found = read(json.dumps({"@graph": [deep, tagging("flat")]}), NAME)
    assert [one.code for one in found.sessions[0].passes[0].tags] == ["flat"]
    assert any("nested too deeply" in line for line in found.report.lines())


@settings(max_examples=200, deadline=None)
@given(some.text(alphabet="t=,:/.0123456789npsmteclok-%&#x", max_size=40))
def test_any_fragment_is_read_or_has_a_fault(text: str) -> None:
    found = read_fragment(text)
    assert bool(found.fault) or found.start >= 0


@settings(max_examples=60, deadline=None)
@given(some.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert is_met(data)


@settings(max_examples=120, deadline=None)
@given(STRANGE)
def test_any_json_is_read_or_refused(value: object) -> None:
    whole = json.loads(GOOD[2])
    assert is_met(json.dumps(value).encode())
    whole["@graph"].append(value)
    assert is_met(json.dumps(whole).encode())


@settings(max_examples=100, deadline=None)
@given(some.sampled_from(GOOD), some.data())
def test_mutilated_files_are_read_or_refused(good: bytes, data: some.DataObject) -> None:
    start = data.draw(some.integers(0, len(good)))
    end = data.draw(some.integers(start, min(len(good), start + 40)))
    middle = data.draw(some.binary(max_size=4) | some.just(good[start:end] * 2))
    assert is_met(good[:start] + middle + good[end:])

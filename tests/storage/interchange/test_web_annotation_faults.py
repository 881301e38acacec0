"""Broken and strange annotations are refused or told, and nothing else escapes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from annotator.storage.interchange.web_times import read_fragment
from tests.storage.interchange.test_web_annotation import NAME, elan, page, tagging
from tests.support.foreign import read, rich_session, write
from tests.support.spoilt import is_even_by_places, is_met, mutilated, refusal, strange_json

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
STRANGE = strange_json(KEYS, some.sampled_from(WORDS))


def met(data: bytes) -> bool:
    return is_met(data, NAME, "web-annotation", even=is_even_by_places)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"items": []}', "7", "[[[" * 4000])
def test_what_holds_nothing_is_refused_in_plain_words(text: str) -> None:
    assert refusal(text, NAME, "web-annotation")


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
    assert met(data)


@settings(max_examples=120, deadline=None)
@given(STRANGE)
def test_any_json_is_read_or_refused(value: object) -> None:
    whole = json.loads(GOOD[2])
    assert met(json.dumps(value).encode())
    whole["@graph"].append(value)
    assert met(json.dumps(whole).encode())


@settings(max_examples=100, deadline=None)
@given(mutilated(GOOD))
def test_mutilated_files_are_read_or_refused(data: bytes) -> None:
    assert met(data)

"""Broken and strange timelines are refused or mended, and nothing else escapes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from annotator.storage.interchange.exchange import read_foreign
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.source import Source
from tests.storage.interchange.test_otio import NAME, clip, marker, timeline
from tests.support.foreign import read, rich_session, write
from tests.support.spoilt import is_even_by_places, is_met, mutilated, refusal, strange_json

OF_OTHERS = timeline(clip("a.mp4"))
OF_OTHERS.tracks[0][0].markers.append(marker("x", 5, 7, color="CYAN"))
GOOD = [OF_OTHERS.to_json_string().encode(), write(rich_session(), NAME).data]
KEYS = [
    "OTIO_SCHEMA", "children", "tracks", "markers", "marked_range", "source_range", "start_time",
    "duration", "rate", "value", "name", "color", "comment", "metadata", "annotator", "session",
    "media_reference", "media_references", "DEFAULT_MEDIA", "available_range", "target_url",
    "active_media_reference_key", "effects", "enabled", "kind", "global_start_time", "id", "code",
]  # fmt: skip
WORDS = ["Timeline.1", "Stack.1", "Track.1", "Clip.2", "Gap.1", "Marker.2", "Transition.1", "x",
         "SerializableCollection.1", "ExternalReference.1", "RED"]  # fmt: skip
STRANGE = strange_json(KEYS, some.sampled_from(WORDS), most=50)


def met(data: bytes) -> bool:
    return is_met(data, NAME, "otio", even=is_even_by_places)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"OTIO_SCHEMA": "Marker.2"}', "7", "[[[" * 4000]
)
def test_what_holds_nothing_is_refused_in_plain_words(text: str) -> None:
    assert refusal(text, NAME, "otio")


def test_stacks_within_stacks_without_end_are_told() -> None:
    deep: object = {"OTIO_SCHEMA": "Gap.1"}
    for _ in range(200):
        deep = {"OTIO_SCHEMA": "Stack.1", "children": [deep]}
    found = read(json.dumps({"OTIO_SCHEMA": "Timeline.1", "tracks": deep}), NAME)
    assert any("nested too deeply" in line for line in found.report.lines())


@pytest.mark.parametrize(
    ("value", "rate"),
    [("1e300", "25"), ("1", "0"), ("1", "-25"), ("NaN", "25"), ("1", "Infinity"), ('"1"', "25"),
     ("true", "25"), ("1", "1e-300"), ("9" * 300, "25"), ("1e99999", "25")],
)  # fmt: skip
def test_times_that_are_none_are_told(value: str, rate: str) -> None:
    time = f'{{"value": {value}, "rate": {rate}}}'
    text = (
        '{"OTIO_SCHEMA": "Timeline.1", "tracks": {"OTIO_SCHEMA": "Stack.1", "markers": '
        f'[{{"name": "x", "marked_range": {{"start_time": {time}, "duration": {time}}}}}]}}}}'
    )
    assert met(text.encode())
    report = read_foreign(Source(NAME, text.encode()), Wishes(), "otio").report
    assert (report.counted_in, report.counted_out) == (1, 0)


@settings(max_examples=60, deadline=None)
@given(some.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert met(data)


@settings(max_examples=120, deadline=None)
@given(STRANGE, some.sampled_from(WORDS))
def test_any_json_is_read_or_refused(value: object, schema: str) -> None:
    whole = {"OTIO_SCHEMA": schema, "tracks": value, "children": [value], "metadata": value}
    assert met(json.dumps(whole).encode())


@settings(max_examples=100, deadline=None)
@given(mutilated(GOOD))
def test_mutilated_files_are_read_or_refused(data: bytes) -> None:
    assert met(data)

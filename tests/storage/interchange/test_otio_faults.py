"""Broken and strange timelines are refused or mended, and nothing else escapes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from annotator.storage.interchange.exchange import read_foreign
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.report import ForeignFileError, Outcome
from annotator.storage.interchange.source import Source
from tests.storage.interchange.test_otio import NAME, clip, marker, timeline
from tests.support.foreign import read, rich_session, write

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
STRANGE = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.sampled_from(WORDS),
    lambda inner: (
        some.lists(inner, max_size=4)
        | some.dictionaries(some.sampled_from(KEYS), inner, max_size=8)
    ),
    max_leaves=50,
)


def is_met(data: bytes) -> bool:
    """Tell whether the bytes are refused in words, or read with everything accounted for.

    Whatever else than a refusal escapes fails the test.
    """
    try:
        report = read_foreign(Source(NAME, data), Wishes(), "otio").report
    except ForeignFileError as refused:
        return bool(refused.what) and "Error" not in refused.what
    gone = [one for one in report.remarks if one.outcome is Outcome.NOT_CARRIED]
    left = sum(len(one.places) + one.unplaced for one in gone)
    return report.counted_in == report.counted_out + left


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"OTIO_SCHEMA": "Marker.2"}', "7", "[[[" * 4000]
)
def test_what_holds_nothing_is_refused_in_plain_words(text: str) -> None:
    with pytest.raises(ForeignFileError) as refused:
        read_foreign(Source(NAME, text.encode()), Wishes(), "otio")
    assert "Error" not in str(refused.value)


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
    assert is_met(text.encode())
    report = read_foreign(Source(NAME, text.encode()), Wishes(), "otio").report
    assert (report.counted_in, report.counted_out) == (1, 0)


@settings(max_examples=60, deadline=None)
@given(some.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert is_met(data)


@settings(max_examples=120, deadline=None)
@given(STRANGE, some.sampled_from(WORDS))
def test_any_json_is_read_or_refused(value: object, schema: str) -> None:
    whole = {"OTIO_SCHEMA": schema, "tracks": value, "children": [value], "metadata": value}
    assert is_met(json.dumps(whole).encode())


@settings(max_examples=100, deadline=None)
@given(some.sampled_from(GOOD), some.data())
def test_mutilated_files_are_read_or_refused(good: bytes, data: some.DataObject) -> None:
    start = data.draw(some.integers(0, len(good)))
    end = data.draw(some.integers(start, min(len(good), start + 40)))
    middle = data.draw(some.binary(max_size=4) | some.just(good[start:end] * 2))
    assert is_met(good[:start] + middle + good[end:])

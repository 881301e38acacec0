"""Broken and strange files of Whisper's kin are refused or mended, and nothing else escapes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from annotator.storage.interchange.exchange import read_foreign
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.report import ForeignFileError, Outcome
from annotator.storage.interchange.source import Source
from tests.storage.interchange.test_whisper import NAME, OPENAI, WHISPER_CPP, WHISPERX
from tests.support.foreign import places, read

GOOD = [json.dumps(one).encode() for one in (OPENAI, WHISPERX, WHISPER_CPP)]
STRANGE = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=6),
    lambda inner: (
        some.lists(inner, max_size=4)
        | some.dictionaries(
            some.sampled_from(
                [
                    "segments",
                    "start",
                    "end",
                    "text",
                    "words",
                    "word",
                    "speaker",
                    "tokens",
                    "offsets",
                    "transcription",
                    "from",
                    "to",
                    "timestamps",
                    "timestamp",
                    "chunks",
                    "avg_logprob",
                    "language",
                    "result",
                    "word_segments",
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=30,
)


def is_met(data: bytes) -> bool:
    """Tell whether the bytes are refused in words, or read with everything accounted for.

    Whatever else than a refusal escapes fails the test.
    """
    try:
        report = read_foreign(Source(NAME, data), Wishes(), "whisper").report
    except ForeignFileError as refused:
        return bool(refused.what) and "Error" not in refused.what
    gone = [one for one in report.remarks if one.outcome is Outcome.NOT_CARRIED]
    left = sum(len(one.places) + one.unplaced for one in gone)
    return report.counted_in == report.counted_out + left


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"segments": 3}', '{"segments": []}', "7", '"text"', "[[[" * 4000],
)
def test_what_holds_nothing_is_refused_in_plain_words(text: str) -> None:
    with pytest.raises(ForeignFileError) as refused:
        read_foreign(Source(NAME, text.encode()), Wishes(), "whisper")
    assert "Error" not in str(refused.value)


def test_times_beyond_all_bounds_count_as_not_told() -> None:
    found = read('{"segments": [{"start": 1e400, "end": 1e999999999, "text": "a"}]}', NAME)
    assert found.sessions[0].transcripts[0].cues[0].start == 0


def test_strange_words_beside_segments_are_told_and_not_counted() -> None:
    told = {"words": [None, {"word": "a"}], "segments": [{"start": 0, "end": 1, "text": "a"}]}
    assert is_met(json.dumps(told).encode())
    found = read(json.dumps(told), NAME)
    assert places(found.report, "without letters") == ("words beside the segments",)


@settings(max_examples=80, deadline=None)
@given(some.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert is_met(data)


@settings(max_examples=80, deadline=None)
@given(STRANGE)
def test_any_json_is_read_or_refused(value: object) -> None:
    assert is_met(json.dumps(value).encode())


@settings(max_examples=120, deadline=None)
@given(some.sampled_from(GOOD), some.data())
def test_mutilated_files_are_read_or_refused(good: bytes, data: some.DataObject) -> None:
    start = data.draw(some.integers(0, len(good)))
    end = data.draw(some.integers(start, min(len(good), start + 40)))
    middle = data.draw(some.binary(max_size=4) | some.just(good[start:end] * 2))
    assert is_met(good[:start] + middle + good[end:])

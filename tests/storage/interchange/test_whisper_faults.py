"""Broken and strange files of Whisper's kin are refused or mended, and nothing else escapes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.storage.interchange.test_whisper import NAME, OPENAI, WHISPER_CPP, WHISPERX
from tests.support.foreign import places, read
from tests.support.spoilt import is_even_by_places, is_met, mutilated, refusal, strange_json

GOOD = [json.dumps(one).encode() for one in (OPENAI, WHISPERX, WHISPER_CPP)]
KEYS = [
    "segments", "start", "end", "text", "words", "word", "speaker", "tokens", "offsets",
    "transcription", "from", "to", "timestamps", "timestamp", "chunks", "avg_logprob", "language",
    "result", "word_segments",
]  # fmt: skip
STRANGE = strange_json(KEYS, most=30)


def met(data: bytes) -> bool:
    return is_met(data, NAME, "whisper", even=is_even_by_places)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"segments": 3}', '{"segments": []}', "7", '"text"', "[[[" * 4000],
)
def test_what_holds_nothing_is_refused_in_plain_words(text: str) -> None:
    assert refusal(text, NAME, "whisper")


def test_times_beyond_all_bounds_count_as_not_told() -> None:
    found = read('{"segments": [{"start": 1e400, "end": 1e999999999, "text": "a"}]}', NAME)
    assert found.sessions[0].transcripts[0].cues[0].start == 0


def test_strange_words_beside_segments_are_told_and_not_counted() -> None:
    told = {"words": [None, {"word": "a"}], "segments": [{"start": 0, "end": 1, "text": "a"}]}
    assert met(json.dumps(told).encode())
    found = read(json.dumps(told), NAME)
    assert places(found.report, "without letters") == ("words beside the segments",)


@settings(max_examples=80, deadline=None)
@given(some.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert met(data)


@settings(max_examples=80, deadline=None)
@given(STRANGE)
def test_any_json_is_read_or_refused(value: object) -> None:
    assert met(json.dumps(value).encode())


@settings(max_examples=120, deadline=None)
@given(mutilated(GOOD))
def test_mutilated_files_are_read_or_refused(data: bytes) -> None:
    assert met(data)

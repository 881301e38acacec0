"""What is exported as a foreign transcript is read again as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from annotator.model.time import Micros
from annotator.model.transcript import Cue, Transcript, in_order
from annotator.storage.interchange.interface import TranscriptFormat
from annotator.storage.interchange.report import ForeignFileError
from annotator.storage.interchange.subrip import SUBRIP
from annotator.storage.interchange.transcripts import parse_transcript, render_transcript
from annotator.storage.interchange.webvtt import WEBVTT

WORD = some.text("abcdefghäöü", min_size=1, max_size=8)
PIECE = some.tuples(
    some.integers(0, 5_000_000),
    some.integers(1, 60_000),
    some.lists(WORD, min_size=1, max_size=6).map(" ".join),
)


@pytest.mark.parametrize("form", [WEBVTT, SUBRIP])
@given(pieces=some.lists(PIECE, min_size=1, max_size=8, unique_by=lambda one: one[0]))
def test_times_and_texts_come_back(
    form: TranscriptFormat, pieces: list[tuple[int, int, str]]
) -> None:
    cues = in_order(
        Cue(f"c{n}", Micros(start * 1000), Micros((start + long) * 1000), text)
        for n, (start, long, text) in enumerate(pieces)
    )
    made = render_transcript(Transcript("t", cues), form)
    name = f"talk{form.suffixes[0]}"
    again = parse_transcript(made.text.encode(), name, "t").transcript.cues
    assert [(one.start, one.end, one.text) for one in again] == [
        (one.start, one.end, one.text) for one in cues
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_and_line_ends_are_found_out(encoding: str) -> None:
    text = "1\r\n00:00:01,000 --> 00:00:02,000\r\nSchön, naïve\r\n\r\n"
    (cue,) = parse_transcript(text.encode(encoding), "a.srt", "t").transcript.cues
    assert (cue.text, cue.start) == ("Schön, naïve", 1_000_000)


def test_backward_times_are_told_with_their_line() -> None:
    text = b"WEBVTT\n\n00:05.000 --> 00:04.000\nback\n"
    found = parse_transcript(text, "a.vtt", "t")
    assert len(found.transcript.cues) == 1
    assert any("line 3" in line for line in found.report.lines())


def test_a_binary_file_is_no_transcript() -> None:
    with pytest.raises(ForeignFileError):
        parse_transcript(bytes(range(256)) * 8, "a.vtt", "t")


@pytest.mark.parametrize("number", ["\x1f4", "\x1c4", "9" * 5000])
def test_odd_numbers_above_cues_are_no_matter(number: str) -> None:
    first = "3\n00:00:01,000 --> 00:00:02,000\nOne\n"
    text = f"{first}{number}\n00:00:03,000 --> 00:00:04,000\nTwo\n"
    found = parse_transcript(text.encode(), "a.srt", "t").transcript.cues
    assert [cue.start for cue in found] == [1_000_000, 3_000_000]

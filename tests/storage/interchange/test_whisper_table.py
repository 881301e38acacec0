"""The table that Whisper writes becomes a transcript; a broken one is refused or told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from annotator.storage.interchange.exchange import form_of
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.whisper_table import HEAD
from tests.support.foreign import places, read, repaired
from tests.support.spoilt import is_even, is_met, mutilated, read_as, refusal

NAME = "talk.tsv"
GOOD = (
    'start\tend\ttext\n0\t1500\tHow are you?\n1500\t2040\t"Fine," she says.\n60040\t61000\t沉默\n'
)


def said(text: str | bytes) -> list[tuple[int, int, str]]:
    found = read(text, NAME)
    assert is_even(found)
    return [(one.start, one.end, one.text) for one in found.sessions[0].transcripts[0].cues]


def test_segments_become_cues_as_they_stand() -> None:
    found = read(GOOD, NAME)
    assert (found.format.id, found.unit) == ("whisper-tsv", "segments")
    assert found.report.remarks == ()
    assert said(GOOD) == [
        (0, 1_500_000, "How are you?"),
        (1_500_000, 2_040_000, '"Fine," she says.'),
        (60_040_000, 61_000_000, "沉默"),
    ]
    assert found.sessions[0].transcripts[0].source == NAME


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_encodings_and_line_ends_are_found_out(encoding: str, end: str) -> None:
    assert said(GOOD.replace("\n", end).encode(encoding)) == said(GOOD)


def test_segments_are_tags_where_a_person_says_so() -> None:
    text = f"{HEAD}\n0\t1000\tMI\n1000\t2000\tXY\n2000\t3000\tMI\n3000\t4000\t\n"
    found = read(text, NAME, as_tags=True, coder="K")
    (one,) = found.sessions[0].passes
    assert (one.coder, [each.code for each in one.tags]) == ("K", ["MI", "XY", "MI"])
    assert found.sessions[0].transcripts == ()
    assert (found.unit, found.report.counted_in, found.report.counted_out) == ("segments", 4, 3)
    assert is_even(found)


def test_what_is_missing_is_told_by_line() -> None:
    rows = ["nobody", "0\t1000\t", "2000\t1500\tYes,", "well.", "3000\t4000", "5000\t6000\ta"]
    found = read_as("\n".join([HEAD, *rows]), NAME, "whisper-tsv")
    assert places(found.report, "a line that is no segment") == ("line 2",)
    assert places(found.report, "a segment has times and no text") == ("line 3", "line 6")
    assert repaired(found.report) == {
        "a line without times belongs to the segment above it": ("line 5",),
        "the end lay before the start; the two were exchanged": ("line 4",),
    }
    cues = found.sessions[0].transcripts[0].cues
    assert [(one.start, one.end, one.text) for one in cues] == [
        (1_500_000, 2_000_000, "Yes,\nwell."),
        (5_000_000, 6_000_000, "a"),
    ]
    assert is_even(found)


def test_times_beyond_all_bounds_count_as_not_told() -> None:
    assert said(f"start\tend\ttext\n0\t{'9' * 20}\ta\n")[0][:1] == (0,)


def test_other_tables_are_left_to_others() -> None:
    for text in ("start\tend\tcode\n0\t1\ta\n", "start\tend\ttext\n0.5\t1.5\ta\n"):
        assert form_of(Source(NAME, text.encode())).id == "tsv"
    assert form_of(Source("x.txt", GOOD.encode())).id == "whisper-tsv"
    assert "does not begin with start, end, text" in refusal("a\tb\n", NAME, "whisper-tsv")


@pytest.mark.parametrize("text", ["", "start\tend\ttext", "start\tend\ttext\n0\t1000\t\n"])
def test_what_holds_nothing_is_refused_in_plain_words(text: str) -> None:
    assert refusal(text, NAME, "whisper-tsv")


@settings(max_examples=60, deadline=None)
@given(some.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert is_met(data, NAME, "whisper-tsv")
    assert is_met(b"start\tend\ttext\n" + data, NAME, "whisper-tsv")


@settings(max_examples=100, deadline=None)
@given(mutilated([GOOD.encode(), GOOD.encode("utf-16")]))
def test_mutilated_files_are_read_or_refused(data: bytes) -> None:
    assert is_met(data, NAME, "whisper-tsv")

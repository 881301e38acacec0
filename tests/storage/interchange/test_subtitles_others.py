"""Other programs' readers find in our subtitles what we wrote, and read foreign ones as we do."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pysubs2
import pytest
import webvtt
from hypothesis import given, settings
from hypothesis import strategies as some

from annotator.model.session import Session
from annotator.model.time import Micros
from annotator.model.transcript import Cue, Transcript, in_order
from annotator.storage.interchange.clock import to_millis
from tests.support.foreign import coded_sessions, read, rich_session, session_of, write

WORD = some.text("abcäöü沉 ,;:{}<>&\\/-'", min_size=1, max_size=12).filter(
    lambda text: text.strip() == text and "  " not in text and "--" not in text
)
CUES = some.lists(
    some.tuples(some.integers(0, 500_000), some.integers(10, 9000), WORD),
    min_size=1,
    max_size=8,
    unique_by=lambda one: one[0],
)


def session_with(said: Sequence[tuple[int, int, str]]) -> Session:
    cues = in_order(
        Cue(f"c{n}", Micros(10_000 * start), Micros(10_000 * (start + length)), text)
        for n, (start, length, text) in enumerate(said)
    )
    return session_of(transcripts=(Transcript("t", cues),))


def test_webvtt_py_reads_our_tags() -> None:
    text = write(rich_session(), "a.vtt", as_tags=True).data.decode()
    found = webvtt.from_string(text)
    assert len(found.captions) == 7
    first = found.captions[0]
    assert (first.identifier, first.start, first.end) == ("t1", "00:00:01.000", "00:00:01.001")
    assert (first.voice, first.text) == ("Therapist", "reflection: Grüße, 沉默")


@settings(max_examples=30, deadline=None)
@given(session=coded_sessions())
def test_webvtt_py_finds_all_our_tags(session: Session) -> None:
    text = write(session, "a.vtt").data.decode()
    ids = {tag.id for one in session.passes for tag in one.tags}
    assert {one.identifier for one in webvtt.from_string(text).captions} == ids


def test_webvtt_py_reads_our_transcripts() -> None:
    found = webvtt.from_string(write(rich_session(), "a.vtt").data.decode())
    assert [(one.voice, one.text) for one in found.captions] == [
        ("Therapist", "How are you?"),
        ("Client", "Tired."),
    ]


@pytest.mark.parametrize(("name", "form"), [("a.srt", "srt"), ("a.ttml", "ttml")])
def test_pysubs2_reads_our_tags(name: str, form: str) -> None:
    text = write(rich_session(), name, as_tags=True).data.decode()
    found = pysubs2.SSAFile.from_string(text, format_=form)
    assert len(found) == 7
    assert (found[3].start, found[3].end) == (2000, 3000)
    assert found[3].plaintext == '«A → client» reflection\nshe says "no"\nand goes'


@pytest.mark.parametrize("form", ["ass", "ssa"])
def test_pysubs2_reads_our_tags_in_its_own_forms(form: str) -> None:
    text = write(rich_session(), f"a.{form}", as_tags=True).data.decode()
    found = pysubs2.SSAFile.from_string(text)
    assert found.format == form
    assert [one.start for one in found] == [1000, 1040, 1500, 2000, 5000, 5000, 12350]
    assert found[3].plaintext == '«A → client» reflection\nshe says "no"\nand goes'
    assert (found[6].plaintext, found[6].name) == ("«A → therapist» Open question", "")


@settings(max_examples=40, deadline=None)
@given(said=CUES)
def test_times_are_those_that_pysubs2_reads(said: Sequence[tuple[int, int, str]]) -> None:
    session = session_with(said)
    wanted = [(to_millis(one.start), to_millis(one.end)) for one in session.transcripts[0].cues]
    for name, form in [("a.ass", "ass"), ("a.ssa", "ssa"), ("a.ttml", "ttml"), ("a.srt", "srt")]:
        text = write(session, name).data.decode()
        found = pysubs2.SSAFile.from_string(text, format_=form)
        assert [(one.start, one.end) for one in found] == wanted


@settings(max_examples=40, deadline=None)
@given(said=CUES)
def test_what_pysubs2_writes_we_read_as_it_does(said: Sequence[tuple[int, int, str]]) -> None:
    made = pysubs2.SSAFile()
    for start, length, _ in sorted(said):
        made.append(pysubs2.SSAEvent(start=10 * start, end=10 * (start + length), text="plain"))
    for form, suffix in [
        ("ass", "ass"), ("ssa", "ssa"), ("ttml", "ttml"), ("microdvd", "sub"), ("mpl2", "mpl"),
    ]:  # fmt: skip
        text = made.to_string(form, fps=25)
        theirs = pysubs2.SSAFile.from_string(text, format_=form, fps=25)
        if form == "microdvd":
            theirs.pop(0)  # its own line of the rate, which it takes for a cue
        ours = read(text, f"a.{suffix}").sessions[0].transcripts[0].cues
        assert len(ours) == len(theirs)
        pairs = zip(ours, sorted(theirs, key=lambda one: (one.start, one.end)), strict=True)
        assert all(to_millis(cue.start) == one.start for cue, one in pairs)


def test_sami_is_read_at_the_times_that_pysubs2_finds() -> None:
    text = "<SAMI><BODY><SYNC Start=1000><P>Hello<SYNC Start=2500><P>you</BODY></SAMI>"
    theirs = pysubs2.SSAFile.from_file(io.StringIO(text), format_="sami")
    ours = read(text, "a.smi").sessions[0].transcripts[0].cues
    assert [one.start for one in ours] == [1000 * one.start for one in theirs]
    assert [one.text for one in ours] == [one.plaintext for one in theirs]

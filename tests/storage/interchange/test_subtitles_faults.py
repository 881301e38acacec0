"""Broken and strange subtitles are mended or refused, and nothing else escapes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from annotator.storage.interchange.report import ForeignFileError
from tests.support.foreign import read, rich_session, write
from tests.support.spoilt import BILLION_LAUGHS, is_met, read_as, spoilt

GOOD = {
    "webvtt": ("a.vtt", True),
    "subrip": ("a.srt", True),
    "ass": ("a.ass", True),
    "ssa": ("a.ssa", True),
    "ttml": ("a.ttml", True),
    "sami": ("a.smi", False),
    "microdvd": ("a.sub", False),
    "mpl2": ("a.mpl", False),
    "tmp": ("a.tmp", False),
}
READ_ONLY = {
    "sami": [
        b"<SAMI><BODY><SYNC Start=1000><P Class=EN>Hello<br>you<P Class=FR>Salut\n<SYNC Start=2500>"
    ],
    "microdvd": [b"{1}{1}25\n{25}{50}{y:i}Hello|you\n{60}{80}Ann: Bye\n{90}{}open\n"],
    "mpl2": [b"[10][25]/Hello|/you\n[30][45]Bye\n[50][]open\n"],
    "tmp": [b"00:00:01:Hello|you\n00:00:02:Bye\n00:00:04=late\n"],
}


def good_files(form: str) -> list[bytes]:
    if form in READ_ONLY:
        return READ_ONLY[form]
    name = GOOD[form][0]
    session = rich_session()
    return [write(session, name).data, write(session, name, as_tags=True).data]


@pytest.mark.parametrize("form", GOOD)
@settings(max_examples=80, deadline=None)
@given(data=some.data())
def test_nothing_but_a_refusal_escapes(form: str, data: some.DataObject) -> None:
    raw = data.draw(spoilt(good_files(form)))
    as_tags = data.draw(some.booleans())
    assert is_met(raw, GOOD[form][0], form, rate="25", as_tags=as_tags)


@pytest.mark.parametrize("form", GOOD)
@pytest.mark.parametrize("text", ["", "\n\n", "x", "\0\0\0\0", "WEBVTT", "{", "<SAMI>", "[Events]"])
def test_what_holds_no_cue_is_refused_in_plain_words(form: str, text: str) -> None:
    with pytest.raises(ForeignFileError) as refused:
        read_as(text, GOOD[form][0], form, rate="25")
    assert "Error" not in str(refused.value)


def test_ttml_with_entities_is_refused() -> None:
    with pytest.raises(ForeignFileError, match="entities"):
        read_as(BILLION_LAUGHS.format(root="tt"), "a.ttml", "ttml")


def test_nonsense_for_a_rate_is_no_rate() -> None:
    for rate in ("0", "-5", "1/0", "nan", "1e99", "25 frames", "9" * 50):
        with pytest.raises(ForeignFileError, match="counted in frames"):
            read("{25}{50}Hello\n", "a.sub", rate=rate)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("sami", "<SAMI>" + "<!--" * 200_000),
        ("sami", "<SAMI><BODY>" + "<SYNC Start=1><P>" * 60_000 + "x"),
        ("ass", "[Events]\n" + "Dialogue: 0,0:00:01.00,0:00:02.00,,,0,0,0,," + "{\\" * 200_000),
        ("webvtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<" * 200_000),
        ("subrip", "1\n00:00:01,000 --> 00:00:02,000\n" + "«A» x" + " «" * 100_000),
        ("ttml", "<tt><body>" + "<div>" * 150 + "</div>" * 150 + "</body></tt>"),
        ("mpl2", "[" * 300_000),
    ],
)
def test_files_made_to_be_slow_are_not(form: str, text: str) -> None:
    begun = time.perf_counter()
    assert is_met(text.encode(), GOOD[form][0], form)
    assert time.perf_counter() - begun < 5


def test_far_too_many_cues_are_refused() -> None:
    with pytest.raises(ForeignFileError, match="more than 200,000 cues"):
        read_as("[1][2]x\n" * 200_001, "a.mpl", "mpl2")


@pytest.mark.parametrize("layer", ["Marked=1", "9" * 5000, "x", ""])
def test_a_layer_that_is_no_number_is_no_matter(layer: str) -> None:
    head = "[Script Info]\n[V4+ Styles]\n[Events]\n"
    fields = "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
    line = f"Dialogue: {layer},0:00:01.00,0:00:02.00,Default,,0,0,0,,Hello\n"
    found = read(head + fields + line, "a.ass")
    assert [cue.text for cue in found.sessions[0].transcripts[0].cues] == ["Hello"]

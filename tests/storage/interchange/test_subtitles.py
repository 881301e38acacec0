"""Subtitles become transcripts of sessions, whatever program wrote them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.model.session import Session
from annotator.model.time import Micros
from annotator.model.transcript import Cue, Transcript
from annotator.storage.interchange.interface import TierUse
from annotator.storage.interchange.report import ForeignFileError
from tests.support.foreign import lost, places, read, repaired, rich_session, session_of, write
from tests.support.spoilt import is_even, read_as

ASS = """[Script Info]
; a comment
Title: Talk
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: Loud,Arial,40

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.00,0:00:02.50,Default,Therapist,0,0,0,,How {\\i1}are{\\i0} you?\\Nreally
Comment: 0,0:00:02.00,0:00:03.00,Default,,0,0,0,,to be checked
Dialogue: 0,0:00:03.25,0:00:04.00,Loud,Client,0,0,0,,Tired, thanks
Dialogue: 0,nonsense,0:00:04.00,Loud,Client,0,0,0,,lost
Dialogue: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,{\\p1}m 0 0 l 100 0{\\p0}
"""
SSA = """[Script Info]
ScriptType: v4.00

[V4 Styles]
Format: Name

[Events]
Format: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: Marked=0,0:00:01.00,0:00:02.00,Default,Ann,0000,0000,0000,,old but good
"""
TTML = """<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"
    xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xml:lang="de" ttp:frameRate="25">
 <head><metadata><ttm:agent xml:id="t" type="person"><ttm:name type="full">Therapist</ttm:name>
 </ttm:agent></metadata></head>
 <body><div begin="10s"><div>
  <p begin="00:00:01.000" dur="1.5s" ttm:agent="t">How are<br/>you <span>today</span>?</p>
  <p begin="50f" end="00:00:03:05">in frames</p>
  <p>never</p>
 </div></div></body></tt>"""
SAMI = """<SAMI><HEAD><STYLE TYPE="text/css"><!-- P { color: white } .EN { Name: English } -->
</STYLE></HEAD><BODY>
<SYNC Start=1000><P Class=EN>Hello &amp; welcome<br>you
<SYNC Start=2500><P Class=EN>&nbsp;
<SYNC Start="4000"><P Class=EN>Bye
<SYNC Start=never><P Class=EN>lost
</BODY></SAMI>"""


def cues(session: Session) -> list[tuple[int, int, str, str]]:
    return [
        (cue.start, cue.end, cue.speaker, cue.text)
        for one in session.transcripts
        for cue in one.cues
    ]


def test_a_file_becomes_a_session_with_its_transcript() -> None:
    found = read("WEBVTT\nLanguage: de\n\n00:01.000 --> 00:02.000\n<v Ann>Ja\n", "talk.de.vtt")
    (session,) = found.sessions
    (transcript,) = session.transcripts
    assert (session.title, transcript.language, transcript.source) == (
        "talk.de",
        "de",
        "talk.de.vtt",
    )
    assert cues(session) == [(1_000_000, 2_000_000, "Ann", "Ja")]
    assert [(one.label, one.id) for one in session.participants] == [("Ann", "Ann")]
    assert transcript.cues[0].participant == "Ann"
    assert (found.format.id, found.unit) == ("webvtt", "cues")
    assert (found.report.counted_in, found.report.counted_out) == (1, 1)
    assert [(one.name, one.count, one.use) for one in found.tiers] == [
        ("Ann", 1, TierUse.TRANSCRIPT)
    ]


def test_cues_of_several_people_count_once_they_are_told_apart() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:03,000\n- How are you?\n- Tired.\n\n"
        "2\n00:00:04,000 --> 00:00:05,000\n\n"
    )
    found = read(text, "talk.srt")
    assert (found.report.counted_in, found.report.counted_out) == (3, 2)
    assert places(found.report, "times and no text") == ("line 7",)


def test_ass_lines_are_taken_or_told() -> None:
    found = read(ASS, "talk.ass")
    (session,) = found.sessions
    assert cues(session) == [
        (1_000_000, 2_500_000, "Therapist", "How are you?\nreally"),
        (3_250_000, 4_000_000, "Client", "Tired, thanks"),
    ]
    assert (found.report.counted_in, found.report.counted_out) == (5, 2)
    assert places(found.report, "not shown as text (comment)") == ("line 13",)
    assert places(found.report, "times cannot be read") == ("line 15",)
    assert places(found.report, "a drawing") == ("line 16",)
    kept = session.transcripts[0].cues[0].extra["ass"]
    assert kept == {"payload": "How {\\i1}are{\\i0} you?\\Nreally"}


def test_ass_is_written_again_as_it_was() -> None:
    (session,) = read(ASS, "talk.ass").sessions
    again = write(session, "talk.ass").data.decode()
    assert "Style: Loud,Arial,40" in again
    assert (
        "Dialogue: 0,0:00:01.00,0:00:02.50,Default,Therapist,0,0,0,,How {\\i1}are{\\i0} you"
        in again
    )
    assert "Dialogue: 0,0:00:03.25,0:00:04.00,Loud,Client,0,0,0,,Tired, thanks" in again


def test_a_changed_cue_loses_its_styles_and_that_is_told() -> None:
    (session,) = read(ASS, "talk.ass").sessions
    (transcript,) = session.transcripts
    first, *rest = transcript.cues
    changed = replace(transcript, cues=(replace(first, text="Well?"), *rest))
    exported = write(replace(session, transcripts=(changed,)), "talk.ass")
    assert "Therapist,0,0,0,,Well?\n" in exported.data.decode()
    assert "styles of a changed cue" in lost(exported.report)


def test_ass_fields_may_stand_in_another_order() -> None:
    text = "[Events]\nFormat: Start, End, Name, Text\nDialogue: 0:00:01.00,0:00:02.00,Ann,a, b\n"
    (session,) = read(text, "talk.ass").sessions
    assert cues(session) == [(1_000_000, 2_000_000, "Ann", "a, b")]


def test_old_ssa_is_told_from_ass_by_its_styles() -> None:
    found = read(SSA, "talk.ass")
    assert "ssa" in found.sessions[0].transcripts[0].extra
    assert cues(found.sessions[0]) == [(1_000_000, 2_000_000, "Ann", "old but good")]


def test_fonts_in_ass_are_told() -> None:
    found = read(ASS + "\n[Fonts]\nfontname: x.ttf\n!!!\n", "talk.ass")
    assert "fonts and pictures in the file" in lost(found.report)
    assert is_even(found)


def test_ttml_times_count_from_what_holds_them() -> None:
    found = read(TTML, "talk.ttml")
    (session,) = found.sessions
    assert cues(session) == [
        (11_000_000, 12_500_000, "Therapist", "How are\nyou today?"),
        (12_000_000, 13_200_000, "", "in frames"),
    ]
    assert session.transcripts[0].language == "de"
    assert places(found.report, "when it is said") == ("paragraph 3",)
    assert (found.report.counted_in, found.report.counted_out) == (3, 2)


def test_ttml_of_older_drafts_and_in_ticks() -> None:
    text = (
        '<tt xmlns="http://www.w3.org/2006/10/ttaf1" xmlns:p="http://x" p:tickRate="10000000">'
        '<body><div><p begin="10000000t" end="25000000t">ticks</p></div></body></tt>'
    )
    found = read(text, "talk.dfxp")
    assert cues(found.sessions[0]) == [(1_000_000, 2_500_000, "", "ticks")]


def test_ttml_as_apple_writes_it_counts_from_the_films_start() -> None:
    text = (
        '<tt xmlns="http://www.w3.org/ns/ttml"><body dur="3:58.640">'
        '<div begin="19.764" end="59.300"><p begin="19.764" end="21.900">'
        '<span begin="19.764" end="20.105">When</span> <span begin="20.2" end="21.9">you</span></p>'
        '</div><div begin="1:00.5" end="1:10"><p begin="1:01.5" end="1:02.5">then</p></div>'
        "</body></tt>"
    )
    found = read(text, "song.ttml")
    assert cues(found.sessions[0]) == [
        (19_764_000, 21_900_000, "", "When you"),
        (61_500_000, 62_500_000, "", "then"),
    ]
    assert any("film's start" in line for line in found.report.lines())


def test_sami_stands_until_the_next_time() -> None:
    found = read(SAMI, "talk.smi")
    assert cues(found.sessions[0]) == [
        (1_000_000, 2_500_000, "", "Hello & welcome\nyou"),
        (4_000_000, 8_000_000, "", "Bye"),
    ]
    assert places(found.report, "time cannot be read") == ("line 6",)
    assert (found.report.counted_in, found.report.counted_out) == (3, 2)


def test_languages_of_sami_do_not_run_together() -> None:
    text = (
        "<SAMI><BODY><SYNC Start=1000><P Class=EN>Hello<P Class=FR>Bonjour"
        "<SYNC Start=2000><P Class=EN>&nbsp;<P Class=FR>&nbsp;</BODY></SAMI>"
    )
    found = read(text, "talk.smi")
    assert sorted(cues(found.sessions[0])) == [
        (1_000_000, 2_000_000, "EN", "Hello"),
        (1_000_000, 2_000_000, "FR", "Bonjour"),
    ]


@pytest.mark.parametrize(
    ("first", "rate", "start"),
    [
        ("{1}{1}25\n", "", 1_000_000),
        ("{1}{1}23,976\n", "", 1_042_708),
        ("", "25", 1_000_000),
        ("", "30000/1001", 834_167),
        ("{1}{1}25\n", "50", 500_000),
    ],
)
def test_microdvd_frames_are_exact(first: str, rate: str, start: int) -> None:
    text = f"{first}{{25}}{{50}}{{y:i}}Hello|you\n"
    (session,) = read(text, "talk.sub", rate=rate).sessions
    (cue,) = session.transcripts[0].cues
    assert (cue.start, cue.text) == (start, "Hello\nyou")


def test_microdvd_without_a_rate_asks_for_one() -> None:
    with pytest.raises(ForeignFileError, match="counted in frames"):
        read("{25}{50}Hello\n{60}{70}you\n", "talk.sub")


def test_lines_that_are_no_cues_are_told() -> None:
    found = read("{1}{1}25\n{25}{50}Hello\nwhat\n{60}{}open\n", "talk.sub")
    assert places(found.report, "no cue") == ("line 3",)
    assert places(found.report, "the end could not be read") == ("line 4",)
    assert is_even(found)


def test_mpl2_counts_in_tenths() -> None:
    found = read("[10][25]/Hello|/you\n[30][45]Bye\n", "talk.txt")
    assert found.format.id == "mpl2"
    assert cues(found.sessions[0]) == [
        (1_000_000, 2_500_000, "", "Hello\nyou"),
        (3_000_000, 4_500_000, "", "Bye"),
    ]


def test_tmp_tells_no_ends() -> None:
    found = read("00:00:01:Hello|you\n00:00:02:Bye, see you\n", "talk.tmp")
    assert cues(found.sessions[0]) == [
        (1_000_000, 2_000_000, "", "Hello\nyou"),
        (2_000_000, 3_000_000, "", "Bye, see you"),
    ]
    assert not repaired(found.report)
    assert any("tells no ends" in line for line in found.report.lines())


@pytest.mark.parametrize("name", ["a.vtt", "a.srt", "a.ass", "a.ssa", "a.ttml"])
def test_the_last_transcript_is_written_and_all_else_told(name: str) -> None:
    exported = write(rich_session(), name)
    assert (exported.report.counted_in, exported.report.counted_out) == (10, 2)
    assert lost(exported.report) == {
        "a tag",
        "a rating",
        "a rating's question and scale",
        "a recording",
        "a participant",
        "a code without tags",
        "the codebook's name",
        "the codebook's version",
        "the ids of passes",
        "the region that is coded",
        "the session's id",
        "the session's title",
    }


@pytest.mark.parametrize("name", ["a.vtt", "a.srt", "a.ass", "a.ssa", "a.ttml"])
def test_a_transcript_comes_back(name: str) -> None:
    said = (
        Cue("c1", Micros(1_000_000), Micros(2_340_000), "a {b} \\N \\h <i>c</i> &amp; d", "Ann"),
        Cue("c2", Micros(2_500_000), Micros(3_000_000), "x, y\n--> z", "Ben"),
        Cue("c3", Micros(4_000_000), Micros(4_500_000), "Grüße, 沉默", "Ann"),
    )
    session = session_of(transcripts=(Transcript("t", said),))
    (again,) = read(write(session, name).data, name).sessions
    assert cues(again) == [(one.start, one.end, one.speaker, one.text) for one in said]


@pytest.mark.parametrize("name", ["a.ass", "a.ssa", "a.ttml"])
def test_times_between_hundredths_are_kept(name: str) -> None:
    said = (Cue("c1", Micros(1_234_567), Micros(2_345_001), "exact", ""),)
    session = session_of(transcripts=(Transcript("t", said),))
    (again,) = read(write(session, name).data, name).sessions
    assert cues(again) == [(1_234_567, 2_345_001, "", "exact")]


def test_a_time_that_somebody_changed_counts_more_than_the_exact_one() -> None:
    said = (Cue("c1", Micros(1_234_567), Micros(2_345_001), "exact", ""),)
    text = write(session_of(transcripts=(Transcript("t", said),)), "a.ass").data.decode()
    assert "0:00:01.24" in text
    (again,) = read(text.replace("0:00:01.24", "0:00:01.50"), "a.ass").sessions
    assert cues(again)[0][0] == 1_500_000


def test_of_several_transcripts_the_last_is_written() -> None:
    first, last = (
        Transcript(f"t{n}", (Cue("c1", Micros(n), Micros(n + 5_000_000), f"said {n}"),))
        for n in (1_000_000, 2_000_000)
    )
    exported = write(session_of(transcripts=(first, last)), "a.srt")
    assert "said 2000000" in exported.data.decode()
    assert places(exported.report, "what was said") == ("cue at 0:00:01.000",)


def test_ten_hours_and_more_are_told_where_ass_ends() -> None:
    said = (Cue("c1", Micros(36_100_000_000), Micros(36_200_000_000), "late"),)
    exported = write(session_of(transcripts=(Transcript("t", said),)), "a.ass")
    assert "what was said" in lost(exported.report)


def test_too_many_speakers_are_no_participants() -> None:
    text = "WEBVTT\n\n" + "\n\n".join(
        f"00:{n // 60:02}:{n % 60:02}.000 --> 00:{n // 60:02}:{n % 60:02}.500\n<v P{n}>x"
        for n in range(250)
    )
    found = read(text, "talk.vtt")
    assert found.sessions[0].participants == ()
    assert any("too many to be participants" in line for line in found.report.lines())


def test_milliseconds_as_via_writes_them_are_read_as_they_stand() -> None:
    text = "WEBVTT\n\n00:00:01.09 --> 00:00:60.000\nx\n"
    found = read_as(text, "via.vtt", "webvtt")
    assert cues(found.sessions[0])[0][:2] == (1_090_000, 60_000_000)
    assert any("fewer than three digits" in line for line in found.report.lines())

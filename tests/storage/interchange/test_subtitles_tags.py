"""Tags written as subtitles come back as the same tags, and foreign cues become tags on wish."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from annotator.model.coding import UNNAMED, CodingPass, Purpose, Tag
from annotator.model.session import Session
from annotator.storage.interchange.interface import TierUse
from annotator.storage.interchange.report import Outcome
from tests.support.foreign import (
    NOW,
    coded_sessions,
    lost,
    places,
    read,
    rich_session,
    session_of,
    tag,
    write,
)
from tests.support.spoilt import is_even

NAMES = ["a.vtt", "a.srt", "a.ass", "a.ssa", "a.ttml"]
AS_LINES = ["a.srt", "a.ass", "a.ssa", "a.ttml"]
OF_THE_BOOK = {
    "a code's abbreviation",
    "a code's attributes",
    "a code's colour",
    "a code's definition and examples",
    "a code's group",
    "a code's key",
    "a code's name",
    "a code without tags",
    "a rating's question and scale",
    "the codebook's name",
    "the codebook's version",
    "whether a code marks stretches",
}
OF_THE_SESSION = {
    "a recording",
    "the region that is coded",
    "the session's id",
    "the session's title",
}
ALWAYS = OF_THE_BOOK | OF_THE_SESSION
"""What no subtitle file has a place for; all else of tags comes back in WebVTT."""

BEYOND_WEBVTT = {
    "the ids of tags",
    "a participant",
    "a participant's label",
    "what a pass is for",
    "the ids of passes",
}
"""What files without a comment for it lose besides."""

ON_THE_WAY = {"a rating", "what was said", "a coding pass without tags"}


def tags(session: Session) -> list[tuple[str, Tag]]:
    return sorted(
        ((one.coder, each) for one in session.passes for each in one.tags),
        key=lambda each: (each[0], each[1].start, each[1].end, each[1].id),
    )


def said(session: Session) -> list[tuple[object, ...]]:
    return [
        (coder, one.start, one.end, one.code, one.participant, one.note, dict(one.attributes))
        for coder, one in tags(session)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_bit_of_everything_comes_back_or_is_told(name: str) -> None:
    exported = write(rich_session(), name, as_tags=True)
    allowed = ALWAYS | {"a rating", "what was said", "the part of a time below a millisecond"}
    told = lost(exported.report)
    assert told <= (allowed if name == "a.vtt" else allowed | BEYOND_WEBVTT)
    assert (exported.report.counted_in, exported.report.counted_out) == (10, 7)
    assert ("the part of a time below a millisecond" in told) == (name in {"a.vtt", "a.srt"})


@settings(max_examples=40, deadline=None)
@given(session=coded_sessions())
def test_webvtt_gives_back_the_same_tags(session: Session) -> None:
    exported = write(session, "a.vtt", as_tags=True)
    is_empty = not any(one.tags for one in session.passes)
    if is_empty:
        assert lost(exported.report) == {"a session is not in the file"}
        return
    assert lost(exported.report) <= ALWAYS
    (again,) = read(exported.data, "a.vtt").sessions
    assert tags(again) == tags(session)
    assert [(one.id, one.coder, one.purpose) for one in again.passes] == [
        (one.id, one.coder, one.purpose) for one in session.passes
    ]
    assert again.participants == session.participants


@pytest.mark.parametrize("name", AS_LINES)
@settings(max_examples=25, deadline=None)
@given(session=coded_sessions())
def test_other_subtitles_give_back_all_but_ids(name: str, session: Session) -> None:
    exported = write(session, name)
    if not any(one.tags for one in session.passes):
        assert lost(exported.report) == {"a session is not in the file"}
        return
    assert lost(exported.report) <= ALWAYS | BEYOND_WEBVTT | {"a coding pass without tags"}
    (again,) = read(exported.data, name).sessions
    assert sorted(said(again), key=repr) == sorted(said(session), key=repr)


@pytest.mark.parametrize("name", NAMES)
def test_marks_without_a_code_stay_so(name: str) -> None:
    one = CodingPass("pass-A", "A", Purpose.PRIMARY, NOW, (tag(1, UNNAMED, 1000, 2000),))
    (again,) = read(write(session_of(one), name).data, name).sessions
    assert [each.code for each in again.passes[0].tags] == [UNNAMED]
    assert again.codebook.codes == ()


@pytest.mark.parametrize("name", NAMES)
def test_brackets_and_marks_in_words_harm_nothing(name: str) -> None:
    note = 'a «b» <v x> {c} \\N & --> 1\n2\n00:00:01,000 --> 00:00:02,000 "d"'
    one = CodingPass("p", "A", Purpose.PRIMARY, NOW, (tag(1, "silence", 1000, 2000, note=note),))
    (again,) = read(write(session_of(one), name).data, name).sessions
    assert [each.note for each in again.passes[0].tags] == [note]


def test_moments_last_a_millisecond_on_the_screen_alone() -> None:
    text = write(rich_session(), "a.vtt", as_tags=True).data.decode()
    assert "00:00:12.345 --> 00:00:12.346" in text
    (again,) = read(text, "a.vtt").sessions
    assert [one.is_instant for _, one in tags(again) if one.start == 12_345_000] == [True]


def test_a_moment_that_somebody_made_longer_is_one_no_more() -> None:
    text = write(rich_session(), "a.vtt", as_tags=True).data.decode()
    (again,) = read(text.replace("00:00:12.346", "00:00:13.000"), "a.vtt").sessions
    assert [one.end for _, one in tags(again) if one.start == 12_345_000] == [13_000_000]


def test_two_passes_of_one_coder_stay_apart_in_webvtt() -> None:
    first = CodingPass("p1", "A", Purpose.TRAINING, NOW, (tag(1, "silence", 1000, 2000),))
    second = CodingPass("p2", "A", Purpose.PRIMARY, NOW, (tag(2, "silence", 1000, 2000),))
    (again,) = read(write(session_of(first, second), "a.vtt").data, "a.vtt").sessions
    assert [(one.id, one.purpose, len(one.tags)) for one in again.passes] == [
        ("p1", Purpose.TRAINING, 1),
        ("p2", Purpose.PRIMARY, 1),
    ]


def test_what_somebody_added_to_our_tags_is_told() -> None:
    text = write(rich_session(), "a.vtt", as_tags=True).data.decode()
    found = read(text + "\n00:01.000 --> 00:02.000\njust words\n\nNOTE fine\n\nstray\n", "a.vtt")
    assert len(places(found.report, "is no tag")) == 1
    assert len(places(found.report, "no cue was left out")) == 1
    assert is_even(found)


def test_a_damaged_comment_costs_names_alone() -> None:
    text = write(rich_session(), "a.vtt", as_tags=True).data.decode()
    (again,) = read(text.replace('{"passes"', '{"passes'), "a.vtt").sessions
    assert {one.coder for one in again.passes} == {"unknown"}
    assert len(tags(again)) == 7


def test_our_tags_can_be_taken_for_speech_on_wish() -> None:
    data = write(rich_session(), "a.srt", as_tags=True).data
    (session,) = read(data, "a.srt", tiers=TierUse.TRANSCRIPT).sessions
    assert session.passes == ()
    assert len(session.transcripts[0].cues) == 7


SPOKEN = """1
00:00:01,000 --> 00:00:02,000
Therapist: reflection

2
00:00:03,000 --> 00:00:04,000
Client: silence

3
00:00:05,000 --> 00:00:06,000
Therapist: reflection
"""


def test_foreign_cues_are_tags_of_their_text_where_that_is_wished() -> None:
    found = read(SPOKEN, "a.srt", as_tags=True, coder="Ann")
    (session,) = found.sessions
    assert [(one.coder, len(one.tags)) for one in session.passes] == [("Ann", 3)]
    assert [(one.code, one.participant) for _, one in tags(session)] == [
        ("reflection", "Therapist"),
        ("silence", "Client"),
        ("reflection", "Therapist"),
    ]
    assert [(one.name, one.use) for one in found.tiers] == [
        ("Therapist", TierUse.VALUES),
        ("Client", TierUse.VALUES),
    ]
    assert is_even(found)


def test_the_speaker_is_the_code_where_that_is_wished() -> None:
    found = read(SPOKEN, "a.srt", tiers=TierUse.CODE)
    assert [(one.code, one.note) for _, one in tags(found.sessions[0])] == [
        ("Therapist", "reflection"),
        ("Client", "silence"),
        ("Therapist", "reflection"),
    ]


def test_each_speaker_can_be_taken_for_something_else() -> None:
    uses = {"Therapist": TierUse.VALUES, "Client": TierUse.LEAVE}
    found = read(SPOKEN, "a.srt", tier_uses=uses)
    (session,) = found.sessions
    assert [one.code for _, one in tags(session)] == ["reflection", "reflection"]
    assert "the tier “Client” was left out" in lost(found.report)
    other = read(SPOKEN, "a.srt", tier_uses={"Client": TierUse.CODE}).sessions[0]
    assert [cue.text for cue in other.transcripts[0].cues] == ["reflection", "reflection"]


def test_far_too_many_texts_are_notes_and_that_is_told() -> None:
    text = "WEBVTT\n\n" + "\n\n".join(
        f"00:{n // 60:02}:{n % 60:02}.000 --> 00:{n // 60:02}:{n % 60:02}.500\n<v Ann>text {n}"
        for n in range(600)
    )
    found = read(text, "a.vtt", as_tags=True)
    assert [one.id for one in found.sessions[0].codebook.codes] == ["Ann"]
    assert any(one.outcome is Outcome.NOTICED for one in found.report.remarks)
    assert places(found.report, "too different to be codes") == ("tier “Ann”",)


def test_a_foreign_file_comes_back_as_it_was() -> None:
    vtt = (
        "WEBVTT - by hand\n\nNOTE kept\n\n"
        "intro\n00:00:01.000 --> 00:00:02.000 align:start\n<v Ann><i>Ja</i>\n"
    )
    (session,) = read(vtt, "a.vtt").sessions
    assert write(session, "a.vtt").data.decode() == vtt
    srt = "1\n00:00:01,000 --> 00:00:02,000\n<i>Ja</i>\n"
    (session,) = read(srt, "a.srt").sessions
    assert write(session, "a.srt").data.decode() == srt

"""Writing ELAN documents: by the rules of form 3.0, and so that they come back as they were."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree.ElementTree import Element, fromstring

import pympi
import pytest
from hypothesis import given, settings

from annotator.model.codebook import Attribute, Choice, Code
from annotator.model.coding import UNNAMED, CodingPass, Purpose, Tag
from annotator.model.matching import ConsensusOf
from annotator.model.participant import Consent, ConsentStatus, Participant, ParticipantRole
from annotator.model.recording import Recording, RecordingRole
from annotator.model.session import ExcludedSpan, Session, Unblinding
from annotator.model.time import Interval, Micros
from annotator.model.transcript import Cue, Transcript, Word
from tests.support.eaf import faults
from tests.support.foreign import (
    BOOK,
    FILM,
    NOW,
    PEOPLE,
    coded_sessions,
    lost,
    places,
    read,
    rich_session,
    session_of,
    tag,
    write,
)

RICH_LOSSES = {"the part of a time below a millisecond"}
TEMPLATE_LOSSES = {
    "a recording",
    "a participant",
    "a tag",
    "the ids of passes",
    "a rating",
    "what was said",
}


def elements(data: bytes, name: str) -> list[Element]:
    return list(fromstring(data).iter(name))  # noqa: S314 what we have just written


def again(session: Session) -> Session:
    """Write a session and read it again."""
    written = write(session, "talk.eaf")
    assert faults(written.data) == []
    return read(written.data, "talk.eaf").sessions[0]


def passed(*tags: Tag) -> CodingPass:
    return CodingPass("pass-A", "A", Purpose.PRIMARY, NOW, tags)


@settings(max_examples=60, deadline=None)
@given(coded_sessions())
def test_sessions_of_whole_milliseconds_come_back_identical(session: Session) -> None:
    written = write(session, "talk.eaf")
    assert faults(written.data) == []
    assert written.report.lines() == []
    found = read(written.data, "talk.eaf")
    assert found.sessions[0] == session
    assert found.report.lines() == []
    assert found.report.counted_in == found.report.counted_out


def test_a_rich_session_loses_what_is_told_and_nothing_else() -> None:
    session = rich_session()
    written = write(session, "talk.eaf")
    assert lost(written.report) == RICH_LOSSES
    second = session.passes[1]
    coarse = replace(second.tags[1], start=Micros(5_000_000))
    passes = (session.passes[0], replace(second, tags=(second.tags[0], coarse)))
    assert again(session) == replace(session, passes=passes)


def test_the_same_session_gives_the_same_bytes() -> None:
    assert write(rich_session(), "talk.eaf").data == write(rich_session(), "talk.eaf").data


@settings(max_examples=25, deadline=None)
@given(coded_sessions())
def test_pympi_finds_the_same_times_and_notes(session: Session) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "talk.eaf"
        path.write_bytes(write(session, "talk.eaf").data)
        elan = pympi.Eaf(str(path))
    rows = [
        row[:3]
        for name in elan.get_tier_names()
        if not elan.get_parameters_for_tier(name).get("PARENT_REF")
        for row in elan.get_annotation_data_for_tier(name)
    ]
    tags = [one for each in session.passes for one in each.tags]
    assert sorted(rows) == sorted(
        (one.start // 1000, max(one.end // 1000, one.start // 1000 + 1), one.note.strip("\n"))
        for one in tags
    )


def test_a_tier_holds_one_code_of_one_coder() -> None:
    tiers = elements(write(rich_session(), "talk.eaf").data, "TIER")
    told = {
        one.get("TIER_ID"): (one.get("ANNOTATOR"), one.get("PARTICIPANT"))
        for one in tiers
        if "PARENT_REF" not in one.attrib
    }
    assert told == {
        "reflection @A >therapist *": ("A", "Therapist"),
        "reflection @A >therapist": ("A", "Therapist"),
        "reflection @A >client": ("A", "Client"),
        "silence @A": ("A", None),
        "Open question @A >therapist *": ("A", "Therapist"),
        "reflection @B >therapist *": ("B", "Therapist"),
        "silence @B": ("B", None),
        "Therapist": (None, "Therapist"),
        "Client": (None, "Client"),
    }


def test_tags_that_overlap_are_on_tiers_of_their_own() -> None:
    session = session_of(passed(tag(1, "silence", 0, 5000), tag(2, "silence", 1000, 2000)))
    names = [one.get("TIER_ID") for one in elements(write(session, "talk.eaf").data, "TIER")]
    assert names == ["silence @A", "silence @A #2"]
    assert again(session) == session


def test_moments_are_intervals_of_a_millisecond_on_a_type_of_their_own() -> None:
    data = write(session_of(passed(tag(1, "reflection", 1000, 1000))), "talk.eaf").data
    assert [one.get("TIME_VALUE") for one in elements(data, "TIME_SLOT")] == ["1000", "1001"]
    assert elements(data, "TIER")[0].get("LINGUISTIC_TYPE_REF") == "annotator moment"


def test_a_stretch_of_a_millisecond_stays_one() -> None:
    session = session_of(passed(tag(1, "silence", 1000, 1001)))
    assert again(session) == session


def test_attributes_are_chosen_from_a_vocabulary_below_their_tag() -> None:
    session = session_of(passed(tag(1, "reflection", 1000, 2000, attributes={"depth": "deep"})))
    data = write(session, "talk.eaf").data
    below = elements(data, "TIER")[1]
    assert below.get("PARENT_REF") == "reflection @A"
    assert [one.text for one in below.iter("ANNOTATION_VALUE")] == ["Deep"]
    assert [one.text for one in elements(data, "CVE_VALUE")] == ["Simple", "Deep"]
    assert [one.get("LANG_ID") for one in elements(data, "LANGUAGE")] == ["und"]


def test_attributes_of_one_name_with_other_choices_have_vocabularies_of_their_own() -> None:
    other = Attribute("depth", "Depth", (Choice("low", "Low"), Choice("high", "High")))
    codes = tuple(
        replace(one, attributes=(other,)) if one.id == "silence" else one for one in BOOK.codes
    )
    session = session_of(
        passed(
            tag(1, "reflection", 1000, 2000, attributes={"depth": "deep"}),
            tag(2, "silence", 3000, 4000, attributes={"depth": "low"}),
        ),
        codebook=replace(BOOK, codes=codes),
    )
    data = write(session, "talk.eaf").data
    named = [one.get("CV_ID") for one in elements(data, "CONTROLLED_VOCABULARY")]
    assert named == ["annotator choice: Depth", "annotator choice: Depth (2)"]
    assert again(session) == session


def test_two_passes_of_one_coder_stay_apart() -> None:
    first = passed(tag(1, "silence", 1000, 2000))
    second = CodingPass("pass-B", "B", Purpose.DOUBLE, NOW, (tag(2, "silence", 1000, 2000),))
    settled = CodingPass(
        "consensus",
        "A",
        Purpose.CONSENSUS,
        NOW,
        (tag(3, "silence", 1000, 2000),),
        consensus=ConsensusOf("pass-A", "pass-B"),
    )
    session = session_of(first, second, settled)
    assert again(session) == session


def test_marks_that_wait_for_a_code_come_back_waiting() -> None:
    session = session_of(passed(tag(1, UNNAMED, 1000, 2000, note="what?")))
    assert again(session) == session


def test_codes_that_the_book_lacks_are_read_as_new_ones() -> None:
    found = again(session_of(passed(tag(1, "odd thing", 1000, 2000))))
    assert [one.code for one in found.passes[0].tags] == [found.codebook.codes[-1].id]


def test_excluded_spans_unblindings_and_the_region_come_back() -> None:
    session = session_of(
        passed(),
        excluded=(ExcludedSpan(Micros(5), Micros(9), "left the room"),),
        unblindings=(Unblinding("A", "pass-B", NOW, finished=True),),
        region=Interval(Micros(0), Micros(60_000_000)),
    )
    assert again(session) == session


def test_consents_stay_at_home() -> None:
    person = replace(PEOPLE[0], consent=Consent(ConsentStatus.GIVEN, note="by telephone"))
    written = write(session_of(passed(), participants=(person,)), "talk.eaf")
    assert b"telephone" not in written.data
    assert lost(written.report) == {"what a participant consented to"}


def test_people_of_one_label_stay_apart() -> None:
    people = (
        Participant("p1", ParticipantRole.CLIENT, "C"),
        Participant("p2", ParticipantRole.OTHER, "C"),
        Participant("C", ParticipantRole.OTHER, ""),
    )
    tags = [tag(n, "silence", 1000 * n, 1000 * n + 9, participant=one.id)
            for n, one in enumerate(people, 1)]  # fmt: skip
    session = session_of(passed(*tags), participants=people)
    assert again(session) == session


def test_transcripts_and_speakers_come_back() -> None:
    def cue(number: int, start: int, end: int, **more: str) -> Cue:
        return Cue(f"c{number:04d}", Micros(start * 1000), Micros(end * 1000), "Well.", **more)

    first = (
        cue(1, 0, 500, speaker="T", participant="therapist"),
        cue(2, 100, 400, speaker="T", participant="therapist"),
        cue(3, 700, 900),
        cue(4, 900, 950, speaker="Somebody"),
    )
    second = (replace(cue(1, 0, 500, participant="client"), id="x1"),)
    transcripts = (Transcript("one", first, "en", "a.vtt"), Transcript("two", second))
    session = session_of(passed(), transcripts=transcripts)
    assert again(session) == session


def test_the_times_of_words_are_told_as_lost() -> None:
    words = (Word("Well.", Micros(0), Micros(400_000)),)
    cue = Cue("c0001", Micros(0), Micros(500_000), "Well.", "T", words=words)
    session = session_of(passed(), transcripts=(Transcript("one", (cue,)),))
    assert lost(write(session, "talk.eaf").report) == {"the times of single words"}


@pytest.mark.parametrize(
    ("offset", "origin"), [(0, None), (1500, "-1500"), (-2000, "2000"), (-250, "250")]
)
def test_several_recordings_with_their_offsets(offset: int, origin: str | None) -> None:
    sound = Recording("r2", "sound/b c.wav", RecordingRole.SOUND, Micros(offset * 1000),
                      FILM.duration, "sha256-1")  # fmt: skip
    session = session_of(passed(), recordings=(FILM, sound))
    found = elements(write(session, "talk.eaf").data, "MEDIA_DESCRIPTOR")
    assert [one.get("TIME_ORIGIN") for one in found] == [None, origin]
    assert [one.get("RELATIVE_MEDIA_URL") for one in found] == ["./talk.mp4", "./sound/b c.wav"]
    assert again(session) == session


@pytest.mark.parametrize(
    ("path", "url", "relative"),
    [
        ("/films/a.mp4", "file:///films/a.mp4", None),
        ("C:/films/a.mp4", "file:///C:/films/a.mp4", None),
        ("../100%25.mp4", "./../100%2525.mp4", "./../100%2525.mp4"),
        ("https://example.org/a.mp4", "https://example.org/a.mp4", None),
    ],
)
def test_paths_become_addresses_and_come_back(path: str, url: str, relative: str | None) -> None:
    session = session_of(passed(), recordings=(replace(FILM, path=path),))
    found = elements(write(session, "talk.eaf").data, "MEDIA_DESCRIPTOR")[0]
    assert (found.get("MEDIA_URL"), found.get("RELATIVE_MEDIA_URL")) == (url, relative)
    assert again(session) == session


def test_times_before_the_film_are_told() -> None:
    session = session_of(passed(tag(1, "silence", -500, 900), tag(2, "silence", 1000, 2000)))
    written = write(session, "talk.eaf")
    assert places(written.report, "a tag") == ("tag at -0:00:00.500",)
    assert places(written.report, "ELAN has no times before 0") == ()
    assert written.report.counted_out == 1


def test_a_stretch_below_a_millisecond_is_told() -> None:
    short = replace(tag(1, "silence", 1000, 1000), end=Micros(1_000_400))
    written = write(session_of(passed(short)), "talk.eaf")
    assert faults(written.data) == []
    assert lost(written.report) == {"a tag"}


def test_what_xml_forbids_becomes_a_question_mark() -> None:
    session = session_of(passed(tag(1, "silence", 1000, 2000, note="a\x07b\ud800c\rd")))
    found = again(session)
    assert (
        found.passes[0].tags[0].note == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c\rd"
    )
    assert lost(write(session, "talk.eaf").report) == {"a note"}


@pytest.mark.parametrize("name", ["a", "ts1", "1a", "a b", "", "é", "x:y", "a7"])
def test_ids_that_xml_forbids_are_counted_instead(name: str) -> None:
    session = session_of(passed(replace(tag(1, "silence", 1000, 2000), id=name)))
    ids = [one.get("ANNOTATION_ID") for one in elements(write(session, "t.eaf").data,
           "ALIGNABLE_ANNOTATION")]  # fmt: skip
    assert ids == [name if name in {"a", "a7"} else "a1"]
    assert again(session).passes[0].tags[0].start == 1_000_000


def test_new_annotations_of_elan_get_ids_beyond_ours() -> None:
    session = session_of(passed(replace(tag(1, "silence", 1000, 2000), id="a41")))
    told = {one.get("NAME"): one.text for one in elements(write(session, "t.eaf").data, "PROPERTY")}
    assert told["lastUsedAnnotationId"] == "41"


def test_the_date_is_that_of_the_wish_and_nobody_is_named() -> None:
    root = fromstring(write(rich_session(), "talk.eaf").data)  # noqa: S314 just written
    assert (root.get("DATE"), root.get("AUTHOR")) == (NOW, "")
    assert str(Path.home()).encode() not in write(rich_session(), "talk.eaf").data


def test_without_what_we_keep_the_tiers_still_tell_the_tags() -> None:
    data = write(rich_session(), "talk.eaf").data
    bare = re.sub(rb'<PROPERTY NAME="annotator:[^<]*</PROPERTY>', b"", data)
    found = read(bare, "talk.eaf")
    session = found.sessions[0]
    rows = {
        (one.coder, each.code, each.start, each.end, each.participant, each.note)
        for one in session.passes
        for each in one.tags
    }
    expected = {
        (one.coder, each.code, each.start // 1000 * 1000, each.end, each.participant.title(),
         each.note)
        for one in rich_session().passes
        for each in one.tags
    }  # fmt: skip
    assert rows == expected
    assert [cue.speaker for cue in session.transcripts[0].cues] == ["Therapist", "Client"]
    deep = next(each for each in session.passes[0].tags if each.id == "t2")
    assert dict(deep.attributes) == {"Depth": "Deep"}


@pytest.mark.parametrize("change", ["{", '{"format":"other"}', "[" * 5000, "null"])
def test_what_we_keep_may_be_damaged(change: str) -> None:
    data = write(rich_session(), "talk.eaf").data.decode()
    damaged = re.sub(r'(<PROPERTY NAME="annotator:session">)[^<]*', rf"\g<1>{change}", data)
    found = read(damaged, "talk.eaf")
    assert places(found.report, "what annotator had kept in the file is damaged") == ()
    assert "is damaged" in "".join(found.report.lines())
    assert found.report.counted_in == found.report.counted_out


def test_a_tier_that_changed_hands_in_elan_is_the_new_coders() -> None:
    data = write(session_of(passed(tag(1, "silence", 1000, 2000))), "talk.eaf").data
    found = read(data.replace(b'ANNOTATOR="A"', b'ANNOTATOR="Zoe"'), "talk.eaf").sessions[0]
    assert {one.coder: len(one.tags) for one in found.passes} == {"A": 0, "Zoe": 1}


def test_a_tier_that_was_added_in_elan_joins_the_pass_of_its_coder() -> None:
    data = write(session_of(passed(tag(1, "silence", 1000, 2000))), "talk.eaf").data
    added = (
        b'<TIER TIER_ID="laugh" LINGUISTIC_TYPE_REF="annotator code" ANNOTATOR="A" '
        b'PARTICIPANT="Client"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a9" '
        b'TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2"><ANNOTATION_VALUE/></ALIGNABLE_ANNOTATION>'
        b"</ANNOTATION></TIER><LINGUISTIC_TYPE"
    )
    found = read(data.replace(b"<LINGUISTIC_TYPE", added, 1), "talk.eaf").sessions[0]
    assert [(one.coder, [each.code for each in one.tags]) for one in found.passes] == [
        ("A", ["laugh", "silence"])
    ]
    assert {each.participant for each in found.passes[0].tags} == {"", "client"}


def test_a_template_holds_the_codebook() -> None:
    written = write(rich_session(), "coding.etf")
    assert faults(written.data) == []
    assert lost(written.report) == TEMPLATE_LOSSES
    assert [one.get("TIER_ID") for one in elements(written.data, "TIER")] == [
        "reflection",
        "Depth of reflection",
        "silence",
        "Open question",
    ]
    found = read(written.data, "coding.etf").sessions[0]
    assert found.codebook == BOOK
    assert found.passes == ()


def test_retired_codes_have_no_tier_in_a_template() -> None:
    book = replace(BOOK, codes=(*BOOK.codes, Code("old", "Old", retired=True)))
    written = write(session_of(codebook=book), "coding.etf")
    names = [one.get("TIER_ID") for one in elements(written.data, "TIER")]
    assert "old" not in names
    assert read(written.data, "coding.etf").sessions[0].codebook == book


def test_what_is_kept_is_json_that_names_no_tags() -> None:
    told = {one.get("NAME"): one.text for one in
            elements(write(rich_session(), "talk.eaf").data, "PROPERTY")}  # fmt: skip
    session = json.loads(told["annotator:session"] or "")
    assert [one["tags"] for one in session["passes"]] == [[], []]
    assert json.loads(told["annotator:tiers"] or "")["silence @A"] == {
        "use": "code",
        "pass": "pass-A",
        "word": "silence",
    }

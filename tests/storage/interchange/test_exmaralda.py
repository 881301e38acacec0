"""Transcriptions of EXMARaLDA come in and go out, and what they cannot hold is told."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given, settings

from annotator.model.coding import UNNAMED, CodingPass, Purpose
from annotator.model.participant import ParticipantRole
from annotator.model.session import Session
from annotator.model.time import Interval, Micros
from annotator.model.transcript import Cue, Transcript
from annotator.storage.interchange.interface import TierUse
from tests.support.foreign import (
    LOST_ON_TIERS,
    LOST_WITHOUT_TAGS,
    NOW,
    coded_sessions,
    lost,
    places,
    read,
    repaired,
    rich_session,
    session_of,
    tag,
    told_apart,
    write,
)

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!-- (c) http://www.rrz.uni-hamburg.de/exmaralda -->
<basic-transcription Id="X1">
<head><meta-information><project-name>Talks</project-name>
<transcription-name>First talk</transcription-name>
<referenced-file url="talk.mp4"/><referenced-file url="file:///C:/my%20talks/talk.wav"/>
<ud-meta-information><ud-information attribute-name="Place">Ulm</ud-information>
</ud-meta-information><comment>quiet</comment>
<transcription-convention>HIAT</transcription-convention></meta-information>
<speakertable><speaker id="SPK0"><abbreviation>THER</abbreviation><sex value="f"/>
<languages-used><language lang="deu"/></languages-used><l1><language lang="tur"/></l1><l2/>
<ud-speaker-information><ud-information attribute-name="Age">40</ud-information>
</ud-speaker-information><comment>warm</comment></speaker>
<speaker id="SPK1"><abbreviation>K</abbreviation><sex value="u"/><languages-used/><l1/><l2/>
<ud-speaker-information/><comment/></speaker></speakertable></head>
<basic-body><common-timeline>"""
LINE = """<tli id="T0" time="0.0"/><tli id="T1" time="1.5" bookmark="here"/><tli id="T2"/>
<tli id="T3"/><tli id="T4" time="3.000001" type="intp"/><tli id="T5" time="4"/></common-timeline>"""
TIERS = """<tier id="TIE0" speaker="SPK0" category="v" type="t" display-name="THER [v]">
<event start="T0" end="T1">How are </event><event start="T1" end="T2">you? </event></tier>
<tier id="TIE1" speaker="SPK1" category="laugh" type="a" display-name="K [laugh]">
<ud-tier-information><ud-information attribute-name="exmaralda:hidden">true</ud-information>
</ud-tier-information>
<event start="T2" end="T4" medium="aud" url="x.wav">lou\
<ud-information attribute-name="n">1</ud-information>d</event>
<event start="T4" end="T5"></event></tier>
<tier id="TIE2" category="en" type="a"><event start="T0" end="T1">a long one of many words</event>
<event start="T1" end="T4">and here is one more of them</event></tier>"""
TAIL = "</basic-body></basic-transcription>"
WHOLE = HEAD + LINE + TIERS + TAIL
LOST = LOST_ON_TIERS
"""What a transcription has no place for; all else is the same when it is read again."""

LOST_AT_TIMES = LOST_WITHOUT_TAGS
"""Of these, what is lost where there are no tags of a code or of a pass."""

CHILDREN = {
    "basic-transcription": ["head", "basic-body"],
    "head": ["meta-information", "speakertable"],
    "speaker": [
        "abbreviation",
        "sex",
        "languages-used",
        "l1",
        "l2",
        "ud-speaker-information",
        "comment",
    ],
}
META = [
    "project-name",
    "transcription-name",
    "referenced-file",
    "ud-meta-information",
    "comment",
    "transcription-convention",
]


def faults(root: Element) -> list[str]:
    """List where a document breaks the rules of EXMARaLDA's document type, and its editor's."""
    found = [
        f"children of {name}"
        for name, wanted in CHILDREN.items()
        for one in root.iter(name)
        if [child.tag for child in one] != wanted
    ]
    meta = [child.tag for child in root.iterfind("head/meta-information/*")]
    if list(dict.fromkeys(meta)) != META or meta != sorted(meta, key=META.index):
        found.append("children of meta-information")
    body = [child.tag for child in root.iterfind("basic-body/*")]
    if body[:1] != ["common-timeline"] or set(body[1:]) - {"tier"}:
        found.append("children of basic-body")
    ids = [one.get("id", "") for name in ("tli", "tier", "speaker") for one in root.iter(name)]
    if len(set(ids)) != len(ids) or not all(one and not one[0].isdigit() for one in ids):
        found.append("ids")
    times = [float(one.get("time", "")) for one in root.iter("tli")]
    if times != sorted(set(times)):
        found.append("order of the timeline")
    return [*found, *(fault for tier in root.iter("tier") for fault in faults_of_tier(tier, root))]


def faults_of_tier(tier: Element, root: Element) -> list[str]:
    order = [one.get("id", "") for one in root.iter("tli")]
    speakers = {one.get("id") for one in root.iter("speaker")}
    inside = [child.tag for child in tier]
    if inside[:1] == ["ud-tier-information"]:
        inside = inside[1:]
    spans = [
        (order.index(one.get("start", "")), order.index(one.get("end", "")))
        for one in tier.iter("event")
    ]
    rules = {
        "category": tier.get("category") is not None,
        "type": tier.get("type") in {"t", "d", "a", "l", "u"},
        "speaker": tier.get("speaker") in {None, *speakers},
        "children of a tier": not set(inside) - {"event"},
        "an event without length": all(start < end for start, end in spans),
        "events that overlap": all(one[1] <= other[0] for one, other in pairwise(spans)),
    }
    return [name for name, holds in rules.items() if not holds]


def words_of(element: Element) -> str:
    return "".join([element.text or "", *(child.tail or "" for child in element)]).strip()


def found_in(session: Session) -> list[tuple[str, int, int, str]]:
    tags = (one for each in session.passes for one in each.tags)
    return [(one.code, one.start, one.end, one.note) for one in tags]


def cues_of(session: Session) -> list[tuple[int, int, str, str, str]]:
    cues = (cue for one in session.transcripts for cue in one.cues)
    return [(one.start, one.end, one.text, one.speaker, one.participant) for one in cues]


def test_a_transcription_is_read() -> None:
    imported = read(WHOLE, "talk.exb")
    (session,) = imported.sessions
    assert session.title == "First talk"
    assert cues_of(session) == [
        (0, 1_500_000, "How are", "THER", "THER"),
        (1_500_000, 2_000_000, "you?", "THER", "THER"),
    ]
    assert found_in(session) == [
        ("en", 0, 1_500_000, "a long one of many words"),
        ("en", 1_500_000, 3_000_001, "and here is one more of them"),
        ("laugh", 2_000_000, 3_000_001, "loud"),
        ("laugh", 3_000_001, 4_000_000, ""),
    ]
    assert {one.participant for one in session.passes[0].tags} == {"", "K"}
    assert [(one.name, one.use, one.count) for one in imported.tiers] == [
        ("THER [v]", TierUse.TRANSCRIPT, 2),
        ("K [laugh]", TierUse.CODE, 2),
        ("en", TierUse.CODE, 2),
    ]
    assert (imported.report.counted_in, imported.report.counted_out) == (6, 6)
    assert [one.path for one in session.recordings] == ["talk.mp4", "C:/my talks/talk.wav"]
    assert session.region == Interval(Micros(0), Micros(4_000_000))


def test_moments_without_a_time_are_put_between_their_neighbours() -> None:
    imported = read(WHOLE, "talk.exb")
    assert repaired(imported.report) == {
        "a moment had no time; it was put between its neighbours": (
            "moment T2 of the timeline",
            "moment T3 of the timeline",
        )
    }


@pytest.mark.parametrize(
    ("line", "times"),
    [
        ('<tli id="T0"/><tli id="T1"/><tli id="T2"/>', [0, 1_000_000, 2_000_000]),
        ('<tli id="T0"/><tli id="T1" time="2"/><tli id="T2"/>', [0, 2_000_000, 3_000_000]),
        ('<tli id="T0"/><tli id="T1"/><tli id="T2" time="3"/>', [0, 1_500_000, 3_000_000]),
        (
            '<tli id="T0" time="-1"/><tli id="T1"/><tli id="T2" time="1"/>',
            [-1_000_000, 0, 1_000_000],
        ),
        ('<tli id="T0"/><tli id="T1" time="x"/><tli id="T2" time="-2"/>', [-2_000_000] * 3),
        ('<tli id="T0" time="0"/><tli id="T1" time=" "/>', [0, 1_000_000]),
    ],
)
def test_missing_times_are_found(line: str, times: list[int]) -> None:
    pairs = [(f"T{n}", f"T{n + 1}") for n in range(len(times) - 1)]
    events = "".join(f'<event start="{one}" end="{other}">x</event>' for one, other in pairs)
    tier = f'<tier id="TIE" category="c" type="d">{events}</tier>'
    imported = read(f"{HEAD}{line}</common-timeline>{tier}{TAIL}", "talk.exb", tiers=TierUse.CODE)
    spans = [(one[1], one[2]) for one in found_in(imported.sessions[0])]
    assert spans == list(pairwise(times))
    assert repaired(imported.report)


def test_a_timeline_that_forks_or_goes_backwards_or_doubles_is_told() -> None:
    line = """<tli id="T0" time="0"/>
    <timeline-fork start="T0" end="T1"><tli id="F1"/></timeline-fork>
    <tli id="T1" time="2"/><tli id="T1" time="9"/><tli id="T2" time="1"/></common-timeline>
    <tier id="TIE" category="c" type="d"><event start="F1" end="T1">x</event>
    <event start="T1" end="T2">y</event><event start="T9" end="T2">z</event></tier>"""
    imported = read(HEAD + line + TAIL, "talk.exb", tiers=TierUse.CODE)
    assert found_in(imported.sessions[0]) == [
        ("c", 1_000_000, 2_000_000, "x"),
        ("c", 1_000_000, 2_000_000, "y"),
    ]
    assert places(imported.report, "stood twice on the timeline") == ("moment T1 of the timeline",)
    assert places(imported.report, "goes backwards") == ("moment T2 of the timeline",)
    assert places(imported.report, "the end lay before") == ("tier “c”, event 2",)
    assert places(imported.report, "not on the timeline") == ("tier “c”, event 3",)
    assert (imported.report.counted_in, imported.report.counted_out) == (3, 2)


def test_speakers_are_participants_and_what_is_known_of_them_is_kept() -> None:
    (session,) = read(WHOLE, "talk.exb").sessions
    assert [(one.id, one.label, one.role) for one in session.participants] == [
        ("THER", "THER", ParticipantRole.OTHER),
        ("K", "K", ParticipantRole.OTHER),
    ]
    assert session.participants[0].extra["exmaralda"] == {
        "id": "SPK0",
        "sex": "f",
        "comment": "warm",
        "more": [["Age", "40"]],
        "languages": ["deu"],
        "l1": ["tur"],
    }


def test_speakers_of_one_name_and_strange_ones_are_told() -> None:
    text = WHOLE.replace(">THER<", ">K<").replace(
        '<tier id="TIE2"', '<tier id="TIE2" speaker="SPK9"'
    )
    imported = read(text, "talk.exb")
    labels = [one.label for one in imported.sessions[0].participants]
    assert labels == ["K", "K (SPK1)", "SPK9"]
    assert places(imported.report, "two speakers are called") == ("speaker SPK1",)
    assert places(imported.report, "not in the list of speakers") == ("tier “en”",)


def test_what_was_said_can_be_taken_for_something_else() -> None:
    text = WHOLE.replace('type="t"', 'type="q"')
    (session,) = read(text, "talk.exb").sessions
    assert cues_of(session) == []
    assert "“q”" in "".join(read(text, "talk.exb").report.lines())
    imported = read(WHOLE, "talk.exb", tiers=TierUse.VALUES)
    assert {one.use for one in imported.tiers} == {TierUse.VALUES}
    single = read(WHOLE, "talk.exb", tier_uses={"en": TierUse.TRANSCRIPT})
    assert len(cues_of(single.sessions[0])) == 4


def test_tiers_of_one_name_are_told_apart() -> None:
    text = WHOLE.replace('display-name="K [laugh]"', 'display-name="THER [v]"')
    imported = read(text, "talk.exb")
    assert [one.name for one in imported.tiers][:2] == ["THER [v]", "THER [v] (2)"]
    assert places(imported.report, "two tiers are called") == ("tier TIE1",)


def test_a_file_of_others_is_written_as_it_stood() -> None:
    (session,) = read(WHOLE, "talk.exb").sessions
    written = write(session, "talk.exb")
    assert lost(written.report) == set()
    root, old = fromstring(written.data), fromstring(WHOLE)  # noqa: S314 our own text
    assert faults(root) == []
    for path in ("head", "basic-body/tier"):
        for one, other in zip(root.findall(path), old.findall(path), strict=True):
            pairs = zip(one.iter(), other.iter(), strict=True)
            for each, before in pairs:
                moments = {"start", "end"} if each.tag == "event" else set()
                kept = {key: each.attrib[key] for key in each.attrib.keys() - moments}
                assert kept == {key: before.attrib[key] for key in before.attrib.keys() - moments}
                assert words_of(each) == words_of(before)
    assert root.get("Id") == "X1"
    events = [one.text for one in root.iter("event")]
    assert events[:2] == ["How are ", "you? "]
    moments = {one.get("time"): one for one in root.iter("tli")}
    assert moments["1.5"].get("bookmark") == "here"
    assert [time for time, one in moments.items() if one.get("type") == "intp"] == [
        "2.0",
        "3.000001",
    ]
    again = read(written.data, "talk.exb").sessions[0]
    assert replace(again, extra={}) == replace(session, extra={})


def test_a_session_loses_what_is_told_and_nothing_else() -> None:
    session = rich_session()
    written = write(session, "talk.exb")
    assert lost(written.report) == LOST - LOST_AT_TIMES
    assert faults(fromstring(written.data)) == []  # noqa: S314 our own text
    (again,) = read(written.data, "talk.exb").sessions
    for one, other in zip(session.passes, again.passes, strict=True):
        assert [
            (t.code, t.start, t.end, t.participant, t.note, t.attributes) for t in one.tags
        ] == [(t.code, t.start, t.end, t.participant, t.note, t.attributes) for t in other.tags]
    assert [(c.start, c.end, c.text, c.speaker) for c in again.transcripts[0].cues] == [
        (c.start, c.end, c.text, c.speaker) for c in session.transcripts[0].cues
    ]
    assert [replace(one, extra={}) for one in again.participants] == list(session.participants)
    assert again.region == session.region


@settings(max_examples=60, deadline=None)
@given(session=coded_sessions())
def test_all_tags_come_back(session: Session) -> None:
    count = told_apart(session)
    written = write(session, "talk.exb")
    assert lost(written.report) <= LOST
    assert written.report.counted_out == count
    assert faults(fromstring(written.data)) == []  # noqa: S314 our own text


def test_moments_are_short_events_and_come_back_as_moments() -> None:
    tags = (
        replace(tag(1, "reflection", 0, 0), start=Micros(400), end=Micros(400)),
        replace(tag(2, "reflection", 0, 0), start=Micros(600), end=Micros(600)),
        tag(3, UNNAMED, 5, 5, note="odd \x01 & <b>"),
    )
    session = session_of(CodingPass("pass-A", "A", Purpose.PRIMARY, NOW, tags))
    written = write(session, "talk.exb")
    assert faults(fromstring(written.data)) == []  # noqa: S314 our own text
    assert found_in(read(written.data, "talk.exb").sessions[0]) == [
        ("reflection", 400, 400, ""),
        ("reflection", 600, 600, ""),
        (UNNAMED, 5000, 5000, "odd \N{REPLACEMENT CHARACTER} & <b>"),
    ]
    other = read(written.data, "talk.exb", tiers=TierUse.VALUES).sessions[0]
    assert all(one.is_instant for each in other.passes for one in each.tags)


def test_speakers_that_are_no_participants_and_overlapping_speech_come_back() -> None:
    cues = (
        Cue("c0001", Micros(0), Micros(2_000_000), "One\ntwo", "Mother"),
        Cue("c0002", Micros(1_000_000), Micros(3_000_000), "three", "Mother"),
        Cue("c0003", Micros(1_000_000), Micros(1_500_000), "four"),
        Cue("c0004", Micros(4_000_000), Micros(5_000_000), "five", "Client", "client"),
    )
    session = session_of(transcripts=(Transcript("t", cues),))
    written = write(session, "talk.exb")
    assert faults(fromstring(written.data)) == []  # noqa: S314 our own text
    assert sorted(cues_of(read(written.data, "talk.exb").sessions[0])) == [
        (0, 2_000_000, "One\ntwo", "Mother", "Mother"),
        (1_000_000, 1_500_000, "four", "", ""),
        (1_000_000, 3_000_000, "three", "Mother", "Mother"),
        (4_000_000, 5_000_000, "five", "Client", "client"),
    ]


def test_a_value_that_is_a_question_mark_stays_a_code() -> None:
    events = "".join(f'<event start="T{n}" end="T{n + 1}">?</event>' for n in range(4))
    tier = f'<tier id="TIE" category="c" type="a">{events}</tier>'
    (session,) = read(HEAD + LINE + tier + TAIL, "talk.exb", coder="Ann").sessions
    (code,) = session.codebook.codes
    assert (code.name, code.id != UNNAMED) == ("?", True)
    again = read(write(session, "talk.exb").data, "talk.exb").sessions[0]
    assert [one[0] for one in found_in(again)] == [code.id] * 4

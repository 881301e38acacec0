"""Reading ELAN documents: each of their ways, with what becomes of it."""

from __future__ import annotations

import pytest

from annotator.model.coding import UNNAMED
from annotator.model.recording import RecordingRole
from annotator.model.session import Session
from annotator.storage.interchange.exchange import Imported, read_foreign
from annotator.storage.interchange.interface import TierUse, Wishes
from annotator.storage.interchange.report import Outcome, Report
from annotator.storage.interchange.source import Source
from tests.support.eaf import HEADER, TYPES, aligned, eaf, referring, tier, vocabulary
from tests.support.foreign import NOW, lost, places, read, repaired

SLOTS = {"ts1": 1000, "ts2": 2000, "ts3": 3000, "ts4": 7000}
TALK = tier(
    "talk",
    aligned("a1", "ts1", "ts2", "How are you today?"),
    aligned("a2", "ts3", "ts4", "I am rather tired now."),
)


def opened(text: str, **wishes: object) -> Imported:
    found = read(text, "talk.eaf", **wishes)
    told = sum(
        len(one.places) + one.unplaced or 1
        for one in found.report.remarks
        if one.outcome is Outcome.NOT_CARRIED
    )
    assert found.report.counted_in == found.report.counted_out + told
    return found


def tags(session: Session) -> list[tuple[str, str, int, int, str]]:
    """Give coder, code, times in milliseconds and note of each tag."""
    return [
        (one.coder, tag.code, tag.start // 1000, tag.end // 1000, tag.note)
        for one in session.passes
        for tag in one.tags
    ]


def cues(session: Session) -> list[tuple[str, int, int]]:
    return [
        (cue.text, cue.start // 1000, cue.end // 1000)
        for one in session.transcripts
        for cue in one.cues
    ]


def noticed(report: Report) -> set[str]:
    return {one.message for one in report.remarks if one.outcome is Outcome.NOTICED}


def test_speech_becomes_a_transcript_and_short_values_become_codes() -> None:
    marks = [
        aligned(f"a{n}", "ts1", "ts2", word) for n, word in enumerate(["nod", "nod", "sigh"], 3)
    ]
    found = opened(eaf(TALK + tier("gesture", *marks, more='ANNOTATOR="A"'), SLOTS))
    session = found.sessions[0]
    assert cues(session) == [
        ("How are you today?", 1000, 2000),
        ("I am rather tired now.", 3000, 7000),
    ]
    assert [one[:2] for one in tags(session)] == [("A", "nod"), ("A", "nod"), ("A", "sigh")]
    assert [one.use for one in found.tiers] == [TierUse.TRANSCRIPT, TierUse.VALUES]
    assert found.unit == "annotations"
    assert found.report.is_lossless


def test_a_wish_says_what_tiers_are() -> None:
    found = opened(eaf(TALK, SLOTS), tiers=TierUse.CODE, coder="B")
    assert tags(found.sessions[0]) == [
        ("B", "talk", 1000, 2000, "How are you today?"),
        ("B", "talk", 3000, 7000, "I am rather tired now."),
    ]


def test_a_tier_left_out_is_told() -> None:
    found = read(eaf(TALK, SLOTS), "talk.eaf", tier_uses={"talk": TierUse.LEAVE})
    assert (found.report.counted_in, found.report.counted_out) == (2, 0)
    assert len(places(found.report, "the tier “talk” was left out")) == 2


def test_annotator_is_the_coder_and_participant_the_participant() -> None:
    who = 'ANNOTATOR="Ann" PARTICIPANT="Client 7"'
    session = opened(eaf(tier("nod", aligned("a1", "ts1", "ts2"), more=who), SLOTS)).sessions[0]
    assert session.passes[0].coder == "Ann"
    assert session.passes[0].tags[0].participant == session.participants[0].id
    assert session.participants[0].label == "Client 7"


def test_ids_of_annotations_are_those_of_tags() -> None:
    text = eaf(tier("nod", aligned("a12", "ts1", "ts2"), aligned("a7", "ts3", "ts4")), SLOTS)
    assert [tag.id for tag in opened(text).sessions[0].passes[0].tags] == ["a12", "a7"]


def test_untimed_slots_lie_evenly_between_their_neighbours() -> None:
    slots = {"ts1": 1000, "t1": None, "t2": None, "ts2": 4000}
    words = tier(
        "word",
        aligned("b1", "ts1", "t1", "how"),
        aligned("b2", "t1", "t2", "are"),
        aligned("b3", "t2", "ts2", "you"),
        kind="parts",
        more='PARENT_REF="talk"',
    )
    talk = tier("talk", aligned("a1", "ts1", "ts2", "how are you"))
    found = opened(eaf(talk + words, slots), tiers=TierUse.CODE)
    assert [one[2:4] for one in tags(found.sessions[0]) if one[1] == "word"] == [
        (1000, 2000),
        (2000, 3000),
        (3000, 4000),
    ]
    assert repaired(found.report) == {
        "a time was not told; times were spread evenly between their neighbours": (
            "annotation b1",
            "annotation b2",
            "annotation b3",
        )
    }


def test_untimed_slots_without_neighbours_on_their_tier_lie_between_those_of_the_document() -> None:
    slots = {"ts1": 1000, "t1": None, "ts2": 3000}
    text = eaf(tier("nod", aligned("a1", "t1", "ts2"), kind="plain"), slots)
    assert tags(opened(text).sessions[0])[0][2:4] == (2000, 3000)


def test_an_untimed_slot_at_the_end_is_not_carried() -> None:
    found = opened(eaf(tier("nod", aligned("a1", "ts1", "t9")), SLOTS | {"t9": None}))
    assert places(found.report, "it has no time") == ("annotation a1",)


def test_associated_annotations_have_their_parents_time() -> None:
    marks = [
        referring("b1", "a1", "warm"),
        referring("b2", "a2", "warm"),
        referring("b3", "b2", "cold"),
    ]
    tone = tier("tone", *marks, kind="beside", more='PARENT_REF="talk"')
    found = opened(eaf(TALK + tone, SLOTS))
    assert sorted((one[1], *one[2:4]) for one in tags(found.sessions[0])) == [
        ("cold", 3000, 7000),
        ("warm", 1000, 2000),
        ("warm", 3000, 7000),
    ]
    assert found.report.is_lossless
    assert repaired(found.report) == {}


def test_pieces_divide_their_parent_in_the_order_of_their_chain() -> None:
    pieces = tier(
        "gloss",
        referring("b2", "a2", "second", previous="b1"),
        referring("b3", "a2", "third", previous="b2"),
        referring("b1", "a2", "first"),
        referring("b4", "a1", "alone"),
        kind="pieces",
        more='PARENT_REF="talk"',
    )
    found = opened(eaf(TALK + pieces, SLOTS), tier_uses={"gloss": TierUse.VALUES})
    times = {one[1]: one[2:4] for one in tags(found.sessions[0])}
    assert times == {
        "alone": (1000, 2000),
        "first": (3000, 4333),
        "second": (4333, 5666),
        "third": (5666, 7000),
    }
    told = "it has no time of its own; its parent's was divided evenly"
    assert repaired(found.report)[told] == ("annotation b1", "annotation b2", "annotation b3")


def test_pieces_without_a_chain_keep_the_order_of_the_file() -> None:
    pieces = tier(
        "gloss",
        referring("b1", "a1", "one", previous="b2"),
        referring("b2", "a1", "two", previous="b1"),
        kind="pieces",
        more='PARENT_REF="talk"',
    )
    found = opened(eaf(TALK + pieces, SLOTS), tier_uses={"gloss": TierUse.VALUES})
    assert {one[1]: one[2:4] for one in tags(found.sessions[0])} == {
        "one": (1000, 1500),
        "two": (1500, 2000),
    }
    assert places(found.report, "the order in which marks divide") == (
        "annotation b1",
        "annotation b2",
    )


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([referring("b1", "gone", "x")], "its parent is missing"),
        ([referring("b1", "b2", "x"), referring("b2", "b1", "x")], "its parent has no time"),
        ([referring("b1", "b1", "x")], "its parent has no time"),
        ([referring("b1", "", "x")], "its parent is missing"),
    ],
)
def test_orphans_and_circles_are_not_carried(rows: list[str], told: str) -> None:
    more = 'PARENT_REF="talk"'
    found = opened(eaf(TALK + tier("tone", *rows, kind="beside", more=more), SLOTS))
    assert "annotation b1" in places(found.report, told)
    assert found.report.counted_out == 2


def test_a_vocabulary_gives_codes_and_what_they_mean() -> None:
    listed = vocabulary("list", ("nod", "The head goes down."), ("shake", ""))
    text = eaf(tier("head", aligned("a1", "ts1", "ts2", "nod"), kind="listed"), SLOTS, parts=listed)
    codes = opened(text).sessions[0].codebook.codes
    assert [(code.id, code.definition) for code in codes] == [
        ("nod", "The head goes down."),
        ("shake", ""),
    ]


def test_a_vocabulary_of_form_2_7_is_read() -> None:
    listed = (
        '<CONTROLLED_VOCABULARY CV_ID="list" DESCRIPTION="old"><CV_ENTRY DESCRIPTION="down">nod'
        "</CV_ENTRY></CONTROLLED_VOCABULARY>"
    )
    text = eaf(tier("head", aligned("a1", "ts1", "ts2", "nod"), kind="listed"), SLOTS, parts=listed)
    assert [code.definition for code in opened(text).sessions[0].codebook.codes] == ["down"]


def test_the_first_language_of_a_vocabulary_counts() -> None:
    listed = (
        '<CONTROLLED_VOCABULARY CV_ID="list"><CV_ENTRY_ML CVE_ID="c1">'
        '<CVE_VALUE LANG_REF="eng" DESCRIPTION="verb">v</CVE_VALUE>'
        '<CVE_VALUE LANG_REF="nld" DESCRIPTION="werkwoord">ww</CVE_VALUE>'
        "</CV_ENTRY_ML></CONTROLLED_VOCABULARY>"
    )
    text = eaf(tier("pos", aligned("a1", "ts1", "ts2", "v"), kind="listed"), SLOTS, parts=listed)
    session = opened(text).sessions[0]
    assert [(code.name, code.definition) for code in session.codebook.codes] == [("v", "verb")]
    assert "werkwoord" in str(session.extra["elan"])


@pytest.mark.parametrize(("value", "told"), [("", ()), ("old", ("annotation a1",)), ("nod", ())])
def test_an_entry_tells_the_value(value: str, told: tuple[str, ...]) -> None:
    mark = aligned("a1", "ts1", "ts2", value, more='CVE_REF="cve0"')
    text = eaf(tier("head", mark, kind="listed"), SLOTS, parts=vocabulary("list", ("nod", "")))
    found = opened(text)
    assert [one[1] for one in tags(found.sessions[0])] == ["nod"]
    assert places(found.report, "its vocabulary says “nod”") == told


EXTERNAL = (
    '<CONTROLLED_VOCABULARY CV_ID="list" EXT_REF="er1"/>'
    '<EXTERNAL_REF EXT_REF_ID="er1" TYPE="ecv" VALUE="file:/Users/me/my%20list.ecv"/>'
)


def external(beside: dict[str, bytes]) -> Imported:
    mark = aligned("a1", "ts1", "ts2", "was", more='CVE_REF="cve0"')
    text = eaf(tier("head", mark, kind="listed"), SLOTS, parts=EXTERNAL)
    return read_foreign(Source("talk.eaf", text.encode(), beside.get), Wishes(now=NOW))


def test_an_external_vocabulary_is_read_from_beside() -> None:
    listed = f"<CV_RESOURCE>{vocabulary('list', ('nod', 'down'), ('shake', 'aside'))}</CV_RESOURCE>"
    session = external({"my list.ecv": listed.encode()}).sessions[0]
    assert [(code.name, code.definition) for code in session.codebook.codes] == [
        ("nod", "down"),
        ("shake", "aside"),
    ]
    assert [one[1] for one in tags(session)] == ["nod"]


@pytest.mark.parametrize(
    ("beside", "told"),
    [
        ({}, "an external vocabulary is not beside the file"),
        ({"my list.ecv": b"<CV_RESOURCE>"}, "an external vocabulary cannot be read"),
        ({"my list.ecv": b"<html/>"}, "what is beside the file is no vocabulary"),
    ],
)
def test_without_an_external_vocabulary_values_stand_as_they_are(
    beside: dict[str, bytes], told: str
) -> None:
    found = external(beside)
    assert [one[1] for one in tags(found.sessions[0])] == ["was"]
    assert places(found.report, told) == ("“my list.ecv”",)


def test_an_address_on_the_network_is_not_fetched() -> None:
    asked: list[str] = []

    def beside(name: str) -> bytes | None:
        asked.append(name)
        return None

    parts = EXTERNAL.replace("file:/Users/me/my%20list.ecv", "https://example.org/a/list.ecv")
    text = eaf(tier("head", kind="listed"), SLOTS, parts=parts)
    read_foreign(Source("talk.eaf", text.encode(), beside), Wishes(now=NOW))
    assert asked == ["list.ecv"]


def test_several_media_with_offsets_become_recordings() -> None:
    header = (
        '<HEADER MEDIA_FILE=""><MEDIA_DESCRIPTOR MEDIA_URL="file:///D:/films/a b.mpg" '
        'MIME_TYPE="video/mpeg" RELATIVE_MEDIA_URL="./films/a b.mpg"/>'
        '<MEDIA_DESCRIPTOR MEDIA_URL="file:///D:/films/b%20c.wav" MIME_TYPE="audio/x-wav" '
        'TIME_ORIGIN="2500"/><MEDIA_DESCRIPTOR MEDIA_URL="file:///home/me/c.mp4" '
        'MIME_TYPE="video/mp4" RELATIVE_MEDIA_URL="file:/../c.mp4" TIME_ORIGIN="-40"/></HEADER>'
    )
    found = opened(eaf(TALK, SLOTS, header=header)).sessions[0].recordings
    assert [(one.path, one.offset, one.role) for one in found] == [
        ("films/a b.mpg", 0, RecordingRole.ROOM),
        ("D:/films/b c.wav", -2_500_000, RecordingRole.SOUND),
        ("../c.mp4", 40_000, RecordingRole.ROOM),
    ]


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("file:///home/me/a.mp4", "/home/me/a.mp4"),
        ("file:/home/me/a.mp4", "/home/me/a.mp4"),
        ("file:///C:\\films\\a.mp4", "C:/films/a.mp4"),
        ("file://server/share/a.mp4", "//server/share/a.mp4"),
        ("C:\\films\\a.mp4", "C:/films/a.mp4"),
        ("a.wav", "a.wav"),
        ("https://example.org/a.mp4", "https://example.org/a.mp4"),
    ],
)
def test_addresses_of_media_become_paths(url: str, path: str) -> None:
    header = f'<HEADER><MEDIA_DESCRIPTOR MEDIA_URL="{url}" MIME_TYPE="video/mp4"/></HEADER>'
    assert opened(eaf(TALK, SLOTS, header=header)).sessions[0].recordings[0].path == path


def test_the_old_way_to_name_a_film_is_read() -> None:
    found = opened(eaf(TALK, SLOTS, header='<HEADER MEDIA_FILE="file:///a.mpg"/>'))
    assert [one.path for one in found.sessions[0].recordings] == ["/a.mpg"]
    assert places(found.report, "the film is told in an old way") == ("“file:///a.mpg”",)


def test_media_without_a_file_and_with_a_strange_offset_are_told() -> None:
    header = (
        '<HEADER><MEDIA_DESCRIPTOR MIME_TYPE="x"/>'
        '<MEDIA_DESCRIPTOR MEDIA_URL="a.wav" TIME_ORIGIN="soon"/></HEADER>'
    )
    found = opened(eaf(TALK, SLOTS, header=header))
    assert [(one.path, one.offset) for one in found.sessions[0].recordings] == [("a.wav", 0)]
    assert places(found.report, "“soon” is no time") == ("“a.wav”",)
    assert "a recording is named without its file" in lost(found.report)


@pytest.mark.parametrize(
    ("units", "frame", "micros"),
    [
        ("NTSC-frames", 30_000, 1_001_000_000),
        ("NTSC-frames", 1, 33_367),
        ("PAL-frames", 3, 120_000),
    ],
)
def test_frames_become_exact_times(units: str, frame: int, micros: int) -> None:
    header = HEADER.replace("milliseconds", units)
    text = eaf(tier("nod", aligned("a1", "ts0", "ts1")), {"ts0": 0, "ts1": frame}, header=header)
    found = opened(text)
    assert found.sessions[0].passes[0].tags[0].end == micros
    assert f"times are counted in frames ({units}) and became seconds" in noticed(found.report)


def test_unknown_units_are_told() -> None:
    found = opened(eaf(TALK, SLOTS, header=HEADER.replace("milliseconds", "hours")))
    assert "times are in “hours”, and were read as milliseconds" in noticed(found.report)


def test_backward_times_are_exchanged() -> None:
    found = opened(eaf(tier("nod", aligned("a1", "ts2", "ts1")), SLOTS))
    assert tags(found.sessions[0])[0][2:4] == (1000, 2000)
    told = "the end lay before the start; the two were exchanged"
    assert repaired(found.report) == {told: ("annotation a1",)}


@pytest.mark.parametrize("refs", [("ts1", "gone"), ("gone", "ts1"), ("gone", "gone"), ("", "ts1")])
def test_missing_slots_are_told(refs: tuple[str, str]) -> None:
    found = opened(eaf(tier("nod", aligned("a1", *refs), aligned("a2", "ts1", "ts2")), SLOTS))
    assert places(found.report, "its time slot is missing") == ("annotation a1",)
    assert len(tags(found.sessions[0])) == 1


def test_doubled_slots_keep_the_first() -> None:
    text = eaf(TALK, SLOTS).replace(
        "</TIME_ORDER>", '<TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="9"/></TIME_ORDER>'
    )
    found = opened(text)
    assert cues(found.sessions[0])[0][1] == 1000
    told = "a time slot stood twice; the first is used"
    assert repaired(found.report) == {told: ("time slot ts1",)}


def test_a_time_that_is_none_is_told_and_estimated() -> None:
    text = eaf(TALK, SLOTS).replace('TIME_VALUE="2000"', 'TIME_VALUE="soon"')
    found = opened(text)
    assert cues(found.sessions[0])[0][1:] == (1000, 2000)
    assert repaired(found.report)["“soon” is no time; it was left out"] == ("time slot ts2",)


def test_decimal_and_negative_times_are_read() -> None:
    text = eaf(tier("nod", aligned("a1", "ts1", "ts2")), {"ts1": -5, "ts2": 9})
    found = opened(text.replace('"9"', '"9.25"'))
    tag = found.sessions[0].passes[0].tags[0]
    assert (tag.start, tag.end) == (-5000, 9250)
    assert places(found.report, "a tag begins before the film does") == ("annotation a1",)


def test_doubled_and_missing_ids_are_told() -> None:
    marks = [
        aligned("a1", "ts1", "ts2"),
        aligned("a1", "ts2", "ts3"),
        aligned("", "ts3", "ts4"),
        aligned("a9", "ts3", "ts4").replace('ANNOTATION_ID="a9"', ""),
    ]
    found = opened(eaf(tier("nod", *marks), SLOTS))
    assert len({tag.id for tag in found.sessions[0].passes[0].tags}) == 4
    assert repaired(found.report) == {
        "an id stood twice; the later one was given another": ("annotation a1",),
        "an annotation has no id; it was given one": (
            "tier “nod”, annotation 3",
            "tier “nod”, annotation 4",
        ),
    }


def test_doubled_and_missing_tier_ids_are_told() -> None:
    two = tier("nod", aligned("a1", "ts1", "ts2")) + tier("nod", aligned("a2", "ts1", "ts2"))
    nameless = tier("x", aligned("a3", "ts1", "ts2")).replace('TIER_ID="x"', "")
    found = opened(eaf(two + nameless, SLOTS))
    assert [one.name for one in found.tiers] == ["nod", "nod (2)", "tier 3"]
    assert repaired(found.report) == {
        "two tiers are called “nod”; the later was renamed": ("tier “nod (2)”",),
        "a tier has no id; it was given one": ("tier “tier 3”",),
    }


def test_a_root_without_schema_location_is_read_and_told() -> None:
    text = eaf(TALK, SLOTS).replace("xsi:noNamespaceSchemaLocation", "other")
    found = opened(text)
    assert len(cues(found.sessions[0])) == 2
    assert "the file does not name its schema" in noticed(found.report)


@pytest.mark.parametrize("form", ["2.3", "2.6", "2.7", "2.8", "3.0"])
def test_known_forms_are_not_remarked_upon(form: str) -> None:
    found = opened(eaf(TALK, SLOTS).replace('FORMAT="3.0"', f'FORMAT="{form}"'))
    assert noticed(found.report) == set()


def test_an_unknown_form_is_told() -> None:
    found = opened(eaf(TALK, SLOTS).replace('FORMAT="3.0"', 'FORMAT="4.0"'))
    assert "the file is in form “4.0”, which is not known here" in noticed(found.report)


def test_strange_elements_are_told() -> None:
    text = eaf(tier("nod", "<ANNOTATION/>", "<ANNOTATION><OTHER/></ANNOTATION>", "<OTHER/>"), SLOTS)
    found = opened(text.replace("</ANNOTATION_DOCUMENT>", "<NEW/></ANNOTATION_DOCUMENT>"))
    assert found.report.counted_in == 4
    assert found.report.counted_out == 0
    assert places(found.report, "a part of the file that is not known") == ("element NEW",)


def test_a_mark_without_value_on_a_tier_of_values_waits_for_a_code() -> None:
    mark = aligned("a1", "ts1", "ts2")
    text = eaf(tier("head", mark, kind="listed"), SLOTS, parts=vocabulary("list", ("nod", "")))
    assert [one[1] for one in tags(opened(text).sessions[0])] == [UNNAMED]


def test_what_belongs_to_no_tag_is_kept() -> None:
    parts = (
        '<LOCALE LANGUAGE_CODE="en"/><LANGUAGE LANG_ID="eng"/>'
        '<LEXICON_REF LEX_REF_ID="l1" NAME="n" TYPE="t" URL="u" LEXICON_ID="i" LEXICON_NAME="m"/>'
        '<REF_LINK_SET LINK_SET_ID="r1"><CROSS_REF_LINK REF1="a1" REF2="a2"/></REF_LINK_SET>'
    )
    header = (
        '<HEADER><LINKED_FILE_DESCRIPTOR LINK_URL="f.tsconf" MIME_TYPE="x"/>'
        '<PROPERTY NAME="mine">yes</PROPERTY></HEADER>'
    )
    kept = opened(eaf(TALK, SLOTS, parts=parts, header=header)).sessions[0].extra["elan"]
    assert isinstance(kept, dict)
    assert set(kept["parts"]) == {
        "LINGUISTIC_TYPE",
        "LOCALE",
        "LANGUAGE",
        "LEXICON_REF",
        "REF_LINK_SET",
    }
    assert kept["properties"] == [["mine", "yes"]]
    assert kept["linked"] == [{"LINK_URL": "f.tsconf", "MIME_TYPE": "x"}]


def test_a_template_gives_a_codebook_alone() -> None:
    listed = vocabulary("list", ("nod", "down"))
    text = eaf(tier("head", kind="listed") + tier("silence"), parts=listed)
    session = read(text, "coding.etf").sessions[0]
    assert session.passes == ()
    assert [code.name for code in session.codebook.codes] == ["nod", "silence"]


def test_types_that_nobody_declared_do_no_harm() -> None:
    text = eaf(tier("nod", aligned("a1", "ts1", "ts2"), kind="nowhere"), SLOTS, types=TYPES)
    assert len(tags(opened(text).sessions[0])) == 1

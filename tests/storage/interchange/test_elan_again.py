"""ELAN documents read and written again: as near to what they were as can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pytest

from annotator.model.coding import Tag
from annotator.model.session import Session
from annotator.model.time import Micros
from annotator.storage.interchange.interface import TierUse
from tests.support.eaf import aligned, eaf, faults, referring, tier, vocabulary
from tests.support.foreign import lost, read, write

SLOTS = {"ts1": 1000, "ts2": 2000, "ts3": 3000, "ts4": 4000, "ts5": 7000, "ts6": 9000}
HEADER = (
    '<HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"><MEDIA_DESCRIPTOR MEDIA_URL="file:///D:/a.mpg"'
    ' MIME_TYPE="video/mpeg" TIME_ORIGIN="40" EXTRACTED_FROM="x"/>'
    '<LINKED_FILE_DESCRIPTOR LINK_URL="f.tsconf" MIME_TYPE="x"/>'
    '<PROPERTY NAME="URN">urn:nl-mpi-tools-elan-eaf:1</PROPERTY>'
    '<PROPERTY NAME="mine">yes &amp; no</PROPERTY>'
    '<PROPERTY NAME="lastUsedAnnotationId">90</PROPERTY></HEADER>'
)
PARTS = (
    '<LOCALE LANGUAGE_CODE="en" COUNTRY_CODE="US"/>'
    '<LANGUAGE LANG_ID="und" LANG_LABEL="undetermined"/>'
    + vocabulary("list", ("nod", "down"), ("shake", "aside"))
    + '<LEXICON_REF LEX_REF_ID="l1" NAME="n" TYPE="t" URL="u" LEXICON_ID="i" LEXICON_NAME="m"/>'
    '<REF_LINK_SET LINK_SET_ID="r1"><CROSS_REF_LINK REF_LINK_ID="k1" REF1="a1" REF2="h1"/>'
    '<GROUP_REF_LINK REF_LINK_ID="k2" REFS="a1 a2"/></REF_LINK_SET>'
    '<EXTERNAL_REF EXT_REF_ID="er1" TYPE="iso12620" VALUE="http://www.isocat.org/datcat/DC-1333"/>'
)
BELOW = 'PARENT_REF="talk" PARTICIPANT="C7"'
TIERS = "".join(
    (
        tier(
            "talk",
            aligned("a1", "ts1", "ts4", "how are you"),
            aligned("a2", "ts5", "ts6", "rather tired now", more='EXT_REF="er1"'),
            more='PARTICIPANT="C7" DEFAULT_LOCALE="en" ANNOTATOR="Ann"',
        ),
        tier(
            "word",
            aligned("w1", "ts1", "ts2", "how"),
            aligned("w2", "ts2", "ts3", "are"),
            aligned("w3", "ts3", "ts4", "you"),
            kind="parts",
            more=BELOW,
        ),
        tier("breath", aligned("b1", "ts2", "ts3", "in"), kind="inside", more=BELOW),
        tier(
            "gloss",
            referring("g1", "a1", "wie"),
            referring("g2", "a1", "geht", previous="g1"),
            referring("g3", "a2", "müde"),
            kind="pieces",
            more=BELOW,
        ),
        tier("tone", referring("t1", "a2", "low"), kind="beside", more=BELOW),
        tier(
            "head",
            aligned("h1", "ts2", "ts3", "nod", more='CVE_REF="cve0"'),
            aligned("h2", "ts4", "ts5", "shake", more='CVE_REF="cve1"'),
            kind="listed",
        ),
        tier("empty", more='ANNOTATOR="Ann"'),
    )
)
DOCUMENT = eaf(TIERS, SLOTS, header=HEADER, parts=PARTS)
USES = {
    "talk": TierUse.TRANSCRIPT,
    "word": TierUse.VALUES,
    "breath": TierUse.VALUES,
    "gloss": TierUse.VALUES,
    "tone": TierUse.CODE,
}

KEPT_OR_KIND = {"what was kept of an earlier file", "whether a code marks stretches"}
"""What is lost of a tag that leaves its tier, or of a code of stretches that got a moment."""

Flat = dict[str, tuple[dict[str, str], set[tuple[tuple[str, str], ...]]]]


def flat(data: bytes | str) -> Flat:
    """Give each tier's attributes, and what stands on it with times in place of slots."""
    root = fromstring(data)  # noqa: S314 the tests' own
    times = {one.get("TIME_SLOT_ID"): one.get("TIME_VALUE", "") for one in root.iter("TIME_SLOT")}
    made: Flat = {}
    for each in root.iter("TIER"):
        rows = set()
        for one in each.iterfind("ANNOTATION/*"):
            told = dict(one.attrib) | {"value": one.findtext("ANNOTATION_VALUE") or ""}
            told |= {key: times[told[key]] for key in told if key.startswith("TIME_SLOT")}
            rows.add(tuple(sorted(told.items())))
        made[each.get("TIER_ID", "")] = (dict(each.attrib), rows)
    return made


def imported(**wishes: object) -> Session:
    return read(DOCUMENT, "talk.eaf", tier_uses=USES, **wishes).sessions[0]


def test_tiers_ids_values_and_times_are_the_same() -> None:
    written = write(imported(), "talk.eaf")
    assert faults(written.data) == []
    assert flat(written.data) == flat(DOCUMENT)
    assert lost(written.report) == set()


def test_the_order_of_tiers_is_the_same() -> None:
    assert list(flat(write(imported(), "talk.eaf").data)) == list(flat(DOCUMENT))


@pytest.mark.parametrize(
    "name",
    [
        "LINGUISTIC_TYPE",
        "LOCALE",
        "LANGUAGE",
        "CONTROLLED_VOCABULARY",
        "CVE_VALUE",
        "LEXICON_REF",
        "CROSS_REF_LINK",
        "GROUP_REF_LINK",
        "EXTERNAL_REF",
        "MEDIA_DESCRIPTOR",
        "LINKED_FILE_DESCRIPTOR",
    ],
)
def test_parts_are_the_same(name: str) -> None:
    def parts(data: bytes | str) -> list[tuple[dict[str, str], str]]:
        return [
            (dict(one.attrib), one.text or "")
            for one in fromstring(data).iter(name)  # noqa: S314 the tests' own
        ]

    before = [(told, text.strip()) for told, text in parts(DOCUMENT)]
    after = [(told, text.strip()) for told, text in parts(write(imported(), "talk.eaf").data)]
    assert after == before


def test_properties_are_kept_beside_ours() -> None:
    root = fromstring(write(imported(), "talk.eaf").data)  # noqa: S314 just written
    told = {one.get("NAME"): one.text for one in root.iter("PROPERTY")}
    assert told["URN"] == "urn:nl-mpi-tools-elan-eaf:1"
    assert told["mine"] == "yes & no"
    assert told["lastUsedAnnotationId"] == "90"


def test_what_was_read_once_is_read_the_same_again() -> None:
    session = imported(coder="Ann")
    found = read(write(session, "talk.eaf").data, "talk.eaf").sessions[0]
    kept = found.extra["elan"]
    assert isinstance(kept, dict)
    before = session.extra["elan"]
    assert isinstance(before, dict)
    assert replace(found, extra={}) == replace(session, extra={})
    assert kept["tiers"] == before["tiers"]


def test_what_was_written_once_is_written_the_same_again() -> None:
    first = write(imported(), "talk.eaf").data
    assert write(read(first, "talk.eaf").sessions[0], "talk.eaf").data == first


def edited(session: Session, tag_id: str, change: Callable[[Tag], Tag | None]) -> Session:
    """Change one tag of a session, or take it out."""
    passes = []
    for one in session.passes:
        tags = [change(each) if each.id == tag_id else each for each in one.tags]
        passes.append(replace(one, tags=tuple(each for each in tags if each is not None)))
    return replace(session, passes=tuple(passes))


def later(tag: Tag) -> Tag:
    return replace(tag, end=Micros(tag.end + 100_000))


@pytest.mark.parametrize(
    ("name", "change", "left"),
    [
        ("h1", lambda tag: replace(tag, note="twice"), {"head": {"h2"}}),
        ("h1", lambda tag: replace(tag, code="shake"), {"head": {"h1", "h2"}}),
        ("h1", later, {"head": {"h1", "h2"}}),
        ("h1", lambda tag: replace(tag, end=tag.start), {"head": {"h2"}}),
        ("h2", lambda tag: replace(tag, start=Micros(2_500_000)), {"head": {"h1"}}),
        ("h2", lambda _tag: None, {"head": {"h1"}}),
        ("w2", later, {"word": set()}),
        ("w3", lambda _tag: None, {"word": set()}),
        ("b1", lambda tag: replace(tag, end=Micros(8_000_000)), {"breath": set()}),
        ("g1", later, {"gloss": {"g3"}}),
        ("g2", lambda _tag: None, {"gloss": {"g3"}}),
        ("t1", later, {"tone": set()}),
        ("t1", lambda tag: replace(tag, code="nod"), {"tone": set()}),
    ],
)
def test_what_no_longer_fits_its_tier_is_on_one_of_ours(
    name: str, change: Callable[[Tag], Tag | None], left: dict[str, set[str]]
) -> None:
    session = edited(imported(), name, change)
    written = write(session, "talk.eaf")
    assert faults(written.data) == []
    assert lost(written.report) <= KEPT_OR_KIND
    after = flat(written.data)
    for each, ids in left.items():
        assert {dict(row)["ANNOTATION_ID"] for row in after[each][1]} == ids
    found = read(written.data, "talk.eaf").sessions[0]
    assert all_tags(found) == all_tags(session)


def all_tags(session: Session) -> list[tuple[str, Tag]]:
    return [(one.coder, replace(each, extra={})) for one in session.passes for each in one.tags]


def test_a_value_that_was_changed_no_longer_names_its_entry() -> None:
    session = edited(imported(), "h1", lambda tag: replace(tag, code="shake"))
    rows = flat(write(session, "talk.eaf").data)["head"][1]
    assert sorted((dict(row).get("CVE_REF"), dict(row)["value"]) for row in rows if
                  dict(row)["ANNOTATION_ID"] == "h1") == [(None, "shake")]  # fmt: skip


def test_values_that_no_formula_can_name_are_the_same() -> None:
    values = ["@", "{", "I", "i", "yes, but", "@", "{", "I", "i", "yes, but"]
    marks = [aligned(f"a{n}", f"s{n}", f"s{n + 1}", value) for n, value in enumerate(values)]
    text = eaf(tier("phones", *marks), {f"s{n}": 100 * n for n in range(len(values) + 1)})
    session = read(text, "talk.eaf").sessions[0]
    written = write(session, "talk.eaf")
    assert flat(written.data) == flat(text)
    assert all_tags(read(written.data, "talk.eaf").sessions[0]) == all_tags(session)


def test_what_was_said_of_codes_since_comes_back() -> None:
    session = imported()
    codes = tuple(
        replace(code, definition="Yes.", colour="#123456", key="n", abbreviation="N")
        if code.id == "nod"
        else code
        for code in session.codebook.codes
    )
    changed = replace(session, codebook=replace(session.codebook, codes=codes))
    written = write(changed, "talk.eaf")
    assert lost(written.report) == set()
    assert read(written.data, "talk.eaf").sessions[0].codebook == changed.codebook


def test_links_to_what_is_gone_are_left_out() -> None:
    session = edited(imported(), "h1", lambda _tag: None)
    root = fromstring(write(session, "talk.eaf").data)  # noqa: S314 just written
    assert root.findall("REF_LINK_SET/CROSS_REF_LINK") == []
    assert len(root.findall("REF_LINK_SET/GROUP_REF_LINK")) == 1


def test_a_moved_film_is_named_anew() -> None:
    session = imported()
    film = replace(session.recordings[0], path="films/a.mpg", offset=Micros(70_000))
    root = fromstring(write(replace(session, recordings=(film,)), "t.eaf").data)  # noqa: S314 just written
    assert dict(next(root.iter("MEDIA_DESCRIPTOR")).attrib) == {
        "MEDIA_URL": "./films/a.mpg",
        "MIME_TYPE": "video/mpeg",
        "RELATIVE_MEDIA_URL": "./films/a.mpg",
        "TIME_ORIGIN": "-70",
    }


def test_a_document_of_form_2_7_becomes_one_of_3_0() -> None:
    old = (
        '<CONTROLLED_VOCABULARY CV_ID="list" DESCRIPTION="old"><CV_ENTRY DESCRIPTION="down" '
        'EXT_REF="er1">nod</CV_ENTRY></CONTROLLED_VOCABULARY>'
        '<EXTERNAL_REF EXT_REF_ID="er1" TYPE="iso12620" VALUE="x"/>'
    )
    text = eaf(tier("head", aligned("h1", "ts1", "ts2", "nod"), kind="listed"), SLOTS, parts=old)
    session = read(text.replace('"3.0"', '"2.7"'), "talk.eaf").sessions[0]
    written = write(session, "talk.eaf")
    assert faults(written.data) == []
    assert [
        code.definition for code in read(written.data, "talk.eaf").sessions[0].codebook.codes
    ] == ["down"]


def test_a_tier_of_a_type_that_was_never_declared_gets_one() -> None:
    text = eaf(tier("nod", aligned("a1", "ts1", "ts2"), kind="nowhere"), SLOTS)
    assert faults(write(read(text, "talk.eaf").sessions[0], "talk.eaf").data) == []


def test_participants_given_later_stand_on_the_tier() -> None:
    text = eaf(tier("nod", aligned("a1", "ts1", "ts2")), SLOTS)
    session = read(text, "talk.eaf").sessions[0]
    people = imported().participants
    named = edited(session, "a1", lambda tag: replace(tag, participant=people[0].id))
    written = write(replace(named, participants=people), "talk.eaf")
    assert flat(written.data)["nod"][0]["PARTICIPANT"] == "C7"
    assert lost(written.report) == set()


def test_parts_that_were_never_there_are_not_named_again() -> None:
    more = 'EXT_REF="er9" LANG_REF="eng" DEFAULT_LOCALE="de"'
    text = eaf(
        tier("nod", aligned("a1", "ts1", "ts2", more='EXT_REF="er9" LANG_REF="nld"'), more=more)
        + tier("orphan", aligned("a2", "ts1", "ts2"), kind="inside", more='PARENT_REF="gone"')
        + tier("x", kind="inside", more='PARENT_REF="y"')
        + tier("y", kind="inside", more='PARENT_REF="x"'),
        SLOTS,
    )
    written = write(read(text, "talk.eaf").sessions[0], "talk.eaf")
    assert faults(written.data) == []
    assert set(flat(written.data)) == {"nod", "orphan @unknown"}


@pytest.mark.parametrize(
    "kept",
    [
        None,
        "x",
        {"tiers": "x", "parts": [1], "properties": [["a"], 3], "linked": {"a": 1}},
        {"tiers": [1, {"attributes": 3}, {"attributes": {"TIER_ID": ""}}], "document": []},
        {"parts": {"LINGUISTIC_TYPE": [[], ["LINGUISTIC_TYPE"], "x"], "LOCALE": 3}},
    ],
)
def test_strange_things_kept_do_no_harm(kept: object) -> None:
    session = replace(imported(), extra={"elan": kept})
    assert lost(write(session, "talk.eaf").report) <= {"what was kept of an earlier file"}

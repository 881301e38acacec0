"""Sessions become files of CACTI, and what does not come back is told exactly."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from xml.etree.ElementTree import fromstring

from hypothesis import given, settings

from annotator.model.codebook import Code, RatingItem, Speaker
from annotator.model.coding import UNNAMED, CodingPass, Purpose, Rating
from annotator.model.session import Session
from annotator.storage.interchange.exchange import Exported, form_named, render
from annotator.storage.interchange.interface import Wishes
from tests.storage.interchange.test_cacti import CONFIGURATION, casaa
from tests.support.foreign import (
    BOOK,
    NOW,
    coded_sessions,
    lost,
    places,
    read,
    repaired,
    rich_session,
    session_of,
    tag,
    write,
)

OF_THE_BOOK = {
    "a code's name",
    "a code's group",
    "a code's colour",
    "a code's key",
    "a code's definition and examples",
    "a code's attributes",
    "whether a code marks stretches",
    "a rating's question and scale",
    "the codebook's name",
    "the codebook's version",
}
ALWAYS_LOST = OF_THE_BOOK | {"the region that is coded", "what a recording shows"}
MAY_BE_LOST = {
    "a tag",
    "what a pass is for",
    "attributes",
    "whom a tag is about",
    "the ids of tags",
    "the ids of passes",
    "a coding pass without tags",
}


def rows(made: Exported, query: str) -> list[tuple[object, ...]]:
    """Ask a written file as any other program would."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(made.data)
        return database.execute(query).fetchall()


def of_tags(*tags: object, **more: object) -> Session:
    """Make a session of one pass with these tags."""
    one = CodingPass("pass-A", "A", Purpose.PRIMARY, NOW, tags)
    return session_of(one, **more)


@settings(max_examples=40, deadline=None)
@given(session=coded_sessions())
def test_every_moment_of_the_first_coder_comes_back(session: Session) -> None:
    made = write(session, "talk.casaa")
    assert lost(made.report) - MAY_BE_LOST == ALWAYS_LOST
    again = read(made.data, "talk.casaa").sessions[0]
    first = next((one for one in session.passes if one.tags), session.passes[0])
    assert again.passes[0].coder == first.coder
    assert sorted(one.note for one in again.passes[0].tags) == sorted(
        one.note for one in first.tags
    )
    moved = {place for places_ in repaired(made.report).values() for place in places_}
    if not moved:
        assert [(one.start, one.code) for one in again.passes[0].tags] == [
            (one.start, one.code) for one in sorted(first.tags, key=lambda one: one.start)
        ] or len({one.start for one in first.tags}) < len(first.tags)


def test_a_rich_session_loses_all_but_moments_of_one_coder() -> None:
    made = write(rich_session(), "talk.casaa")
    assert lost(made.report) == ALWAYS_LOST | {"a tag", "the ids of passes", "what was said"}
    assert len(places(made.report, "a tag")) == 5  # of ten things
    assert places(made.report, "a stretch is where it begins") == (
        "tag at 0:00:01.500",
        "tag at 0:00:02.000",
        "tag at 0:00:05.000",
    )
    again = read(made.data, "talk.casaa").sessions[0]
    assert (again.id, again.title) == ("s1", "talk")
    assert again.passes[0].ratings == (Rating("empathy", 4, "warm", ("t1",)),)
    assert [(tag.code, tag.participant) for tag in again.passes[0].tags][:2] == [
        ("reflection", "therapist"),
        ("reflection", "therapist"),
    ]


def test_the_file_is_as_cacti_makes_it() -> None:
    made = write(of_tags(tag(1, "reflection", 65_300, 65_300, note="n")), "talk.casaa")
    assert rows(made, "PRAGMA user_version") == [(1,)]
    assert rows(made, "SELECT * FROM speakers") == [(0, "Therapist"), (1, "Client")]
    assert rows(made, "SELECT * FROM codes") == [(1, "R", 0), (2, "S", 0), (3, "OQ", 0)]
    assert rows(made, "SELECT * FROM utterances") == [("00010531", "00:01:05.3", 1, "n")]
    assert rows(made, "SELECT * FROM ratings") == [(0, "empathy", 1)]
    kept = dict(rows(made, "SELECT name, value FROM attributes"))
    assert (kept["AUDIO_FILE_PATH"], kept["GLOBAL_NOTES"]) == ("talk.mp4", "")


def test_one_code_stands_once_in_a_tenth_of_a_second() -> None:
    session = of_tags(
        tag(1, "reflection", 1000, 1000, participant="therapist"),
        tag(2, "reflection", 1004, 1004, participant="therapist"),
        tag(3, "silence", 1004, 1004, participant="therapist"),
    )
    made = write(session, "talk.casaa")
    assert [row[0] for row in rows(made, "SELECT time_marker FROM utterances")] == [
        "00:00:01.0",
        "00:00:01.104",
        "00:00:01.004",
    ]
    assert list(repaired(made.report).values()) == [("tag at 0:00:01.004",)]
    (gone,) = (one for one in made.report.remarks if one.message == "a tag")
    assert gone.places == ("tag at 0:00:01.004",)


def test_notes_that_look_like_numbers_stay_as_they_are() -> None:
    tags = [
        tag(n, "reflection", n * 1000, n * 1000, note=note)
        for n, note in enumerate(["7", "1e5", "007", "-.50", "nan"])
    ]
    made = write(of_tags(*tags), "talk.casaa")
    again = read(made.data, "talk.casaa")
    notes = [one.note for one in again.sessions[0].passes[0].tags]
    assert notes == ["7", "1e5", "007", "-.50", "nan"]
    assert not any("is a number" in one.message for one in again.report.remarks)


def test_marks_without_a_code_have_none() -> None:
    made = write(of_tags(tag(1, UNNAMED, 1000, 1000)), "talk.casaa")
    assert rows(made, "SELECT code_id FROM utterances") == [(None,)]
    assert read(made.data, "t.casaa").sessions[0].passes[0].tags[0].code == UNNAMED


def test_the_speaker_is_the_books_or_whose_most_tags_are() -> None:
    codes = (
        Code("a", "a", speaker=Speaker.CLIENT),
        Code("b", "b"),
        Code("c", "c"),
        Code("d", "d", abbreviation="a"),
    )
    session = of_tags(
        tag(1, "b", 1000, 1000, participant="client"),
        tag(2, "c", 2000, 2000, participant="therapist"),
        tag(3, "gone", 3000, 3000),
        codebook=replace(BOOK, codes=codes),
    )
    made = write(session, "talk.casaa")
    assert rows(made, "SELECT code_name, speaker_id FROM codes") == [
        ("a", 1),
        ("b", 1),
        ("c", 0),
        ("a_2", 0),
        ("gone", 0),
    ]
    assert any("two codes have one abbreviation" in one for one in repaired(made.report))


def test_ratings_are_whole_numbers_and_never_missing() -> None:
    items = (RatingItem("x", "X"), RatingItem("y", "Y", default=3), RatingItem("z", "Z"))
    one = CodingPass("pass-A", "A", Purpose.PRIMARY, NOW, (), (Rating("x", 3.6), Rating("z", 2)))
    made = write(session_of(one, codebook=replace(BOOK, ratings=items)), "talk.casaa")
    assert rows(made, "SELECT rating_name, response_value FROM ratings") == [
        ("x", 4),
        ("y", 3),
        ("z", 2),
    ]
    assert places(made.report, "rating without a number") == ("Y",)
    assert "CACTI rates in whole numbers; a rating was rounded" in repaired(made.report)


def test_what_came_from_cacti_goes_back_as_it_was() -> None:
    data = casaa(
        "insert into utterances values ('000012334', '00:00:12.3', 34, 'warm')",
        "insert into utterances values ('odd', '01:02:03.4', 20, '')",
        "insert into utterances values ('000013899', '00:00:13.8', null, '')",
        "insert into ratings values (1, 'EMPATHY', 4), (5, 'SELF', 2)",
        "insert into utterances_ratings values ('odd', 1)",
        "insert into attributes values ('MORE', 'x')",
        "update attributes set value = 'EMPATHY: so\nand more' where name = 'GLOBAL_NOTES'",
    )
    session = read(data, "s1.casaa", coder="unknown").sessions[0]
    made = write(session, "s1.casaa")
    assert lost(made.report) == set()
    before = Exported(data, made.format, made.report)
    for query in (
        "SELECT * FROM speakers",
        "SELECT * FROM codes",
        "SELECT * FROM ratings",
        "SELECT * FROM utterances_ratings",
        "SELECT * FROM utterances ORDER BY utterance_id",
    ):
        assert rows(made, query) == rows(before, query)
    kept = dict(rows(made, "SELECT name, value FROM attributes"))
    kept.pop("ANNOTATOR")
    assert kept == dict(rows(before, "SELECT name, value FROM attributes"))


def test_the_codes_of_misc_keep_their_signs() -> None:
    data = casaa("insert into codes values (50, 'SR-', 0), (51, 'SR0', 0), (52, 'SR+/-', 0)")
    session = read(data, "s1.casaa").sessions[0]
    made = write(session, "s1.casaa")
    assert lost(made.report) == set()
    assert rows(made, "SELECT * FROM codes") == [
        (20, "SR+", 0),
        (34, "D+", 1),
        (50, "SR-", 0),
        (51, "SR0", 0),
        (52, "SR+/-", 0),
    ]


def test_a_configuration_has_panels_rows_and_sliders() -> None:
    form = form_named("cacti_config")
    codes = tuple(
        Code(f"c{n}", f"c{n}", key=f"{n}", speaker=Speaker.CLIENT if n > 4 else Speaker.NONE)
        for n in range(7)
    )
    session = session_of(codebook=replace(BOOK, codes=(*codes, Code("old", "old", retired=True))))
    made = render([session], form, "c.xml", Wishes(now=NOW))
    root = fromstring(made.data)  # noqa: S314 what was written here
    assert [len(row) for row in root.iterfind("codeControls[@panel='left']/row")] == [4, 1]
    assert [len(row) for row in root.iterfind("codeControls[@panel='right']/row")] == [2]
    assert [one.get("value") for one in root.iterfind("codes/code")] == [
        str(n) for n in range(1, 9)
    ]
    (slider,) = root.iter("slider")
    assert slider.get("global") == "empathy"
    (item,) = root.iter("global")
    assert item.attrib == {
        "name": "empathy",
        "label": "Empathy",
        "value": "0",
        "minRating": "1",
        "maxRating": "5",
        "defaultRating": "1",
    }


def test_a_configuration_comes_back_whole() -> None:
    session = read(CONFIGURATION, "c.xml").sessions[0]
    made = render([session], form_named("cacti_config"), "c.xml", Wishes(now=NOW))
    again = read(made.data, "c.xml").sessions[0].codebook
    assert [(one.name, one.speaker, one.extra) for one in again.codes] == [
        (one.name, one.speaker, one.extra) for one in session.codebook.codes
    ]
    assert again.ratings == session.codebook.ratings


def test_signs_that_xml_cannot_hold_are_replaced() -> None:
    book = replace(BOOK, codes=(Code("a", 'a\x01<"&'),))
    made = render([session_of(codebook=book)], form_named("cacti_config"), "c.xml", Wishes())
    names = [one.name for one in read(made.data, "c.xml").sessions[0].codebook.codes]
    assert names == ['a\N{REPLACEMENT CHARACTER}<"&']

from __future__ import annotations

from dataclasses import replace

from annotator.model import Micros, Tag
from annotator.model.search import TagTexts, query_of
from annotator.model.transcript import Cue, Transcript
from tests.support.documents import coded_session

SESSION = coded_session(9)
TAGS = SESSION.passes[0].tags
TEXTS = TagTexts(SESSION)


def found(line: str) -> list[str]:
    return [tag.id for tag in TEXTS.found(TAGS, query_of(line))]


def test_nothing_asked_for_finds_all() -> None:
    assert found("") == found("   ") == [tag.id for tag in TAGS]


def test_words_may_stand_anywhere_and_must_all_be_there() -> None:
    assert found("REFLEC") == ["t0", "t3", "t6"]
    assert found("reflec question") == []
    assert found("p1 silence") == ["t2", "t5", "t8"]


def test_a_field_narrows_where_a_word_is_looked_for() -> None:
    assert found("code:silence from:3") == ["t5", "t8"]
    assert found("from:1 to:3") == ["t1", "t2", "t3"]
    assert found("note:silence") == []
    assert found("is:stretch") == ["t2", "t5", "t8"]
    assert found("who:nobody-of-that-name") == []


def test_case_and_accents_do_not_matter() -> None:
    tag = Tag("x", "reflection", Micros(0), Micros(0), note="Élan à Zürich")
    assert TEXTS.found((tag,), query_of("elan zurich")) == [tag]


def test_a_changed_tag_is_read_anew() -> None:
    tag = Tag("y", "reflection", Micros(0), Micros(0), note="before")
    assert TEXTS.found((tag,), query_of("before"))
    changed = Tag("y", "reflection", Micros(0), Micros(0), note="after")
    assert not TEXTS.found((changed,), query_of("before"))


def test_what_is_no_time_is_told_and_left_out() -> None:
    query = query_of("silence from:soon")
    assert "soon" in query.problem
    assert query.since is None
    assert query.words == ("silence",)


def test_a_colon_that_is_no_field_is_part_of_a_word() -> None:
    assert query_of("a:b code:").words == ("a:b", "code:")


def test_said_asks_the_transcript_for_what_was_said_meanwhile() -> None:
    cues = (
        Cue("a", Micros(900_000), Micros(1_000_000), "Drink nothing"),
        Cue("b", Micros(950_000), Micros(1_200_000), "What Élan, and to drink?"),
        Cue("c", Micros(5_000_000), Micros(5_100_000), "no"),
    )
    session = replace(SESSION, transcripts=(Transcript("t", cues),))
    texts = TagTexts(session)

    def found_at(start: int, end: int, line: str) -> bool:
        return bool(texts.found((Tag("x", "a", Micros(start), Micros(end)),), query_of(line)))

    assert found_at(950_000, 950_000, "said:DRINK")
    assert found_at(900_000, 900_000, "said:drink")
    assert found_at(0, 900_001, "said:nothing")
    assert not found_at(0, 900_000, "said:nothing")
    assert not found_at(1_000_000, 1_100_000, "said:nothing")
    assert found_at(1_000_000, 1_100_000, "said:elan said:drink")
    assert not found_at(1_200_000, 5_000_000, "said:elan")
    assert found_at(1_000_000, 6_000_000, "said:no")
    assert not found_at(1_000_000, 6_000_000, "said:absent")


def test_words_left_over_by_code_and_person_are_looked_for_in_the_note() -> None:
    tags = (
        Tag("a", "reflection", Micros(0), Micros(0), "p1", note="warm"),
        Tag("b", "reflection", Micros(1), Micros(1), "p1"),
        Tag("c", "silence", Micros(2), Micros(2), "p1", note="warm reflection"),
    )

    def ids(line: str) -> list[str]:
        return [tag.id for tag in TEXTS.found(tags, query_of(line))]

    assert ids("reflection warm") == ["a", "c"]
    assert ids("reflection") == ["a", "b", "c"]
    assert ids("code:reflection warm") == ["a"]
    assert ids("note:reflection") == ["c"]
    assert ids("warm cold") == []

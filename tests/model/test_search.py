from __future__ import annotations

from annotator.model import Micros, Tag
from annotator.model.search import TagTexts, query_of
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

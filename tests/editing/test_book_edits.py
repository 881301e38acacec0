"""Edits of a codebook reach the tags, answers, formulas and relations that depend on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator import editing
from annotator.model import (
    Attribute,
    Choice,
    Code,
    Codebook,
    CodeKind,
    Group,
    Micros,
    Rating,
    RatingItem,
    Score,
    Session,
    Tag,
)
from tests.support.edits import BOOK, a_pass, a_session

DEPTH = Attribute("depth", "Depth", (Choice("low", "Low"), Choice("high", "High")))
TAGS = (
    Tag("t1", "reflection", Micros(10), Micros(10), attributes={"depth": "low"}),
    Tag("t2", "question", Micros(20), Micros(20)),
    Tag("t3", "reflection", Micros(30), Micros(90)),
    Tag("t4", "silence", Micros(100), Micros(200)),
)
A, B = "reflection", "question"


def deepened(book: Codebook) -> Codebook:
    first = replace(book.codes[0], attributes=(DEPTH,), exclusive_with=("question",))
    return replace(book, codes=(first, *book.codes[1:]))


FIRST = replace(a_pass("p1", *TAGS), ratings=(Rating("empathy", 4, evidence=("t1", "t2")),))
SECOND = replace(a_pass("p2", replace(TAGS[1], id="u1")), coder="B")
SESSION = replace(a_session(FIRST, SECOND), codebook=deepened(BOOK))


def done(edit: editing.Edit, session: Session = SESSION) -> Session:
    after = edit.apply(session)
    assert edit.revert(after) == session
    return after


def codes_of(session: Session) -> list[str]:
    return [tag.code for one in session.passes for tag in one.tags]


def test_what_is_used_can_be_told_beforehand() -> None:
    uses = editing.code_uses(SESSION)
    assert uses["reflection"] == editing.Uses(2, 1, ("A",))
    assert uses["question"] == editing.Uses(2, 2, ("A", "B"))
    assert editing.uses_of_code(SESSION, "nothing") == editing.Uses()
    assert editing.uses_of_attribute(SESSION, "reflection", "depth").count == 1
    assert editing.uses_of_attribute(SESSION, "reflection", "depth", "high").count == 0
    assert editing.uses_of_rating(SESSION, "empathy") == editing.Uses(1, 0, ("A",))


def test_a_code_is_added_where_it_is_wanted_and_moved() -> None:
    after = done(editing.add_code(SESSION, Code("new", "New"), 1))
    assert [code.id for code in after.codebook.codes] == [A, "new", B, "silence"]
    after = done(editing.move_code(after, "new", 3), after)
    assert [code.id for code in after.codebook.codes] == [A, B, "silence", "new"]


def test_another_name_needs_no_change_of_tags() -> None:
    old = SESSION.codebook.codes[0]
    edit = editing.change_code(SESSION, A, replace(old, name="Mirroring"))
    assert len(edit.changes) == 1
    after = done(edit).codebook.code(A)
    assert after is not None
    assert after.name == "Mirroring"


def test_another_id_is_carried_everywhere() -> None:
    after = done(editing.rename_code(SESSION, A, "mirror"))
    assert codes_of(after) == ["mirror", B, "mirror", "silence", B]
    question = after.codebook.code(B)
    assert question is not None
    assert question.parent == "mirror"
    assert after.codebook.scores[0].formula == "mirror/question"
    after = done(editing.rename_code(after, B, "ask"), after)
    assert after.codebook.codes[0].exclusive_with == ("ask",)


def test_stretches_keep_their_end_unless_they_are_cut() -> None:
    silence = replace(BOOK.codes[2], kind=CodeKind.POINT)
    after = done(editing.change_code(SESSION, "silence", silence))
    assert after.passes[0].tags[-1].end == 200
    cut = editing.Lengths(cut_to_start=True)
    after = done(editing.change_code(SESSION, "silence", silence, cut))
    assert after.passes[0].tags[-1].is_instant


def test_moments_are_given_the_length_that_was_said() -> None:
    question = replace(SESSION.codebook.codes[1], kind=CodeKind.SPAN)
    lengths = editing.Lengths(of_instants=Micros(7))
    after = done(editing.change_code(SESSION, B, question, lengths))
    assert [(tag.start, tag.end) for tag in after.passes[1].tags] == [(20, 27)]


def test_a_moment_at_the_very_end_does_not_pass_it() -> None:
    late = replace(TAGS[1], start=Micros(599_999_999), end=Micros(599_999_999))
    session = a_session(a_pass("p", late))
    lengths = editing.Lengths(of_instants=Micros(1_000_000))
    question = replace(BOOK.codes[1], kind=CodeKind.SPAN)
    after = done(editing.change_code(session, B, question, lengths), session)
    assert after.passes[0].tags[0].end == session.duration


def without_scores() -> Session:
    return replace(SESSION, codebook=replace(SESSION.codebook, scores=()))


def test_tags_of_a_removed_code_go_where_it_is_said() -> None:
    session = without_scores()
    after = done(editing.remove_code(session, A, editing.recoded(B)), session)
    assert codes_of(after) == [B, B, B, "silence", B]
    assert after.passes[0].tags[0].attributes == {"depth": "low"}
    assert [code.parent for code in after.codebook.codes] == ["", ""]
    after = done(editing.remove_code(session, A, editing.DELETED), session)
    assert codes_of(after) == [B, "silence", B]
    assert after.passes[0].ratings[0].evidence == ("t2",)
    after = done(editing.remove_code(SESSION, A, editing.RETIRED))
    code = after.codebook.code(A)
    assert code is not None
    assert (code.retired, code.key) == (True, "")
    assert codes_of(after) == codes_of(SESSION)


def test_a_code_without_tags_just_goes() -> None:
    session = replace(without_scores(), passes=())
    edit = editing.remove_code(session, A)
    assert [code.id for code in done(edit, session).codebook.codes] == [B, "silence"]


def test_attributes_are_changed_on_the_tags_too() -> None:
    deep = Attribute("deep", "Depth", (Choice("shallow", "Shallow"), Choice("high", "High")))
    edit = editing.change_attribute(SESSION, A, "depth", deep, {"low": "shallow"})
    assert done(edit).passes[0].tags[0].attributes == {"deep": "shallow"}
    edit = editing.change_attribute(SESSION, A, "depth", deep, {"low": ""})
    assert done(edit).passes[0].tags[0].attributes == {}
    edit = editing.remove_attribute(SESSION, A, "depth", from_tags=True)
    after = done(edit)
    assert after.passes[0].tags[0].attributes == {}
    assert after.codebook.codes[0].attributes == ()


def test_attributes_stand_in_their_order() -> None:
    after = done(editing.add_attribute(SESSION, A, Attribute("tone", "Tone"), 0))
    assert [one.id for one in after.codebook.codes[0].attributes] == ["tone", "depth"]
    after = done(editing.move_attribute(after, A, "tone", 1), after)
    assert [one.id for one in after.codebook.codes[0].attributes] == ["depth", "tone"]


def test_codes_exclude_each_other() -> None:
    after = done(editing.exclude_each_other(SESSION, (A, B, "silence")))
    assert [set(code.exclusive_with) for code in after.codebook.codes] == [
        {B, "silence"},
        {A, "silence"},
        {A, B},
    ]


def test_groups_take_their_codes_along() -> None:
    after = done(editing.change_group(SESSION, "talk", Group("speech", "Speech")))
    assert [code.group for code in after.codebook.codes] == ["speech", "speech", "quiet"]
    after = done(editing.remove_group(SESSION, "talk", "quiet"))
    assert {code.group for code in after.codebook.codes} == {"quiet"}
    after = done(editing.remove_group(SESSION, "talk"))
    assert [code.group for code in after.codebook.codes] == ["", "", "quiet"]
    after = done(editing.add_group(SESSION, Group("x", "X"), 0))
    assert [group.id for group in done(editing.move_group(after, "x", 9), after).codebook.groups][
        -1
    ] == "x"


def test_ratings_take_their_answers_along() -> None:
    score = Score("e", "E", "empathy / 2")
    session = done(editing.add_score(SESSION, score))
    item = replace(BOOK.ratings[0], id="em", maximum=7)
    after = done(editing.change_rating(session, "empathy", item), session)
    assert after.passes[0].ratings[0].item == "em"
    assert after.codebook.scores[-1].formula == "em / 2"


def test_answers_to_a_removed_rating_go_where_it_is_said() -> None:
    after = done(editing.remove_rating(SESSION, "empathy", editing.recoded("warmth")))
    assert after.passes[0].ratings[0].item == "warmth"
    after = done(editing.remove_rating(SESSION, "empathy", editing.DELETED))
    assert after.passes[0].ratings == ()
    after = done(editing.remove_rating(SESSION, "empathy", editing.RETIRED))
    assert after.codebook.ratings[0].retired
    assert after.passes[0].ratings == SESSION.passes[0].ratings
    after = done(editing.remove_rating(SESSION, "warmth"))
    assert [item.id for item in after.codebook.ratings] == ["empathy"]


def test_ratings_and_scores_are_added_moved_and_changed() -> None:
    after = done(editing.add_rating(SESSION, RatingItem("new", "New"), 0))
    after = done(editing.move_rating(after, "new", 1), after)
    assert [item.id for item in after.codebook.ratings] == ["empathy", "new", "warmth"]
    after = done(editing.add_score(after, Score("s", "S", "silence"), 0), after)
    after = done(editing.move_score(after, "s", 1), after)
    after = done(editing.change_score(after, "s", Score("s", "S", "2*silence")), after)
    assert [score.formula for score in after.codebook.scores] == [
        "reflection/question",
        "2*silence",
    ]
    after = done(editing.remove_score(after, "r_q"), after)
    assert [score.id for score in after.codebook.scores] == ["s"]


def test_a_book_is_told_apart_by_its_version() -> None:
    details = replace(BOOK, name="Ours", notice="Not for sale.", codes=())
    edit = editing.with_version(editing.change_details(SESSION, details), "2")
    after = done(edit).codebook
    assert (after.name, after.notice, after.version) == ("Ours", "Not for sale.", "2")
    assert after.codes == SESSION.codebook.codes


@pytest.mark.parametrize("kept", [True, False])
def test_a_retired_code_can_be_kept_in_a_finished_pass(*, kept: bool) -> None:
    finished = editing.finish_pass(SESSION, "p2", "2026-03-01T10:00:00Z").apply(SESSION)
    session = replace(finished, codebook=replace(finished.codebook, scores=()))
    if kept:
        after = done(editing.remove_code(session, B, editing.RETIRED), session)
        assert codes_of(after) == codes_of(session)
    else:
        after = done(editing.remove_code(session, B, editing.recoded(A)), session)
        assert B not in codes_of(after)

"""Changes of a codebook reach the tags, answers, formulas and relations that depend on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator import editing
from annotator.editing.book_draft import (
    Draft,
    added,
    changed,
    draft_edit,
    drafted,
    members,
    removed,
    shifted,
    uses,
)
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
from annotator.model.book_compare import Member, Part
from annotator.model.rules import session_problems
from tests.support.book_edits import place_in, with_new_id
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
WITHOUT_SCORES = replace(SESSION, codebook=replace(SESSION.codebook, scores=()))


def done(edit: editing.Edit, session: Session = SESSION) -> Session:
    after = edit.apply(session)
    assert edit.revert(after) == session
    assert session_problems(after) == []
    return after


def with_change(draft: Draft, part: Part, one: str, new: Member) -> Draft:
    return changed(draft, part, place_in(draft, part, one), new)


def with_removal(
    session: Session, part: Part, one: str, goes: editing.TagsGo | None = None
) -> Session:
    draft = drafted(session.codebook)
    left = removed(draft, part, place_in(draft, part, one), goes)
    return done(draft_edit(session, left), session)


def ids(draft: Draft, part: Part) -> list[str]:
    return [one.id for one in members(draft.book, part)]


def codes_of(session: Session) -> list[str]:
    return [tag.code for one in session.passes for tag in one.tags]


@pytest.mark.parametrize(
    ("part", "new"),
    [
        (Part.GROUP, Group("new", "New")),
        (Part.CODE, Code("new", "New")),
        (Part.RATING, RatingItem("new", "New")),
        (Part.SCORE, Score("new", "New", "2*silence")),
    ],
)
def test_a_member_is_added_where_it_is_wanted_and_shifted(part: Part, new: Member) -> None:
    draft = added(drafted(SESSION.codebook), part, new, 0)
    assert ids(draft, part) == ["new", *ids(drafted(BOOK), part)]
    draft = shifted(draft, part, 0, len(ids(draft, part)) - 1)
    assert ids(draft, part) == [*ids(drafted(BOOK), part), "new"]
    after = done(draft_edit(SESSION, draft))
    assert after.passes == SESSION.passes
    assert members(after.codebook, part)[-1] == new


def test_another_name_needs_no_change_of_tags() -> None:
    new = replace(SESSION.codebook.codes[0], name="Mirroring")
    edit = draft_edit(SESSION, with_change(drafted(SESSION.codebook), Part.CODE, A, new))
    assert len(edit.changes) == 1
    after = done(edit).codebook.code(A)
    assert after is not None
    assert after.name == "Mirroring"


def test_another_id_is_carried_everywhere() -> None:
    after = done(with_new_id(SESSION, A, "mirror"))
    assert codes_of(after) == ["mirror", B, "mirror", "silence", B]
    assert after.passes[0].tags[0].attributes == {"depth": "low"}
    question = after.codebook.code(B)
    assert question is not None
    assert question.parent == "mirror"
    assert after.codebook.scores[0].formula == "mirror/question"
    after = done(with_new_id(after, B, "ask"), after)
    assert after.codebook.codes[0].exclusive_with == ("ask",)


def test_two_codes_change_their_ids_at_once() -> None:
    draft = drafted(SESSION.codebook)
    for old, new in ((A, "between"), (B, A), ("between", B)):
        code = draft.book.codes[place_in(draft, Part.CODE, old)]
        draft = with_change(draft, Part.CODE, old, replace(code, id=new))
    after = done(draft_edit(SESSION, draft))
    assert codes_of(after) == [B, A, B, "silence", A]
    assert after.codebook.scores[0].formula == "question/reflection"


def test_stretches_keep_their_end_where_their_code_marks_moments() -> None:
    silence = replace(BOOK.codes[2], kind=CodeKind.POINT)
    draft = with_change(drafted(SESSION.codebook), Part.CODE, "silence", silence)
    assert done(draft_edit(SESSION, draft)).passes[0].tags[-1].end == 200


def test_tags_of_a_removed_code_go_where_it_is_said() -> None:
    after = with_removal(WITHOUT_SCORES, Part.CODE, A, editing.recoded(B))
    assert codes_of(after) == [B, B, B, "silence", B]
    assert after.passes[0].tags[0].attributes == {"depth": "low"}
    assert [code.parent for code in after.codebook.codes] == ["", ""]
    after = with_removal(WITHOUT_SCORES, Part.CODE, B, editing.DELETED)
    assert codes_of(after) == [A, A, "silence"]
    assert after.passes[0].ratings[0].evidence == ("t1",)
    assert after.codebook.codes[0].exclusive_with == ()
    after = with_removal(SESSION, Part.CODE, A, editing.RETIRED)
    code = after.codebook.code(A)
    assert code is not None
    assert (code.retired, code.key) == (True, "")
    assert codes_of(after) == codes_of(SESSION)


def test_tags_follow_where_the_code_they_were_to_go_to_goes() -> None:
    draft = drafted(WITHOUT_SCORES.codebook)
    draft = removed(draft, Part.CODE, 0, editing.recoded(B))
    counts = {A: 2, B: 2, "silence": 1}
    assert uses(draft, Part.CODE, place_in(draft, Part.CODE, B), counts) == 4
    asking = replace(draft.book.codes[0], id="ask")
    after = done(
        draft_edit(WITHOUT_SCORES, with_change(draft, Part.CODE, B, asking)), WITHOUT_SCORES
    )
    assert codes_of(after) == ["ask", "ask", "ask", "silence", "ask"]
    draft = removed(draft, Part.CODE, 0, editing.DELETED)
    assert codes_of(done(draft_edit(WITHOUT_SCORES, draft), WITHOUT_SCORES)) == ["silence"]


def test_a_code_without_tags_just_goes() -> None:
    after = with_removal(replace(WITHOUT_SCORES, passes=()), Part.CODE, A)
    assert [code.id for code in after.codebook.codes] == [B, "silence"]


def test_tags_keep_what_their_code_no_longer_asks() -> None:
    new = replace(SESSION.codebook.codes[0], attributes=(Attribute("tone", "Tone"),))
    draft = with_change(drafted(SESSION.codebook), Part.CODE, A, new)
    after = draft_edit(SESSION, draft).apply(SESSION)
    assert after.passes == SESSION.passes


def test_groups_take_their_codes_along() -> None:
    draft = with_change(drafted(SESSION.codebook), Part.GROUP, "talk", Group("speech", "Speech"))
    after = done(draft_edit(SESSION, draft))
    assert [code.group for code in after.codebook.codes] == ["speech", "speech", "quiet"]
    after = with_removal(SESSION, Part.GROUP, "talk")
    assert [code.group for code in after.codebook.codes] == ["", "", "quiet"]


def test_ratings_take_their_answers_along() -> None:
    draft = added(drafted(SESSION.codebook), Part.SCORE, Score("e", "E", "empathy / 2"), 1)
    item = replace(BOOK.ratings[0], id="em", maximum=7)
    after = done(draft_edit(SESSION, with_change(draft, Part.RATING, "empathy", item)))
    assert after.passes[0].ratings[0].item == "em"
    assert after.codebook.scores[-1].formula == "em / 2"


def test_answers_to_a_removed_rating_go_where_it_is_said() -> None:
    after = with_removal(SESSION, Part.RATING, "empathy", editing.recoded("warmth"))
    assert after.passes[0].ratings[0].item == "warmth"
    after = with_removal(SESSION, Part.RATING, "empathy", editing.DELETED)
    assert after.passes[0].ratings == ()
    after = with_removal(SESSION, Part.RATING, "empathy", editing.RETIRED)
    assert after.codebook.ratings[0].retired
    assert after.passes[0].ratings == SESSION.passes[0].ratings
    after = with_removal(SESSION, Part.RATING, "warmth")
    assert [item.id for item in after.codebook.ratings] == ["empathy"]


def test_scores_are_changed_and_removed() -> None:
    new = Score("r_q", "Ratio", "silence")
    draft = with_change(drafted(SESSION.codebook), Part.SCORE, "r_q", new)
    assert done(draft_edit(SESSION, draft)).codebook.scores == (new,)
    assert with_removal(SESSION, Part.SCORE, "r_q").codebook.scores == ()


@pytest.mark.parametrize(
    ("published", "version"), [((), "2"), (("another",), "2"), (("book",), "1-lab.1")]
)
def test_a_changed_book_gets_a_version_of_its_own(published: tuple[str, ...], version: str) -> None:
    draft = drafted(SESSION.codebook)
    draft = replace(draft, book=replace(draft.book, notice="Not for sale."))
    after = done(draft_edit(SESSION, draft, published)).codebook
    assert (after.notice, after.version) == ("Not for sale.", version)
    assert draft_edit(SESSION, drafted(SESSION.codebook)).changes == ()


@pytest.mark.parametrize("goes", [editing.RETIRED, editing.recoded(A)])
def test_codes_may_change_in_a_finished_pass(goes: editing.TagsGo) -> None:
    session = editing.finish_pass(WITHOUT_SCORES, "p2", "2026-03-01T10:00:00Z").apply(
        WITHOUT_SCORES
    )
    after = with_removal(session, Part.CODE, B, goes)
    assert codes_of(after)[-1] == (goes.to or B)

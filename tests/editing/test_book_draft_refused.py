"""Changes of a codebook that would harm it, or what was coded, are refused in plain words."""

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
    removed,
    shifted,
)
from annotator.errors import EditError
from annotator.model import (
    Attribute,
    Choice,
    Code,
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
from tests.support.book_edits import place_in
from tests.support.edits import BOOK, a_pass, a_session

DEPTH = Attribute("depth", "Depth", (Choice("low", "Low"),))
CODES = (replace(BOOK.codes[0], attributes=(DEPTH,)), *BOOK.codes[1:])
TAGS = (
    Tag("t1", "reflection", Micros(10), Micros(10), attributes={"depth": "low"}),
    Tag("t2", "silence", Micros(20), Micros(40)),
)
RATED = replace(a_pass("p1", *TAGS), ratings=(Rating("empathy", 5), Rating("warmth", 3)))
SESSION = replace(a_session(RATED), codebook=replace(BOOK, codes=CODES))
NO_SCORES = replace(SESSION, codebook=replace(SESSION.codebook, scores=()))
FINISHED = editing.finish_pass(NO_SCORES, "p1", "2026-03-01T10:00:00Z").apply(NO_SCORES)
REFLECTION, QUESTION, SILENCE = CODES


def with_new(part: Part, new: Member) -> Draft:
    return added(drafted(SESSION.codebook), part, new, 0)


def with_change(part: Part, one: str, new: Member) -> Draft:
    draft = drafted(SESSION.codebook)
    return changed(draft, part, place_in(draft, part, one), new)


def refusal(session: Session, draft: Draft) -> str:
    with pytest.raises(EditError) as caught:
        draft_edit(session, draft)
    return str(caught.value)


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        (with_new(Part.CODE, Code("silence", "X")), '"silence" is used twice'),
        (with_new(Part.CODE, Code("", "X")), "may not be empty"),
        (with_new(Part.CODE, Code("?", "X")), "named later"),
        (with_new(Part.CODE, Code("x", "X", key="R")), "key of"),
        (with_new(Part.CODE, Code("x", "X", colour="red")), "not a colour"),
        (with_new(Part.CODE, Code("x", "X", group="y")), 'no group "y"'),
        (with_new(Part.GROUP, Group("talk", "T")), "twice"),
        (with_new(Part.RATING, RatingItem("silence", "S")), "ambiguous"),
        (with_new(Part.RATING, RatingItem("x", "X", maximum=float("inf"))), "numbers"),
        (with_new(Part.SCORE, Score("s", "S", "nothing")), '"nothing"'),
        (with_new(Part.SCORE, Score("s", "S", "1 +")), "cannot be read"),
        (
            with_change(Part.CODE, "reflection", replace(REFLECTION, parent="question")),
            "own parents",
        ),
        (
            with_change(Part.CODE, "reflection", replace(REFLECTION, kind=CodeKind.SPAN)),
            "mark a moment",
        ),
        (with_change(Part.CODE, "reflection", replace(REFLECTION, id="silence")), "used twice"),
        (with_change(Part.CODE, "reflection", replace(REFLECTION, id="R+")), '"reflection"'),
        (
            with_change(Part.RATING, "empathy", RatingItem("empathy", "E", maximum=4)),
            "not be on its scale",
        ),
        (replace(drafted(BOOK), book=replace(BOOK, id="")), "empty"),
    ],
)
def test_a_book_that_is_not_in_order_or_does_not_fit_is_refused(draft: Draft, told: str) -> None:
    assert told in refusal(SESSION, draft)


@pytest.mark.parametrize(
    ("part", "one", "goes", "told"),
    [
        (Part.CODE, "reflection", None, "which the codebook would lack"),
        (Part.CODE, "reflection", editing.recoded("silence"), "give these tags a code that does"),
        (Part.CODE, "reflection", editing.recoded("x"), 'the code "x"'),
        (Part.RATING, "empathy", None, "which the codebook would lack"),
        (Part.RATING, "empathy", editing.recoded("warmth"), "two answers"),
        (Part.RATING, "empathy", editing.recoded("x"), '"x"'),
    ],
)
def test_tags_and_answers_must_go_where_they_can(
    part: Part, one: str, goes: editing.TagsGo | None, told: str
) -> None:
    draft = drafted(NO_SCORES.codebook)
    draft = removed(draft, part, place_in(draft, part, one), goes)
    assert told in refusal(NO_SCORES, draft)


@pytest.mark.parametrize(("part", "place"), [(Part.CODE, 0), (Part.RATING, 0)])
def test_nothing_is_deleted_from_a_finished_pass(part: Part, place: int) -> None:
    draft = removed(drafted(FINISHED.codebook), part, place, editing.DELETED)
    assert "is finished" in refusal(FINISHED, draft)


@pytest.mark.parametrize(("part", "place"), [(Part.CODE, 0), (Part.CODE, 1), (Part.RATING, 0)])
def test_what_a_score_counts_is_not_removed(part: Part, place: int) -> None:
    draft = drafted(SESSION.codebook)
    draft = added(draft, Part.SCORE, Score("s", "Sum", "empathy + reflection + question"), 0)
    with pytest.raises(EditError, match="counted in a score: Sum"):
        removed(draft, part, place, editing.DELETED)
    kept = draft_edit(SESSION, removed(draft, part, place, editing.RETIRED)).apply(SESSION)
    assert kept.passes == SESSION.passes


def retired(session: Session) -> Session:
    draft = removed(drafted(session.codebook), Part.CODE, 0, editing.RETIRED)
    return draft_edit(session, removed(draft, Part.RATING, 1, editing.RETIRED)).apply(session)


def test_what_is_retired_takes_nothing_new() -> None:
    session = retired(SESSION)
    tag = replace(TAGS[0], id="t9")
    with pytest.raises(EditError, match="is retired"):
        editing.add_tag(session, "p1", tag)
    with pytest.raises(EditError, match="is retired"):
        editing.recode_tag(session, "p1", TAGS[1], "reflection", "now")
    with pytest.raises(EditError, match="is retired"):
        editing.rate(session, "p1", Rating("warmth", 2))
    noted = editing.annotate_tag(session, "p1", TAGS[0], "still mine", "now").apply(session)
    assert noted.passes[0].tags[0].note == "still mine"


def test_a_fault_that_was_there_before_hinders_nothing() -> None:
    faulty = replace(SESSION.codebook, codes=(*CODES, Code("x", "X", colour="red")))
    session = replace(SESSION, codebook=faulty)
    draft = shifted(drafted(faulty), Part.CODE, 3, 0)
    assert draft_edit(session, draft).apply(session).codebook.codes[0].id == "x"
    draft = added(draft, Part.CODE, Code("y", "Y", colour="red"), 0)
    assert "not a colour" in refusal(session, draft)

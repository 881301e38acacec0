"""Edits of a codebook that would harm it, or what was coded with it, are refused in plain words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from annotator import editing
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


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: editing.add_code(SESSION, Code("silence", "X")), '"silence" is used twice'),
        (lambda: editing.add_code(SESSION, Code("", "X")), "may not be empty"),
        (lambda: editing.add_code(SESSION, Code("?", "X")), "named later"),
        (lambda: editing.add_code(SESSION, Code("x", "X", key="R")), "key of"),
        (lambda: editing.add_code(SESSION, Code("x", "X", colour="red")), "not a colour"),
        (lambda: editing.add_code(SESSION, Code("x", "X", group="y")), 'no group "y"'),
        (lambda: editing.change_code(SESSION, "x", REFLECTION), 'no code "x"'),
        (
            lambda: editing.change_code(
                SESSION, "reflection", replace(REFLECTION, parent="question")
            ),
            "own parents",
        ),
        (
            lambda: editing.change_code(
                SESSION, "reflection", replace(REFLECTION, kind=CodeKind.SPAN)
            ),
            "mark a moment",
        ),
        (lambda: editing.rename_code(SESSION, "reflection", "silence"), "already"),
        (lambda: editing.rename_code(SESSION, "reflection", "R+"), "cannot stand in a formula"),
        (lambda: editing.remove_code(SESSION, "reflection"), "There is one tag of"),
        (
            lambda: editing.remove_code(SESSION, "reflection", editing.DELETED),
            "counted in a score: Reflections per question",
        ),
        (lambda: editing.remove_code(SESSION, "question"), "counted in a score"),
        (
            lambda: editing.remove_code(NO_SCORES, "reflection", editing.recoded("silence")),
            "mark a moment",
        ),
        (
            lambda: editing.remove_code(NO_SCORES, "reflection", editing.recoded("reflection")),
            "takes no more tags",
        ),
        (
            lambda: editing.remove_code(NO_SCORES, "reflection", editing.recoded("x")),
            'no code "x"',
        ),
        (lambda: editing.remove_code(FINISHED, "reflection", editing.DELETED), "is finished"),
        (
            lambda: editing.remove_attribute(FINISHED, "reflection", "depth", from_tags=True),
            "is finished",
        ),
        (lambda: editing.remove_rating(FINISHED, "empathy", editing.DELETED), "is finished"),
        (
            lambda: editing.change_code(
                FINISHED,
                "silence",
                replace(SILENCE, kind=CodeKind.POINT),
                editing.Lengths(cut_to_start=True),
            ),
            "is finished",
        ),
        (lambda: editing.remove_attribute(SESSION, "reflection", "depth"), "1 tag"),
        (lambda: editing.remove_attribute(SESSION, "question", "depth"), 'no attribute "depth"'),
        (
            lambda: editing.change_attribute(
                SESSION, "reflection", "depth", Attribute("depth", "D", (Choice("x", "X"),))
            ),
            'choice "low"',
        ),
        (lambda: editing.exclude_each_other(SESSION, ("silence", "x")), 'no code "x"'),
        (lambda: editing.add_group(SESSION, Group("talk", "T")), "twice"),
        (lambda: editing.remove_group(SESSION, "talk", "x"), 'no group "x"'),
        (lambda: editing.add_rating(SESSION, RatingItem("silence", "S")), "ambiguous"),
        (
            lambda: editing.add_rating(SESSION, RatingItem("x", "X", maximum=float("inf"))),
            "numbers",
        ),
        (
            lambda: editing.change_rating(
                SESSION, "empathy", RatingItem("empathy", "E", maximum=4)
            ),
            "not be on its scale",
        ),
        (lambda: editing.remove_rating(SESSION, "empathy"), "answered 1 time."),
        (
            lambda: editing.remove_rating(SESSION, "empathy", editing.recoded("warmth")),
            "two answers",
        ),
        (lambda: editing.remove_rating(SESSION, "empathy", editing.recoded("x")), '"x"'),
        (lambda: editing.add_score(SESSION, Score("s", "S", "nothing")), '"nothing"'),
        (lambda: editing.add_score(SESSION, Score("s", "S", "1 +")), "cannot be read"),
        (lambda: editing.move_score(SESSION, "x", 0), 'no score "x"'),
        (lambda: editing.change_details(SESSION, replace(BOOK, id="")), "empty"),
    ],
)
def test_it_is_refused_in_plain_words(make: Callable[[], editing.Edit], told: str) -> None:
    with pytest.raises(EditError) as caught:
        make()
    assert told in str(caught.value)


def test_a_rating_in_a_score_is_not_removed() -> None:
    session = editing.add_score(SESSION, Score("s", "S", "empathy/2")).apply(SESSION)
    with pytest.raises(EditError, match="part of a score: S"):
        editing.remove_rating(session, "empathy", editing.DELETED)


def retired(session: Session) -> Session:
    after = editing.retire_code(session, "reflection").apply(session)
    return editing.remove_rating(after, "warmth", editing.RETIRED).apply(after)


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
    after = editing.move_code(session, "x", 0).apply(session)
    assert after.codebook.codes[0].id == "x"
    with pytest.raises(EditError, match="not a colour"):
        editing.add_code(session, Code("y", "Y", colour="red"))

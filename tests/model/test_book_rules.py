"""What makes a codebook unusable, beyond what the tests of sessions' rules tell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.model import (
    Anchor,
    Attribute,
    Band,
    Choice,
    Code,
    Codebook,
    Group,
    Micros,
    RatingItem,
    Score,
)
from annotator.model.book_rules import codebook_problems, formula_problems

CODE = Code("one", "One", colour="#0072b2", key="r")
BOOK = Codebook("b", "1", "Book", codes=(CODE, Code("two", "Two")))
ITEM = RatingItem("e", "Empathy", minimum=1, maximum=5)
SCORE = Score("s", "S", "one / two")


def with_code(**fields: object) -> Codebook:
    return replace(BOOK, codes=(replace(CODE, **fields), BOOK.codes[1]))


def with_item(**fields: object) -> Codebook:
    return replace(BOOK, ratings=(replace(ITEM, **fields),))


def choices(*keys: str) -> tuple[Choice, ...]:
    return tuple(Choice(f"c{at}", f"C{at}", key) for at, key in enumerate(keys))


@pytest.mark.parametrize(
    ("book", "path", "told"),
    [
        (replace(BOOK, id=""), "codebook.id", "empty"),
        (replace(BOOK, silence_minimum=Micros(-1)), "codebook.silence_min", "less than"),
        (replace(BOOK, sample_minutes=-1), "codebook.sample_minutes", "less than"),
        (replace(BOOK, groups=(Group("", "G"),)), "codebook.groups[0].id", "empty"),
        (with_code(id=""), "codebook.codes[0].id", "empty"),
        (with_code(id="?"), "codebook.codes[0].id", "later"),
        (with_code(exclusive_with=("one",)), "codes[0].exclusive_with[0]", "itself"),
        (
            replace(BOOK, codes=(CODE, replace(BOOK.codes[1], key="R"))),
            "codebook.codes[1].key",
            'key of "One" already',
        ),
        (
            with_code(attributes=(Attribute("a", "A", choices("x", "X")),)),
            "codes[0].attributes[0].choices[1].key",
            'picks "C0" already',
        ),
        (
            with_code(
                attributes=(Attribute("a", "A", choices("x")), Attribute("b", "B", choices("X")))
            ),
            "codes[0].attributes[1].choices[0].key",
            "twice",
        ),
        (with_code(attributes=(Attribute("", "A"),)), "attributes[0].id", "empty"),
        (with_item(group="x"), "ratings[0].group", 'no group "x"'),
        (with_item(maximum=float("inf")), "ratings[0].max", "numbers"),
        (with_item(default=6), "ratings[0].default", "6 is not from 1 to 5"),
        (with_item(step=1, default=2.5), "ratings[0].default", "not a step of 1"),
        (with_item(anchors=(Anchor(0, "x"),)), "ratings[0].anchors[0].value", "not from 1 to 5"),
        (with_item(anchors=(Anchor(1, "x"), Anchor(1, "y"))), "anchors[1].value", "two anchors"),
        (replace(BOOK, scores=(replace(SCORE, formula="one /"),)), "scores[0].formula", "read"),
        (replace(BOOK, scores=(replace(SCORE, formula="ONE"),)), "scores[0].formula", '"ONE"'),
        (replace(BOOK, scores=(replace(SCORE, formula="2 * 3"),)), "scores[0].formula", "no code"),
        (
            replace(BOOK, scores=(replace(SCORE, bands=(Band("good", 2), Band("fair", 1))),)),
            "scores[0].bands[1].from",
            '1 is not above 2, where "good" begins',
        ),
        (
            replace(BOOK, scores=(replace(SCORE, bands=(Band("g", float("nan")),)),)),
            "scores[0].bands[0].from",
            "number",
        ),
    ],
)
def test_a_problem_is_told_once_with_its_place(book: Codebook, path: str, told: str) -> None:
    (problem,) = codebook_problems(book)
    assert path in problem.path
    assert told in problem.message
    assert not problem.is_warning


def test_choices_of_different_codes_may_share_keys() -> None:
    attributes = (Attribute("a", "A", choices("x", "r")),)
    codes = tuple(replace(code, attributes=attributes) for code in BOOK.codes)
    assert codebook_problems(replace(BOOK, codes=codes)) == []


def test_a_formula_can_be_checked_while_it_is_typed() -> None:
    assert list(formula_problems("one + two", {"one", "two"})) == []
    told = [str(one) for one in formula_problems("one + tow + six", {"one", "two"})]
    assert told == [
        'names "six", which is no code or rating of the book',
        'names "tow", which is no code or rating of the book',
    ]

"""What could be better about a codebook, which is no reason to refuse it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.model import Band, Code, Codebook, Group, RatingItem, Score, Speaker
from annotator.model.book_advice import codebook_advice
from annotator.model.rules import codebook_problems

BLUE, ORANGE = "#0072b2", "#d55e00"
ONE = Code("one", "One", "O", "talk", BLUE)
TWO = Code("two", "Two", "T", "talk", ORANGE)
BOOK = Codebook("b", "1", "Book", groups=(Group("talk", "Talk"),), codes=(ONE, TWO))


def with_codes(*codes: Code) -> Codebook:
    return replace(BOOK, codes=codes)


def test_a_good_book_gets_no_advice() -> None:
    assert codebook_advice(BOOK) == []


@pytest.mark.parametrize(
    ("book", "path", "told"),
    [
        (with_codes(ONE, replace(TWO, name="ONE ")), "codes[1].name", "twice"),
        (with_codes(ONE, replace(TWO, abbreviation="o")), "codes[1].abbreviation", '"o"'),
        (with_codes(ONE, replace(TWO, colour="#ffff00")), "codes[1].colour", "light window"),
        (with_codes(ONE, replace(TWO, colour="#222222")), "codes[1].colour", "dark window"),
        (with_codes(ONE, replace(TWO, colour=BLUE)), "codes[1].colour", '"One"'),
        (with_codes(replace(ONE, exclusive_with=("two",)), TWO), "exclusive_with[0]", "in turn"),
        (replace(BOOK, groups=(Group("talk", "Talk"), Group("x", "talk"))), "groups[1]", "talk"),
        (
            replace(BOOK, ratings=(RatingItem("e", "E"), RatingItem("f", "E"))),
            "ratings[1].name",
            "twice",
        ),
        (
            replace(BOOK, scores=(Score("s", "S", "one/two", bands=(Band("good", 1),)),)),
            "scores[0].note",
            "whose opinion",
        ),
    ],
)
def test_advice_names_its_place_and_is_a_warning(book: Codebook, path: str, told: str) -> None:
    (problem,) = codebook_advice(book)
    assert path in problem.path
    assert told in problem.message
    assert problem.is_warning
    assert codebook_problems(book) == []


def test_eyes_blind_to_red_are_thought_of() -> None:
    near = with_codes(replace(ONE, colour="#cb5900"), replace(TWO, colour="#7d6e00", group=""))
    (problem,) = codebook_advice(near)
    assert problem.path == "codebook.codes[1].colour"
    assert 'the colour of "One" to eyes blind to red' in problem.message


def test_shades_within_a_group_are_let_be() -> None:
    shades = (replace(ONE, colour="#b64f00"), replace(TWO, colour="#c15400"))
    assert codebook_advice(with_codes(*shades)) == []
    apart = (shades[0], replace(shades[1], group=""))
    assert len(codebook_advice(with_codes(*apart))) == 1


def test_one_line_tells_of_all_that_are_near() -> None:
    codes = [replace(ONE, id=f"c{at}", name=f"C{at}", abbreviation="") for at in range(4)]
    problems = codebook_advice(with_codes(*codes))
    assert len(problems) == 3
    assert problems[2].message.endswith("like 2 more")


def test_what_is_retired_or_of_another_speaker_may_share_a_name() -> None:
    client = replace(TWO, name="One", speaker=Speaker.CLIENT)
    assert codebook_advice(with_codes(ONE, client)) == []
    retired = replace(TWO, name="One", abbreviation="O", colour=BLUE, retired=True)
    assert codebook_advice(with_codes(ONE, retired)) == []

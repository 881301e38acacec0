"""What is proposed for a new code."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Code, Codebook
from annotator.model.book_advice import NEAR, codebook_advice
from annotator.model.colours import least_difference
from annotator.model.formula import can_be_named
from annotator.model.proposing import (
    PALETTE,
    next_colour,
    next_colour_beside,
    next_id,
    stands_out,
)

EMPTY = Codebook("b", "1", "Book")


def grown(book: Codebook, count: int) -> Codebook:
    for number in range(count):
        code = Code(f"c{number}", f"C{number}", colour=next_colour(book))
        book = replace(book, codes=(*book.codes, code))
    return book


def test_the_palette_can_be_seen_and_told_apart() -> None:
    assert all(stands_out(one.colour) for one in PALETTE)
    assert len({one.colour for one in PALETTE}) == len({one.name for one in PALETTE})
    assert all(one.source for one in PALETTE)


def test_the_first_colours_come_from_the_palette() -> None:
    book = grown(EMPTY, 6)
    assert {code.colour for code in book.codes} <= {one.colour for one in PALETTE}


def test_many_codes_get_colours_that_all_eyes_can_tell_apart() -> None:
    book = grown(EMPTY, 16)
    assert codebook_advice(book) == []
    assert all(stands_out(code.colour) for code in book.codes)


def test_a_book_of_any_size_gets_one_more_colour() -> None:
    book = grown(EMPTY, 24)
    colours = [code.colour for code in book.codes]
    assert len(set(colours)) == len(colours)
    assert next_colour(book) == next_colour(book) not in colours


def test_colours_of_retired_codes_are_free_again() -> None:
    code = Code("a", "A", colour=PALETTE[0].colour)
    assert next_colour(replace(EMPTY, codes=(code,))) != PALETTE[0].colour
    assert next_colour(replace(EMPTY, codes=(replace(code, retired=True),))) == PALETTE[0].colour


def test_a_colour_that_is_none_does_not_matter() -> None:
    assert next_colour(replace(EMPTY, codes=(Code("a", "A", colour="red"),))) == PALETTE[0].colour


def test_two_proposals_in_a_row_differ_clearly() -> None:
    first = next_colour_beside(["#123456"])
    assert least_difference(first, "#123456")[0] >= NEAR


def test_ids_are_made_of_names() -> None:
    assert next_id("Open question", ()) == "open_question"
    assert next_id("Open question", {"open_question"}) == "open_question_2"
    assert next_id("Ärger / Wut", ()) == "arger_wut"
    assert next_id("3 things", ()) == "code_3_things"
    assert next_id("class", ()) == "code_class"
    assert next_id("…", ()) == "code"


@given(st.text(), st.sets(st.sampled_from(["code", "a", "a_2"])))
def test_any_name_gives_an_id_that_formulas_can_name(name: str, taken: set[str]) -> None:
    made = next_id(name, taken)
    assert can_be_named(made)
    assert made not in taken

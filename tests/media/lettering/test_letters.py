"""Texts are made fit to be drawn: nothing that steers stays in them, nothing is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.media.lettering.direction import in_place, levels
from annotator.media.lettering.letters import (
    MOST_LETTERS,
    UndrawableError,
    clusters,
    runs_right_to_left,
    tidied,
    words_of,
)

TURNED = "\u202eevil\u202c \u2066x\u2069 \u200fy\u200e"


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("plain", "plain"),
        ("a\0b\x1b[31m", "ab[31m"),
        (TURNED, "evil x y"),
        (" two \t blanks\u00a0here ", "two blanks here"),
        ("one\r\ntwo\u2028three\n\n\nfour\n", "one\ntwo\nthree\nfour"),
        ("e\u0301", "é"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
        ("\ufeffbegin", "begin"),
        ("", ""),
    ],
)
def test_what_steers_is_taken_out(text: str, tidy: str) -> None:
    assert tidied(text) == tidy


@given(st.text(max_size=80))
def test_a_tidied_text_stays_and_holds_no_sign_that_steers(text: str) -> None:
    tidy = tidied(text)
    assert tidied(tidy) == tidy
    kinds = {unicodedata.category(one) for one in tidy if one not in "\n\u200c\u200d"}
    assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_five_thousand_letters_are_the_most() -> None:
    assert len(tidied("x" * MOST_LETTERS)) == MOST_LETTERS
    with pytest.raises(UndrawableError, match="5001 letters is too long"):
        tidied("x" * (MOST_LETTERS + 1))


@given(st.text(max_size=60))
def test_no_letter_is_lost_by_parting(text: str) -> None:
    line = tidied(text).replace("\n", " ")
    assert "".join(clusters(line)) == line
    assert "".join(words_of(line)) == line


def test_marks_stay_with_their_letter() -> None:
    assert clusters("ก็ x\u0308\u0301y") == ["ก็", " ", "x\u0308\u0301", "y"]


def test_east_asian_lines_break_between_letters_but_not_before_a_full_stop() -> None:
    assert words_of("很久了。我想") == ["很", "久", "了。", "我", "想"]
    assert words_of("two words") == ["two", " words"]


@pytest.mark.parametrize(
    ("text", "leftward"), [("12 abc שלום", False), ("(12) שלום abc", True), ("123", False)]
)
def test_a_paragraph_runs_as_its_first_letter(text: str, leftward: object) -> None:
    assert runs_right_to_left(text) is leftward


def _ordered(text: str, *, leftward: bool) -> str:
    depths = levels(list(text), leftward=leftward)
    return "".join(text[at] for at in in_place(depths))


@pytest.mark.parametrize(
    ("text", "leftward", "stands"),
    [
        ("abc אבג def", False, "abc גבא def"),
        ("אבג abc 12", True, "abc 12 גבא"),
        ("אב 12.5 גד", True, "דג 12.5 בא"),
        ("ab אב 12 גד cd", False, "ab דג 12 בא cd"),
        ("אב!", True, "!בא"),
        ("אב!", False, "בא!"),
        ("ابت 12-3", True, "12-3 تبا"),
    ],
)
def test_parts_stand_where_readers_of_both_ways_expect_them(
    text: str, leftward: object, stands: str
) -> None:
    assert _ordered(text, leftward=bool(leftward)) == stands


@given(st.lists(st.integers(0, 3), max_size=12))
def test_each_part_has_one_place(depths: list[int]) -> None:
    assert sorted(in_place(depths)) == list(range(len(depths)))

"""Names are found however a text writes them, and nothing else is taken for one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.name_words import NameWords, parts


@pytest.mark.parametrize(
    "text",
    [
        "Anna",
        "ANNA!",
        "“Anna's”",
        "Anna\N{RIGHT SINGLE QUOTATION MARK}ll",
        "Anna\N{EM DASH}she",
        "yes...Anna",
        "Anna-Lena",
        "Anna/Ben",
        "Annas",
        "An\N{SOFT HYPHEN}na",
        "_Anna_",
        "what Anna said",
    ],
)
def test_a_name_is_found_however_it_is_written(text: str) -> None:
    assert NameWords.of(["Anna"]).stand_in(text)


@pytest.mark.parametrize("text", ["Annabel", "Hannah", "an na", "…", "", "annual"])
def test_other_words_are_none(text: str) -> None:
    assert not NameWords.of(["Anna"]).stand_in(text)


def test_accents_count_however_they_are_coded() -> None:
    for form in ("NFC", "NFD"):
        names = NameWords.of([unicodedata.normalize(form, "André")])
        for other in ("NFC", "NFD"):
            assert names.stand_in(unicodedata.normalize(other, "andré,"))
        assert names.stand_in("Andre\N{ZERO WIDTH SPACE}\N{COMBINING ACUTE ACCENT}")


def test_a_name_of_several_words_is_found_as_a_whole() -> None:
    names = NameWords.of(["Anna-Lena", "O'Brien"])
    assert names.stand_in("Anna Lena's house")
    assert names.stand_in("O\N{RIGHT SINGLE QUOTATION MARK}Brien!")
    assert not names.stand_in("Lena and Anna")


def test_a_name_of_one_letter_counts_only_alone() -> None:
    names = NameWords.of(["S."])
    assert names.stand_in("S")
    assert not names.stand_in("Anna's")


@pytest.mark.parametrize("names", [[], [""], ["…", "-"]])
def test_what_has_no_letters_is_no_name(names: list[str]) -> None:
    assert not NameWords.of(names).stand_in("…")
    assert not NameWords.of(names).stand_in("word")


@given(st.text(min_size=2), st.text(), st.text())
def test_a_name_set_apart_in_any_text_is_found(name: str, before: str, after: str) -> None:
    if len("".join(parts(name))) > 1:
        assert NameWords.of([name]).stand_in(f"{before} / {name} / {after}")

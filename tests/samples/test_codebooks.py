"""The codebooks that ship are sound, complete and readable on light and dark."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.model import Code, Codebook, CodeKind, Speaker
from annotator.model.formula import evaluate, names_in
from annotator.model.rules import codebook_problems
from annotator.storage.codec import decode_codebook, encode_codebook

BOOKS = Path(__file__).resolve().parents[2] / "samples" / "codebooks"
NAMES = ("hss", "misc_2_5", "miti_4_2_1", "pics", "starter")
LIGHT, DARK = "#ffffff", "#1e1e1e"
TRANSPORT = {"j", "k", "l", " ", ",", ".", "[", "]"}


def text_of(name: str) -> str:
    return (BOOKS / f"{name}.codebook.json").read_text(encoding="utf-8")


@pytest.fixture(params=NAMES)
def book(request: pytest.FixtureRequest) -> Codebook:
    return decode_codebook(text_of(request.param))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_book_is_there_and_no_other() -> None:
    assert sorted(path.name for path in BOOKS.iterdir()) == [
        f"{name}.codebook.json" for name in NAMES
    ]


def test_book_keeps_the_rules(book: Codebook) -> None:
    assert codebook_problems(book) == []


def test_file_is_written_as_the_program_would_write_it(book: Codebook) -> None:
    assert text_of(book.id) == encode_codebook(book)


def test_file_holds_nothing_that_we_do_not_know(book: Codebook) -> None:
    parts = (book, *book.codes, *book.groups, *book.ratings, *book.scores)
    assert [part for part in parts if part.extra] == []


def test_book_says_what_it_is(book: Codebook) -> None:
    assert book.id in NAMES
    assert all((book.version, book.name, book.unit, book.notice))


def test_every_code_is_described(book: Codebook) -> None:
    for code in book.codes:
        assert all((code.name, code.abbreviation, code.definition, code.group)), code.id


def test_abbreviations_are_unique(book: Codebook) -> None:
    short = [code.abbreviation for code in book.codes]
    assert len(set(short)) == len(short)


def test_keys_are_single_and_leave_the_transport_alone(book: Codebook) -> None:
    keys = [code.key.casefold() for code in book.codes if code.key]
    assert len(set(keys)) == len(keys)
    assert all(len(key) == 1 and key.isalnum() for key in keys)
    assert not TRANSPORT & set(keys)


def test_colours_can_be_seen_on_light_and_dark(book: Codebook) -> None:
    for code in book.codes:
        assert contrast(code.colour, LIGHT) >= 3, code.id
        assert contrast(code.colour, DARK) >= 3, code.id


def test_codes_of_a_group_differ_in_colour(book: Codebook) -> None:
    shown = [(code.group, code.colour) for code in book.codes]
    assert len(set(shown)) == len(shown)


def test_every_group_is_used(book: Codebook) -> None:
    used = {code.group for code in book.codes} | {item.group for item in book.ratings}
    assert {group.id for group in book.groups} == used


def test_exclusion_holds_both_ways(book: Codebook) -> None:
    pairs = {(code.id, other) for code in book.codes for other in code.exclusive_with}
    assert pairs == {(other, one) for one, other in pairs}


def test_every_score_can_be_computed(book: Codebook) -> None:
    for score in book.scores:
        values = dict.fromkeys(names_in(score.formula), 2.0)
        assert evaluate(score.formula, values) is not None, score.id


def test_ratings_start_inside_their_range(book: Codebook) -> None:
    for item in book.ratings:
        assert item.default is not None
        assert item.minimum <= item.default <= item.maximum


@pytest.fixture
def starter() -> Codebook:
    return decode_codebook(text_of("starter"))


def test_starter_codes_all_have_keys_and_examples(starter: Codebook) -> None:
    def is_complete(code: Code) -> bool:
        return all((code.key, code.example, code.counter_example))

    assert len(starter.codes) == 19
    assert [code.id for code in starter.codes if not is_complete(code)] == []


def test_starter_has_the_codes_of_the_first_steps(starter: Codebook) -> None:
    silence, reflection = starter.code("silence"), starter.code("reflection")
    assert silence is not None
    assert reflection is not None
    assert (silence.kind, silence.speaker) == (CodeKind.SPAN, Speaker.NONE)
    assert (reflection.kind, reflection.speaker) == (CodeKind.POINT, Speaker.THERAPIST)
    assert reflection.key.casefold() == "r"


def test_depths_of_reflection_stand_below_reflection(starter: Codebook) -> None:
    below = {code.id for code in starter.codes if code.parent == "reflection"}
    assert below == {"reflection_simple", "reflection_complex"}


def test_miti_scores_come_out_as_the_manual_has_them() -> None:
    scores = {score.id: score for score in decode_codebook(text_of("miti_4_2_1")).scores}
    counts = {"SR": 6.0, "CR": 4.0, "Q": 5.0, "CCT": 4.0, "SST": 3.0, "Seek": 1, "AF": 2}
    assert evaluate(scores["pct_cr"].formula, counts) == 40
    assert evaluate(scores["r_q"].formula, counts) == 2
    assert evaluate(scores["technical"].formula, counts) == 3.5
    assert evaluate(scores["mia"].formula, counts | {"Emphasize": 0.0}) == 3
    assert [(band.name, band.start) for band in scores["pct_cr"].bands] == [
        ("fair", 40),
        ("good", 50),
    ]


def test_misc_keeps_the_valences() -> None:
    ids = {code.id for code in decode_codebook(text_of("misc_2_5")).codes}
    for stem in ("CQ", "OQ", "SR", "CR"):
        assert {f"{stem}_pos", f"{stem}_neg", f"{stem}_0"} <= ids
    for stem in ("C", "R", "D", "A", "N", "TS", "O"):
        assert {f"cl_{stem}_pos", f"cl_{stem}_neg"} <= ids


def test_silence_books_say_how_long_a_silence_is() -> None:
    minima = {name: json.loads(text_of(name))["codebook"]["silence_min"] for name in NAMES}
    assert minima["pics"] == minima["starter"] == 3.0
    assert decode_codebook(text_of("miti_4_2_1")).sample_minutes == 20

"""Codebook files: read, written, listed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotator import editing
from annotator.model import Code, Codebook
from annotator.storage.books import (
    book_problems,
    file_name_of,
    parse_book,
    read_book,
    with_suffix,
    write_book,
)
from annotator.storage.codec import encode_codebook
from annotator.storage.library import builtin_ids, list_builtin, load_builtin
from annotator.storage.store import SessionStore
from tests.support.sessions import plain_session

BOOK = Codebook("ours", "2", "Ours", codes=(Code("a", "A", colour="#0072b2"),))


def test_a_book_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "ours.codebook.json"
    write_book(path, BOOK)
    assert read_book(path).book == BOOK
    write_book(path, replace(BOOK, version="3"))
    assert read_book(path).book.version == "3"
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_keys_that_we_do_not_know_survive(tmp_path: Path) -> None:
    tree = json.loads(encode_codebook(BOOK))
    tree["codebook"]["colour_scheme"] = {"name": "dusk"}
    tree["codebook"]["codes"][0]["icon"] = "leaf"
    read = parse_book(json.dumps(tree).encode()).book
    path = tmp_path / "x.codebook.json"
    write_book(path, read)
    again = json.loads(path.read_bytes())["codebook"]
    assert again["colour_scheme"] == {"name": "dusk"}
    assert again["codes"][0]["icon"] == "leaf"


def test_retired_is_written_only_where_it_is_so() -> None:
    assert "retired" not in encode_codebook(BOOK)
    retired = replace(BOOK, codes=(replace(BOOK.codes[0], retired=True),))
    text = encode_codebook(retired)
    assert '"retired": true' in text
    assert parse_book(text.encode()).book == retired


def test_advice_comes_along() -> None:
    faint = replace(BOOK, codes=(Code("a", "A", colour="#ffff00"),))
    read = parse_book(encode_codebook(faint).encode())
    assert [one.is_warning for one in read.advice] == [True]


def test_problems_of_a_good_book_are_its_advice(tmp_path: Path) -> None:
    path = tmp_path / "x.codebook.json"
    write_book(path, BOOK)
    assert book_problems(path) == []


@pytest.mark.parametrize(
    ("book_id", "version", "name"),
    [
        ("ours", "2", "ours-2.codebook.json"),
        ("a/b:c", "", "a_b_c.codebook.json"),
        ("..", "", "codebook.codebook.json"),
    ],
)
def test_a_file_is_named_after_its_book(book_id: str, version: str, name: str) -> None:
    assert file_name_of(Codebook(book_id, version, "X")) == name


def test_a_name_gets_its_ending_once() -> None:
    assert with_suffix(Path("a/ours")) == Path("a/ours.codebook.json")
    assert with_suffix(Path("a/ours.json")) == Path("a/ours.json")


def test_the_books_that_ship_are_listed_with_their_notices() -> None:
    books = list_builtin()
    assert [one.id for one in books] == ["starter", "hss", "misc_2_5", "miti_4_2_1", "pics"]
    assert set(builtin_ids()) == {one.id for one in books}
    assert all(one.name and one.version and one.notice for one in books)


@pytest.mark.parametrize("book_id", builtin_ids())
def test_each_book_that_ships_can_be_loaded_and_used(book_id: str) -> None:
    book = load_builtin(book_id)
    assert book.id == book_id
    assert parse_book(encode_codebook(book).encode()).book == book


def test_thresholds_of_books_that_ship_say_whose_opinion_they_are() -> None:
    scores = [score for one in builtin_ids() for score in load_builtin(one).scores if score.bands]
    assert len(scores) == 4
    assert all("opinion" in score.note for score in scores)
    ratio = next(score for score in scores if score.id == "r_q")
    names = [band.name if band else "" for band in map(ratio.band_of, (None, 0.9, 1, 1.9, 2))]
    assert names == ["", "", "fair", "fair", "good"]


def test_a_move_outlives_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "talk.session.json"
    session = plain_session(3)
    store = SessionStore.create(path, session, "A")
    move = editing.plan_move(session, load_builtin("starter"))
    store.append(move.edit.changes)
    store.close()  # nothing was saved, as after a crash
    opened = SessionStore.open(path, "A")
    opened.store.close()
    assert opened.session == move.edit.apply(session)
    assert opened.session.codebook.id == "starter"

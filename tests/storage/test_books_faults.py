"""Codebook files that cannot be used: each fault is told with its place, and nothing is harmed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import StorageError
from annotator.model import Code, Codebook, Score
from annotator.storage.books import LARGEST_BOOK, book_problems, parse_book, read_book, write_book
from annotator.storage.codec import encode_codebook, encode_session
from annotator.storage.faults import FormatError, NewerFormatError
from annotator.storage.library import load_builtin
from tests.support.sessions import plain_session

BOOK = Codebook("ours", "2", "Ours", codes=(Code("a", "A", key="a"), Code("b", "B", key="b")))
Tree = dict[str, object]


def spoilt(spoil: Callable[[Tree], None]) -> bytes:
    tree = json.loads(encode_codebook(BOOK))
    spoil(tree["codebook"])
    return json.dumps(tree).encode()


def problems_of(data: bytes) -> list[str]:
    with pytest.raises(FormatError) as caught:
        parse_book(data)
    return [str(problem) for problem in caught.value.problems]


def test_keys_given_twice() -> None:
    codes = (BOOK.codes[0], replace(BOOK.codes[1], key="A"))
    told = problems_of(encode_codebook(replace(BOOK, codes=codes)).encode())
    assert told == ['codebook.codes[1].key: "A" is used twice: it is the key of "A" already']


def test_a_formula_that_names_no_code() -> None:
    book = replace(BOOK, scores=(Score("s", "S", "a / c"),))
    told = problems_of(encode_codebook(book).encode())
    assert told == ['codebook.scores[0].formula: names "c", which is no code or rating of the book']


def test_all_wrong_types_are_told_at_once() -> None:
    told = problems_of(spoilt(lambda book: book.update(name=7, codes=[{"id": 1}], groups={})))
    assert {line.partition(":")[0] for line in told} == {
        "codebook.name",
        "codebook.codes[0].id",
        "codebook.codes[0].name",
        "codebook.groups",
    }


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b"\0" * 40, "blanks"),
        (b"{", "line 1 column 2"),
        (b'{\n"format": "annotator-codebook",\n"version" 1}', "line 3 column 11"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[]", "not a codebook file"),
        (b'{"format": "annotator-codebook", "format": "x"}', "stands twice"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 70 + b"1" + b"}" * 70, "not a codebook file"),
        (b'{"format": "annotator-codebook", "version": 1}', "missing"),
        (b'{"format": "annotator-codebook", "version": 1, "codebook": []}', "not an object"),
    ],
)
def test_what_is_no_codebook(data: bytes, told: str) -> None:
    assert any(told in line for line in problems_of(data))


def test_deep_nesting_in_keys_that_we_do_not_know() -> None:
    def spoil(book: Tree) -> None:
        deep: object = 1
        for _ in range(200):
            deep = [deep]
        book["more"] = deep

    assert problems_of(spoilt(spoil)) == ["codebook.more: lists and objects are nested too deeply"]


def test_a_session_is_no_codebook() -> None:
    (told,) = problems_of(encode_session(plain_session()).encode())
    assert "annotator-session" in told


def test_a_newer_version_is_refused_in_words() -> None:
    text = encode_codebook(BOOK).replace('"version": 1', '"version": 2', 1)
    with pytest.raises(NewerFormatError) as caught:
        parse_book(text.encode())
    assert "newer version of annotator" in str(caught.value)


def test_a_newer_version_in_another_shape_is_refused_in_words() -> None:
    text = spoilt(lambda book: book.update(codes={})).replace(b'"version": 1', b'"version": 2', 1)
    with pytest.raises(NewerFormatError):
        parse_book(text)


def test_a_file_of_absurd_size_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with path.open("wb") as file:
        file.truncate(LARGEST_BOOK + 1)
    with pytest.raises(StorageError, match="hardly a codebook"):
        read_book(path)


def test_a_file_that_is_not_there_or_is_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.json", tmp_path):
        with pytest.raises(StorageError, match="could not be read"):
            read_book(path)


def test_the_file_is_named_and_all_problems_can_be_listed(tmp_path: Path) -> None:
    path = tmp_path / "ours.codebook.json"
    path.write_bytes(spoilt(lambda book: book.update(name=7)))
    with pytest.raises(FormatError, match=r"“ours\.codebook\.json” cannot be read"):
        read_book(path)
    assert [one.path for one in book_problems(path)] == ["codebook.name"]


def test_a_faulty_book_is_not_written_over_a_good_one(tmp_path: Path) -> None:
    path = tmp_path / "ours.codebook.json"
    write_book(path, BOOK)
    before = path.read_bytes()
    with pytest.raises(FormatError, match="twice"):
        write_book(path, replace(BOOK, codes=BOOK.codes[:1] * 2))
    assert path.read_bytes() == before


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="is not there"):
        write_book(tmp_path / "gone" / "x.codebook.json", BOOK)


def test_an_unknown_id_names_those_there_are() -> None:
    with pytest.raises(StorageError, match="starter"):
        load_builtin("nix")

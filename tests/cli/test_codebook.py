"""`annotator codebook`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.cli.codebook import codebook
from annotator.storage.books import read_book
from annotator.storage.codec import decode_session
from annotator.storage.library import builtin_ids, load_builtin
from annotator.storage.store import SessionStore
from tests.support.commands import CommandLine


def test_list_shows_each_notice(annotator: CommandLine) -> None:
    said = annotator("codebook", "list")
    assert said.code == 0
    assert "expert opinion, not norms" in " ".join(said.out.split())
    listed = json.loads(annotator("codebook", "list", "--json").out)
    assert {one["id"] for one in listed} == set(builtin_ids())
    assert all(one["notice"] for one in listed)


@pytest.mark.parametrize("book_id", builtin_ids())
def test_show_one_that_ships(annotator: CommandLine, book_id: str) -> None:
    book = load_builtin(book_id)
    said = annotator("codebook", "show", book_id)
    assert said.code == 0
    assert said.out.startswith(f"{book.name}, version {book.version}")
    assert all(f"{code.id}: {code.name}" in said.out for code in book.codes)
    assert all(item.name in said.out for item in (*book.ratings, *book.scores))


def test_show_that_of_a_session_and_as_json(annotator: CommandLine, session_file: Path) -> None:
    assert "silence: Silence (stretch)" in annotator("codebook", "show", session_file).out
    tree = json.loads(annotator("codebook", "show", session_file, "--json").out)
    assert tree["format"] == "annotator-codebook"
    assert [code["id"] for code in tree["codebook"]["codes"]] == ["reflection", "silence"]


def test_export_then_use_it(annotator: CommandLine, session_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "ours"
    said = annotator("codebook", "export", session_file, "-o", target)
    assert said.code == 0
    made = tmp_path / "ours.codebook.json"
    assert read_book(made).book == decode_session(session_file.read_bytes()).codebook
    assert annotator("codebook", "check", made).code == 0


def test_export_names_the_file_after_the_book(
    annotator: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert annotator("codebook", "export", "pics").code == 0
    assert read_book(tmp_path / "pics-7 categories.codebook.json").book == load_builtin("pics")


def test_check_tells_problems_and_warnings_apart(annotator: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "ours.codebook.json"
    annotator("codebook", "export", "pics", "-o", path)
    text = path.read_text(encoding="utf-8")
    assert annotator("codebook", "check", path).out == f"{path}: no problem\n"
    path.write_text(text.replace("#007d5b", "#ffff00"), encoding="utf-8")
    said = annotator("codebook", "check", path)
    assert said.code == 0
    assert f"{path}: warning: codebook.codes[0].colour: " in said.out
    path.write_text(text.replace('"key": "X"', '"key": "e"'), encoding="utf-8")
    said = annotator("codebook", "check", path)
    assert said.code == 1
    assert f'{path}: codebook.codes[1].key: "e" is used twice' in said.out
    (told,) = json.loads(annotator("codebook", "check", path, "--json").out)
    assert [one["severity"] for one in told["problems"]] == ["error"]


def test_dry_run_changes_nothing(annotator: CommandLine, session_file: Path) -> None:
    before = session_file.read_bytes()
    words = ("codebook", "move", session_file, "starter", "--dry-run")
    said = annotator(*words)
    assert said.code == 0
    assert "Nothing was changed" in said.out
    assert session_file.read_bytes() == before
    tree = json.loads(annotator(*words, "--json").out)
    assert tree["done"] is False
    assert (tree["from"]["id"], tree["to"]["id"]) == ("book", "starter")
    assert [line["new_id"] for line in tree["lines"]] == ["reflection"]


def test_move_maps_and_retires(annotator: CommandLine, session_file: Path) -> None:
    said = annotator("codebook", "move", session_file, "miti_4_2_1")
    assert said.code == 0
    assert "kept, retired" in said.out
    session = decode_session(session_file.read_bytes())
    assert session.codebook.version == "4.2.1"
    old = session.codebook.code("reflection")
    assert old is not None
    assert old.retired
    said = annotator("codebook", "move", session_file, "miti_4_2_1", "--map", "reflection=SR")
    assert "Simple Reflection (SR)" in said.out
    session = decode_session(session_file.read_bytes())
    assert session.codebook == load_builtin("miti_4_2_1")
    assert [tag.code for tag in session.passes[0].tags] == ["SR"]
    assert annotator("check", session_file).code == 0


def test_move_gives_a_length_or_deletes(annotator: CommandLine, session_file: Path) -> None:
    words = ("codebook", "move", session_file, "pics", "--map", "reflection=EMO")
    annotator(*words, "--length", "2")
    (tag,) = decode_session(session_file.read_bytes()).passes[0].tags
    assert (tag.code, tag.end - tag.start) == ("EMO", 2_000_000)
    said = annotator("codebook", "move", session_file, "starter", "--delete", "EMO")
    assert "1 are deleted" in said.out
    assert decode_session(session_file.read_bytes()).passes[0].tags == ()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "nix"), "There is no codebook"),
        (("show",), "Missing argument"),
        (("export", "nix"), "There is no codebook"),
        (("move", "SESSION", "nix"), "There is no codebook"),
        (("move", "gone.session.json", "pics"), "could not be read"),
        (("move", "SESSION", "pics", "--map", "reflection"), "OLD=NEW"),
        (("move", "SESSION", "pics", "--map", "x=EMO"), 'no code "x"'),
        (("move", "SESSION", "pics", "--map", "reflection=x"), 'no code "x"'),
        (
            ("move", "SESSION", "pics", "--map", "silence=EMO", "--delete", "silence"),
            "told twice",
        ),
    ],
)
def test_a_wish_that_makes_no_sense(
    annotator: CommandLine, session_file: Path, words: tuple[str, ...], told: str
) -> None:
    before = session_file.read_bytes()
    given = [session_file if word == "SESSION" else word for word in words]
    said = annotator("codebook", *given)
    assert (said.code, said.out) == (2, "")
    assert told in said.err
    assert session_file.read_bytes() == before
    assert not list(session_file.parent.glob("*.lock"))


def test_a_file_that_is_there_is_never_overwritten(annotator: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text("mine", encoding="utf-8")
    said = annotator("codebook", "export", "pics", "-o", path)
    assert said.code == 2
    assert path.read_text(encoding="utf-8") == "mine"


def test_check_of_what_cannot_be_read(annotator: CommandLine, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{\n"format" 1}', encoding="utf-8")
    said = annotator("codebook", "check", broken)
    assert said.code == 1
    assert "line 2 column" in said.out
    said = annotator("codebook", "check", broken, tmp_path / "gone.json")
    assert said.code == 2
    assert "gone.json" in said.err


def test_a_session_open_elsewhere_is_left_alone(annotator: CommandLine, session_file: Path) -> None:
    opened = SessionStore.open(session_file, "Maria")
    before = session_file.read_bytes()
    try:
        said = annotator("codebook", "move", session_file, "pics")
        dry = annotator("codebook", "move", session_file, "pics", "--dry-run")
    finally:
        opened.store.close()
    assert said.code == 2
    assert "Maria" in said.err
    assert dry.code == 0
    assert session_file.read_bytes() == before


@pytest.mark.parametrize("name", sorted(codebook.commands))
def test_each_command_tells_its_exit_codes(annotator: CommandLine, name: str) -> None:
    said = annotator("codebook", name, "--help")
    assert said.code == 0
    assert "Exit code 0" in said.out

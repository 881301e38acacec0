"""`annotator new`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from annotator.storage.codec import decode_session
from annotator.storage.paths import builtin_codebooks
from tests.support.commands import CommandLine
from tests.support.timing_clips import TimingClip


@pytest.fixture
def film(clip: TimingClip, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(clip.path, tmp_path / "talk.mp4"))


def test_session_lies_beside_the_film(annotator: CommandLine, film: Path) -> None:
    said = annotator("new", film, "--title", "Third meeting")
    assert said.code == 0
    session = decode_session((film.parent / "talk.session.json").read_bytes())
    assert session.title == "Third meeting"
    assert [one.path for one in session.recordings] == ["talk.mp4"]
    assert session.region.end == session.recordings[0].duration == session.duration
    assert [one.role.value for one in session.participants] == ["therapist", "client"]
    assert session.codebook.code("reflection") is not None


def test_new_session_has_no_problem(annotator: CommandLine, film: Path) -> None:
    annotator("new", film)
    said = annotator("check", film.parent / "talk.session.json")
    assert (said.code, said.out.count("no problem")) == (0, 1)


def test_two_films_in_one_session(annotator: CommandLine, film: Path, tmp_path: Path) -> None:
    second = Path(shutil.copyfile(film, tmp_path / "Client close.mp4"))
    place = tmp_path / "sub" / "both.session.json"
    place.parent.mkdir()
    assert annotator("new", film, second, "-o", place).code == 0
    session = json.loads(place.read_bytes())
    paths = [one["path"] for one in session["recordings"]]
    assert [(place.parent / path).resolve() for path in paths] == [film, second]
    assert [one["role"] for one in session["recordings"]] == ["room", "client"]


@pytest.mark.parametrize("book", builtin_codebooks(), ids=lambda path: path.name)
def test_codebook_by_name_and_by_file(annotator: CommandLine, film: Path, book: Path) -> None:
    by_name, by_file = film.with_name("a.session.json"), film.with_name("b.session.json")
    assert annotator("new", film, "-o", by_name, "--codebook", book.name.split(".")[0]).code == 0
    assert annotator("new", film, "-o", by_file, "--codebook", book).code == 0
    books = [decode_session(path.read_bytes()).codebook for path in (by_name, by_file)]
    assert books[0] == books[1]


def test_a_session_that_is_there_is_left_alone(annotator: CommandLine, film: Path) -> None:
    annotator("new", film)
    before = (film.parent / "talk.session.json").read_bytes()
    said = annotator("new", film, "--title", "Other")
    assert said.code == 2
    assert "already" in said.err
    assert (film.parent / "talk.session.json").read_bytes() == before


def test_unknown_codebook_lists_those_there_are(annotator: CommandLine, film: Path) -> None:
    said = annotator("new", film, "--codebook", "nix")
    assert said.code == 2
    assert "starter" in said.err
    assert not (film.parent / "talk.session.json").exists()


def test_a_film_that_is_none_makes_no_session(annotator: CommandLine, tmp_path: Path) -> None:
    film = tmp_path / "talk.mp4"
    film.write_text("no film")
    assert annotator("new", film).code == 2
    assert [one.name for one in tmp_path.iterdir()] == ["talk.mp4"]

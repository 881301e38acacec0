from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import annotator
from annotator.errors import StorageError
from annotator.storage.codec import decode_codebook
from annotator.storage.paths import (
    builtin_codebooks,
    located,
    recording_path,
    relative_path,
    relocated,
    shipped,
)
from tests.support.sessions import plain_session


def test_a_recording_is_found_beside_its_session(tmp_path: Path) -> None:
    recording = plain_session().recordings[0]
    session_path = tmp_path / "x.session.json"
    assert recording_path(session_path, recording) == tmp_path / "film.mp4"
    above = replace(recording, path="../films/a b.mp4")
    assert recording_path(session_path, above) == tmp_path.parent / "films" / "a b.mp4"


@pytest.mark.parametrize(
    ("folder", "target", "written"),
    [
        ("/a/b", "/a/b/film.mp4", "film.mp4"),
        ("/a/b", "/a/b/c/film.mp4", "c/film.mp4"),
        ("/a/b", "/a/films/film.mp4", "../films/film.mp4"),
        ("/a/b", "/z/film.mp4", "/z/film.mp4"),
        ("/a/b", "/a/b/../b/film.mp4", "film.mp4"),
    ],
)
def test_paths_are_relative_where_a_folder_is_shared(
    folder: str, target: str, written: str
) -> None:
    assert relative_path(Path(folder), Path(target)) == written
    normal = located(Path(folder), written)
    assert normal == located(Path(folder), target)


def test_a_session_that_moves_still_finds_its_films(tmp_path: Path) -> None:
    session = plain_session()
    old, new = tmp_path / "old", tmp_path / "deep" / "new"
    moved = relocated(session, old, new)
    assert moved.recordings[0].path == "../../old/film.mp4"
    assert located(new, moved.recordings[0].path) == old / "film.mp4"
    assert relocated(moved, new, old) == session


def test_a_path_of_another_kind_of_computer_stays_as_it_is() -> None:
    session = plain_session()
    film = replace(session.recordings[0], path="C:/films/a.mp4")
    session = replace(session, recordings=(film,))
    assert relocated(session, Path("/a"), Path("/b")) == session


def test_the_codebooks_that_came_along_can_be_read() -> None:
    books = [decode_codebook(path.read_bytes()) for path in builtin_codebooks()]
    assert "starter" in {book.id for book in books}


def test_an_installed_program_brings_its_own_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site" / "annotator"
    (package / "shipped" / "codebooks").mkdir(parents=True)
    monkeypatch.setattr(annotator, "__file__", str(package / "__init__.py"))
    assert shipped("codebooks") == package / "shipped" / "codebooks"
    with pytest.raises(StorageError, match="comes with annotator"):
        shipped("first-session")

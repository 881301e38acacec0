"""Studies: read with every problem told, written back, and gathered from what is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.errors import StorageError
from annotator.model.study import Study, StudySession
from annotator.storage.faults import FormatError, NewerFormatError
from annotator.storage.sample import copy_sample
from annotator.storage.study import gathered, parse_study, read_study

HEAD = {"format": "annotator-study", "version": 1}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("one", "two"):
        copy_sample(tmp_path / name)
    return tmp_path


def study_file(folder: Path, **rest: object) -> Path:
    path = folder / "study.json"
    path.write_text(json.dumps({**HEAD, **rest}), encoding="utf-8")
    return path


def test_names_and_paths_are_filled_in(folder: Path) -> None:
    sessions = [
        {"path": "one/first-session.session.json", "name": "Rogers", "therapist": "T1"},
        {"path": "two/first-session.session.json"},
    ]
    study = read_study(study_file(folder, title="Three", coders=["A"], sessions=sessions, mood=1))
    assert [one.name for one in study.sessions] == ["Rogers", "first-session"]
    assert all(Path(one.path).is_file() for one in study.sessions)
    assert (study.title, study.coders, study.extra) == ("Three", ("A",), {"mood": 1})


def test_who_spoke_and_how_stands_with_each_session(folder: Path) -> None:
    named = {"name": "A", "therapist": "T1", "client": "C1", "approach": "gestalt"}
    sessions = [{"path": "one/first-session.session.json", **named}]
    study = read_study(study_file(folder, codebook="starter", sessions=sessions))
    inside = folder / "one" / "first-session.session.json"
    assert study == Study(
        "", (StudySession(inside, "A", "T1", "C1", "gestalt"),), codebook="starter"
    )


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is empty"),
        (b"{", ""),
        (b"[]", "annotator-study"),
        (b'{"format": "annotator-session", "version": 1}', "annotator-study"),
        (b'{"format": "annotator-study", "version": true}', "version"),
        (b'{"format": "annotator-study", "version": 1}', "sessions"),
        (b'{"format": "annotator-study", "version": 1, "sessions": [{}]}', "sessions[0].path"),
        (b'{"format": "annotator-study", "version": 1, "sessions": [{"path": ""}]}', "empty"),
        (
            b'{"format":"annotator-study","version":1,"sessions":[{"path":"a"},{"path":"a"}]}',
            "named twice",
        ),
    ],
)
def test_what_is_wrong_is_told(data: bytes, told: str) -> None:
    with pytest.raises(FormatError) as error:
        parse_study(data)
    assert told in "\n".join(map(str, error.value.problems)) or told == "is empty"


def test_a_newer_study_is_not_guessed_at() -> None:
    with pytest.raises(NewerFormatError):
        parse_study(b'{"format": "annotator-study", "version": 2, "sessions": []}')


def test_a_folder_is_its_study_or_all_its_sessions(folder: Path) -> None:
    study = gathered([folder])
    assert [one.name for one in study.sessions] == ["one/first-session", "two/first-session"]
    study_file(folder, sessions=[{"path": "two/first-session.session.json"}])
    assert [one.name for one in gathered([folder]).sessions] == ["first-session"]


def test_a_session_named_twice_counts_once(folder: Path) -> None:
    path = folder / "one" / "first-session.session.json"
    assert len(gathered([path, folder, path]).sessions) == 2


def test_nothing_to_be_found_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="There is no session"):
        gathered([tmp_path])
    with pytest.raises(StorageError, match="There is no file"):
        gathered([tmp_path / "gone.session.json"])

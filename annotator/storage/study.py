"""Studies: a `study.json` that names its sessions once, or a folder with sessions in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from annotator.errors import StorageError
from annotator.model.problem import Problem
from annotator.model.study import Study, StudySession
from annotator.storage.codec_text import read_json
from annotator.storage.codec_values import ID, TEXT, Field, Kind, Problems, Shape, list_of
from annotator.storage.faults import FormatError, NewerFormatError, storage_error
from annotator.storage.paths import SESSION_ENDING

STUDY_FORMAT = "annotator-study"
STUDY_VERSION = 1
STUDY_NAME = "study.json"
LARGEST_STUDY = 8 * 1024 * 1024
"""In bytes; that of a thousand sessions has 200 thousand."""


def _read_path(raw: object, path: str, problems: Problems) -> object:
    text = ID.read(raw, path, problems)
    return PurePath(text) if isinstance(text, str) else None


_PATH = Kind(_read_path, lambda value: value.as_posix() if isinstance(value, PurePath) else "")
_SESSION = Shape(
    StudySession,
    (
        Field("path", _PATH, required=True),
        Field("name", TEXT),
        Field("therapist", TEXT),
        Field("client", TEXT),
        Field("approach", TEXT),
    ),
)
_STUDY = Shape(
    Study,
    (
        Field("title", TEXT),
        Field("codebook", TEXT),
        Field("coders", list_of(ID)),
        Field("sessions", list_of(_SESSION.kind), required=True),
    ),
)


def read_study(path: Path) -> Study:
    """Read a study's file; paths of sessions are then those from here, names are filled in.

    Raises FormatError with every problem where it is not in order (NewerFormatError where a newer
    program wrote it), StorageError where the system will not let it be read.
    """
    try:
        if path.stat().st_size > LARGEST_STUDY:
            raise StorageError(f"“{path.name}” is too large to be a study.", "Choose another file.")
        data = path.read_bytes()
    except OSError as error:
        raise storage_error(error, path, "could not be read") from error
    try:
        study = parse_study(data)
    except FormatError as error:
        raise error.about(f"“{path.name}”") from error
    return _placed(study, path.parent)


def parse_study(data: bytes) -> Study:
    """Read the bytes of a study's file; raises FormatError as `read_study`."""
    raw = read_json(data)
    if not isinstance(raw, dict) or raw.get("format") != STUDY_FORMAT:
        raise FormatError([Problem("format", f'this is not "{STUDY_FORMAT}"')])
    version = raw.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise FormatError([Problem("version", "this is not a whole number from 1")])
    if version > STUDY_VERSION:
        raise NewerFormatError(version)
    problems: Problems = []
    rest = {key: value for key, value in raw.items() if key not in {"format", "version"}}
    study = _STUDY.read(rest, "", problems)
    if study is None or problems:
        raise FormatError(problems)
    names = [one.path for one in study.sessions]
    twice = sorted({str(one) for one in names if names.count(one) > 1})
    if twice:
        told = (Problem("sessions", f'"{one}" is named twice') for one in twice)
        raise FormatError(list(told))
    return study


def gathered(paths: Sequence[Path]) -> Study:
    """Make one study of sessions, folders and studies, in the order in which they are named.

    A folder is its study.json, or all sessions in it and below. Raises StorageError where there
    is nothing of the kind, FormatError as `read_study`.
    """
    studies = [_one(path) for path in paths]
    sessions = {Path(one.path).absolute(): one for study in studies for one in study.sessions}
    coders = tuple(dict.fromkeys(coder for study in studies for coder in study.coders))
    title = studies[0].title if len(studies) == 1 else ""
    codebook = studies[0].codebook if len(studies) == 1 else ""
    return Study(title, _told_apart(list(sessions.values())), coders, codebook)


def _one(path: Path) -> Study:
    if path.is_dir():
        if (path / STUDY_NAME).is_file():
            return read_study(path / STUDY_NAME)
        found = sorted(path.rglob(f"*{SESSION_ENDING}"))
        if not found:
            raise StorageError(
                f"There is no session in {path}.",
                f"A session's name ends in {SESSION_ENDING}; a study is a file {STUDY_NAME}.",
            )
        return Study(path.name, tuple(StudySession(one, _name(one)) for one in found))
    if not path.exists():
        raise StorageError(f"There is no file {path}.", "Check the name.")
    if path.name == STUDY_NAME or path.name.endswith(f".{STUDY_NAME}"):
        return read_study(path)
    return Study("", (StudySession(path, _name(path)),))


def _placed(study: Study, folder: Path) -> Study:
    placed = (
        replace(one, path=folder / one.path, name=one.name or _name(one.path))
        for one in study.sessions
    )
    return replace(study, sessions=tuple(placed))


def _name(path: PurePath) -> str:
    return path.name.removesuffix(SESSION_ENDING).removesuffix(".json")


def _told_apart(sessions: Sequence[StudySession]) -> tuple[StudySession, ...]:
    """Give sessions of one name those of their folders too."""
    names = [one.name for one in sessions]
    return tuple(
        replace(one, name=f"{one.path.parent.name}/{one.name}")
        if names.count(one.name) > 1
        else one
        for one in sessions
    )

"""Every problem of a session or codebook file, each with its path and none told twice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Protocol

from annotator.model.rules import Problem, codebook_problems, session_problems
from annotator.storage.codec import (
    CODEBOOK_FORMAT,
    SESSION_FORMAT,
    codebook_from,
    format_of,
    session_from,
)
from annotator.storage.codec_text import joined, read_json
from annotator.storage.faults import FormatError, storage_error

_SCHEMAS = {SESSION_FORMAT: "session.schema.json", CODEBOOK_FORMAT: "codebook.schema.json"}


def check_file(path: Path) -> list[Problem]:
    """List every problem of a session or codebook file; empty where it is as it should be.

    The file is held against the published schema, the stricter reading of this program, and,
    where it can be read, the rules of coding. Raises StorageError where the system will not let
    it be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise storage_error(error, path, "could not be read") from error
    return check_data(data)


def check_data(data: bytes) -> list[Problem]:
    """List every problem of the bytes of a session or codebook file."""
    try:
        raw = read_json(data)
    except FormatError as error:
        return list(error.problems)
    found = format_of(raw)
    if found not in _SCHEMAS:
        told = f'"{found}" is' if found else "this is"
        wanted = " nor ".join(f'"{one}"' for one in _SCHEMAS)
        return [Problem("format", f"{told} neither {wanted}")]
    return _without_doubles(_read_problems(raw, found), _schema_problems(raw, found))


def load_schema(format_name: str) -> dict[str, object]:
    """Give the published JSON Schema of a format, "annotator-session" or "annotator-codebook"."""
    text = (files("annotator.storage") / _SCHEMAS[format_name]).read_text(encoding="utf-8")
    schema: dict[str, object] = json.loads(text)
    return schema


def _read_problems(raw: object, format_name: str) -> list[Problem]:
    try:
        if format_name == SESSION_FORMAT:
            return session_problems(session_from(raw).session)
        return codebook_problems(codebook_from(raw))
    except FormatError as error:
        return list(error.problems)


class _SchemaFault(Protocol):
    """What we use of jsonschema's account of a fault."""

    absolute_path: Iterable[str | int]
    instance: object
    message: str
    validator: str
    validator_value: object


def _schema_problems(raw: object, format_name: str) -> Iterator[Problem]:
    validator = import_module("jsonschema").Draft202012Validator  # slow to import, seldom needed
    fault: _SchemaFault
    for fault in validator(load_schema(format_name)).iter_errors(raw):
        path = ""
        for step in fault.absolute_path:
            path = f"{path}[{step}]" if isinstance(step, int) else joined(path, step)
        if fault.validator != "required":
            yield Problem(path, fault.message)
        elif isinstance(fault.instance, dict) and isinstance(fault.validator_value, list):
            missing = (key for key in fault.validator_value if key not in fault.instance)
            yield from (Problem(joined(path, key), "this is missing") for key in missing)


def _without_doubles(ours: list[Problem], more: Iterable[Problem]) -> list[Problem]:
    """Give ours, then what else was found at places that we have said nothing of."""
    told = {problem.path for problem in ours}
    problems = list(ours)
    for problem in more:
        if not any(_is_about(problem.path, path) for path in told):
            told.add(problem.path)
            problems.append(problem)
    return problems


def _is_about(path: str, told: str) -> bool:
    """Tell whether a path is one already told of, or holds it, or lies in it."""
    longer, shorter = (path, told) if len(path) > len(told) else (told, path)
    return longer.startswith(shorter) and longer[len(shorter) : len(shorter) + 1] in {"", ".", "["}

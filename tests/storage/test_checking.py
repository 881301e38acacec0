from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from annotator.errors import StorageError
from annotator.model import Session
from annotator.model.codebook import Codebook
from annotator.storage.checking import check_data, check_file, load_schema
from annotator.storage.codec import decode_session, encode_codebook, encode_session
from annotator.storage.codec_session import _SESSION
from annotator.storage.codec_tags import TAG
from annotator.storage.codec_text import read_json
from annotator.storage.codec_values import Shape
from annotator.storage.faults import FormatError
from tests.support.sessions import BOOKS, SESSIONS, plain_session

THOROUGH = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
SESSION_SCHEMA = load_schema("annotator-session")
CODEBOOK_SCHEMA = load_schema("annotator-codebook")


@pytest.mark.parametrize("schema", [SESSION_SCHEMA, CODEBOOK_SCHEMA])
def test_the_schemas_are_schemas_and_each_key_is_described(schema: dict[str, object]) -> None:
    Draft202012Validator.check_schema(schema)
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    for shape in (schema, *definitions.values()):
        for key, value in shape["properties"].items():
            assert value.get("description") or "$ref" in str(value), key


@THOROUGH
@given(SESSIONS)
def test_what_is_written_is_valid_by_the_schema(session: Session) -> None:
    faults = Draft202012Validator(SESSION_SCHEMA).iter_errors(read_json(encode_session(session)))
    assert [fault.message for fault in faults] == []


@THOROUGH
@given(BOOKS)
def test_what_is_written_of_a_codebook_is_valid_by_the_schema(book: Codebook) -> None:
    faults = Draft202012Validator(CODEBOOK_SCHEMA).iter_errors(read_json(encode_codebook(book)))
    assert [fault.message for fault in faults] == []


def places(tree: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """List every place in a tree."""
    found = [path] if path else []
    if isinstance(tree, dict | list):
        pairs = tree.items() if isinstance(tree, dict) else enumerate(tree)
        for key, member in pairs:
            found += places(member, (*path, key))
    return found


TREE = json.loads(encode_session(plain_session(2)))
ODD = st.sampled_from([None, "", "odd", -1, 0, 2.5, True, [], {}, [1], {"a": 1}, 10**16])


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(places(TREE)), ODD)
def test_the_schema_and_the_reader_agree_on_what_is_wrong(
    place: tuple[str | int, ...], odd: object
) -> None:
    tree = json.loads(json.dumps(TREE))
    holder = tree
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = odd
    raw = read_json(json.dumps(tree))
    refused_by_schema = not Draft202012Validator(SESSION_SCHEMA).is_valid(raw)
    try:
        decode_session(json.dumps(tree))
    except FormatError:
        refused_by_reader = True
    else:
        refused_by_reader = False
    # the reader also holds an end against its start, which a schema cannot
    assert refused_by_reader == refused_by_schema or place[-1] in {"start", "end"}


def test_the_schema_knows_the_very_keys_that_the_codec_writes() -> None:
    definitions = SESSION_SCHEMA["$defs"]
    assert isinstance(definitions, dict)
    assert list(definitions["tag"]["properties"]) == [field.key for field in TAG.fields]
    shape: Shape[Session] = _SESSION
    properties = SESSION_SCHEMA["properties"]
    assert isinstance(properties, dict)
    assert list(properties) == ["format", "version", *(field.key for field in shape.fields)]


def test_a_good_file_has_no_problem(tmp_path: Path) -> None:
    path = tmp_path / "x.session.json"
    path.write_text(encode_session(plain_session()), encoding="utf-8")
    assert check_file(path) == []
    path.write_text(encode_codebook(plain_session().codebook), encoding="utf-8")
    assert check_file(path) == []


def test_every_problem_is_told_once() -> None:
    tree = json.loads(encode_session(plain_session()))
    tree["title"] = 3
    del tree["passes"][0]["coder"]
    tree["passes"][0]["tags"][1]["start"] = "x"
    problems = check_data(json.dumps(tree).encode())
    assert [problem.path for problem in problems] == [
        "title",
        "passes[0].coder",
        "passes[0].tags[1].start",
    ]


def test_the_rules_of_coding_are_held_too() -> None:
    tree = json.loads(encode_session(plain_session()))
    tree["passes"][0]["tags"][1]["code"] = "gone"
    tree["codebook"]["codes"][0]["colour"] = "blue"
    problems = check_data(json.dumps(tree).encode())
    assert [problem.path for problem in problems] == [
        "codebook.codes[0].colour",
        "passes[0].tags[1].code",
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b"{", "cut off"),
        (b"{}", "neither"),
        (b"[]", "neither"),
        (b'{"format": "x"}', '"x" is neither'),
        (b'{"a": 1, "a": 2}', "twice"),
        (b'{"format": "annotator-session"}', "version"),
        (b'{"format": "annotator-codebook", "version": 1}', "codebook"),
    ],
)
def test_what_is_no_file_of_ours_is_a_problem(data: bytes, told: str) -> None:
    problems = check_data(data)
    assert told in " ".join(str(problem) for problem in problems)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="could not be read"):
        check_file(tmp_path / "no.json")

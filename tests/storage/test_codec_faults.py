from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model.rules import Problem
from annotator.storage.codec import decode_codebook, decode_session, encode_session
from annotator.storage.codec_change import decode_change
from annotator.storage.faults import DamagedError, FormatError, NewerFormatError
from tests.support.sessions import plain_session

Tree = dict[str, Any]


def problems_of(data: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(FormatError) as caught:
        decode_session(data)
    return caught.value.problems


def spoilt(spoil: Callable[[Tree], object]) -> str:
    tree = json.loads(encode_session(plain_session()))
    spoil(tree)
    return json.dumps(tree)


def put(path: str, value: object) -> Callable[[Tree], None]:
    """Give what puts a value at a path such as `passes.0.coder`."""

    def spoil(tree: Tree) -> None:
        *steps, last = path.split(".")
        place: Any = tree
        for step in steps:
            place = place[int(step)] if isinstance(place, list) else place[step]
        place[int(last) if isinstance(place, list) else last] = value

    return spoil


@pytest.mark.parametrize(
    ("path", "value", "where", "told"),
    [
        ("title", 7, "title", "7"),
        ("id", "", "id", "empty"),
        ("region", [], "region", "[]"),
        ("region.end", -1, "region.end", "-1"),
        ("region.start", None, "region.start", "missing"),
        ("recordings", {}, "recordings", "{}"),
        ("recordings.0.duration", -1.5, "recordings[0].duration", "-1.5"),
        ("recordings.0.role", "attic", "recordings[0].role", '"attic"'),
        ("recordings.0.video", 3, "recordings[0].video", "3"),
        ("excluded.0.end", 1, "excluded[0].end", "1.0"),
        ("participants.0.consent", {"scope": "all"}, "participants[0].consent.scope", '"all"'),
        (
            "participants.0.consent.withheld",
            ["all"],
            "participants[0].consent.withheld[0]",
            '"all"',
        ),
        ("participants.0.consent.masks", {}, "participants[0].consent.masks", "{}"),
        ("participants.0.consent.masks", [1], "participants[0].consent.masks[0]", "1"),
        ("participants.0.consent.withdrawn", 2026, "participants[0].consent.withdrawn", "2026"),
        ("codebook.codes.0.kind", "blob", "codebook.codes[0].kind", '"blob"'),
        ("codebook.codes.0.exclusive_with", "a", "codebook.codes[0].exclusive_with", '"a"'),
        ("codebook.ratings.0.min", "low", "codebook.ratings[0].min", '"low"'),
        ("codebook.ratings.0.max", 10**30, "codebook.ratings[0].max", "1000"),
        ("codebook.silence_min", -3, "codebook.silence_min", "-3"),
        ("codebook.sample_minutes", 2.5, "codebook.sample_minutes", "2.5"),
        ("codebook.sample_minutes", True, "codebook.sample_minutes", "true"),
        ("passes.0.purpose", "fun", "passes[0].purpose", '"fun"'),
        ("passes.0.tags", 1, "passes[0].tags", "1"),
        ("passes.0.tags.1", "x", "passes[0].tags[1]", '"x"'),
        ("passes.0.tags.1.start", "1", "passes[0].tags[1].start", '"1"'),
        ("passes.0.tags.1.start", True, "passes[0].tags[1].start", "true"),
        ("passes.0.tags.1.start", 0.1234567, "passes[0].tags[1].start", "six decimals"),
        ("passes.0.tags.1.end", 0.5, "passes[0].tags[1].end", "0.5"),
        ("passes.0.tags.1.end", 10**12, "passes[0].tags[1].end", "1000000000000"),
        ("passes.0.tags.1.note", ["x"], "passes[0].tags[1].note", '["x"]'),
        ("passes.0.tags.1.attributes", [], "passes[0].tags[1].attributes", "[]"),
        ("passes.0.tags.1.attributes", {"a": 1}, "passes[0].tags[1].attributes.a", "1"),
        ("passes.0.tags.1.origin", {}, "passes[0].tags[1].origin", "{}"),
        ("passes.0.tags.1.code", "", "passes[0].tags[1].code", "empty"),
        ("passes.0.ratings.0.value", "4", "passes[0].ratings[0].value", '"4"'),
    ],
)
def test_each_fault_is_named_with_its_path_and_value(
    path: str, value: object, where: str, told: str
) -> None:
    (problem,) = problems_of(spoilt(put(path, value)))
    assert problem.path == where
    assert told in problem.message


def test_all_faults_are_told_not_the_first() -> None:
    def spoil(tree: Tree) -> None:
        tree["title"] = 1
        del tree["passes"][0]["coder"]
        tree["passes"][0]["tags"][0]["start"] = "a"
        tree["passes"][0]["tags"][2]["end"] = None

    paths = [problem.path for problem in problems_of(spoilt(spoil))]
    assert paths == [
        "title",
        "passes[0].coder",
        "passes[0].tags[0].start",
        "passes[0].tags[2].end",
    ]


def test_the_message_tells_three_and_counts_the_rest() -> None:
    def spoil(tree: Tree) -> None:
        for tag in tree["passes"][0]["tags"]:
            tag["code"] = tag["note"] = 5

    with pytest.raises(FormatError) as caught:
        decode_session(spoilt(spoil))
    assert "6 problems" in str(caught.value)
    assert "and 3 more" in str(caught.value)
    assert "annotator check" in str(caught.value)


@pytest.mark.parametrize("key", ["format", "version", "id", "title", "region", "codebook"])
def test_a_missing_key_is_named(key: str) -> None:
    (problem,) = problems_of(spoilt(lambda tree: tree.pop(key)))
    assert problem.path == key


@pytest.mark.parametrize("text", ["[]", "3", '"x"', "{}", '{"format": "boris"}', "null"])
def test_other_json_is_no_session(text: str) -> None:
    (problem,) = problems_of(text)
    assert "not a session file" in problem.message


@pytest.mark.parametrize("version", [0, -1, "1", 1.0, True, None])
def test_a_version_that_is_none_is_told(version: object) -> None:
    (problem,) = problems_of(spoilt(put("version", version)))
    assert problem.path == "version"


def test_a_newer_version_in_another_shape_asks_for_a_newer_program() -> None:
    def spoil(tree: Tree) -> None:
        tree["version"] = 2
        tree["passes"] = {"new": "shape"}

    with pytest.raises(NewerFormatError) as caught:
        decode_session(spoilt(spoil))
    assert "newer version of annotator" in str(caught.value)
    assert "newer" in str(caught.value.about("“x”"))


def test_broken_json_is_told_by_line_and_column() -> None:
    text = encode_session(plain_session()).replace('"title":', '"title"', 1)
    (problem,) = problems_of(text)
    assert "line 5 column 11" in problem.message


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9])
def test_a_file_cut_off_is_known_as_damaged(share: float) -> None:
    data = encode_session(plain_session()).encode()
    with pytest.raises(DamagedError):
        decode_session(data[: int(len(data) * share)])


@pytest.mark.parametrize("data", [b"", b"  \n", b"\0" * 512, b"{\xff\xfe", b'{"a": 1\0\0\0\0'])
def test_blanks_zeros_and_other_encodings_are_known_as_damaged(data: bytes) -> None:
    with pytest.raises(DamagedError) as caught:
        decode_session(data)
    assert "“x.json”" in str(caught.value.about("“x.json”"))


def test_a_key_that_stands_twice_is_told_with_its_path() -> None:
    text = encode_session(plain_session())
    text = text.replace('"code": "reflection",', '"code": "silence", "code": "reflection",', 1)
    (problem,) = problems_of(text)
    assert (problem.path, problem.message) == ("passes[0].tags[0].code", "this key stands twice")


@pytest.mark.parametrize(
    "number",
    ["NaN", "Infinity", "-Infinity", "1e999999999", "1E+99999999999999999999", "9" * 5000],
)
def test_numbers_that_are_none_are_told_with_their_path(number: str) -> None:
    text = encode_session(plain_session()).replace('"end": 100000.0', f'"end": {number}', 1)
    (problem,) = problems_of(text)
    assert problem.path == "region.end"
    assert len(problem.message) < 120


@pytest.mark.parametrize("depth", [100, 5_000, 200_000])
def test_bottomless_nesting_is_refused(depth: int) -> None:
    bomb = "[" * depth + "]" * depth
    for place in ("later", "title", "passes"):
        text = encode_session(plain_session())
        text = text.replace('"format"', f'"{place}": {bomb}, "format"', 1)
        (problem, *_) = problems_of(text)
        assert problem.message


def test_a_codebook_file_is_no_session_and_the_other_way_round() -> None:
    with pytest.raises(FormatError, match="not a codebook file"):
        decode_codebook(encode_session(plain_session()))
    with pytest.raises(FormatError, match="codebook: this is missing"):
        decode_codebook('{"format": "annotator-codebook", "version": 1}')


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {},
        {"change": "tag"},
        {"change": "tag", "pass": "p", "before": 3, "after": None},
        {"change": "member", "member": "sofa", "index": 0, "before": None, "after": None},
        {"change": "member", "member": "rating", "index": 0, "before": 1, "after": None},
        {"change": "field", "field": "title", "before": "a", "after": None},
        {"change": "field", "field": "colour", "before": "a", "after": "b"},
        {"change": "field", "field": "region", "before": {}, "after": {}},
    ],
)
def test_what_is_no_change_is_refused(raw: object) -> None:
    with pytest.raises(FormatError):
        decode_change(raw)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 4000), st.integers(0, 4000), st.binary(max_size=4))
def test_scrambled_bytes_never_bring_it_down(start: int, end: int, middle: bytes) -> None:
    data = encode_session(plain_session()).encode()
    scrambled = data[:start] + middle + data[max(start, end) :]
    told: tuple[Problem, ...] = ()
    session = None
    try:
        session = decode_session(scrambled)
    except FormatError as error:
        told = error.problems
    assert bool(told) != (session is not None)

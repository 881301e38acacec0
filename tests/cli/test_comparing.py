"""`annotator passes` and `annotator compare`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.model import (
    CodingPass,
    ConsensusOf,
    Micros,
    Milestone,
    PassEvent,
    Purpose,
    Tag,
    Unblinding,
)
from annotator.storage.codec import decode_session
from annotator.storage.store import SessionStore
from tests.support.commands import CommandLine

S = 1_000_000


@pytest.fixture
def coded_twice(session_file: Path, tmp_path: Path) -> Path:
    session = decode_session(session_file.read_bytes())
    done = (PassEvent(Milestone.FINISHED, "2026-01-02T00:00:00Z"),)
    first = replace(session.passes[0], history=done)
    tags = (
        Tag("u1", "reflection", Micros(12_800_000), Micros(12_800_000), "client"),
        Tag("u2", "silence", Micros(30 * S), Micros(34 * S)),
        Tag("u3", "?", Micros(40 * S), Micros(41 * S)),
    )
    second = CodingPass("p2", "B", Purpose.DOUBLE, "2026-01-03T00:00:00Z", tags)
    third = CodingPass("p3", "C", Purpose.CONSENSUS, "", consensus=ConsensusOf("p1", "p2"))
    seen = Unblinding("B", "p1", "2026-01-03T00:00:00Z", finished=False)
    session = replace(session, passes=(first, second, third), unblindings=(seen,))
    path = tmp_path / "twice.session.json"
    SessionStore.create(path, session, "test").close()
    return path


def test_passes_are_listed(annotator: CommandLine, coded_twice: Path) -> None:
    said = annotator("passes", coded_twice)
    assert said.code == 0
    lines = said.out.splitlines()
    first, second, third = (
        next(line for line in lines if line.split()[:1] == [one]) for one in ("p1", "p2", "p3")
    )
    assert "2026-01-02T00:00:00Z" in first
    assert "not independent" in second
    assert "1 without a name" in second
    assert "of p1 and p2" in third
    assert said.out.endswith("3 coding passes\n")


def test_passes_as_json(annotator: CommandLine, coded_twice: Path) -> None:
    tree = json.loads(annotator("passes", coded_twice, "--json").out)
    assert [(one["id"], one["finished"], one["independent"]) for one in tree["passes"]] == [
        ("p1", "2026-01-02T00:00:00Z", True),
        ("p2", None, False),
        ("p3", None, False),
    ]
    assert [one["pass"] for one in tree["unblindings"]] == ["p1"]


def test_differences_are_told(annotator: CommandLine, coded_twice: Path) -> None:
    said = annotator("compare", coded_twice, "A", "B")
    assert said.code == 1
    assert "only B" in said.out
    assert "0:00:30.000" in said.out
    assert said.out.endswith("1 agreed, 2 differences\n")
    assert "no independent coding" in said.err
    assert "The pass of B is not finished." in said.err


def test_differences_as_json(annotator: CommandLine, coded_twice: Path) -> None:
    words = ("compare", coded_twice, "p1", "p2", "--tolerance", "0.3", "--json")
    tree = json.loads(annotator(*words).out)
    assert (tree["agreed"], tree["tolerance"], len(tree["differences"])) == (0, 0.3, 4)
    assert tree["counts"] == {
        "boundary": 0,
        "detail": 0,
        "other code": 0,
        "only in the first": 1,
        "only in the second": 3,
    }
    assert tree["codes"][1]["code"] == "reflection"
    assert tree["differences"][0]["first"]["start"] == 12.48
    assert tree["differences"][0]["second"] is None


def test_passes_that_agree_end_in_nothing(annotator: CommandLine, coded_twice: Path) -> None:
    said = annotator("compare", coded_twice, "A", "A")
    assert (said.code, said.out.splitlines()[-1]) == (0, "1 agreed, 0 differences")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("A", "X"), 'no coding pass "X"'),
        (("A", "B", "--overlap", "0"), "0 is not in the range"),
        (("A", "B", "--tolerance", "-1"), "tolerance"),
    ],
)
def test_what_cannot_be_compared(
    annotator: CommandLine, coded_twice: Path, words: tuple[str, ...], told: str
) -> None:
    said = annotator("compare", coded_twice, *words)
    assert said.code == 2
    assert told in said.err


def test_a_coder_with_several_passes_is_named_by_the_pass(
    annotator: CommandLine, coded_twice: Path
) -> None:
    session = decode_session(coded_twice.read_bytes())
    more = CodingPass("p4", "A", Purpose.TRAINING, "")
    path = coded_twice.with_name("more.session.json")
    changed = replace(session, passes=(*session.passes, more))
    SessionStore.create(path, changed, "test").close()
    said = annotator("compare", path, "A", "B")
    assert said.code == 2
    assert "p1 (primary), p4 (training)" in said.err


def test_a_pass_from_a_newer_version_is_told_and_left(
    annotator: CommandLine, coded_twice: Path
) -> None:
    tree = json.loads(coded_twice.read_text(encoding="utf-8"))
    tree["passes"][0]["purpose"] = "supervision"
    tree["passes"][1]["tags"][0]["origin"] = "dream"
    tree["passes"][0]["history"][0]["event"] = "archived"
    text = json.dumps(tree)
    coded_twice.write_text(text, encoding="utf-8")
    said = annotator("compare", coded_twice, "A", "B")
    assert said.code == 2
    for place in ("passes[0].purpose", "passes[0].history[0].event", "passes[1].tags[0].origin"):
        assert place in said.err
    assert coded_twice.read_text(encoding="utf-8") == text


def test_unknown_keys_of_a_newer_pass_are_kept(annotator: CommandLine, coded_twice: Path) -> None:
    tree = json.loads(coded_twice.read_text(encoding="utf-8"))
    tree["passes"][0]["history"][0]["place"] = "lab 2"
    tree["passes"][2]["consensus"]["chair"] = "D"
    tree["unblindings"][0]["by"] = "E"
    coded_twice.write_text(json.dumps(tree), encoding="utf-8")
    words = ("--code", "reflection", "--start", "15", "--coder", "B")
    assert annotator("tag", coded_twice, *words).code == 0
    again = json.loads(coded_twice.read_text(encoding="utf-8"))
    assert again["passes"][0]["history"][0]["place"] == "lab 2"
    assert again["passes"][2]["consensus"]["chair"] == "D"
    assert again["unblindings"][0]["by"] == "E"


def test_a_finished_pass_takes_no_tags(annotator: CommandLine, coded_twice: Path) -> None:
    words = ("--code", "reflection", "--start", "15", "--coder", "A")
    said = annotator("tag", coded_twice, *words)
    assert said.code == 2
    assert "is finished" in said.err

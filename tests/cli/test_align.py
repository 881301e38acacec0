"""`annotator align`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.commands import CommandLine
from tests.support.meetings import Machine, Sound, record, talk


@pytest.fixture(scope="module")
def sound() -> Sound:
    return talk(40)


@pytest.fixture
def room(tmp_path: Path, sound: Sound) -> Path:
    return record(tmp_path / "room.wav", sound, Machine(4, 40))


@pytest.mark.parametrize(
    ("begin", "words"),
    [(6.5, "b.wav began 2.5"), (1.5, "b.wav began 2.5")],
)
def test_it_says_which_began_later(
    annotator: CommandLine, tmp_path: Path, sound: Sound, room: Path, begin: float, words: str
) -> None:
    other = record(tmp_path / "b.wav", sound, Machine(begin, 40, snr=15))
    said = annotator("align", room, other)
    assert said.code == 0
    assert words in said.out
    assert ("after" if begin > 4 else "before") + " room.wav" in said.out
    assert "Confidence" in said.out
    assert "stretches agree" in said.out


def test_with_itself(annotator: CommandLine, room: Path) -> None:
    assert "room.wav began together with room.wav." in annotator("align", room, room).out


def test_json(annotator: CommandLine, tmp_path: Path, sound: Sound, room: Path) -> None:
    other = record(tmp_path / "b.wav", sound, Machine(0, 30, snr=15))
    found = json.loads(annotator("align", room, other, "--json").out)
    assert found["offset"] == pytest.approx(-4.0, abs=0.01)
    assert 0.5 <= found["confidence"] <= 1
    assert found["agree"] <= found["stretches"]
    assert found["end"] == pytest.approx(26, abs=0.1)


def test_not_sure_is_told(annotator: CommandLine, tmp_path: Path, room: Path) -> None:
    other = record(tmp_path / "b.wav", talk(40, seed=5), Machine(0, 40))
    said = annotator("align", room, other)
    assert (said.code, said.out) == (2, "")
    assert "by hand" in said.err


def test_a_track_that_is_not_there(annotator: CommandLine, room: Path) -> None:
    said = annotator("align", room, room, "--track-b", 2)
    assert said.code == 2
    assert "no sound track 2" in said.err

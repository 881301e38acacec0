"""Aligning tells how far it is, and stops when asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.jobs.align import align
from annotator.jobs.progress import CancelledError
from annotator.media.align import AlignmentError, SoundChoice
from tests.support.meetings import Machine, record, talk
from tests.support.watching import Watcher


@pytest.fixture
def pair(tmp_path: Path) -> tuple[SoundChoice, SoundChoice]:
    sound = talk(30)
    first = record(tmp_path / "a.wav", sound, Machine(0, 30))
    second = record(tmp_path / "b.wav", sound, Machine(2.5, 30))
    return SoundChoice(first), SoundChoice(second)


def test_it_finds_the_offset(pair: tuple[SoundChoice, SoundChoice]) -> None:
    watcher = Watcher()
    assert align(*pair, watcher).offset == pytest.approx(2_500_000, abs=10_000)
    assert align(*reversed(pair)).offset == pytest.approx(-2_500_000, abs=10_000)
    fractions = watcher.fractions
    assert fractions == sorted(fractions)
    assert watcher.texts == {"Listening to a.wav and b.wav"}


@pytest.mark.parametrize("most", [0, 1, 5])
def test_it_stops(pair: tuple[SoundChoice, SoundChoice], most: int) -> None:
    with pytest.raises(CancelledError):
        align(*pair, Watcher(most))


def test_it_refuses(tmp_path: Path, pair: tuple[SoundChoice, SoundChoice]) -> None:
    other = record(tmp_path / "c.wav", talk(30, seed=9), Machine(0, 30))
    with pytest.raises(AlignmentError):
        align(pair[0], SoundChoice(other))

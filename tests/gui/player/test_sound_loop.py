"""A looped sound has no gap and no click, and stays in step however often it turns."""

from __future__ import annotations

from fractions import Fraction
from itertools import takewhile

import numpy as np
import pytest
from numpy.typing import NDArray

from annotator.gui.player.sound_loop import looped
from annotator.media.stretch import StretchedAudio
from annotator.model import Interval, Micros

RATE = 44_100


class Loud:
    """Sound that is as loud as can be, everywhere."""

    rate = RATE
    channels = 1

    def read(self, start: Micros | int, end: Micros | int) -> NDArray[np.float32]:
        count = int(end) * RATE // 1_000_000 - int(start) * RATE // 1_000_000
        return np.full((count, 1), 0.5, np.float32)


def heard(start: int, loop: Interval, speed: str, samples: int) -> NDArray[np.int16]:
    audio = StretchedAudio(Loud(), Fraction(speed), RATE, 1)
    total, pieces = 0, []
    for piece in looped(audio, Micros(start), loop):
        pieces.append(piece.samples)
        total += len(piece.samples)
        if total >= samples:
            break
    return np.concatenate(pieces)[:, 0]


def turns(sound: NDArray[np.int16]) -> list[int]:
    """Find where turns begin: silent only there."""
    quiet = np.flatnonzero(np.abs(sound.astype(int)) < 400)
    return [
        int(one) for one, gap in zip(quiet, np.diff(quiet, prepend=-RATE), strict=True) if gap > 9
    ]


@pytest.mark.parametrize("speed", ["1", "1/2", "2"])
def test_a_thousand_turns_are_as_long_as_they_should_be(speed: str) -> None:
    loop = Interval(Micros(1_000_000), Micros(1_100_001))  # 4410.04 samples at 1×
    each = Fraction(loop.length * RATE, 1_000_000) / Fraction(speed)
    sound = heard(loop.start, loop, speed, int(each * 200))
    seams = turns(sound)[1:]
    assert len(seams) >= 198
    for number, seam in enumerate(seams, 1):
        assert abs(seam - each * number) <= 40


def test_what_comes_before_the_loop_is_heard_once() -> None:
    loop = Interval(Micros(500_000), Micros(700_000))
    sound = heard(100_000, loop, "1", RATE * 2)
    seams = [one / RATE for one in turns(sound)]
    assert seams[:4] == pytest.approx([0, 0.6, 0.8, 1.0], abs=0.002)


def test_it_swells_and_fades_and_is_whole_between() -> None:
    loop = Interval(Micros(0), Micros(200_000))
    sound = np.abs(heard(0, loop, "1", RATE).astype(int))
    steps = np.abs(np.diff(sound))
    assert steps.max() < 0.02 * 32768
    assert len(list(takewhile(lambda one: one < 16_000, sound))) < RATE * 0.003
    assert np.mean(sound > 16_000) > 0.97

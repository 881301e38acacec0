"""The clock follows the sound where there is some, else the wall, and never runs back."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import pytest

from annotator.media import PlaybackClock
from annotator.model import Micros

MS = 1_000_000


@dataclass
class Wall:
    """A wall clock that moves when told to."""

    ns: int = 5_000_000_000

    def __call__(self) -> int:
        return self.ns

    def passes(self, ms: int) -> None:
        self.ns += ms * MS


def clock_at(position: int = 0) -> tuple[PlaybackClock, Wall]:
    wall = Wall()
    clock = PlaybackClock(wall)
    clock.seek(Micros(position))
    return clock, wall


@pytest.mark.parametrize("speed", [0.5, 0.75, 1, 1.25, 1.5, 2])
def test_it_runs_on_the_wall_at_every_speed(speed: float) -> None:
    clock, wall = clock_at(1_000_000)
    clock.set_speed(speed)
    clock.start()
    wall.passes(400)
    assert clock.position() == 1_000_000 + 400_000 * speed


def test_it_stands_still_while_paused() -> None:
    clock, wall = clock_at()
    wall.passes(100)
    assert (clock.position(), clock.is_running) == (0, False)
    clock.start()
    wall.passes(100)
    clock.pause()
    wall.passes(100)
    assert (clock.position(), clock.is_running) == (100_000, False)
    clock.start()
    wall.passes(50)
    assert clock.position() == 150_000


def test_sound_leads_and_the_wall_fills_in() -> None:
    clock, wall = clock_at(2_000_000)
    clock.set_speed(Fraction(3, 2))
    clock.start()
    wall.passes(100)
    clock.heard(9_600, 48_000)
    assert clock.position() == 2_300_000
    wall.passes(10)
    assert clock.position() == 2_315_000


def test_it_waits_for_sound_that_stalls() -> None:
    clock, wall = clock_at()
    clock.start()
    clock.heard(4_800, 48_000)
    wall.passes(5_000)
    assert clock.position() == 100_000 + 250_000


def test_it_never_goes_back_while_running() -> None:
    clock, wall = clock_at()
    clock.start()
    wall.passes(100)
    assert clock.position() == 100_000
    clock.heard(4_000, 48_000)
    assert clock.position() == 100_000
    wall.passes(30)
    assert clock.position() == 4_000 * 1_000_000 // 48_000 + 30_000


def test_seeking_and_a_new_speed_begin_a_new_count() -> None:
    clock, wall = clock_at()
    clock.start()
    clock.heard(48_000, 48_000)
    clock.seek(Micros(300_000))
    assert clock.position() == 300_000
    clock.heard(480, 48_000)
    assert clock.position() == 310_000
    clock.set_speed(2)
    clock.heard(480, 48_000)
    assert clock.position() == 330_000
    wall.passes(10)
    assert clock.position() == 350_000
    assert clock.speed == 2


def test_words_of_sound_while_paused_change_nothing() -> None:
    clock, _ = clock_at(70)
    clock.heard(48_000, 48_000)
    assert clock.position() == 70
    with pytest.raises(ValueError, match="forward"):
        clock.set_speed(0)

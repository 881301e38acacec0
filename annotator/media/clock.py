"""Which moment of the recording is playing now, told by the sound card or by the wall clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction

from annotator.model import ZERO, Micros

SPEEDS = tuple(Fraction(quarters, 4) for quarters in (1, 2, 3, 4, 5, 6, 8, 12, 16))
"""The speeds offered to people."""

_BLIND = 250_000_000
"""Nanoseconds for which the clock runs on after the last word from a sound card."""


class PlaybackClock:
    """Maps real time to the recording's time, at a speed.

    It runs on the wall clock (`now_ns`, nanoseconds that never go back) until `heard` says how
    much sound was really played; from then on the sound leads, and the wall clock only fills
    the time between two such words. While it runs, the position never goes back.
    """

    def __init__(self, now_ns: Callable[[], int] = time.monotonic_ns) -> None:
        self._now = now_ns
        self._speed = Fraction(1)
        self._running = False
        self._led_by_sound = False
        self._began = ZERO
        self._told = ZERO
        self._told_at = 0
        self._latest = ZERO

    @property
    def is_running(self) -> bool:
        """Whether time passes."""
        return self._running

    @property
    def speed(self) -> Fraction:
        """Recording seconds a second."""
        return self._speed

    def position(self) -> Micros:
        """Give the moment of the recording that is playing, or where it stands paused."""
        if self._running:
            passed = self._now() - self._told_at
            if self._led_by_sound:
                passed = min(passed, _BLIND)
            here = Micros(self._told + int(passed * self._speed / 1000))
            self._latest = max(self._latest, here)
        return self._latest

    def start(self) -> None:
        """Run on from where the clock stands; the count of sound played begins anew."""
        if not self._running:
            self._anchor(self._latest)
            self._running = True

    def pause(self) -> None:
        """Stand still at the present moment."""
        self.position()
        self._running = False

    def seek(self, position: Micros) -> None:
        """Go to a moment, running or not; the count of sound played begins anew."""
        self._anchor(position)

    def set_speed(self, speed: Fraction | float) -> None:
        """Run faster or slower from now on; the count of sound played begins anew."""
        if speed <= 0:
            raise ValueError("a clock runs forward")
        self._anchor(self.position())
        self._speed = Fraction(speed)

    def heard(self, samples: int, rate: int) -> None:
        """Take the sound card's word: so many samples were played since the count began."""
        if not self._running:
            return
        self._told = Micros(self._began + int(samples * self._speed * 1_000_000 / rate))
        self._told_at = self._now()
        self._led_by_sound = True

    def _anchor(self, position: Micros) -> None:
        self._began = self._told = self._latest = position
        self._told_at = self._now()
        self._led_by_sound = False

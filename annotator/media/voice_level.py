"""Keeps a changed voice as loud as it was, and within what a sound file can hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotator.media.sound_frames import Planes

_HOP = 0.005
_MEMORY = 0.06
_REPAID = 0.04
_FORGIVEN = 0.4
_FLOOR = 1e-11
_LEAST, _MOST = 0.2, 5.0
_KNEE = 0.9


@dataclass(slots=True)
class LevelKeeper:
    """Makes what comes out as loud as what went in, from what was already heard alone.

    `rate` is in samples a second. Powers are added up over steps of 5 ms and forgotten over
    60 ms; from one step to the next the gain moves evenly.
    """

    rate: int
    _done: int = 0
    _sums: tuple[float, float] = (0.0, 0.0)
    _powers: tuple[float, float] = (0.0, 0.0)
    _owed: float = 0.0
    _gains: tuple[float, float] = (1.0, 1.0)

    def feed(self, before: Planes, after: Planes) -> Planes:
        """Give the samples `after` as loud as those `before`; both of the same shape."""
        hop, count = max(1, round(_HOP * self.rate)), after.shape[1]
        if not count:
            return after
        place = self._done % hop
        starts = np.arange(-place, count, hop)
        gains = [self._gains[0]]
        powers = [_powers(planes, np.maximum(starts, 0)) for planes in (before, after)]
        for number, (heard, said) in enumerate(zip(*powers, strict=True)):
            gains.append(self._gains[1])
            self._sums = (self._sums[0] + heard, self._sums[1] + said)
            if starts[number] + hop <= count:
                self._turn(hop * len(after))
        self._done += count
        curve = np.interp(np.arange(count), [*starts, starts[-1] + hop], gains)
        return limited(after * curve.astype(np.float32))

    def _turn(self, samples: int) -> None:
        """Begin a new step."""
        heard, said = (total / samples for total in self._sums)
        self._sums = (0.0, 0.0)
        share = _HOP / _MEMORY
        before = self._powers[0] + share * (heard - self._powers[0])
        after = self._powers[1] + share * (said - self._powers[1])
        self._powers = (before, after)
        gain = sum(self._gains) / 2
        self._owed = (self._owed + heard - said * gain * gain) * (1 - _HOP / _FORGIVEN)
        wanted = min(max(before + self._owed * _HOP / _REPAID, before / 2), before * 2)
        ratio = (wanted + _FLOOR) / (after + _FLOOR)
        self._gains = (self._gains[1], min(max(ratio**0.5, _LEAST), _MOST))


def _powers(planes: Planes, starts: NDArray[np.intp]) -> list[float]:
    """Add up squared samples of all channels from each start to the next, or to the end."""
    squares = np.square(planes, dtype=np.float64).sum(axis=0)
    sums: list[float] = np.add.reduceat(squares, starts).tolist()
    return sums


def limited(planes: Planes) -> Planes:
    """Bend what would be louder than 0.9 so that it stays below 1; leave all else as it is."""
    size = np.abs(planes)
    if not (size > _KNEE).any():
        return planes
    room = np.float32(1 - _KNEE)
    bent = np.sign(planes) * (_KNEE + room * np.tanh((size - _KNEE) / room))
    kept: Planes = np.where(size > _KNEE, bent, planes).astype(np.float32)
    return kept

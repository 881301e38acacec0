"""Keeps a changed voice as loud as it was, and within what a sound file can hold."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

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
    _sums: list[float] = field(default_factory=lambda: [0.0, 0.0])
    _powers: list[float] = field(default_factory=lambda: [0.0, 0.0])
    _owed: float = 0.0
    _gains: tuple[float, float] = (1.0, 1.0)

    def feed(self, before: Planes, after: Planes) -> Planes:
        """Give the samples `after` as loud as those `before`; both of the same shape."""
        hop = max(1, round(_HOP * self.rate))
        kept = np.empty_like(after)
        low, count = 0, after.shape[1]
        while low < count:
            place = self._done % hop
            high = min(count, low + hop - place)
            piece = after[:, low:high]
            shares = (place + np.arange(high - low, dtype=np.float32)) / np.float32(hop)
            gain = np.float32(self._gains[0]) * (1 - shares) + np.float32(self._gains[1]) * shares
            kept[:, low:high] = piece * gain
            self._add(before[:, low:high], piece)
            self._done += high - low
            if self._done % hop == 0:
                self._turn(hop * len(after))
            low = high
        return limited(kept)

    def _add(self, before: Planes, after: Planes) -> None:
        for number, planes in enumerate((before, after)):
            self._sums[number] += float(np.square(planes, dtype=np.float64).sum())

    def _turn(self, samples: int) -> None:
        """Begin a new step."""
        share = _HOP / _MEMORY
        for number, total in enumerate(self._sums):
            self._powers[number] += share * (total / samples - self._powers[number])
        given, gain = self._sums[1] / samples, sum(self._gains) / 2
        self._owed += self._sums[0] / samples - given * gain * gain
        self._owed *= 1 - _HOP / _FORGIVEN
        self._sums = [0.0, 0.0]
        before, after = self._powers
        wanted = float(np.clip(before + self._owed * _HOP / _REPAID, before / 2, before * 2))
        ratio = (wanted + _FLOOR) / (after + _FLOOR)
        self._gains = (self._gains[1], float(np.clip(ratio**0.5, _LEAST, _MOST)))


def limited(planes: Planes) -> Planes:
    """Bend what would be louder than 0.9 so that it stays below 1; leave all else as it is."""
    size = np.abs(planes)
    if not (size > _KNEE).any():
        return planes
    room = np.float32(1 - _KNEE)
    bent = np.sign(planes) * (_KNEE + room * np.tanh((size - _KNEE) / room))
    kept: Planes = np.where(size > _KNEE, bent, planes).astype(np.float32)
    return kept

"""Says a voice again at another pitch and from another mouth, as it comes and without delay."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from annotator.media.sound_frames import Planes
from annotator.media.voice_periods import Mono, PeriodTracker

_KEPT = 0.1
_UNVOICED = 0.006
_JITTER = 0.001
_SMOOTHED = 0.0012
_PULLED = 0.15
_REACH = 3  # samples that reading between two of them takes


@dataclass(frozen=True, slots=True)
class _Grain:
    """A piece of the voice as long as two of its periods, said again.

    It sounds from `start` to `stop`; `middle` is where it is loudest, `half` how far it reaches,
    and `source` the place in the original that `middle` says again.
    """

    start: int
    stop: int
    middle: float
    half: float
    source: float


@dataclass(slots=True)
class Grains:
    """A voice whose pitch and formants are moved, each by a factor of its own.

    Pieces as long as two periods, each around a beat of the voice, are said again closer together
    or further apart (pitch, as in TD-PSOLA) and faster or slower (formants). Every sample depends
    on those before it alone, so that as many come out as go in, at once.
    """

    rate: int
    channels: int
    pitch: float
    formants: float
    _tracker: PeriodTracker = field(init=False)
    _heard: Planes = field(init=False)
    _mono: Mono = field(init=False)
    _smooth: Mono = field(init=False)
    _last: float | None = None
    _done: int = 0
    _next: float = 0.0
    _open: deque[_Grain] = field(default_factory=deque)
    _dice: np.random.Generator = field(default_factory=lambda: np.random.default_rng(1))

    def __post_init__(self) -> None:
        kept = int(_KEPT * self.rate)
        self._tracker = PeriodTracker(self.rate)
        self._heard = np.zeros((self.channels, kept), np.float32)
        self._mono = np.zeros(kept)
        self._smooth = np.hanning(max(1, int(_SMOOTHED * self.rate)) + 2)[1:-1]

    def feed(self, planes: Planes) -> Planes:
        """Give what stands in place of the samples that come next, of the same shape."""
        count = planes.shape[1]
        kept = int(_KEPT * self.rate)
        mono = planes.mean(axis=0, dtype=np.float64)
        self._tracker.feed(mono)
        self._heard = np.concatenate([self._heard, planes], axis=1)
        self._mono = np.concatenate([self._mono, mono])
        first, end = self._done, self._done + count
        while self._next < end:
            self._open.append(self._begun(int(self._next)))
        said = np.zeros_like(planes)
        for grain in self._open:
            self._say(grain, first, end, said)
        while self._open and self._open[0].stop <= end:
            self._open.popleft()
        self._done = end
        self._heard = self._heard[:, -kept:]
        self._mono = self._mono[-kept:]
        return said

    def _begun(self, start: int) -> _Grain:
        """Choose what is said from a sample on, and when the next piece begins."""
        period = self._tracker.at(start)
        if period:
            half, step = period / self.formants, period / self.pitch
        else:
            half = step = _UNVOICED * self.rate
        middle = start + half
        self._next += step
        latest = middle - half * abs(1 - self.formants) - _REACH
        if period:
            beat = self._steadied(self._beat(start, period), period)
            source = beat + period * np.floor((latest - beat) / period)
            self._last = source
        else:
            self._last = None
            source = latest - self._dice.random() * _JITTER * self.rate
        return _Grain(start, int(middle + half) + 1, middle, half, float(source))

    def _steadied(self, beat: float, period: float) -> float:
        """Follow the beats of the voice as they were, and what is heard now only by a part."""
        if self._last is None:
            return beat
        apart = (beat - self._last) / period
        return self._last + period * _PULLED * (apart - round(apart))

    def _beat(self, end: int, period: float) -> float:
        """Find where in the last period before a sample the voice is strongest."""
        width = len(self._smooth)
        at = end - self._done + int(_KEPT * self.rate)
        heard = self._mono[at - int(period) - width - 1 : at]
        steps = heard[1:] - heard[:-1]
        power = np.correlate(steps * steps, self._smooth, "valid")
        return end - len(power) + int(np.argmax(power)) - width / 2

    def _say(self, grain: _Grain, first: int, end: int, said: Planes) -> None:
        """Add what of a grain sounds from one sample to another."""
        low, high = max(grain.start, first), min(grain.stop, end)
        if low >= high:
            return
        away = np.arange(low, high) - grain.middle
        window = np.cos((away * (np.pi / 2 / grain.half)).astype(np.float32)) ** 2
        places = away * self.formants + (grain.source - self._done + int(_KEPT * self.rate))
        said[:, low - first : high - first] += window * between(self._heard, places)


def between(planes: Planes, places: NDArray[np.floating]) -> Planes:
    """Read sound between its samples, by the cubic through four of them.

    Every place lies after the second sample and before the last but one.
    """
    whole = places.astype(np.intp)
    part = (places - whole).astype(np.float32)
    a, b, c, d = (planes.take(whole + step, axis=1) for step in (-1, 0, 1, 2))
    bend = 2 * a - 5 * b + 4 * c - d + part * (3 * (b - c) + d - a)
    read: Planes = b + 0.5 * part * (c - a + part * bend)
    return read

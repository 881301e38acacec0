"""Follows the period of a voice while it sounds, from what was already heard alone."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import scipy  # of which the part used is loaded when a voice is first looked at
from numpy.typing import NDArray

LOWEST, HIGHEST = 60.0, 450.0
"""The hertz between which a voice is looked for."""

_TRACKED_RATE = 8_000
_WINDOW, _HOP = 0.03, 0.01
_VOICED = 0.35
_STEADY = 0.12
_OCTAVE_COST = 0.04
_QUIET = 1e-10
_GRAIN = 64

Mono = NDArray[np.float64]
"""Shape (samples,), or (frames, samples)."""


@dataclass(slots=True)
class PeriodTracker:
    """The period of a voice over time, by autocorrelation as Boersma (1993) normalises it.

    `rate` is in samples a second. Samples are numbered from the first one that is fed. What it
    tells of a moment depends on the 30 ms before alone, however the sound is cut when fed.
    """

    rate: int
    periods: list[float] = field(default_factory=list)
    _rest: Mono = field(default_factory=lambda: np.zeros(0))
    _kept: Mono = field(default_factory=lambda: np.zeros(0))
    _costs: Mono = field(init=False)
    _shape: Mono = field(init=False)
    _shape_lags: Mono = field(init=False)
    _factor: int = field(init=False)

    def __post_init__(self) -> None:
        self._factor = max(1, round(self.rate / _TRACKED_RATE))
        self._shape = np.hanning(self._width + 2)[1:-1]
        alike = _autocorrelation(self._shape[np.newaxis])[0]
        self._shape_lags = alike / alike[0]
        low, high = self._reach
        self._costs = _OCTAVE_COST * np.log2(np.arange(low, high) / low)

    @property
    def _slow(self) -> float:
        return self.rate / self._factor

    @property
    def _width(self) -> int:
        return round(_WINDOW * self._slow)

    @property
    def _reach(self) -> tuple[int, int]:
        """The shortest lag that is looked at, and the one after the longest."""
        longest = min(int(self._slow / LOWEST), self._width * 2 // 3)
        return int(self._slow / HIGHEST), longest

    @property
    def _step(self) -> int:
        return round(_HOP * self._slow)

    def feed(self, mono: Mono) -> None:
        """Take the samples that come next."""
        sound = np.concatenate([self._rest, mono])
        whole = len(sound) // self._factor * self._factor
        self._rest = sound[whole:]
        slow = sound[:whole].reshape(-1, self._factor).mean(axis=1)
        self._kept = np.concatenate([self._kept, slow])
        count = (len(self._kept) - self._width) // self._step + 1
        if count <= 0:
            return
        windows = np.lib.stride_tricks.sliding_window_view(self._kept, self._width)
        for found in self._correlated(windows[: count * self._step : self._step]):
            self.periods.append(self._period(found))
        self._kept = self._kept[count * self._step :]

    def at(self, sample: int) -> float:
        """Tell the period before a sample, in samples; 0 where nothing voiced was heard."""
        frame = (sample // self._factor - self._width) // self._step
        return self.periods[frame] if frame >= 0 else 0.0

    def _correlated(self, frames: Mono) -> Mono:
        """Give each frame's autocorrelation by lag, 1 where it is periodic; 0 where it is quiet."""
        heard = (frames - frames.mean(axis=1, keepdims=True)) * self._shape
        powers = _autocorrelation(heard)
        is_quiet = powers[:, :1] < _QUIET * self._width
        lags = powers / np.where(is_quiet, 1.0, powers[:, :1]) / self._shape_lags
        found: Mono = np.where(is_quiet, 0.0, lags)
        return found

    def _period(self, lags: Mono) -> float:
        """Find the period of a frame, near the one before where that is nearly as likely."""
        low, high = self._reach
        best = low + int(np.argmax(lags[low:high] - self._costs))
        before = round(self.periods[-1] / self._factor) if self.periods else 0
        if low < before < high:
            near = max(low, before - before // 6)
            close = near + int(np.argmax(lags[near : before + before // 6 + 1]))
            best = close if lags[close] > lags[best] - _STEADY else best
        if lags[best] < _VOICED or not low < best < high:
            return 0.0
        return (
            round((best + _peak(*lags[best - 1 : best + 2].tolist())) * self._factor * _GRAIN)
            / _GRAIN
        )


def _autocorrelation(rows: Mono) -> Mono:
    """Give how alike each row is to itself, by lag, up to its length."""
    width = rows.shape[1]
    size = scipy.fft.next_fast_len(2 * width, real=True)
    spectra = np.abs(scipy.fft.rfft(rows, size, axis=1))
    alike: Mono = scipy.fft.irfft(spectra * spectra, size, axis=1)[:, :width]
    return alike


def _peak(before: float, top: float, after: float) -> float:
    """Tell where between its neighbours the top of a curve lies, from -0.5 to 0.5."""
    bend = before - 2 * top + after
    return min(max((before - after) / (2 * bend), -0.5), 0.5) if bend < 0 else 0.0

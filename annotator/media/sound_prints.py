"""What happens in a sound, 100 times a second and pitch by pitch, so that two can be compared."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.media.sound_stream import Piece, SoundStream, Watch

Prints = NDArray[np.float32]
"""Shape (steps, bands): how far each band rises above its usual loudness; 0 where nothing does."""

PER_SECOND = 100

_RATE = 8000
_WIDTH = 256
_EDGES = (150, 300, 450, 650, 900, 1250, 1700, 2400, 3600)
_LOCAL = 51
_STILL = 0.08
_FAINT = 1e-8
_FARTHEST = 4


def print_of(sound: SoundStream, watch: Watch) -> Prints | None:
    """Read a sound track to its end and give its print; None where it was cancelled.

    Step n stands n/100 s after the recording's time 0. Raises MediaError as the stream does.
    """
    hearing = _Hearing(sound.rate)
    whole = sound.hand_over(hearing.add, watch)
    return _outstanding(hearing.energy()) if whole else None


class _Hearing:
    """Measures the energy of each band, in whatever pieces the sound comes."""

    def __init__(self, rate: int) -> None:
        self._thin = max(rate // _RATE, 1)
        self._rate = rate / self._thin
        places = np.fft.rfftfreq(_WIDTH, 1 / self._rate)
        bands = [(places >= a) & (places < b) for a, b in pairwise(_EDGES)]
        self._bands = np.stack(bands, axis=1).astype(np.float32)
        self._window = np.hanning(_WIDTH).astype(np.float32)
        self._parts: list[tuple[int, NDArray[np.float32]]] = []
        self._rest = np.zeros(0, np.float32)
        self._start = self._following = 0

    def add(self, piece: Piece) -> None:
        """Take a piece of sound."""
        mono = piece.mono()
        if piece.start != self._following:
            self._rest = np.zeros(0, np.float32)
        if not self._rest.size:
            skip = -piece.start % self._thin if piece.start >= 0 else -piece.start
            self._start, mono = piece.start + skip, mono[skip:]
        self._following = piece.end
        sound = np.concatenate([self._rest, mono])
        kept = self._measure(sound)
        self._start, self._rest = self._start + kept, sound[kept:]

    def energy(self) -> NDArray[np.float32]:
        """Give the energy of each step and band; 0 where there is no sound."""
        steps = max((at + len(part) for at, part in self._parts), default=0)
        energy = np.zeros((steps, len(_EDGES) - 1), np.float32)
        for at, part in self._parts:
            energy[at : at + len(part)] = part
        return energy

    def _measure(self, sound: NDArray[np.float32]) -> int:
        """Measure all steps that are there whole, and count the samples no longer wanted."""
        count = len(sound) // self._thin
        thin = sound[: count * self._thin].reshape(count, self._thin).mean(axis=1)
        begin = self._start / self._thin  # a step stands in the middle of what is heard for it
        hop = self._rate / PER_SECOND
        first = int(np.ceil((begin + _WIDTH / 2) / hop))
        last = int((begin + count - _WIDTH / 2) // hop)
        if last < first:
            return 0
        starts = np.rint(np.arange(first, last + 1) * hop - begin - _WIDTH / 2).astype(np.int64)
        starts = np.clip(starts, 0, count - _WIDTH)
        views = np.lib.stride_tricks.sliding_window_view(thin, _WIDTH)[starts]
        spectra = np.fft.rfft(views * self._window, axis=1)
        power: NDArray[np.float32] = (spectra.real**2 + spectra.imag**2).astype(np.float32)
        self._parts.append((first, power @ self._bands / np.float32(_WIDTH)))
        return int((last + 1) * hop - begin - _WIDTH / 2) * self._thin


def _outstanding(energy: NDArray[np.float32]) -> Prints:
    """Give what stands out from the noise, without slow changes, each band as loud as the next."""
    if not len(energy):
        return energy
    heard = energy[energy.any(axis=1)]
    floor = np.quantile(heard, 0.3, axis=0) if len(heard) else np.zeros(energy.shape[1])
    loudness = np.log(energy + np.maximum(floor, _FAINT)).astype(np.float32)
    changing = loudness - _smooth(loudness)
    spread = changing.std(axis=0)
    lively = spread > _STILL
    scaled = changing / np.where(lively, spread, np.inf)
    prints: Prints = np.clip(scaled, -_FARTHEST, _FARTHEST).astype(np.float32)
    return prints


def _smooth(values: NDArray[np.float32]) -> NDArray[Any]:
    """Give the mean over half a second round each step."""
    half = _LOCAL // 2
    padded = np.pad(values, ((half + 1, half), (0, 0)), mode="edge")
    total = np.cumsum(padded, axis=0, dtype=np.float64)
    return (total[_LOCAL:] - total[:-_LOCAL]) / _LOCAL

"""Makes vowels of known pitch and formants, and measures both again by other means than ours."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, next_fast_len, rfft
from scipy.linalg import solve_toeplitz
from scipy.signal import decimate, lfilter

Sound = NDArray[np.float32]

RATE = 48_000
_WIDTHS = (70.0, 90.0, 130.0, 180.0)


def vowel(
    seconds: float, pitch: float, formants: Sequence[float], rate: int = RATE, loud: float = 0.1
) -> Sound:
    """Make a steady vowel of shape (1, samples): a buzz of that pitch through resonances."""
    moments = np.arange(int(seconds * rate)) / rate
    beats = np.floor(moments * pitch)
    buzz = np.diff(beats, prepend=beats[0])
    sound = lfilter([1.0], [1.0, -0.96], buzz)  # a voice falls by 12 dB an octave, lips give 6 back
    for centre, width in zip(formants, _WIDTHS, strict=False):
        size = np.exp(-np.pi * width / rate)
        sound = lfilter([1.0], [1.0, -2 * size * np.cos(2 * np.pi * centre / rate), size**2], sound)
    sound *= loud / np.sqrt(np.mean(np.square(sound)))
    return sound.astype(np.float32)[np.newaxis]


def pitch_of(sound: Sound, rate: int = RATE) -> float:
    """Measure a steady pitch in hertz by autocorrelation over all of the sound."""
    mono = sound[0].astype(float)
    size = next_fast_len(2 * len(mono), real=True)
    alike = irfft(np.abs(rfft(mono, size)) ** 2, size)
    low = int(rate / 500)
    tops = alike[low : int(rate / 50)]
    likely = np.flatnonzero(tops > 0.9 * tops.max())
    first = likely[0] + int(np.argmax(tops[likely[0] : likely[0] + rate // 500]))
    return float(rate / (low + first))


def formants_of(sound: Sound, count: int, rate: int = RATE) -> list[float]:
    """Measure steady formants in hertz by linear prediction, from the lowest on."""
    slow = decimate(sound[0].astype(float), rate // 8_000, ftype="fir")
    tilted = np.diff(slow) * np.hanning(len(slow) - 1)
    order = 10
    alike = np.array([tilted[lag:] @ tilted[: len(tilted) - lag] for lag in range(order + 1)])
    weights = solve_toeplitz(alike[:order], alike[1:])
    roots = np.roots([1.0, *-weights])
    kept = [root for root in roots if root.imag > 0 and abs(root) > 0.85]
    found = sorted(float(np.angle(root) / (2 * np.pi) * 8_000) for root in kept)
    return [one for one in found if one > 150][:count]

"""Where one sound lies against another: roughly over their whole length, exactly for a stretch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotator.media.sound_prints import PER_SECOND, Prints

Mono = NDArray[np.float32]

_LEAST_SECONDS = 5
_AROUND = PER_SECOND
_LOWEST, _HIGHEST = 120, 3600
_LAGS_PER_SECOND = 8000
_WHITENING = 0.85


@dataclass(frozen=True, slots=True)
class Place:
    """The best place of one print on another.

    `steps` is how many steps later the second one's begin stands. `clearness` is how many times
    the usual deviation the likeness there reaches, `rival` the second best likeness, at least a
    second away, as a share of it.
    """

    steps: int
    clearness: float
    rival: float


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line through moments and offsets, in seconds, and how many lie on it."""

    at_zero: float
    slope: float
    on_it: int


def place_of(a: Prints, b: Prints) -> Place | None:
    """Find where print `b` lies on print `a`; None where either is too short or still.

    At least five seconds must be common to both.
    """
    least = _LEAST_SECONDS * PER_SECOND
    if min(len(a), len(b)) < least or not a.any() or not b.any():
        return None
    likeness = _likeness(a, b)
    lags = np.arange(-(len(b) - 1), len(a))
    common = np.minimum(lags + len(b), len(a)) - np.maximum(lags, 0)
    enough = common >= least
    scaled = np.where(enough, likeness / np.sqrt(np.maximum(common, 1)), 0)
    usual = float(np.median(np.abs(scaled[enough]))) / 0.6745
    best = int(np.argmax(scaled))
    top = float(scaled[best])
    if usual <= 0 or top <= 0:
        return None
    scaled[max(best - _AROUND, 0) : best + _AROUND + 1] = 0
    return Place(int(lags[best]), top / usual, float(scaled.max()) / top)


def _likeness(a: Prints, b: Prints) -> NDArray[np.float64]:
    """Add up products over all bands, for every lag from -(len(b) - 1) to len(a) - 1."""
    size = 1 << (len(a) + len(b)).bit_length()
    total = np.zeros(size // 2 + 1, np.complex128)
    for one, other in zip(a.T, b.T, strict=True):
        if one.any() and other.any():
            total += np.fft.rfft(one, size) * np.conj(np.fft.rfft(other, size))
    products = np.fft.irfft(total, size)
    return np.concatenate([products[size - len(b) + 1 :], products[: len(a)]])


def delay_between(a: Mono, b: Mono, seconds: float, farthest: float) -> float | None:
    """Tell how many seconds later `a` has what `b` has, at most `farthest` either way.

    Both last so many `seconds`, at whatever rates. All pitches of speech count alike, so that
    rooms, microphones and steady noise matter little. None where either is silent.
    """
    spectra = [np.fft.rfft(one * np.hanning(len(one))) for one in (a, b)]
    low, high = int(_LOWEST * seconds), int(_HIGHEST * seconds)
    high = min(high, *(len(one) - 1 for one in spectra))
    cross = spectra[0][low:high] * np.conj(spectra[1][low:high])
    size = np.abs(cross)
    if not size.any():
        return None
    count = int(_LAGS_PER_SECOND * seconds)
    full = np.zeros(count // 2 + 1, np.complex128)
    full[low:high] = cross / np.maximum(size, size.max() * 1e-9) ** _WHITENING
    likeness = np.fft.irfft(full, count)
    reach = int(farthest * _LAGS_PER_SECOND)
    near = np.abs(np.concatenate([likeness[-reach:], likeness[: reach + 1]]))
    return (int(np.argmax(near)) - reach) / _LAGS_PER_SECOND


def line_through(
    points: Sequence[tuple[float, float]], *, steepest: float, tolerance: float
) -> Line:
    """Find the line on which most of the points of moment and offset lie, within a tolerance.

    A level one is tried through each point, and one through each two that is not too steep.
    """
    if not points:
        return Line(0.0, 0.0, 0)
    x, y = np.array(points, np.float64).T
    first, second = np.triu_indices(len(x), 1)
    run = x[second] - x[first]
    slopes = np.divide(y[second] - y[first], run, out=np.zeros_like(run), where=run > 0)
    fair = (run > 0) & (np.abs(slopes) <= steepest)
    slope = np.concatenate([np.zeros(len(x)), slopes[fair]])
    at_zero = np.concatenate([y, (y[first] - slopes * x[first])[fair]])
    apart = np.abs(at_zero[:, None] + slope[:, None] * x - y)
    on_it = apart <= tolerance
    counts = on_it.sum(axis=1)
    error = np.where(on_it, apart, 0).sum(axis=1)
    best = int(np.lexsort((error, -counts))[0])
    fitted = float(slope[best])
    middle = float(np.median((y - fitted * x)[on_it[best]]))
    return Line(middle, fitted, int(counts[best]))

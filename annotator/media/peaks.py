"""How far a sound track swings, at several resolutions, so that it can be drawn at any zoom."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from annotator.media.sound_frames import Planes
from annotator.media.sound_steps import Steps
from annotator.model import Micros

Swings = NDArray[np.int16]
"""Shape (2, bins): the lowest and highest samples; lowest > highest where there is no sound."""

STEP = Micros(5000)
"""How long a bin of the finest level lasts."""

_FOLD = 4
_SMALLEST = 256
_LOUDEST = 32767
_NOTHING = np.array([[_LOUDEST], [-_LOUDEST - 1]], np.int16)


@dataclass(frozen=True, slots=True, eq=False)
class Peaks:
    """The swings of a sound track over all its channels; full scale is 32767.

    Bin n of `finest` holds the samples from n to n + 1 times `step` after the recording's time
    0. Coarser levels follow by themselves, each a quarter as long.
    """

    step: Micros
    finest: Swings
    _levels: tuple[Swings, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        levels = [self.finest]
        while levels[-1].shape[1] > _SMALLEST:
            levels.append(_coarser(levels[-1]))
        object.__setattr__(self, "_levels", tuple(levels))

    @property
    def duration(self) -> Micros:
        """From the recording's time 0 to the end of the last bin."""
        return Micros(self.finest.shape[1] * self.step)

    @property
    def loudest(self) -> int:
        """The farthest that any sample is from 0; what a drawing may be scaled by."""
        coarsest = self._levels[-1].astype(np.int32)
        heard = coarsest[:, coarsest[0] <= coarsest[1]]
        return int(np.abs(heard).max()) if heard.size else 0

    def window(self, start: Micros, end: Micros, pixels: int) -> Swings:
        """Give the swings for each of some pixels side by side between two moments.

        A pixel has what lies in any bin that it touches, so that nothing falls between two.
        Before time 0, after the end and where nothing was recorded the lowest is above the
        highest. `end` must be after `start`. The work depends on the pixels alone.
        """
        level, size = self._level_for((end - start) / max(pixels, 1))
        edges = start * pixels + np.arange(pixels + 1, dtype=np.int64) * (end - start)
        lows = edges[:-1] // (pixels * size)
        highs = -(-edges[1:] // (pixels * size))
        return _swings_between(level, lows, np.maximum(highs, lows + 1))

    def _level_for(self, width: float) -> tuple[Swings, int]:
        """Choose the coarsest level with bins no wider than a pixel, and how long its bins are."""
        number, size = 0, int(self.step)
        while number + 1 < len(self._levels) and size * _FOLD <= width:
            number, size = number + 1, size * _FOLD
        return self._levels[number], size


class SwingMeter:
    """Keeps the lowest and highest sample of each bin, in whatever pieces the sound comes."""

    def __init__(self, rate: int, step: Micros = STEP) -> None:
        self._steps = Steps(step, rate)
        self._parts: list[tuple[int, Swings]] = []

    def add(self, start: int, planes: Planes) -> None:
        """Take samples of which the first has the number `start`, 0 or later."""
        starts = self._steps.starts(start, start + planes.shape[1])
        if not len(starts):
            return
        lows = np.minimum.reduceat(planes, starts - start, axis=1).min(axis=0)
        highs = np.maximum.reduceat(planes, starts - start, axis=1).max(axis=0)
        self._parts.append((self._steps.number_of(start), _to_swings(lows, highs)))

    def peaks(self) -> Peaks:
        """Give what was measured, up to the last bin that has sound."""
        bins = max((at + part.shape[1] for at, part in self._parts), default=0)
        finest = np.repeat(_NOTHING, bins, axis=1)
        for at, part in self._parts:
            here = finest[:, at : at + part.shape[1]]
            np.minimum(here[0], part[0], out=here[0])
            np.maximum(here[1], part[1], out=here[1])
        return Peaks(self._steps.length, finest)


def _to_swings(lows: NDArray[np.float32], highs: NDArray[np.float32]) -> Swings:
    """Convert samples to 16 bits; what is no number becomes 0, as a file may hold anything."""
    both = np.stack([lows, highs])
    both[np.isnan(both)] = 0
    return np.rint(np.clip(both, -1, 1) * _LOUDEST).astype(np.int16)


def _coarser(level: Swings) -> Swings:
    """Join every four bins, the last ones as many as there are."""
    starts = np.arange(0, level.shape[1], _FOLD)
    return np.stack([np.minimum.reduceat(level[0], starts), np.maximum.reduceat(level[1], starts)])


def _swings_between(level: Swings, lows: NDArray[np.int64], highs: NDArray[np.int64]) -> Swings:
    """Join the bins from each low up to, not including, each high."""
    first = min(max(int(lows[0]), 0), level.shape[1])
    last = max(min(int(highs[-1]), level.shape[1]), first)
    # a bin without sound before and two after stand for all that lies outside
    near = np.concatenate([_NOTHING, level[:, first:last], _NOTHING, _NOTHING], axis=1)
    end = near.shape[1] - 2
    begins = np.clip(lows - first + 1, 0, end)
    cuts = np.stack([begins, np.clip(highs - first + 1, begins + 1, end + 1)], axis=1).ravel()
    joined = (np.minimum.reduceat(near[0], cuts), np.maximum.reduceat(near[1], cuts))
    return np.stack([one[::2] for one in joined])

"""How loud a sound is, step by step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from annotator.media.sound_frames import Planes, with_channels
from annotator.media.sound_steps import Steps
from annotator.model import ZERO, Interval, Micros

if TYPE_CHECKING:
    from pydub import AudioSegment

Power = NDArray[np.float32]
"""Mean of the squared samples of each step; full scale is 1, NaN is where there is no sound."""

STEP = Micros(10_000)
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """The loudness of a sound track; `power` has shape (steps, channels).

    Step n lasts from n to n + 1 times `step` after the recording's time 0. Steps that the track
    does not cover (before it begins, in a gap, where the file is damaged) hold NaN.
    """

    power: Power
    step: Micros

    @property
    def duration(self) -> Micros:
        """From the recording's time 0 to the end of the last step."""
        return Micros(len(self.power) * self.step)

    @property
    def channels(self) -> int:
        """How many channels there are."""
        return int(self.power.shape[1])

    def channel(self, number: int) -> Levels:
        """Give one channel, counted from 0, by itself."""
        return replace(self, power=self.power[:, number : number + 1])

    def mixed(self) -> Power:
        """Give one number a step: the mean over the channels, as pydub counts it."""
        return self.power[:, 0] if self.channels == 1 else self.power.mean(axis=1)

    def gaps(self) -> tuple[Interval, ...]:
        """List the stretches without sound, in order: before it begins, where it is damaged."""
        missing = np.isnan(self.power[:, 0])
        edges = np.flatnonzero(np.diff(missing, prepend=False, append=False)) * self.step
        pairs = edges.reshape(-1, 2).tolist()
        return tuple(Interval(Micros(start), Micros(end)) for start, end in pairs)


def levels_of_segment(segment: AudioSegment, step: Micros = STEP) -> Levels:
    """Measure a pydub segment, whose start is time 0."""
    raw = np.array(segment.get_array_of_samples()).reshape(-1, segment.channels)
    meter = Meter(segment.frame_rate, step)
    meter.add(0, (raw.T / segment.max_possible_amplitude).astype(np.float32))
    return meter.levels()


@dataclass(frozen=True, slots=True, eq=False)
class PlacedLevels:
    """Levels laid on the session's clock; `name` says whose track or channel it is."""

    levels: Levels
    offset: Micros = ZERO
    name: str = ""


class Meter:
    """Adds up squared samples step by step, in whatever pieces the sound comes."""

    def __init__(self, rate: int, step: Micros) -> None:
        self._steps = Steps(step, rate)
        self._parts: list[tuple[int, NDArray[np.float32], NDArray[np.int64]]] = []

    def add(self, start: int, planes: Planes) -> None:
        """Take samples of which the first has the number `start`, 0 or later."""
        end = start + planes.shape[1]
        starts = self._steps.starts(start, end)
        if not len(starts):
            return
        with np.errstate(over="ignore", invalid="ignore"):  # a file may hold any number
            sums = np.add.reduceat(np.square(planes), starts - start, axis=1)
        self._parts.append((self._steps.number_of(start), sums.T, np.diff(np.append(starts, end))))

    def levels(self) -> Levels:
        """Give what was measured; a step of which less than half came counts as missing.

        The first and the last step count with whatever they have.
        """
        steps = max((at + len(counts) for at, _, counts in self._parts), default=0)
        channels = self._parts[0][1].shape[1] if self._parts else 1
        sums, counts = np.zeros((steps, channels)), np.zeros(steps, np.int64)
        for at, part, count in self._parts:
            sums[at : at + len(part)] += with_channels(part, channels)
            counts[at : at + len(part)] += count
        with np.errstate(invalid="ignore"):
            power = (sums / np.maximum(counts, 1)[:, None]).astype(np.float32)
        power[self._missing(counts)] = np.nan
        power[~np.isfinite(power)] = np.nan
        return Levels(power, self._steps.length)

    def _missing(self, counts: NDArray[np.int64]) -> NDArray[np.bool_]:
        whole = self._steps.length * self._steps.rate // _MILLION
        missing: NDArray[np.bool_] = counts * 2 < whole
        present = np.flatnonzero(counts)
        if len(present):
            missing[present[[0, -1]]] = False
        missing |= counts == 0
        return missing

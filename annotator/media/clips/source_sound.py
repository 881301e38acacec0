"""Gives the sound of a clip piece by piece: cut to the sample, faded, in few channels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from annotator.errors import MediaError
from annotator.media.clips.wishes import Changes, Fades, SoundChange
from annotator.media.mixing import MOST_CHANNELS
from annotator.media.sound_frames import Planes, Samples
from annotator.media.timebase import samples_at
from annotator.model import Micros

_PIECE_SECONDS = 1


class SoundReader(Protocol):
    """One sound track, or several that are heard as one."""

    @property
    def rate(self) -> int:
        """Samples a second."""

    @property
    def channels(self) -> int:
        """How many channels there are."""

    def read_samples(self, first: int, last: int) -> Samples:
        """Give the samples from a number up to, not including, another; 0 stands at time 0."""


@dataclass(frozen=True, slots=True)
class SourceSound:
    """The sound from one moment of a recording to another, in the recording's own rate.

    `first` and `last` number its samples from the recording's time 0; `last` is not among them.
    """

    reader: SoundReader
    first: int
    last: int
    changes: Changes

    @property
    def rate(self) -> int:
        """Samples a second."""
        return self.reader.rate

    @property
    def channels(self) -> int:
        """How many channels come out: no more than a pair of speakers has."""
        return self.reader.channels if self.reader.channels <= MOST_CHANNELS else 1

    @property
    def samples(self) -> int:
        """How many samples there are."""
        return self.last - self.first

    def pieces(self) -> Iterator[Planes]:
        """Yield the sound in order; where the recording has none there is silence.

        Raises MediaError where the change does not give what it must.
        """
        change = self.changes.sound
        step = self.rate * _PIECE_SECONDS if change is None else self.samples
        for start in range(0, self.samples, max(step, 1)):
            end = min(start + step, self.samples)
            planes = self.reader.read_samples(self.first + start, self.first + end).T
            if change is not None:
                planes = _changed(change, self.first + start, planes, self.rate)
            yield self._faded(_in_few_channels(planes), start)

    def _faded(self, planes: Planes, start: int) -> Planes:
        fades = self.changes.fades
        if fades == Fades():
            return planes
        places = np.arange(start, start + planes.shape[1]) + 0.5
        come_in, go_out = self._fade_lengths()
        rising, falling = _gain(places, come_in), _gain(self.samples - places, go_out)
        faded: Planes = (planes * rising * falling).astype(np.float32)
        return faded

    def _fade_lengths(self) -> tuple[int, int]:
        """Give the fades in samples: no longer together than the sound, which stays heard so."""
        come_in = samples_at(self.changes.fades.come_in, self.rate)
        go_out = samples_at(self.changes.fades.go_out, self.rate)
        both = come_in + go_out
        if both <= self.samples:
            return come_in, go_out
        return come_in * self.samples // both, go_out * self.samples // both


def sound_between(reader: SoundReader, start: Micros, end: Micros, changes: Changes) -> SourceSound:
    """Take the sound between two moments, each at the nearest sample."""
    first, last = samples_at(start, reader.rate), samples_at(end, reader.rate)
    return SourceSound(reader, first, last, changes)


def _changed(change: SoundChange, start: int, planes: Planes, rate: int) -> Planes:
    shape = planes.shape
    after = change.changed(start, np.ascontiguousarray(planes), rate)
    if after.shape != shape or not np.isfinite(after).all():
        raise MediaError("The sound was changed into one of another length, so no clip was made.")
    return after.astype(np.float32, copy=False)


def _in_few_channels(planes: Planes) -> Planes:
    """Keep one or two channels; more are mixed into one, so that nobody's voice is lost."""
    if len(planes) <= MOST_CHANNELS:
        return np.ascontiguousarray(planes)
    mean: Planes = planes.mean(axis=0, keepdims=True, dtype=np.float32)
    return mean


def _gain(places: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    """Rise smoothly from 0 to 1 over so many samples."""
    if length <= 0:
        return np.ones_like(places)
    return np.sin(np.clip(places / length, 0, 1) * np.pi / 2) ** 2

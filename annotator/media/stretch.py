"""Sound slowed down or sped up with its pitch kept, and the recording time of every sample."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Protocol

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.filter import Graph
from numpy.typing import NDArray

from annotator.media.sound_frames import Samples
from annotator.model import Micros

SLOWEST, FASTEST = Fraction(1, 4), Fraction(4)

_MILLION = 1_000_000
_FEED = Micros(250_000)
_HALF, _DOUBLE = Fraction(1, 2), Fraction(2)

Pcm = NDArray[np.int16]
"""Shape (samples, channels), signed 16 bit."""


@dataclass(frozen=True, slots=True)
class SoundChunk:
    """A piece of sound to play; it stands for the recording from `start` to `end`."""

    start: Micros
    end: Micros
    samples: Pcm

    def to_bytes(self) -> bytes:
        """Interleave the channels as little-endian 16 bit, which sound cards take."""
        return self.samples.astype("<i2").tobytes()


class SoundSource(Protocol):
    """Anything that sound can be read from: a track, or several mixed."""

    rate: int
    channels: int

    def read(self, start: Micros | int, end: Micros | int) -> Samples:
        """Give the sound from one moment to another, silence where there is none."""


class StretchedAudio:
    """A stretch of a sound track as it is played at a speed.

    `speed` is recording seconds a second, from 0.25 to 4; `rate` and `channels` are those of
    the output. Sample n of the output stands for the moment start + n * speed / rate, exactly.
    """

    def __init__(
        self, reader: SoundSource, speed: Fraction | float, rate: int, channels: int
    ) -> None:
        self.speed = Fraction(speed)
        if not SLOWEST <= self.speed <= FASTEST:
            raise ValueError(f"speed {speed} is not from 0.25 to 4")
        self.rate = rate
        self.channels = channels
        self._reader = reader

    def chunks(self, start: Micros, end: Micros) -> Iterator[SoundChunk]:
        """Yield what is to be heard from one moment to another, gapless, in order.

        Where the track has no sound there is silence, so that chunks always reach `end`.
        """
        total = self._count(Micros(end - start))
        done = 0
        for samples in self._stretched(start, end):
            piece = samples[: total - done]
            if len(piece):
                yield self._chunk(start, done, piece)
                done += len(piece)
            if done == total:
                return
        if done < total:
            yield self._chunk(start, done, np.zeros((total - done, self.channels), np.int16))

    def _count(self, length: Micros) -> int:
        """Count the output samples of a stretch of the recording, rounded half up."""
        return int(length * self.rate / (self.speed * _MILLION) + _HALF)

    def _chunk(self, start: Micros, done: int, samples: Pcm) -> SoundChunk:
        return SoundChunk(
            self._moment(start, done), self._moment(start, done + len(samples)), samples
        )

    def _moment(self, start: Micros, samples: int) -> Micros:
        return Micros(start + int(samples * self.speed * _MILLION / self.rate + _HALF))

    def _stretched(self, start: Micros, end: Micros) -> Iterator[Pcm]:
        graph = self._graph()
        fed = 0
        lead = _lead(self.rate, _factors(self.speed))
        first, last = start - lead, end + 4 * lead  # more than enough, so that the end is heard
        for begin, stop in pairwise([*range(first, last, _FEED), last]):
            samples = self._reader.read(Micros(begin), Micros(stop))
            if len(samples):
                graph.push(self._frame(samples, fed))
            fed += len(samples)
            yield from self._drained(graph)
        graph.push(None)
        yield from self._drained(graph)

    def _frame(self, samples: Samples, position: int) -> AudioFrame:
        packed = np.ascontiguousarray(samples).reshape(1, -1)
        frame = AudioFrame.from_ndarray(packed, "flt", _layout(self._reader.channels))
        frame.sample_rate = self._reader.rate
        frame.pts, frame.time_base = position, Fraction(1, self._reader.rate)
        return frame

    def _graph(self) -> Graph:
        graph = Graph()
        source = graph.add_abuffer(
            sample_rate=self._reader.rate,
            format="flt",
            layout=_layout(self._reader.channels),
            time_base=Fraction(1, self._reader.rate),
        )
        # the filter's window is steadiest in time at the output's rate, whatever the recording's is
        resampled = graph.add("aformat", f"sample_rates={self.rate}")
        tempi = [graph.add("atempo", f"{float(factor):.6f}") for factor in _factors(self.speed)]
        shape = f"sample_fmts=s16:sample_rates={self.rate}:channel_layouts={_layout(self.channels)}"
        nodes = (source, resampled, *tempi, graph.add("aformat", shape), graph.add("abuffersink"))
        graph.link_nodes(*nodes).configure()
        return graph

    def _drained(self, graph: Graph) -> Iterator[Pcm]:
        while True:
            try:
                frame = graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            if isinstance(frame, AudioFrame):
                raw = frame.to_ndarray().astype(np.int16, copy=False)
                yield raw.reshape(-1, self.channels)


def _factors(speed: Fraction) -> tuple[Fraction, ...]:
    """Split a speed into steps from 0.5 to 2, which the filter does without skipping sound."""
    if speed == 1:
        return ()
    if speed < _HALF:
        return _HALF, speed / _HALF
    return (_DOUBLE, speed / _DOUBLE) if speed > _DOUBLE else (speed,)


def _lead(rate: int, factors: tuple[Fraction, ...]) -> Micros:
    """Tell by how much of the recording the filter runs ahead, a quarter of its window a step.

    The filter's window is the power of two that holds a 24th of a second; the quarter is
    measured, and holds within 5 ms from 0.5 to 2.
    """
    window = 1
    while window < rate // 24:
        window *= 2
    lead, passed = Fraction(0), Fraction(1)
    for factor in factors:
        lead += passed * window / (4 * rate)
        passed *= factor
    return Micros(int(lead * _MILLION))


def _layout(channels: int) -> str:
    return {1: "mono", 2: "stereo"}.get(channels, f"{channels}c")

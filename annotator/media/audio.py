"""A sound track as exact samples, counted from the recording's time 0."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import InputContainer

from annotator.media.opening import open_container
from annotator.media.sound_frames import Samples, alone, chosen, decoded, to_float
from annotator.media.sound_index import SoundIndex
from annotator.media.survey import Survey, survey
from annotator.media.timebase import samples_at, time_of_sample
from annotator.model import Micros

_NEAR_SECONDS = 2
_PREROLL_MS = 250
"""Compressed sound needs what came before it: decoding starts this much earlier."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A run of decoded samples; `start` is the number of the first."""

    start: int
    samples: Samples

    @property
    def end(self) -> int:
        return self.start + len(self.samples)


class AudioReader:
    """An open sound track; one thread at a time may use it. Close it, or use it in a `with`.

    Sample n stands n/`rate` seconds after the recording's time 0, whenever the track begins.
    `start` and `end` are the numbers of the first sample played and of the one after the last.
    """

    def __init__(self, path: Path, stream_index: int, sound: SoundIndex, channels: int) -> None:
        self.rate = sound.rate
        self.channels = channels
        self.start, self.end = sound.start, sound.end
        self._path = path
        self._stream_index = stream_index
        self._sound = sound
        self._container, self._stream = self._open()
        self._coming: Iterator[_Block] = iter(())
        self._recent: list[_Block] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._container.close()

    @property
    def duration(self) -> Micros:
        """From the recording's time 0 to the end of this track."""
        return time_of_sample(self.end, self.rate)

    def read(self, start: Micros | int, end: Micros | int) -> Samples:
        """Give the sound from one moment to another, as (samples, channels) float32.

        Both moments are rounded to the nearest sample, so that stretches read one after another
        join without a seam. Before the track begins, in its gaps and after its end there is
        silence.
        """
        return self.read_samples(
            samples_at(Micros(start), self.rate), samples_at(Micros(end), self.rate)
        )

    def read_samples(self, first: int, last: int) -> Samples:
        """Give the samples numbered from `first` up to, not including, `last`."""
        wanted = np.zeros((max(last - first, 0), self.channels), np.float32)
        low, high = max(first, self.start), min(last, self.end)
        if low >= high:
            return wanted
        for block in self._blocks(low, high):
            begin, end = max(block.start, low), min(block.end, high)
            if begin < end:
                piece = block.samples[begin - block.start : end - block.start]
                wanted[begin - first : end - first] = piece
        return wanted

    def _blocks(self, low: int, high: int) -> Iterator[_Block]:
        """Yield decoded blocks that cover a stretch, decoding on where that is near."""
        self._recent = [block for block in self._recent if block.end > low - self.rate]
        reached = self._recent[-1].end if self._recent else low
        known = bool(self._recent) and self._recent[0].start <= low
        if not known or low - reached > _NEAR_SECONDS * self.rate:
            self._seek(low)
        yield from self._recent
        while not self._recent or self._recent[-1].end < high:
            block = next(self._coming, None)
            if block is None:
                return
            self._recent.append(block)
            yield block

    def _seek(self, sample: int) -> None:
        self._recent = []
        begin = sample - self.rate * _PREROLL_MS // 1000
        if begin > self._sound.samples[0]:
            try:
                self._container.seek(self._sound.tick_before(begin), stream=self._stream)
            except av.FFmpegError:
                begin = self._sound.samples[0]
        if begin <= self._sound.samples[0]:
            read_through = self._container
            self._container, self._stream = self._open()  # first, as the file may be gone by now
            read_through.close()
        self._coming = self._decode()

    def _open(self) -> tuple[InputContainer, AudioStream]:
        container = open_container(self._path)
        return container, alone(container, self._stream_index)

    def _decode(self) -> Iterator[_Block]:
        """Yield what the decoder gives, each frame where its timestamp puts it.

        A damaged packet is silence, as the index knows its place.
        """
        following = self.start
        for frame in decoded(self._container, self._stream):
            start = following if frame.pts is None else self._sound.sample_of(frame.pts)
            block = _Block(start, to_float(frame, self.channels))
            following = block.end
            yield block


def open_audio(path: Path | str, track: int = 0, known: Survey | None = None) -> AudioReader:
    """Open a sound track by number, counted from 0; `known` saves reading the file again.

    Raises MediaError where the file cannot be opened or has no such track.
    """
    read = known or survey(path)
    stream = chosen(read.audio, track, read.path)
    sound = SoundIndex.of(stream, read.timescale(stream))
    return AudioReader(read.path, stream.index, sound, stream.labels.channels)

"""The sounds of several recordings heard as one, on the session's clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from annotator.media.audio import AudioReader
from annotator.media.sound_frames import Samples
from annotator.media.timebase import samples_at
from annotator.model import ZERO, Micros

MOST_CHANNELS = 2

_TAPS = 48
_MOST_PHASES = 1024
_PASSED = 0.94
"""The share of a track's band that is kept, so that nothing of it is mirrored above."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One sound track in a mix: `offset` is the session time of its recording's time 0.

    `gain` multiplies its samples; 0 is silent.
    """

    reader: AudioReader
    offset: Micros = ZERO
    gain: float = 1.0


class Mix:
    """Several sound tracks added up, read as one; one thread at a time may read it.

    `rate` is the highest of theirs, `channels` 1 where all have one, else 2. Sample n stands at
    n/`rate` seconds of the session, so that pieces read one after another join without a seam.
    """

    def __init__(self, voices: Sequence[Voice]) -> None:
        self.rate = max(voice.reader.rate for voice in voices)
        widest = max(voice.reader.channels for voice in voices)
        self.channels = min(widest, MOST_CHANNELS)
        self._voices = tuple(voices)
        self._tables = {
            one.reader.rate: _Resampler(Fraction(one.reader.rate, self.rate)) for one in voices
        }

    def read(self, start: Micros | int, end: Micros | int) -> Samples:
        """Give the sound from one session time to another, as (samples, channels) from -1 to 1.

        Where nothing is recorded there is silence; what would be louder than 1 is cut.
        """
        return self.read_samples(
            samples_at(Micros(start), self.rate), samples_at(Micros(end), self.rate)
        )

    def read_samples(self, first: int, last: int) -> Samples:
        """Do as `read` with the samples numbered from `first` up to, not including, `last`."""
        heard = [voice for voice in self._voices if voice.gain]
        total = np.zeros((max(last - first, 0), self.channels), np.float32)
        for voice in heard:
            piece = _laid_out(self._read_voice(voice, first, last), self.channels)
            total += piece if voice.gain == 1 else piece * np.float32(voice.gain)
        return np.clip(total, -1, 1, out=total) if len(heard) > 1 else total

    def _read_voice(self, voice: Voice, first: int, last: int) -> Samples:
        shift = samples_at(voice.offset, self.rate)
        resampler = self._tables[voice.reader.rate]
        return resampler.read(voice.reader, first - shift, last - shift)


class _Resampler:
    """Reads a track at a higher rate; `step` is its samples for one of ours.

    A windowed sinc with its own weights for each place between two samples: exact in time, since
    every sample of ours is computed from its number alone.
    """

    def __init__(self, step: Fraction) -> None:
        self._step = step
        self._phases = min(step.denominator, _MOST_PHASES)
        self._weights = _sinc_weights(self._phases)

    def read(self, reader: AudioReader, first: int, last: int) -> Samples:
        """Give our samples from `first` up to, not including, `last`."""
        if self._step == 1 or first >= last:
            return reader.read_samples(first, last)
        num, den = self._step.numerator, self._step.denominator
        steps = np.arange(first, last, dtype=np.int64) * num
        base = steps // den
        phase = (steps - base * den) * self._phases // den
        low = int(base[0]) - _TAPS // 2 + 1
        theirs = reader.read_samples(low, int(base[-1]) + _TAPS // 2 + 1)
        windows = np.lib.stride_tricks.sliding_window_view(theirs, _TAPS, axis=0)
        ours: Samples = np.einsum(
            "nct,nt->nc", windows[base - base[0]], self._weights[phase], optimize=True
        )
        return ours


def _sinc_weights(phases: int) -> NDArray[np.float32]:
    """Give the weights of shape (phases, taps); each row adds up to 1."""
    places = np.arange(_TAPS) - (_TAPS // 2 - 1)
    away = places[np.newaxis, :] - np.arange(phases)[:, np.newaxis] / phases
    shape = np.sinc(away * _PASSED) * np.cos(np.pi * away / (_TAPS + 2)) ** 2
    weights: NDArray[np.float32] = (shape / shape.sum(axis=1, keepdims=True)).astype(np.float32)
    return weights


def _laid_out(samples: Samples, channels: int) -> Samples:
    """Give sound of one channel to all, and fold more channels than ours into each."""
    present = samples.shape[1]
    if present == channels:
        return samples
    one: Samples = samples if present == 1 else samples.mean(axis=1, keepdims=True)
    return np.repeat(one, channels, axis=1)

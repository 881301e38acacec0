"""A stretch of sound over and over: without a gap, in step for hours, without a click."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

from annotator.model.time import Interval, Micros

if TYPE_CHECKING:
    from annotator.media.stretch import Pcm, SoundChunk, StretchedAudio

MILLION = 1_000_000
SPARE = 2_000  # microseconds read beyond the loop, of which a sample may be wanted
FADE_SECONDS = Fraction(1, 500)


def looped(audio: StretchedAudio, start: Micros, loop: Interval) -> Iterator[SoundChunk]:
    """Yield sound from a moment to the loop's end, and then the loop without end.

    A turn has as many samples as bring the whole nearest to its true length, so that a loop is
    as much in step after an hour as at first. Each turn swells and fades over 2 ms: where its
    end meets its start the sound would click.
    """
    first = _turn(audio, Interval(start, loop.end), _samples(audio, loop.end - start))
    yield from first
    length = Fraction((loop.end - loop.start) * audio.rate) / (audio.speed * MILLION)
    done = 0
    for number in count(1):
        due = int(length * number)
        yield from _turn(audio, loop, due - done)
        done = due


def _samples(audio: StretchedAudio, length: int) -> int:
    return int(Fraction(length * audio.rate) / (audio.speed * MILLION))


def _turn(audio: StretchedAudio, stretch: Interval, total: int) -> Iterator[SoundChunk]:
    """Yield a stretch once, cut to so many samples."""
    done = 0
    for piece in audio.chunks(stretch.start, Micros(stretch.end + SPARE)):
        samples = piece.samples[: total - done]
        yield replace(piece, samples=_faded(samples, done, total, audio.rate))
        done += len(samples)
        if done == total:
            return


def _faded(samples: Pcm, begin: int, total: int, rate: int) -> Pcm:
    """Fade what lies near the ends of a turn; `begin` is the first sample's place in it."""
    fade = int(FADE_SECONDS * rate)
    if begin >= fade and begin + len(samples) <= total - fade:
        return samples
    places = np.arange(begin, begin + len(samples))
    share = np.clip(np.minimum(places + 1, total - places) / fade, 0, 1)
    faded: Pcm = (samples * share[:, np.newaxis]).astype(np.int16)
    return faded

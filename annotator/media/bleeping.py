"""Puts a beep or silence in place of what was said, so that nothing of it is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from annotator.media.loudness import Loudness
from annotator.media.sound_frames import Planes
from annotator.media.sound_spans import SampleSpan, sample_spans
from annotator.model import Interval

BEEP_HERTZ = 800
BEEP_DECIBELS = -26.0
"""How loud a beep is, in dBFS, where it is not known how loud people speak."""

BELOW_SPEECH = 3.0
"""By how many decibels a tone is quieter than speech, so that it startles nobody."""

_EDGE = 0.01
_FAINTEST, _LOUDEST = -50.0, -20.0


class Cover(StrEnum):
    """What is heard in place of words."""

    BEEP = "beep"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Bleeps:
    """A `SoundChange` that covers stretches of sound.

    `spans` are on the clock that the samples are numbered by. Within them nothing depends on
    what was there; outside every sample stays as it is. `decibels` is the loudness of the beep
    in dBFS (root mean square), which swells and fades over 10 ms inside the stretch.
    """

    spans: tuple[Interval, ...]
    cover: Cover = Cover.BEEP
    decibels: float = BEEP_DECIBELS

    def changed(self, start: int, planes: Planes, rate: int) -> Planes:
        """Give sound of the same shape (channels, samples) with the stretches covered.

        `start` numbers the first sample; sound may come in blocks of any length and order.
        """
        made = planes.copy()
        for span, low, high in self._covered(start, start + planes.shape[1], rate):
            made[:, low - start : high - start] = self._heard(span, low, high, rate)
        return made

    def silenced(self, start: int, planes: Planes, rate: int) -> Planes:
        """Give sound of the same shape in which the stretches are silent, whatever covers them."""
        made = planes.copy()
        for _, low, high in self._covered(start, start + planes.shape[1], rate):
            made[:, low - start : high - start] = 0
        return made

    def _covered(self, first: int, last: int, rate: int) -> Iterator[tuple[SampleSpan, int, int]]:
        """Yield the spans, and from where to where they lie between two samples."""
        for span in sample_spans(self.spans, rate):
            low, high = max(span[0], first), min(span[1], last)
            if low < high:
                yield span, low, high

    def _heard(self, span: SampleSpan, low: int, high: int, rate: int) -> NDArray[np.float32]:
        """Give what is heard from one sample of a span to another."""
        if self.cover is Cover.SILENCE:
            return np.zeros(high - low, np.float32)
        places = np.arange(low - span[0], high - span[0])
        edge = min(_EDGE * rate, (span[1] - span[0]) / 2)
        near = np.minimum(places, span[1] - span[0] - 1 - places) / edge
        swell = np.sin(np.clip(near, 0, 1) * (np.pi / 2)) ** 2
        loud = 10 ** (self.decibels / 20) * 2**0.5
        wave = np.sin(places * (2 * np.pi * min(BEEP_HERTZ, rate / 4) / rate))
        beep: NDArray[np.float32] = (loud * swell * wave).astype(np.float32)
        return beep


def bleeps_over(
    spans: Iterable[Interval], cover: Cover = Cover.BEEP, speech: Loudness | None = None
) -> Bleeps:
    """Cover stretches of time, in whatever order they come.

    A beep is `BELOW_SPEECH` decibels quieter than the recording's speech, where that is known,
    within what neither startles nor is lost.
    """
    loud = BEEP_DECIBELS if speech is None else speech.voice - BELOW_SPEECH
    return Bleeps(tuple(sorted(spans)), cover, min(max(loud, _FAINTEST), _LOUDEST))

"""Disguises a voice in sound as it goes by: all of it, or the stretches of one person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotator.media.sound_frames import Planes
from annotator.media.sound_spans import SampleSpan, sample_spans
from annotator.media.voice_grains import Grains
from annotator.media.voice_level import LevelKeeper
from annotator.media.voice_shift import VoiceShift, drawn
from annotator.model import Interval

_WARM_UP = 0.15
_FADE = 0.015
_PIECE = 1.0

Shares = NDArray[np.float32]


@dataclass(slots=True)
class _Voice:
    """One run of the disguise, from a sample on."""

    next: int
    grains: Grains
    level: LevelKeeper

    def goes_on(self, first: int, planes: Planes, rate: int) -> bool:
        """Tell whether sound follows what was fed before."""
        return (first, len(planes), rate) == (self.next, self.grains.channels, self.grains.rate)

    def feed(self, planes: Planes) -> Planes:
        """Give what stands in place of the samples that come next."""
        self.next += planes.shape[1]
        clean = _clean(planes)
        return self.level.feed(clean, self.grains.feed(clean))


class Disguise:
    """A `SoundChange` that moves pitch and formants, keeps the level and adds no delay.

    `spans` are the stretches to be changed, on the clock that the samples are numbered by; None
    for all of the sound. Outside them every sample stays as it is; the voice is faded over within
    them, in 15 ms. `shift` is drawn at random where it is not given, and the same for every copy,
    so that the parts of one export have one voice.
    """

    def __init__(
        self, spans: Iterable[Interval] | None = None, shift: VoiceShift | None = None
    ) -> None:
        self._spans = None if spans is None else tuple(spans)
        self._shift = shift or drawn()
        self._voice: _Voice | None = None
        self._next = -1

    def __getstate__(self) -> dict[str, object]:
        """Give what a copy in another process begins with."""
        return {"_spans": self._spans, "_shift": self._shift, "_voice": None, "_next": -1}

    def changed(self, start: int, planes: Planes, rate: int) -> Planes:
        """Give sound of the same shape (channels, samples) with the voice disguised.

        `start` numbers the first sample. Sound may come whole or in blocks of any length, with
        the same result; a block that does not follow the one before begins the work anew.
        """
        if start != self._next:
            self._voice = None
        end = self._next = start + planes.shape[1]
        if self._spans is None:
            return self._said(start, planes, rate)
        made = planes.copy()
        spans = sample_spans(self._spans, rate)
        for first, last in _runs(spans, int(_WARM_UP * rate)):
            low, high = max(first, start), min(last, end)
            if low < high:
                said = self._said(low, planes[:, low - start : high - start], rate)
                shares = _shares(spans, low, high, rate)
                _lay_over(made[:, low - start : high - start], said, shares)
        return made

    def _said(self, first: int, planes: Planes, rate: int) -> Planes:
        """Give the disguised voice, from where it went on before or from its beginning."""
        voice = self._voice
        if voice is None or not voice.goes_on(first, planes, rate):
            shift = self._shift
            grains = Grains(rate, len(planes), shift.pitch, shift.formants)
            self._voice = voice = _Voice(first, grains, LevelKeeper(rate))
        step = int(_PIECE * rate)
        pieces = [voice.feed(planes[:, at : at + step]) for at in range(0, planes.shape[1], step)]
        return np.concatenate(pieces, axis=1) if pieces else planes.copy()


def _clean(planes: Planes) -> Planes:
    """Give sound with what is no number or beyond full scale put right."""
    clean: Planes = np.clip(np.nan_to_num(planes), -1, 1).astype(np.float32, copy=False)
    return clean


def _runs(spans: Sequence[SampleSpan], lead: int) -> list[SampleSpan]:
    """Give where the voice is worked on: the spans and so much before, joined where they meet."""
    found: list[SampleSpan] = []
    for first, last in spans:
        if found and first - lead <= found[-1][1]:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first - lead, last))
    return found


def _shares(spans: Sequence[SampleSpan], low: int, high: int, rate: int) -> Shares:
    """Tell of each sample how much of it is the disguised voice, from 0 to 1."""
    places = np.arange(low, high)
    found = np.zeros(high - low)
    for first, last in spans:
        if first < high and low < last:
            inside = np.minimum(places - first + 1, last - places) / (_FADE * rate)
            np.maximum(found, np.clip(inside, 0, 1), out=found)
    return np.sin(found * (np.pi / 2)).astype(np.float32) ** 2


def _lay_over(made: Planes, said: Planes, shares: Shares) -> None:
    """Put the disguised voice over the original, whose samples stay where its share is 0."""
    inner, all_of_it = shares > 0, shares == 1
    faded = np.nan_to_num(made[:, inner]) * (1 - shares[inner]) + said[:, inner] * shares[inner]
    made[:, inner] = faded
    made[:, all_of_it] = said[:, all_of_it]

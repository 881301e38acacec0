"""Who spoke before and after a silence, told by tracks or channels that hold a person each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from annotator.media.levels import Levels, PlacedLevels, Power
from annotator.media.loudness import Loudness, loudness_of, to_decibels, to_power
from annotator.media.silences import SilenceProposal
from annotator.model import Micros

MARGIN = 6.0
"""So many decibels a voice must stand above the other, each against its own loudest speech."""

_CONTEXT = Micros(3_000_000)
_JUDGED = Micros(500_000)
_LEAST = Micros(100_000)
_WIDEST = 30.0


@dataclass(frozen=True, slots=True, eq=False)
class _Voice:
    """One person's track, with what is quiet and loud on it."""

    name: str
    levels: Levels
    offset: Micros
    power: Power
    loudness: Loudness

    def between(self, start: Micros, end: Micros) -> Power:
        """Give the steps from one moment to another, NaN where there are none."""
        step = self.levels.step
        first, count = round((start - self.offset) / step), round((end - start) / step)
        low, high = max(first, 0), min(first + count, len(self.power))
        found = np.full(count, np.nan, np.float32)
        if low < high:
            found[low - first : high - first] = self.power[low:high]
        return found


def channels_of(levels: Levels, names: Sequence[str]) -> tuple[PlacedLevels, ...]:
    """Give each channel by itself, under a name each."""
    return tuple(
        PlacedLevels(levels.channel(number), name=name)
        for number, name in zip(range(levels.channels), names, strict=False)
    )


def with_speakers(
    silences: Iterable[SilenceProposal], tracks: Sequence[PlacedLevels]
) -> tuple[SilenceProposal, ...]:
    """Name who spoke before and after each silence, from one track or channel for each person.

    Of the 3 s on either side, the half second of speech nearest to the silence is judged, and at
    least 0.1 s of it must be there. Each track is taken against its own loudest speech, so that
    a microphone turned up counts for nothing; the one that leads all others by `MARGIN` has
    spoken. Unclear where fewer than two tracks have speech and quiet, where both people talk at
    once, and where every microphone hears everybody alike.
    """
    voices = _voices(tracks)
    return tuple(_with_speakers(one, voices) for one in silences)


def _voices(tracks: Sequence[PlacedLevels]) -> tuple[_Voice, ...]:
    """Take the tracks on which somebody speaks; none where one of them has no speech."""
    found = []
    for track in tracks:
        power = track.levels.mixed()
        loudness = loudness_of(power, track.levels.step)
        if loudness is not None:
            found.append(_Voice(track.name, track.levels, track.offset, power, loudness))
    return tuple(found) if len(found) == len(tracks) > 1 else ()


def _with_speakers(silence: SilenceProposal, voices: Sequence[_Voice]) -> SilenceProposal:
    if not voices:
        return silence
    start, end = silence.start, silence.end
    before = [one.between(Micros(start - _CONTEXT), start)[::-1] for one in voices]
    after = [one.between(end, Micros(end + _CONTEXT)) for one in voices]
    return replace(silence, before=_leader(voices, before), after=_leader(voices, after))


def _leader(voices: Sequence[_Voice], heard: Sequence[Power]) -> str:
    """Name who is loudest in what was heard, nearest to the silence first; empty if unclear."""
    step = voices[0].levels.step
    known = np.nan_to_num(np.stack(heard))
    limits = np.array([to_power(one.loudness.level) for one in voices])
    speech = np.flatnonzero((known > limits[:, None]).any(axis=0))[: round(_JUDGED / step)]
    if len(speech) * step < _LEAST:
        return ""
    own = np.array([one.loudness.loudest for one in voices])
    stands = np.maximum(to_decibels(known[:, speech].mean(axis=1)) - own, -_WIDEST)
    order = np.argsort(stands)
    return voices[order[-1]].name if stands[order[-1]] - stands[order[-2]] >= MARGIN else ""

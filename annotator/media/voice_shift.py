"""By how much a voice is moved: drawn at random for an export, and told to nobody."""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import SystemRandom
from statistics import median

import numpy as np

from annotator.media.sound_frames import Planes
from annotator.media.voice_periods import PeriodTracker

PITCH_UP, PITCH_DOWN = (1.22, 1.4), (0.7, 0.82)
FORMANTS_UP, FORMANTS_DOWN = (1.12, 1.22), (0.86, 0.91)
"""What is drawn from: nearer to 1 a voice is still known, further off speech is lost."""

BETWEEN_VOICES = 165.0
"""Voices below so many hertz are low ones."""

_LEAST_VOICED = 20
_OCTAVE = 2


@dataclass(frozen=True, slots=True)
class VoiceShift:
    """The factors by which pitch and formants are multiplied; they stand in no text of it."""

    pitch: float = field(repr=False)
    formants: float = field(repr=False)

    def __post_init__(self) -> None:
        if not all(1 / _OCTAVE <= one <= _OCTAVE for one in (self.pitch, self.formants)):
            raise ValueError("a voice is moved by an octave at most")


def drawn(hertz: float | None = None) -> VoiceShift:
    """Draw a shift from the system's source of secrets; nothing keeps it but what is given back.

    `hertz` is the pitch of the voice, where it is known: then the formants of a low voice go up
    and those of a high one down, since the other way words are lost. Pitch goes either way.
    """
    dice = SystemRandom()
    pitch = dice.uniform(*dice.choice((PITCH_UP, PITCH_DOWN)))
    is_low = dice.choice((True, False)) if hertz is None else hertz < BETWEEN_VOICES
    return VoiceShift(pitch, dice.uniform(*(FORMANTS_UP if is_low else FORMANTS_DOWN)))


def pitch_of(planes: Planes, rate: int) -> float | None:
    """Measure the usual pitch of a voice in hertz, its median; None where hardly any is heard."""
    tracker = PeriodTracker(rate)
    mono = np.clip(np.nan_to_num(planes.mean(axis=0, dtype=np.float64)), -1, 1)
    for at in range(0, len(mono), rate):
        tracker.feed(mono[at : at + rate])
    voiced = [period for period in tracker.periods if period]
    return rate / median(voiced) if len(voiced) >= _LEAST_VOICED else None

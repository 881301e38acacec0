"""By how much a voice is moved: drawn at random for an export, and told to nobody."""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import SystemRandom

PITCH_UP, PITCH_DOWN = (1.22, 1.4), (0.7, 0.82)
FORMANTS_UP, FORMANTS_DOWN = (1.12, 1.22), (0.86, 0.91)
"""What is drawn from: nearer to 1 a voice is still known, further off speech is lost."""


@dataclass(frozen=True, slots=True)
class VoiceShift:
    """The factors by which pitch and formants are multiplied; they stand in no text of it."""

    pitch: float = field(repr=False)
    formants: float = field(repr=False)

    def __post_init__(self) -> None:
        if not (0.5 <= self.pitch <= 2 and 0.5 <= self.formants <= 2):  # noqa: PLR2004 an octave
            raise ValueError("a voice is moved by an octave at most")


def drawn() -> VoiceShift:
    """Draw a shift from the system's source of secrets; nothing keeps it but what is given back."""
    dice = SystemRandom()
    pitch = dice.uniform(*dice.choice((PITCH_UP, PITCH_DOWN)))
    return VoiceShift(pitch, dice.uniform(*dice.choice((FORMANTS_UP, FORMANTS_DOWN))))

"""Where quiet ends and voice begins in one recording, told by its own noise floor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotator.media.levels import Power
from annotator.model import Micros

FRAME = Micros(50_000)
"""Loudness is judged over so long: a syllable lasts longer, a pause between words too."""

_DIGITAL_ZERO = -100.0
_QUIETEST = 1e-12
_FLOOR_PERCENT = 10
_FLOOR_WIDTH = 6.0
_STEADY = 3.0
_OFTEN_ZERO = 0.02
_STANDS_OUT = 6.0
_SHORTEST_VOICE = Micros(300_000)
_SHARE, _AT_MOST = 0.4, 0.5
_NEAREST = 4.0
_UNEVEN = 1.5
_OWN_PERCENT = 95


@dataclass(frozen=True, slots=True)
class Loudness:
    """What is quiet and what is loud in one recording, in dBFS.

    `floor` is the noise that is always there, `voice` the mean of what stands out from it,
    `loudest` what only a twentieth of that exceeds, `level` the limit up to which it is quiet.
    """

    floor: float
    voice: float
    loudest: float
    level: float

    @property
    def contrast(self) -> float:
        """By how many decibels voices stand out from the noise."""
        return self.voice - self.floor


def loudness_of(power: Power, step: Micros) -> Loudness | None:
    """Find the noise floor of a recording and the level up to which it counts as quiet.

    Judged over frames of 50 ms, in decibels. The floor is the median of the frames no more than
    6 dB above the quietest tenth: people who talk leave far more than a tenth of the time
    between their words. Voice is the mean of the frames more than 6 dB above the floor. The
    level lies two fifths of the way from floor to voice; where the noise is uneven or the two
    are near, up to half of the way. Digital zero is left out of this, unless what is left has no
    steady floor: then it is the floor. None where less than 0.3 s stands out: then there is
    nothing but steady noise.
    """
    frames = _frames(power, step)
    heard = frames[frames > _DIGITAL_ZERO]
    if len(heard) * FRAME < _SHORTEST_VOICE:
        return None
    floor, unevenness = _floor(heard, zeros=len(frames) - len(heard))
    loud = heard[heard > floor + max(_STANDS_OUT, _UNEVEN * unevenness)]
    if len(loud) * FRAME < _SHORTEST_VOICE:
        return None
    voice = float(loud.mean())
    span = voice - floor
    height = min(max(_NEAREST, _UNEVEN * unevenness, _SHARE * span), _AT_MOST * span)
    return Loudness(floor, voice, float(np.percentile(loud, _OWN_PERCENT)), floor + height)


def _floor(heard: NDArray[np.float64], zeros: int) -> tuple[float, float]:
    """Give the noise floor of frames that are not digital zero, and how far it falls below itself.

    What falls below the floor can only be noise, so that side alone tells how uneven it is.
    """
    lowest, quietest = np.percentile(heard, (2, _FLOOR_PERCENT)).tolist()
    near = heard[heard <= quietest + _FLOOR_WIDTH]
    middle, high = np.percentile(near, (50, 75)).tolist()
    is_steady = high - quietest < _STEADY
    if zeros > _OFTEN_ZERO * (zeros + len(heard)) and not is_steady:
        return _DIGITAL_ZERO, 0.0
    return middle, middle - lowest


def to_decibels(power: NDArray[np.floating]) -> NDArray[np.float64]:
    """Convert mean squares to dBFS; nothing is quieter than -120."""
    return 10 * np.log10(np.maximum(power.astype(np.float64), _QUIETEST))


def to_power(level: float) -> float:
    """Convert dBFS to a mean square."""
    return float(10 ** (level / 10))


def _frames(power: Power, step: Micros) -> NDArray[np.float64]:
    """Average over frames, in decibels, without those that are not whole."""
    size = max(round(FRAME / step), 1)
    rows = power[: len(power) // size * size].reshape(-1, size).mean(axis=1)
    return to_decibels(rows[~np.isnan(rows)])

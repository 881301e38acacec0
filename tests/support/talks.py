"""Makes sound that rises and falls as talk does, with silences in known places."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from annotator.media.levels import STEP, Levels, levels_of_segment
from annotator.media.segment import AudioSegment
from annotator.model import SECOND, Micros

RATE = 16_000
Sound = NDArray[np.float64]
Spans = Sequence[tuple[float, float]]


def gain(decibels: float) -> float:
    """Give the factor for a loudness in dBFS."""
    return float(10 ** (decibels / 20))


def noise(seconds: float, decibels: float, seed: int = 1) -> Sound:
    """Make steady hiss."""
    dice = np.random.default_rng(seed)
    return dice.standard_normal(round(seconds * RATE)) * gain(decibels)


def hum(seconds: float, decibels: float, hertz: float = 50) -> Sound:
    """Make the hum of the mains."""
    moments = np.arange(round(seconds * RATE)) / RATE
    return np.sin(2 * np.pi * hertz * moments) * np.sqrt(2) * gain(decibels)


def talk(seconds: float, silences: Spans, decibels: float = -25, seed: int = 2) -> Sound:
    """Make syllables of differing loudness, four a second, with none in the silences.

    Words end in pauses of 0.2 s, about one in three syllables; before and after each silence
    stands a syllable.
    """
    dice = np.random.default_rng(seed)
    sound = np.zeros(round(seconds * RATE))
    edges = [0.0, *(moment for span in silences for moment in span), seconds]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        moment = start
        while moment < end:
            length = dice.uniform(0.12, 0.25)
            loudness = decibels + dice.uniform(-12, 3)
            pause = 0.2 if dice.random() < 0.3 else 0.02
            is_last = moment + length + pause + 0.1 > end
            _syllable(sound, moment, end - moment if is_last else length, loudness, dice)
            moment = end if is_last else moment + length + pause
    return sound


def _syllable(
    sound: Sound, start: float, length: float, decibels: float, dice: np.random.Generator
) -> None:
    first, last = round(start * RATE), min(round((start + length) * RATE), len(sound))
    shape = np.sin(np.linspace(0.3, np.pi - 0.3, last - first)) ** 0.5
    sound[first:last] += dice.standard_normal(last - first) * shape * gain(decibels)


def segment_of(*channels: Sound) -> AudioSegment:
    """Make a pydub segment of 16 bit samples, clipping what is too loud."""
    whole = np.clip(np.rint(np.stack(channels, axis=1) * 32768), -32768, 32767)
    data = whole.astype("<i2").tobytes()
    return AudioSegment(data=data, sample_width=2, frame_rate=RATE, channels=len(channels))


def levels_from(*channels: Sound, step: Micros = STEP) -> Levels:
    """Measure sound without a file."""
    return levels_of_segment(segment_of(*channels), step)


def seconds_of(spans: Sequence[object]) -> list[tuple[float, float]]:
    """Give the starts and ends of proposals in seconds."""
    return [(one.start / SECOND, one.end / SECOND) for one in spans]


def write_sound(path: Path, *channels: Sound) -> Path:
    """Write 16 bit sound of any number of channels, and give the path back."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(segment_of(*channels).raw_data)
    return path

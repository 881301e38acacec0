"""Makes the sound of the talk with espeak-ng and knows, to the sample, when each voice sounds."""

from __future__ import annotations

import io
import subprocess
import wave
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from talk_script import FIRST_ONSET, LINES, TAIL, Line, Role

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.float64]

RATE = 48_000
MILLI = RATE // 1000
SPLIT_AT = 300
"""Milliseconds of quiet inside an utterance from which on it counts as two stretches of voice."""

_HEARD = 10 ** (-46 / 20)
_LOUDNESS = 10 ** (-21 / 20)
_ROOM = 10 ** (-60 / 20)
_VOICES = {
    Role.THERAPIST: ("en-gb-x-rp+f2", 148, 46),
    Role.CLIENT: ("en-gb-scotland+m3", 150, 38),
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """One utterance in its place; all times in whole milliseconds of the film.

    `sentences` holds the onset of each sentence, `sounding` the half-open stretches in which
    the voice is heard.
    """

    line: Line
    start: int
    end: int
    sentences: tuple[int, ...]
    sounding: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """The whole talk: what is spoken, each voice by itself, and the two mixed with the room."""

    spoken: tuple[Spoken, ...]
    voices: dict[Role, Samples]
    mix: Samples

    @property
    def duration(self) -> int:
        """Milliseconds from the first sample to the last."""
        return len(self.mix) // MILLI


def make_talk(frame_ms: int) -> Talk:
    """Speak all lines and lay them on one timeline that ends with a whole frame."""
    pieces = [_utterance(line) for line in LINES]
    spoken = _placed(pieces)
    length = max(one.end for one in spoken) + round(TAIL * 1000)
    length += -length % frame_ms
    voices = {role: np.zeros(length * MILLI) for role in Role}
    for one, (_, samples, _) in zip(spoken, pieces, strict=True):
        begin = one.start * MILLI
        voices[one.line.role][begin : begin + len(samples)] += samples
    mix = sum(voices.values()) + _room_tone(length * MILLI)
    return Talk(tuple(spoken), voices, np.clip(mix, -0.98, 0.98))


def _placed(pieces: list[tuple[Line, Samples, tuple[int, ...]]]) -> list[Spoken]:
    spoken: list[Spoken] = []
    before = 0
    for line, samples, onsets in pieces:
        start = before + round((line.pause if spoken else FIRST_ONSET) * 1000)
        end = start + len(samples) // MILLI
        sounding = tuple((start + a, start + b) for a, b in _stretches(samples))
        spoken.append(Spoken(line, start, end, tuple(start + onset for onset in onsets), sounding))
        before = max(before, end)
    return spoken


def _utterance(line: Line) -> tuple[Line, Samples, tuple[int, ...]]:
    parts: list[Samples] = []
    onsets: list[int] = []
    for sentence in line.sentences:
        if parts:
            parts.append(np.zeros(round(line.breath * 1000) * MILLI))
        onsets.append(sum(map(len, parts)) // MILLI)
        parts.append(_sentence(sentence, line))
    return line, np.concatenate(parts), tuple(onsets)


def _sentence(text: str, line: Line) -> Samples:
    voice, speed, pitch = _VOICES[line.role]
    command = ["espeak-ng", "-v", voice, "-s", str(round(speed * line.pace)), "-p", str(pitch)]
    spoken = subprocess.run([*command, "--stdout", text], check=True, capture_output=True)
    with wave.open(io.BytesIO(spoken.stdout)) as file:
        rate = file.getframerate()
        # A pipe cannot be rewound, so the header's length is not to be trusted.
        raw = np.frombuffer(file.readframes(10**9), "<i2") / 32768
    return _trimmed(_resampled(raw, rate))


def _resampled(samples: Samples, rate: int) -> Samples:
    places = np.arange(0, len(samples) - 1, rate / RATE)
    straight = np.interp(places, np.arange(len(samples)), samples)
    # Straight lines between samples leave images above the old band; a short blur takes them.
    return cv2.GaussianBlur(straight.reshape(-1, 1), (1, 9), 1.3).ravel()


def _trimmed(samples: Samples) -> Samples:
    """Cut to whole milliseconds from the first heard one to the last, at an even loudness."""
    level = _levels(samples)
    loud = samples[: len(level) * MILLI].reshape(-1, MILLI)[level > level.max() / 30]
    samples = samples * (_LOUDNESS / np.sqrt((loud**2).mean()))
    heard = np.flatnonzero(_levels(samples) > _HEARD)
    cut = samples[heard[0] * MILLI : (heard[-1] + 1) * MILLI].copy()
    edge = np.linspace(0, 1, 2 * MILLI)
    cut[: len(edge)] *= edge
    cut[-len(edge) :] *= edge[::-1]
    return cut


def _levels(samples: Samples) -> Samples:
    whole = samples[: len(samples) // MILLI * MILLI].reshape(-1, MILLI)
    return np.sqrt((whole**2).mean(axis=1))


def _stretches(samples: Samples) -> list[tuple[int, int]]:
    heard = np.flatnonzero(_levels(samples) > _HEARD / 2)
    breaks = np.flatnonzero(np.diff(heard) > SPLIT_AT)
    starts = [0, *(int(heard[place + 1]) for place in breaks)]
    ends = [*(int(heard[place]) + 1 for place in breaks), len(samples) // MILLI]
    return list(zip(starts, ends, strict=True))


def _room_tone(length: int) -> Samples:
    """Make a quiet room: soft noise that is always the same."""
    noise = np.random.default_rng(2026).standard_normal((length, 1))
    soft = cv2.GaussianBlur(noise, (1, 25), 4.0).ravel()
    return soft * (_ROOM / np.sqrt((soft**2).mean()))

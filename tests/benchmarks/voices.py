"""Measures masking ten minutes of speech: `python -m tests.benchmarks.voices`.

Beside it stands how long the speech itself lasts, so that the ratio tells how many times faster
than it is spoken a voice is disguised.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import numpy as np

from annotator.media import open_audio
from annotator.media.bleeping import bleeps_over
from annotator.media.sound_frames import Planes
from annotator.media.voice_disguise import Disguise
from annotator.media.voice_shift import VoiceShift
from annotator.model import SECOND, Interval, Micros
from annotator.storage.paths import shipped
from tests.benchmarks.table import Row, print_table

TEN_MINUTES = 600
TIMES = 3
SHIFT = VoiceShift(1.3, 0.9)
_MUST = 1 / 20


def speech(seconds: int) -> tuple[Planes, int]:
    """Give the sample's talk over and over, of shape (1, samples), and its rate."""
    with open_audio(shipped("first-session") / "first-session.mp4") as audio:
        talk = audio.read(0, audio.duration).T
        count = seconds * audio.rate
        return np.ascontiguousarray(np.resize(talk[0], (1, count))), audio.rate


def measure(seconds: int, times: int) -> list[Row]:
    """Disguise so many seconds whole, in blocks, in stereo and in part; and cover names."""
    sound, rate = speech(seconds)
    halves = [
        Interval(Micros(at * SECOND), Micros((at + 10) * SECOND)) for at in range(0, seconds, 20)
    ]
    names = [
        Interval(Micros(at * SECOND), Micros((at + 1) * SECOND)) for at in range(0, seconds, 15)
    ]
    acts: list[tuple[str, Callable[[], object]]] = [
        ("voice, all at once", lambda: _disguised(sound, rate, sound.shape[1])),
        *(
            (f"voice, in blocks of {block:,}", lambda block=block: _disguised(sound, rate, block))
            for block in (1_024, 4_800, 48_000)
        ),
        ("voice, two channels", lambda: _disguised(np.repeat(sound, 2, axis=0), rate, rate)),
        ("voice, half of it one person's", lambda: _disguised(sound, rate, rate, halves)),
        ("a beep of 1 s every 15 s", lambda: bleeps_over(names).changed(0, sound, rate)),
    ]
    floor = 1000.0 * seconds
    return [Row(name, _median(act, times), floor=floor, most_ratio=_MUST) for name, act in acts]


def _disguised(sound: Planes, rate: int, block: int, spans: list[Interval] | None = None) -> None:
    disguise = Disguise(spans, SHIFT)
    for first in range(0, sound.shape[1], block):
        disguise.changed(first, sound[:, first : first + block], rate)


def _median(act: Callable[[], object], times: int) -> float:
    return median(_timed(act) for _ in range(times))


def _timed(act: Callable[[], object]) -> float:
    before = time.perf_counter()
    act()
    return (time.perf_counter() - before) * 1000


def main(seconds: int = TEN_MINUTES, times: int = TIMES) -> None:
    """Print the table."""
    rows = measure(seconds, times)
    print_table(f"Masking {seconds} s of speech at 48 kHz; beside it how long it lasts", rows)


if __name__ == "__main__":
    main()

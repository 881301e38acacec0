"""Measures masking ten minutes of speech: `python -m tests.benchmarks.voices`.

Beside it stands how long the speech itself lasts, so that the ratio tells how many times faster
than it is spoken a voice is disguised.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np

from annotator.media import open_audio
from annotator.media.bleeping import bleeps_over
from annotator.media.sound_frames import Planes
from annotator.media.voice_disguise import Disguise
from annotator.media.voice_shift import VoiceShift
from annotator.model import SECOND, Interval, Micros
from annotator.storage.paths import shipped
from tests.benchmarks.table import Row, print_table

TEN_MINUTES, MINUTE = 600, 60
SHIFT = VoiceShift(1.3, 0.9)
_MUST = 1 / 20


def speech(seconds: int) -> tuple[Planes, int]:
    """Give the sample's talk over and over, of shape (1, samples), and its rate."""
    with open_audio(shipped("first-session") / "first-session.mp4") as audio:
        talk = audio.read(0, audio.duration).T
        count = seconds * audio.rate
        return np.ascontiguousarray(np.resize(talk[0], (1, count))), audio.rate


def measure(seconds: int, part: int) -> list[Row]:
    """Disguise so many seconds as an export does, once; and a part of them in other ways."""
    sound, rate = speech(seconds)
    row = _row(f"voice, {seconds} s as exports do", lambda: _disguised(sound, rate), seconds)
    short = sound[:, : part * rate]
    half = [Interval(Micros(at * SECOND), Micros((at + 10) * SECOND)) for at in range(0, part, 20)]
    names = [Interval(Micros(at * SECOND), Micros((at + 1) * SECOND)) for at in range(0, part, 15)]
    acts: list[tuple[str, Callable[[], object]]] = [
        ("two channels", lambda: _disguised(np.repeat(short, 2, axis=0), rate)),
        ("one person's, half of it", lambda: _disguised(short, rate, half)),
        ("a beep of 1 s every 15 s", lambda: bleeps_over(names).changed(0, short, rate)),
    ]
    return [row, *(_row(f"{part} s, {name}", act, part) for name, act in acts)]


def _row(name: str, act: Callable[[], object], seconds: int) -> Row:
    return Row(name, _timed(act), floor=1000.0 * seconds, most_ratio=_MUST)


def _disguised(sound: Planes, rate: int, spans: list[Interval] | None = None) -> None:
    Disguise(spans, SHIFT).changed(0, sound, rate)


def _timed(act: Callable[[], object]) -> float:
    before = time.perf_counter()
    act()
    return (time.perf_counter() - before) * 1000


def main(seconds: int = TEN_MINUTES, part: int = MINUTE) -> None:
    """Print the table."""
    rows = measure(seconds, min(part, seconds))
    print_table(f"Masking {seconds} s of speech at 48 kHz; beside it how long it lasts", rows)
    ratio = 1000 * seconds / rows[0].value
    sys.stdout.write(f"  {ratio:.0f} times as fast as it is spoken, {1 / _MUST:.0f} wanted\n")


if __name__ == "__main__":
    main()

"""Measures listening to an hour of sound: `python -m tests.benchmarks.sound`.

Beside it stand what ffmpeg needs to decode the same file and what pydub needs for its silences.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import av
import numpy as np
from av.audio.frame import AudioFrame

from annotator.jobs.silences import silences_of
from annotator.jobs.sound_shape import find_shape
from annotator.media import open_audio, to_segment
from annotator.media.levels import STEP
from annotator.media.silences import SilenceProposal, find_silences
from annotator.media.sound_shape import SoundShape, shape_of
from annotator.model import SECOND, Micros
from annotator.storage.cache import Cache
from annotator.storage.paths import shipped
from tests.benchmarks.table import Row, print_table

HOUR = 3600
TIMES = 5
LEVEL = -47.0
MINIMUM = Micros(3 * SECOND)
MILLISECOND = Micros(1000)
RATE = 48_000


def measure_sound(seconds: int, times: int) -> list[Row]:
    """Listen to so many seconds of the sample's talk, over and over, as AAC."""
    with TemporaryDirectory() as folder:
        film = _long_sound(Path(folder) / "long.m4a", seconds)
        cache = Cache(Path(folder) / "cache")
        ours, theirs = _in_turns(lambda: _shape(film, STEP), _decoding_of(film), times)
        levels = find_shape(film, cache=cache).levels
        return [
            Row("peaks and levels, from nothing", ours, floor=theirs, most_ratio=1.3),
            Row(
                "silences, levels at hand",
                _median(lambda: find_silences(levels, minimum=MINIMUM), times),
                most=1000,
            ),
            Row(
                "silences, levels in the cache",
                _median(lambda: silences_of(film, cache=cache), times),
                most=1000,
            ),
        ]


def measure_against_pydub(times: int, seconds: int | None = None) -> Row:
    """Find the sample's silences from nothing at 1 ms, beside pydub with the sound decoded.

    `seconds` cuts pydub's part short, and the ratio says nothing then. Raises RuntimeError where
    the two do not find the same, within a step.
    """
    from pydub.silence import detect_silence  # noqa: PLC0415 segment.py has kept pydub quiet

    film = shipped("first-session") / "first-session.mp4"
    with open_audio(film) as audio:
        end = audio.duration if seconds is None else Micros(seconds * SECOND)
        segment = to_segment(audio, Micros(0), end)
    began = time.perf_counter()
    theirs = detect_silence(segment, MINIMUM // 1000, LEVEL, 1)
    taken = (time.perf_counter() - began) * 1000
    ours = [[one.start // 1000, one.end // 1000] for one in _silences(film)]
    if seconds is None and not _are_alike(ours, theirs):
        raise RuntimeError(f"pydub finds {theirs}, we find {ours}")
    mine = _median(lambda: _silences(film), times)
    name = "the sample's silences at 1 ms, from nothing; pydub's with the sound decoded"
    return Row(name, mine, floor=taken, most_ratio=1 / 20)


def _silences(film: Path) -> tuple[SilenceProposal, ...]:
    return find_silences(_shape(film, MILLISECOND).levels, minimum=MINIMUM, level=LEVEL)


def _shape(film: Path, step: Micros) -> SoundShape:
    shape = shape_of(film, step=step)
    if shape is None:
        raise RuntimeError("nobody cancelled it")
    return shape


def _are_alike(ours: list[list[int]], theirs: list[list[int]]) -> bool:
    alike = np.shape(ours) == np.shape(theirs)
    return alike and bool((np.abs(np.subtract(ours, theirs)) <= 1).all())


def _long_sound(path: Path, length: int) -> Path:
    with open_audio(shipped("first-session") / "first-session.mp4") as audio:
        talk = audio.read(0, min(audio.duration, length * SECOND))[:, :1]
    with av.open(path, "w") as container:
        stream = container.add_stream("aac", rate=RATE, layout="mono")
        for number in range(-(-length * RATE // len(talk))):
            frame = AudioFrame.from_ndarray(np.ascontiguousarray(talk.T), "fltp", "mono")
            frame.sample_rate, frame.pts = RATE, number * len(talk)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _decoding_of(film: Path) -> Callable[[], object] | None:
    """Give what decodes a file with ffmpeg and does nothing with it; None without ffmpeg."""
    program = shutil.which("ffmpeg")
    if program is None:
        return None
    words = [program, "-v", "error", "-i", str(film), "-vn", "-f", "null", "-"]
    return lambda: subprocess.run(words, check=True)


def _in_turns(
    ours: Callable[[], object], theirs: Callable[[], object] | None, times: int
) -> tuple[float, float | None]:
    """Time two acts in turns, since a machine may be slower for a while; give their medians."""
    pairs = [(_timed(ours), _timed(theirs) if theirs else 0.0) for _ in range(times)]
    first, second = (median(column) for column in zip(*pairs, strict=True))
    return first, second if theirs else None


def _median(act: Callable[[], object], times: int) -> float:
    return median(_timed(act) for _ in range(times))


def _timed(act: Callable[[], object]) -> float:
    before = time.perf_counter()
    act()
    return (time.perf_counter() - before) * 1000


def main(seconds: int = HOUR, times: int = TIMES, pydub_seconds: int | None = None) -> None:
    """Print the table."""
    rows = [*measure_sound(seconds, times), measure_against_pydub(times, pydub_seconds)]
    print_table(f"Sound of {seconds} s, median of {times}; beside it ffmpeg, or pydub", rows)


if __name__ == "__main__":
    main()

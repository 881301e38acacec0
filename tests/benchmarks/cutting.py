"""Measures cutting clips: `python -m tests.benchmarks.cutting [height] [clips] [seconds]`.

Beside it stands what `ffmpeg` needs for the same clips of the same film, one run after another,
each of which uses the whole machine.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame

from annotator.media.clips.cutting import cut
from annotator.media.clips.wishes import CutWish
from annotator.media.survey import Survey, survey
from annotator.model import Micros
from tests.benchmarks.table import Row, print_table

FPS, RATE, SPACING = 25, 48_000, 10
FFMPEG_WORDS = ("-nostdin", "-v", "error", "-y")
ENCODED = ("-c:v", "libx264", "-preset", "veryfast", "-c:a", "aac")


def make_film(path: Path, seconds: int, height: int) -> Path:
    """Write a film with soft shapes that move, a little noise and a room's murmur."""
    width = height * 16 // 9 // 2 * 2
    random_numbers = np.random.default_rng(3)
    noise = random_numbers.integers(0, 6, (8, height, width, 1), np.uint8)
    with av.open(path, "w") as output:
        options = {"preset": "ultrafast", "crf": "22", "g": str(FPS * SPACING), "bf": "2"}
        picture = output.add_stream("libx264", rate=FPS, options=options)
        picture.width, picture.height = width, height
        sound = output.add_stream("aac", rate=RATE, layout="mono")
        rows, columns = np.mgrid[0:height, 0:width]
        for at in range(seconds * FPS):
            wave = np.sin(columns / 90 + at / 11) + np.sin(rows / 70 - at / 17)
            shade = (wave * 50 + 120).astype(np.uint8)[:, :, None]
            pixels = np.repeat(shade, 3, axis=2) + noise[random_numbers.integers(8)]
            frame = VideoFrame.from_ndarray(pixels, "rgb24")
            frame.pts, frame.time_base = at, Fraction(1, FPS)
            output.mux(picture.encode(frame))
            murmur = random_numbers.standard_normal((1, RATE // FPS)).astype(np.float32) / 20
            block = AudioFrame.from_ndarray(murmur, "fltp", "mono")
            block.sample_rate, block.pts = RATE, at * RATE // FPS
            block.time_base = Fraction(1, RATE)
            output.mux(sound.encode(block))
        output.mux(picture.encode(None))
        output.mux(sound.encode(None))
    return path


def starts(film_seconds: int, clip_seconds: int, count: int) -> list[int]:
    """Give the frames at which clips begin, spread over the film."""
    last = (film_seconds - clip_seconds) * FPS
    return sorted(random.Random(1).choices(range(last), k=count))


def wishes(film: Path, folder: Path, firsts: Sequence[int], seconds: float) -> list[CutWish]:
    """Ask for clips of so many seconds."""
    length = round(seconds * 1_000_000)
    begins = [first * 1_000_000 // FPS for first in firsts]
    return [
        CutWish(film, Micros(start), Micros(start + length), folder / f"{at}.mp4")
        for at, start in enumerate(begins)
    ]


def with_ffmpeg(wish: CutWish) -> None:
    """Cut with the command line program, told the moment half a frame earlier."""
    start = max(wish.start - 500_000 // FPS, 0) / 1_000_000
    words = ["ffmpeg", *FFMPEG_WORDS, "-ss", f"{start:.6f}", "-i", str(wish.source)]
    length = ["-t", f"{wish.length / 1_000_000:.6f}", *ENCODED]
    subprocess.run([*words, *length, str(wish.target)], check=True)


def _one(known: Survey, threads: int, wish: CutWish) -> int:
    result = cut(wish, known=known, threads=threads)
    return 0 if result is None else result.bytes


def all_at_once(known: Survey, asked: Sequence[CutWish]) -> None:
    """Cut clips in a process for each core, as the export does."""
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        list(pool.map(partial(_one, known, 1), asked))


def one_by_one(known: Survey, asked: Sequence[CutWish]) -> None:
    """Cut clips one after another, each with the whole machine."""
    for wish in asked:
        cut(wish, known=known)


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds by the clock, and of the processors, which other programs disturb less."""

    clock: float
    processors: float


def _timed(work: Callable[[], object], folder: Path) -> Taken:
    before, used = time.perf_counter(), sum(os.times()[:4])
    work()
    taken = Taken((time.perf_counter() - before) * 1000, (sum(os.times()[:4]) - used) * 1000)
    for one in folder.iterdir():
        one.unlink()
    return taken


def measure(height: int, count: int, clip_seconds: int, film_seconds: int) -> list[Row]:
    """Cut so many clips by every way."""
    with TemporaryDirectory() as name:
        folder = Path(name) / "clips"
        folder.mkdir()
        film = make_film(Path(name) / "film.mp4", film_seconds, height)
        asked = wishes(film, folder, starts(film_seconds, clip_seconds, count), clip_seconds)
        ffmpeg = Taken(0, 0)
        if shutil.which("ffmpeg"):
            ffmpeg = _timed(lambda: [with_ffmpeg(wish) for wish in asked], folder)
        reading = _timed(lambda: survey(film), folder)
        known = survey(film)
        together = _timed(lambda: all_at_once(known, asked), folder)
        alone = _timed(lambda: one_by_one(known, asked), folder)
        beside = ffmpeg.clock or None
        return [
            Row("a process for each core", together.clock + reading.clock, None, beside, None, 1),
            Row("one after another", alone.clock + reading.clock, floor=beside),
            Row("  of that, reading the film through once", reading.clock),
            Row("processor time: each core", together.processors, floor=ffmpeg.processors or None),
            Row("processor time: one by one", alone.processors, floor=ffmpeg.processors or None),
            *_positions(known, folder, film_seconds),
        ]


def _positions(known: Survey, folder: Path, film_seconds: int) -> list[Row]:
    """Cut the same short stretch near the start and near the end, in turns."""
    places = {"near the start": 1, "near the end": film_seconds - SPACING + 1}
    taken: dict[str, list[float]] = {name: [] for name in places}
    for _ in range(5):
        for name, second in places.items():
            [wish] = wishes(known.path, folder, [second * FPS], 3)
            taken[name].append(_timed(partial(cut, wish, known=known), folder).processors)
    first, last = (median(one) for one in taken.values())
    return [
        Row("processor time: 3 s near the start", first),
        Row("processor time: 3 s near the end", last, floor=first, most_ratio=1.1),
    ]


def main(
    height: int = 1080, count: int = 20, clip_seconds: int = 15, film_seconds: int = 120
) -> None:
    """Print the table."""
    title = (
        f"{count} clips of {clip_seconds} s out of {film_seconds} s, {height} lines;"
        " beside it ffmpeg, libx264 veryfast"
    )
    print_table(title, measure(height, count, clip_seconds, film_seconds))


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))

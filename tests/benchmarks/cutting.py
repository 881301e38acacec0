"""Measures cutting clips: `python -m tests.benchmarks.cutting [height] [clips] [seconds]`.

Beside exact clips stands what `ffmpeg` needs for the same clips of the same film, one run after
another, each of which uses the whole machine; beside swift ones what exact ones need. All take
turns, and processor time is told too, since other programs disturb it less.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.packet import Packet
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from annotator.jobs.clip_cutting import CutJob, cut_one
from annotator.jobs.processes import Errand, run_apart
from annotator.media.clips.cutting import cut
from annotator.media.clips.wishes import CutWish, Mode
from annotator.media.survey import Survey, survey
from annotator.model import Micros
from tests.benchmarks.table import Row, print_table

FPS, RATE = 25, 48_000
FAR, NEAR = 10, 2
"""Seconds between keyframes, as webcams and as telephones put them."""

FFMPEG_WORDS = ("-nostdin", "-v", "error", "-y")
ENCODED = ("-c:v", "libx264", "-preset", "veryfast", "-c:a", "aac")
SWIFT_SECONDS, HOUR = 60, 3600
SWIFT_RATIO = 1 / 8


def make_film(path: Path, seconds: int, height: int, spacing: int) -> Path:
    """Write a film with soft shapes that move, a little noise and a room's murmur."""
    width = height * 16 // 9 // 2 * 2
    murmurs = np.random.default_rng(3)
    with av.open(path, "w") as output:
        options = {"preset": "veryfast", "crf": "22", "g": str(FPS * spacing), "sc_threshold": "0"}
        picture = output.add_stream("libx264", rate=FPS, options=options)
        picture.width, picture.height, picture.pix_fmt = width, height, "yuv420p"
        sound = output.add_stream("aac", rate=RATE, layout="mono")
        for at, pixels in enumerate(_pictures(width, height, seconds * FPS)):
            frame = VideoFrame.from_ndarray(pixels, "yuv420p")
            frame.pts, frame.time_base = at, Fraction(1, FPS)
            output.mux(picture.encode(frame))
            murmur = murmurs.standard_normal((1, RATE // FPS)).astype(np.float32) / 20
            block = AudioFrame.from_ndarray(murmur, "fltp", "mono")
            block.sample_rate, block.pts = RATE, at * RATE // FPS
            block.time_base = Fraction(1, RATE)
            output.mux(sound.encode(block))
        output.mux(picture.encode(None))
        output.mux(sound.encode(None))
    return path


def _pictures(width: int, height: int, count: int) -> Iterator[NDArray[np.uint8]]:
    """Yield pictures as a plane of brightness above two of colours."""
    noises = np.random.default_rng(3)
    noise = noises.integers(0, 6, (8, height, width), np.uint8)
    rows, columns = np.arange(height)[:, None], np.arange(width)[None, :]
    colours = np.full((height // 2, width), 128, np.uint8)
    for at in range(count):
        across = (np.sin(columns / 90 + at / 11) * 50 + 60).astype(np.uint8)
        down = (np.sin(rows / 70 - at / 17) * 50 + 60).astype(np.uint8)
        yield np.concatenate([across + down + noise[noises.integers(8)], colours])


def repeat(film: Path, path: Path, times: int) -> Path:
    """Write a film once after another, as it is coded."""
    with av.open(film) as source, av.open(path, "w") as output:
        streams = {one.index: output.add_stream_from_template(one) for one in source.streams}
        packets = [one for one in source.demux() if one.size]
        length = Fraction(source.duration or 0, av.time_base)
        for number in range(times):
            for packet in packets:
                if number and (packet.pts or 0) < 0:
                    continue  # what an encoder put before the sound
                again = Packet(bytes(packet))
                shift = int(length * number / packet.time_base)
                again.pts, again.dts = (packet.pts or 0) + shift, (packet.dts or 0) + shift
                again.time_base, again.duration = packet.time_base, packet.duration
                again.is_keyframe = packet.is_keyframe
                again.stream = streams[packet.stream_index]
                output.mux(again)
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


def with_ours(known: Survey, asked: Sequence[CutWish]) -> None:
    """Cut clips in a process for each core, as the export does.

    Raises RuntimeError where one fails, or is cut in another way than was asked for.
    """
    jobs = [CutJob(one, known=known, threads=1) for one in asked]
    errands = [Errand(one.wish.target.name, partial(cut_one, one)) for one in jobs]
    for done in run_apart(errands, _Unwatched()):
        if done.result is None or done.result.note:
            raise RuntimeError(str(done.failure or done.result))


def one_by_one(known: Survey, asked: Sequence[CutWish]) -> None:
    """Cut clips one after another, each with the whole machine."""
    for wish in asked:
        cut(wish, known=known)


class _Unwatched:
    def progress(self, fraction: float, text: str) -> None:
        pass

    def cancelled(self) -> bool:
        return False


def _in_turns(asked: Sequence[CutWish]) -> Iterator[Sequence[CutWish]]:
    """Part clips into as many at a time as there are cores."""
    at_once = max(2, os.cpu_count() or 1)
    for start in range(0, len(asked), at_once):
        yield asked[start : start + at_once]


@dataclass(slots=True)
class Taken:
    """Milliseconds by the clock, and of the processors."""

    clock: float = 0
    processors: float = 0

    def add(self, work: Callable[[], object], folder: Path) -> None:
        """Do work, and delete what it made."""
        before, used = time.perf_counter(), sum(os.times()[:4])
        work()
        self.clock += (time.perf_counter() - before) * 1000
        self.processors += (sum(os.times()[:4]) - used) * 1000
        for one in folder.iterdir():
            one.unlink()


def measure_exact(height: int, count: int, clip_seconds: int, film_seconds: int) -> list[Row]:
    """Cut so many clips exactly, by every way."""
    ffmpeg, reading, together, alone = Taken(), Taken(), Taken(), Taken()
    with TemporaryDirectory() as name:
        folder = Path(name) / "clips"
        folder.mkdir()
        film = make_film(Path(name) / "film.mp4", film_seconds, height, FAR)
        asked = wishes(film, folder, starts(film_seconds, clip_seconds, count), clip_seconds)
        reading.add(partial(survey, film), folder)
        known = survey(film)
        for some in _in_turns(asked):
            if shutil.which("ffmpeg"):
                ffmpeg.add(lambda some=some: [*map(with_ffmpeg, some)], folder)
            together.add(partial(with_ours, known, some), folder)
            alone.add(partial(one_by_one, known, some), folder)
    clock, used = ffmpeg.clock or None, ffmpeg.processors or None
    return [
        Row("a process for each core", together.clock + reading.clock, None, clock, None, 1),
        Row("one after another", alone.clock + reading.clock, floor=clock),
        Row("  of that, reading the film through once", reading.clock),
        Row("processor time: each core", together.processors, None, used, None, 1),
        Row("processor time: one by one", alone.processors, floor=used),
    ]


def measure_swift(height: int, count: int, clip_seconds: int, film_seconds: int) -> list[Row]:
    """Cut so many clips by copying, and exactly."""
    swift, exact = Taken(), Taken()
    with TemporaryDirectory() as name:
        folder = Path(name) / "clips"
        folder.mkdir()
        film = make_film(Path(name) / "film.mp4", film_seconds, height, NEAR)
        asked = wishes(film, folder, starts(film_seconds, clip_seconds, count), clip_seconds)
        known = survey(film)
        for some in _in_turns(asked):
            exact.add(partial(with_ours, known, some), folder)
            copied = [replace(one, mode=Mode.SWIFT) for one in some]
            swift.add(partial(with_ours, known, copied), folder)
    return [
        Row("a process for each core", swift.clock, None, exact.clock, None, SWIFT_RATIO),
        Row("processor time", swift.processors, None, exact.processors, None, SWIFT_RATIO),
    ]


def measure_positions(height: int, film_seconds: int) -> list[Row]:
    """Cut the same short stretch near the start and near the end, in turns."""
    rows = []
    with TemporaryDirectory() as name:
        folder = Path(name) / "clips"
        folder.mkdir()
        once = make_film(Path(name) / "once.mp4", 3 * FAR, height, FAR)
        film = repeat(once, Path(name) / "film.mp4", max(film_seconds // (3 * FAR), 2))
        known = survey(film)
        last = (film_seconds // (3 * FAR) - 1) * 3 * FAR + 1
        for mode in Mode:
            first, far = _near_and_far(known, folder, last, mode)
            rows += [
                Row(f"{mode}, near the start", first),
                Row(f"{mode}, near the end", far, floor=first, most_ratio=1.1),
            ]
    return rows


def _near_and_far(known: Survey, folder: Path, last: int, mode: Mode) -> tuple[float, float]:
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(5):
        for second, kept in zip((1, last), taken, strict=True):
            [wish] = wishes(known.path, folder, [second * FPS], 15)
            one = Taken()
            one.add(partial(cut, replace(wish, mode=mode), known=known), folder)
            kept.append(one.processors)
    return median(taken[0]), median(taken[1])


def main(
    height: int = 1080, count: int = 20, clip_seconds: int = 15, film_seconds: int = 120
) -> None:
    """Print the tables."""
    title = f"{count} clips of {clip_seconds} s, {height} lines; beside it ffmpeg, libx264 veryfast"
    print_table(title, measure_exact(height, count, clip_seconds, film_seconds))
    long = clip_seconds * SWIFT_SECONDS // 15
    title = f"{count} swift clips of {long} s, {height} lines; beside it exact ones"
    print_table(title, measure_swift(height, count, long, max(film_seconds, long + 15)))
    whole = HOUR * film_seconds // 120
    title = f"processor time of 15 s out of {whole // 60} min"
    print_table(title, measure_positions(min(height, 360), whole))


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))

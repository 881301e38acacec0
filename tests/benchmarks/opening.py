"""Measures opening a film of an hour: `python -m tests.benchmarks.opening`.

Beside it stands what the library needs to read through the packets and do nothing with them.
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

from annotator.media.audio import open_audio
from annotator.media.survey import Survey, survey
from annotator.media.video import open_video
from tests.benchmarks.long_film import make_long_film
from tests.benchmarks.table import Row, print_table

SECONDS = 3600
TIMES = 5


def measure_opening(seconds: int, times: int) -> list[Row]:
    """Open a film of so many seconds, MP4 and Matroska, to its first picture."""
    rows = []
    with TemporaryDirectory() as folder:
        for ending in ("mp4", "mkv"):
            film = make_long_film(Path(folder) / f"film.{ending}", seconds)
            read_through = _median(lambda film=film: _read_through(film), times)
            known = survey(film)
            rows += [
                _row(
                    f"{ending}: to the first picture, with sound", film, _open, read_through, times
                ),
                _row("  reading what packets say", film, survey, read_through, times),
                Row("  index, facts, first picture", _median(lambda k=known: _picture(k), times)),
                Row("  sound", _median(lambda k=known: open_audio(k.path, known=k).close(), times)),
            ]
            if shutil.which("ffprobe"):
                rows.append(_row("  ffprobe, counting packets", film, _ffprobe, read_through, 1))
            film.unlink()
    return rows


def _row(name: str, film: Path, act: Callable[[Path], object], floor: float, times: int) -> Row:
    return Row(name, _median(lambda: act(film), times), floor=floor)


def _open(film: Path) -> None:
    known = survey(film)
    with open_video(film, known) as video, open_audio(film, known=known):
        video.frame(0).to_rgb()


def _picture(known: Survey) -> None:
    with open_video(known.path, known) as video:
        video.frame(0).to_rgb()


def _read_through(film: Path) -> None:
    with av.open(film) as container:
        for _packet in container.demux():
            pass


def _ffprobe(film: Path) -> None:
    words = ["ffprobe", "-v", "error", "-count_packets", "-show_entries", "stream=nb_read_packets"]
    subprocess.run([*words, str(film)], check=True, capture_output=True)


def _median(act: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        before = time.perf_counter()
        act()
        taken.append((time.perf_counter() - before) * 1000)
    return median(taken)


def main(seconds: int = SECONDS, times: int = TIMES) -> None:
    """Print the table."""
    title = f"A film of {seconds} s, median of {times}; beside it a bare reading"
    print_table(title, measure_opening(seconds, times))


if __name__ == "__main__":
    main()

"""Work for other processes, which must be able to find it by name."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import MediaError
from annotator.jobs.clip_cutting import CutJob, cut_one
from annotator.jobs.processes import Line
from annotator.media.clips.wishes import CutResult


def add(one: int, other: int, line: Line) -> int:
    line.progress(0.5)
    return one + other


def fail(line: Line) -> int:
    raise MediaError("It is broken.", f"Mend it. {line.cancelled()}")


def die(path: Path, line: Line) -> int:
    path.write_text("half", encoding="utf-8")
    line.progress(0.1)
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def go_on_until_told(path: Path, line: Line) -> int:
    path.write_text("half", encoding="utf-8")
    line.progress(0.2)
    line.stop.wait()
    path.unlink()
    return -1


def interrupted(line: Line) -> bool:
    """Do as a terminal does with all processes of a program when Ctrl+C is typed."""
    os.kill(os.getpid(), signal.SIGINT)
    line.progress(0.5)
    return True


def hear_nothing(path: Path, line: Line) -> int:
    path.write_text("half", encoding="utf-8")
    line.progress(0.3)
    signal.pause()
    return -1


@dataclass
class _Interrupted:
    """A line that does something once, as soon as the work has come so far."""

    line: Line
    far: float
    act: Callable[[], object]
    is_done: bool = False

    def progress(self, fraction: float) -> None:
        if fraction >= self.far and not self.is_done:
            self.is_done = True
            self.act()
        self.line.progress(fraction)

    def cancelled(self) -> bool:
        return self.line.cancelled()


def _cut_but(job: CutJob, line: Line, far: float, act: Callable[[], object]) -> CutResult:
    return cut_one(job, _Interrupted(line, far, act))


def cut_while_the_film_goes(job: CutJob, line: Line) -> CutResult:
    return _cut_but(job, line, 0.3, lambda: job.wish.source.unlink(missing_ok=True))


def cut_while_the_film_changes(job: CutJob, line: Line) -> CutResult:
    return _cut_but(job, line, 0.3, lambda: os.utime(job.wish.source, (1, 1)))


def cut_while_the_film_shrinks(job: CutJob, line: Line) -> CutResult:
    size = job.wish.source.stat().st_size
    return _cut_but(job, line, 0.3, lambda: os.truncate(job.wish.source, size // 2))


def cut_but_die_at_the_second(job: CutJob, line: Line) -> CutResult:
    if "-02-" not in job.wish.target.name:
        return cut_one(job, line)
    return _cut_but(job, line, 0.5, lambda: os.kill(os.getpid(), signal.SIGKILL))

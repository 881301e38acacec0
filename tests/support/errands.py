"""Work for other processes, which must be able to find it by name."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from annotator.errors import MediaError
from annotator.jobs.processes import Line


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


def hear_nothing(path: Path, line: Line) -> int:
    path.write_text("half", encoding="utf-8")
    line.progress(0.3)
    signal.pause()
    return -1

"""Measures how long the window takes to appear: `python -m tests.benchmarks.start`.

From the start of the process until the sample session's tags are painted in table and timeline,
and until its film's frame is, beside an empty PyQt6 window. All are started in turn; the median
of each counts. What it takes to load the decoders, which the frame cannot do without, stands below.
"""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from annotator.storage.sample import copy_sample
from annotator.storage.settings import Settings, save_settings
from tests.benchmarks.table import Row, print_table

ROOT = Path(__file__).parents[2]
CHILD = Path(__file__).with_name("start_child.py")
TIMES = 9
MOST_RATIO = 2.5
PATIENCE_S = 60


def measure_start(times: int, *, screens: bool) -> list[Row]:
    """Measure without a screen and, with `screens`, on an X server where Xvfb is installed."""
    rows = _compared("offscreen", {"QT_QPA_PLATFORM": "offscreen"}, times)
    if screens and shutil.which("Xvfb") is not None:
        with x_server() as display:
            places = {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display}
            rows += _compared("xcb, Xvfb", places, times)
    return rows


def _compared(where: str, places: dict[str, str], times: int) -> list[Row]:
    with TemporaryDirectory() as folder:
        session = copy_sample(Path(folder) / "sample")
        settings = Path(folder) / "settings"
        environment = os.environ | places | {"ANNOTATOR_CONFIG_DIR": str(settings)}
        environment["PYTHONPATH"] = str(ROOT)
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
        environment["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "compiled")
        _keep_coder(settings)
        whats = ("bare", "decoders", str(session))
        turns = [
            [one for what in whats for one in _started(what, environment)] for _ in range(times + 1)
        ]
    # The first turn compiles the modules and fills the disk's cache.
    bare, decoders, tags, frame = zip(*turns[1:], strict=True)
    floor = median(bare)
    return [
        Row(f"session on screen ({where})", median(tags), max(tags), floor, most_ratio=MOST_RATIO),
        Row("  and the film's frame", median(frame), max(frame), floor, most_ratio=MOST_RATIO),
        Row("  a bare window with the decoders", median(decoders), max(decoders), floor),
    ]


def _keep_coder(folder: Path) -> None:
    before = os.environ.get("ANNOTATOR_CONFIG_DIR")
    os.environ["ANNOTATOR_CONFIG_DIR"] = str(folder)
    save_settings(Settings(coder="A"))
    if before is None:
        del os.environ["ANNOTATOR_CONFIG_DIR"]
    else:
        os.environ["ANNOTATOR_CONFIG_DIR"] = before


def _started(what: str, environment: dict[str, str]) -> list[float]:
    """Start a child and give the milliseconds until each of its paintings was done."""
    before = time.monotonic_ns()
    child = subprocess.run(
        [sys.executable, "-P", str(CHILD), what],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )
    return [(int(one) - before) / 1e6 for one in child.stdout.splitlines()[-1].split()]


@contextmanager
def x_server() -> Iterator[str]:
    """Run an X server; gives the name of its display."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-screen", "0", "1600x1000x24", "-displayfd", str(writing)]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            ready, _, _ = select.select([told], [], [], PATIENCE_S)
            if not ready:
                raise RuntimeError("the X server did not start")
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def main(times: int = TIMES, *, screens: bool = True) -> None:
    """Print the table."""
    print_table(f"Start, median of {times} in turn", measure_start(times, screens=screens))


if __name__ == "__main__":
    main()

"""Measures how long help takes to appear: `python -m tests.benchmarks.command_line`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.table import Row, print_table

ROOT = Path(__file__).parents[2]
TIMES = 15
MOST_ABOVE = 300


def measure_help(times: int) -> list[Row]:
    """Run `annotator --help` and an empty Python in turn."""
    with TemporaryDirectory() as folder:
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
        empty, helped = [], []
        for turn in range(times + 1):
            found = (
                _ran(("-c", "pass"), environment),
                _ran(("-m", "annotator", "--help"), environment),
            )
            if turn:  # the first compiles the modules and fills the disk's cache
                empty.append(found[0])
                helped.append(found[1])
    row = Row("annotator --help", median(helped), max(helped), median(empty), most_above=MOST_ABOVE)
    return [row]


def _ran(words: tuple[str, ...], environment: dict[str, str]) -> float:
    before = time.perf_counter()
    subprocess.run([sys.executable, "-P", *words], env=environment, check=True, capture_output=True)
    return (time.perf_counter() - before) * 1000


def main(times: int = TIMES) -> None:
    """Print the table."""
    print_table(f"Command line, median of {times} in turn", measure_help(times))


if __name__ == "__main__":
    main()

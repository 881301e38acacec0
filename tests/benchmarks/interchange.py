"""Measures foreign files: `python -m tests.benchmarks.interchange`.

Each format that is written is written with 100,000 tags and read again by a process of its own;
how much that process grew is told as a multiple of the file.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from annotator.model.coding import CodingPass, Purpose, Tag
from annotator.model.session import Session
from annotator.model.time import Interval, Micros
from annotator.storage.interchange.exchange import read_foreign
from annotator.storage.interchange.formats import FORMATS
from annotator.storage.interchange.interface import Format, Wishes
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.source import open_source
from tests.benchmarks.table import Row, print_table
from tests.support.foreign import BOOK, FILM, NOW, PEOPLE

TAGS = 100_000
TEXT_MS, XML_MS, MEMORY = 3_000.0, 5_000.0, 10.0
XML = {"elan", "elan-template", "exmaralda", "transana"}


def many_tags(count: int) -> Session:
    """Make a session of so many tags, two a second, some with notes."""
    codes = ("reflection", "silence", "open_question")
    tags = tuple(
        Tag(
            f"t{number}",
            codes[number % 3],
            Micros(number * 500_000),
            Micros(number * 500_000 + (400_000 if number % 3 == 1 else 0)),
            "client" if number % 2 else "therapist",
            f"note {number}" if number % 4 == 0 else "",
        )
        for number in range(count)
    )
    end = Micros(count * 500_000 + 1_000_000)
    one = CodingPass("pass-A", "A", Purpose.PRIMARY, NOW, tags)
    film = replace(FILM, duration=end)
    return Session("s1", "talk", BOOK, Interval(Micros(0), end), (film,), (), PEOPLE, (one,))


def measure(count: int) -> list[Row]:
    """Measure every format that is both written and read, with so many tags."""
    session = many_tags(count)
    rows: list[Row] = []
    with TemporaryDirectory() as folder:
        for form in FORMATS:
            if form.write is None or form.read is None or form.id == "whisper":
                continue
            path = Path(folder) / f"talk{form.suffixes[0]}"
            rows += _of_format(form, session, path)
    return rows


def _of_format(form: Format, session: Session, path: Path) -> list[Row]:
    wishes = Wishes(now=NOW, as_tags=True)
    began = time.perf_counter()
    data = form.write([session], wishes, Notes()) if form.write else b""
    wrote = (time.perf_counter() - began) * 1000
    path.write_bytes(data)
    took, grew, tags = _read_elsewhere(path, form.id)
    most = XML_MS if form.id in XML else TEXT_MS
    size = len(data) / 1024 / 1024
    return [
        Row(f"{form.title}: read {tags:,} tags ({size:.1f} MB)", took, most=most),
        Row("  the process grew by, megabytes", grew, floor=size, most_ratio=MEMORY),
        Row("  write them", wrote),
    ]


def _read_elsewhere(path: Path, form: str) -> tuple[float, float, int]:
    """Read a file in a process of its own: milliseconds, megabytes it grew by, tags."""
    command = [sys.executable, "-m", "tests.benchmarks.interchange", str(path), form]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    took, grew, tags = done.stdout.split()
    return float(took), float(grew), int(tags)


def read_here(path: Path, form_id: str) -> None:
    """Read a file once and write what that took."""
    small = _peak()
    began = time.perf_counter()
    source = open_source(path)
    found = read_foreign(source, Wishes(now=NOW, as_tags=True), form_id)
    took = (time.perf_counter() - began) * 1000
    grew = _peak() - small
    tags = sum(len(one.tags) for session in found.sessions for one in session.passes)
    cues = sum(len(one.cues) for session in found.sessions for one in session.transcripts)
    sys.stdout.write(f"{took} {grew} {tags + cues}\n")


def _peak() -> float:
    """Tell the most memory this process has had, in megabytes; not that of who started it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main(count: int = TAGS) -> None:
    """Print the table."""
    print_table(f"Foreign files of {count:,} tags", measure(count))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        read_here(Path(sys.argv[1]), sys.argv[2])
    else:
        main()

"""Measures foreign files: `python -m tests.benchmarks.interchange`.

Each format that is written is written with 100,000 tags and read again by a process of its own.
How much that process grew at its most is told beside the file, and beside the finished session:
a packed file, or one of a few letters a tag, is smaller than the tags in it can ever be.
"""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from enum import Enum
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FunctionType, ModuleType
from zipfile import ZipFile, is_zipfile

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
MEMORY_OF_SESSION = 3.0
"""Where ten times the file is less than the session alone, what is asked for instead."""

MEGA = 1024 * 1024
XML = {"elan", "elan-template", "exmaralda", "transana", "xlsx"}


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


@dataclass(frozen=True, slots=True)
class Reading:
    """What it took to read a file: milliseconds, and megabytes.

    `held` is the file with what is packed in it unpacked, `grew` how much the process did, and
    `session` what the finished sessions have.
    """

    title: str
    form: str
    tags: int
    took: float
    wrote: float
    size: float
    held: float
    grew: float
    session: float


def measure(count: int, only: str = "") -> list[Reading]:
    """Measure every format that is both written and read, or one, with so many tags."""
    session = many_tags(count)
    found: list[Reading] = []
    with TemporaryDirectory() as folder:
        for form in FORMATS:
            if form.write is None or form.read is None or form.id == "whisper":
                continue
            if only in {"", form.id}:
                path = Path(folder) / f"talk{form.suffixes[0]}"
                found.append(_of_format(form, session, path))
    return [one for one in found if one.tags]


def _of_format(form: Format, session: Session, path: Path) -> Reading:
    wishes = Wishes(now=NOW, as_tags=True)
    began = time.perf_counter()
    data = form.write([session], wishes, Notes()) if form.write else b""
    wrote = (time.perf_counter() - began) * 1000
    path.write_bytes(data)
    took, grew, tags, held = _read_elsewhere(path, form.id)
    size, unpacked = len(data) / MEGA, _unpacked(data) / MEGA
    return Reading(form.title, form.id, tags, took, wrote, size, unpacked, grew, held)


def _unpacked(data: bytes) -> int:
    if not is_zipfile(BytesIO(data)):
        return len(data)
    with ZipFile(BytesIO(data)) as archive:
        return sum(one.file_size for one in archive.infolist())


def times_of(found: list[Reading]) -> list[Row]:
    """Tell how long reading and writing took."""
    rows: list[Row] = []
    for one in found:
        most = XML_MS if one.form in XML else TEXT_MS
        rows.append(Row(f"{one.title}: read {one.tags:,} tags", one.took, most=most))
        rows.append(Row("  write them", one.wrote))
    return rows


def memory_of(found: list[Reading]) -> list[Row]:
    """Tell how much the process grew by, beside the file and beside the finished session."""
    rows: list[Row] = []
    for one in found:
        fits = one.size * MEMORY > one.session
        most = MEMORY if fits else None
        rows.append(Row(f"{one.title}: beside the file", one.grew, floor=one.size, most_ratio=most))
        if one.held > one.size:
            name = "  beside the file unpacked"
            rows.append(Row(name, one.grew, floor=one.held, most_ratio=MEMORY))
        most = None if fits else MEMORY_OF_SESSION
        name = "  beside the finished session"
        rows.append(Row(name, one.grew, floor=one.session, most_ratio=most))
        rows.append(Row("  the finished session beside the file", one.session, floor=one.size))
    return rows


def _read_elsewhere(path: Path, form: str) -> tuple[float, float, int, float]:
    """Read a file in a process of its own: milliseconds, megabytes it grew by, tags, their size."""
    command = [sys.executable, "-m", "tests.benchmarks.interchange", str(path), form]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    took, grew, tags, held = done.stdout.split()
    return float(took), float(grew), int(tags), float(held)


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
    sys.stdout.write(f"{took} {grew} {tags + cues} {_size_of(found.sessions) / MEGA}\n")


def _size_of(value: object) -> int:
    """Add up the bytes of all that a value refers to, each thing once."""
    seen: set[int] = set()
    waiting, size = [value], 0
    while waiting:
        one = waiting.pop()
        if id(one) not in seen and not isinstance(one, type | ModuleType | FunctionType | Enum):
            seen.add(id(one))
            size += sys.getsizeof(one)
            waiting += gc.get_referents(one)
    return size


def _peak() -> float:
    """Tell the most memory this process has had, in megabytes; not that of who started it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main(count: int = TAGS, only: str = "") -> None:
    """Print the tables, of one format alone where its id is given."""
    found = measure(count, only)
    print_table(f"Foreign files of {count:,} tags", times_of(found))
    print_table(f"Foreign files of {count:,} tags in memory", memory_of(found), "megabytes")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        read_here(Path(sys.argv[1]), sys.argv[2])
    else:
        main(only=sys.argv[1] if len(sys.argv) > 1 else "")

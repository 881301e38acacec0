"""Measures reading ELAN documents beside pympi: `python -m tests.benchmarks.interchange_elan`.

Both open the same file in turns and give the times of all that stands in it; ours makes a session
of tags and cues of it besides, with a report.
"""

from __future__ import annotations

import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import pympi

from annotator.model.coding import CodingPass, Origin, Purpose, Tag
from annotator.model.session import Session
from annotator.model.time import Interval, Micros
from annotator.storage.interchange.exchange import form_named, read_foreign, render
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.source import open_source
from tests.benchmarks.table import Row, print_table

NOW = "2026-03-01T09:00:00Z"
FEW, MANY, TIMES = 9_000, 100_000, 9
READ_MS, MEMORY_RATIO = 5000.0, 10.0
VALUES = ("nod", "smile", "shake", "frown", "lean", "sigh", "turn")
MEGA = 1024 * 1024


def document(count: int) -> str:
    """Make a document of tiers of gestures as ELAN writes it, with so many annotations in all."""
    tiers = 6
    slots, rows = [], [[] for _ in range(tiers)]  # type: list[str], list[list[str]]
    for number in range(count):
        start = number // tiers * 400
        first, last = 2 * number + 1, 2 * number + 2
        slots.append(
            f'        <TIME_SLOT TIME_SLOT_ID="ts{first}" TIME_VALUE="{start}"/>\n'
            f'        <TIME_SLOT TIME_SLOT_ID="ts{last}" TIME_VALUE="{start + 380}"/>\n'
        )
        rows[number % tiers].append(
            "        <ANNOTATION>\n"
            f'            <ALIGNABLE_ANNOTATION ANNOTATION_ID="a{number}" '
            f'TIME_SLOT_REF1="ts{first}" TIME_SLOT_REF2="ts{last}">\n'
            f"                <ANNOTATION_VALUE>{VALUES[number % len(VALUES)]}</ANNOTATION_VALUE>\n"
            "            </ALIGNABLE_ANNOTATION>\n        </ANNOTATION>\n"
        )
    body = "".join(
        f'    <TIER LINGUISTIC_TYPE_REF="default-lt" TIER_ID="tier{number}">\n{"".join(row)}    '
        "</TIER>\n"
        for number, row in enumerate(rows)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<ANNOTATION_DOCUMENT AUTHOR="" '
        'DATE="2026-01-01T00:00:00Z" FORMAT="3.0" VERSION="3.0" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:noNamespaceSchemaLocation="http://www.mpi.nl/tools/elan/EAFv3.0.xsd">\n'
        '    <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"/>\n    <TIME_ORDER>\n'
        f"{''.join(slots)}    </TIME_ORDER>\n{body}"
        '    <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="default-lt" TIME_ALIGNABLE="true"/>\n'
        "</ANNOTATION_DOCUMENT>\n"
    )


def by_us(path: Path) -> int:
    """Read a document as the program does; gives how many annotations came through."""
    return read_foreign(open_source(path), Wishes(now=NOW), "elan").report.counted_out


def by_pympi(path: Path) -> int:
    """Read a document with pympi, and ask it for all times; gives how many annotations it has."""
    elan = pympi.Eaf(str(path))
    return sum(len(elan.get_annotation_data_for_tier(name)) for name in elan.get_tier_names())


def by_pympi_alone(path: Path) -> int:
    """Read a document with pympi, and ask it for nothing; gives how many tiers it has."""
    return len(pympi.Eaf(str(path)).get_tier_names())


def _timed(work: Callable[[Path], int], path: Path) -> float:
    before = time.perf_counter()
    work(path)
    return (time.perf_counter() - before) * 1000


def measure_reading(path: Path, name: str, times: int) -> list[Row]:
    """Read a file in turns with us, with pympi, and with pympi that is asked for nothing."""
    works = (by_us, by_pympi, by_pympi_alone)
    turns = [[_timed(work, path) for work in works] for _ in range(times)]
    ours, theirs, alone = (list(one) for one in zip(*turns, strict=True))
    return [
        Row(name, median(ours), max(ours), floor=median(theirs), most_ratio=1.0),
        Row("  beside opening alone", median(ours), floor=median(alone), most_ratio=1.0),
    ]


def measure_many(path: Path) -> Row:
    """Read a long file once."""
    return Row(f"read {path.stem} annotations", _timed(by_us, path), most=READ_MS)


def measure_memory(path: Path) -> Row:
    """Tell the most memory that reading takes beside the size of the file, in megabytes."""
    tracemalloc.start()
    by_us(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    size = path.stat().st_size / MEGA
    return Row("memory at its most", peak / MEGA, floor=size, most_ratio=MEMORY_RATIO)


def measure_writing(count: int) -> Row:
    """Write so many tags, and read them again to tell what was lost."""
    tags = tuple(
        Tag(f"t{number}", VALUES[number % len(VALUES)], Micros(number * 400_000),
            Micros(number * 400_000 + 380_000), origin=Origin.IMPORT)
        for number in range(count)
    )  # fmt: skip
    with TemporaryDirectory() as folder:
        path = Path(folder) / "few.eaf"
        path.write_text(document(60), encoding="utf-8")
        book = read_foreign(open_source(path), Wishes(now=NOW)).sessions[0].codebook
    one = CodingPass("pass-A", "A", Purpose.PRIMARY, NOW, tags)
    end = tags[-1].end if tags else Micros(0)
    session = Session("s", "long", book, Interval(Micros(0), end), passes=(one,))
    before = time.perf_counter()
    render([session], form_named("elan"), "long.eaf", Wishes(now=NOW))
    taken = (time.perf_counter() - before) * 1000
    return Row(f"write {count:,} tags, and read them again to tell losses", taken)


def main(
    paths: Sequence[str] = (), few_count: int = FEW, many_count: int = MANY, times: int = TIMES
) -> None:
    """Print the tables, also for files that are named."""
    with TemporaryDirectory() as folder:
        few, many = Path(folder) / "few.eaf", Path(folder) / f"{many_count:,}.eaf"
        few.write_text(document(few_count), encoding="utf-8")
        many.write_text(document(many_count), encoding="utf-8")
        rows = measure_reading(few, f"read {few_count:,} annotations", times)
        for path in paths:
            rows += measure_reading(Path(path), f"read {Path(path).name}", times)
        rows += [measure_many(many), measure_writing(many_count)]
        print_table("ELAN documents, beside pympi", rows)
        print_table("ELAN documents, beside the file", [measure_memory(many)], "megabytes")


if __name__ == "__main__":
    main(sys.argv[1:])

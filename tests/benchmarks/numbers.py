"""Measures what numbers take: `python -m tests.benchmarks.numbers`.

Agreement of two passes of 10,000 tags, its bootstrap, and the summary of 1,000 sessions, with the
memory that it takes.
"""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from annotator.analysis.agreement.passes import Settings, agreement_of_passes
from annotator.analysis.sequences import Follow, stream_of, transitions_of
from annotator.jobs.progress import Silent
from annotator.jobs.results import SummaryWish, summarised
from annotator.model import CodingPass, Interval, Micros, Purpose, Session, Tag
from annotator.storage.codec import session_bytes
from annotator.storage.study import gathered
from tests.benchmarks.table import Row, print_table
from tests.support.numbers import coding, meeting

TAGS, SESSIONS, EACH, DRAWS = 10_000, 1_000, 500, 1_000
AGREE_MS, DRAWS_MS, SUMMARY_MS = 2_000.0, 10_000.0, 10_000.0
CODES = ("reflection", "question", "silence")


def coded_twice(count: int) -> tuple[Session, CodingPass, CodingPass]:
    """Make two passes of so many tags on ten hours, which agree on most."""
    rng = random.Random(3)
    first, second = [], []
    for number in range(count):
        start = number * 3_600_000 + rng.randrange(2_000_000)
        code = rng.choice(CODES)
        end = start + (rng.randrange(1_500_000) if code == "silence" else 0)
        first.append(Tag(f"a{number}", code, Micros(start), Micros(end), "p1"))
        shift = rng.randrange(-300_000, 300_000)
        other = code if rng.random() < 0.8 else rng.choice(CODES)
        moved = (Micros(max(0, start + shift)), Micros(max(0, end + shift)))
        if rng.random() < 0.95:
            second.append(Tag(f"b{number}", other, *moved, "p1"))
    order = {"key": lambda tag: (tag.start, tag.end, tag.id)}
    passes = (
        coding(*sorted(first, **order)),
        coding(*sorted(second, **order), coder="B", purpose=Purpose.DOUBLE),
    )
    session = meeting(*passes, region=Interval(Micros(0), Micros(count * 3_600_000 + 10_000_000)))
    return session, *passes


def measure_numbers(tags: int, sessions: int, each: int, draws: int) -> list[Row]:
    """Measure all of it with so many tags, sessions, tags in each, and draws."""
    session, first, second = coded_twice(tags)
    agreement_of_passes(*coded_twice(50))  # what is imported late is not ours to measure
    rows = [
        Row(
            f"agreement of two passes of {tags:,} tags, every measure",
            _took(lambda: agreement_of_passes(session, first, second)),
            most=AGREE_MS,
        ),
        Row(
            f"the same with {draws:,} bootstrap draws",
            _took(lambda: agreement_of_passes(session, first, second, Settings(draws=draws))),
            most=DRAWS_MS,
        ),
        Row(
            f"transitions of {tags:,} tags, {draws:,} shuffles",
            _took(lambda: transitions_of([stream_of("s", session, first)], Follow(draws=draws))),
        ),
    ]
    with TemporaryDirectory() as folder:
        _write(Path(folder), sessions, each)
        study = gathered([Path(folder)])
        before = _memory()
        took = _took(lambda: summarised(study, SummaryWish(), Silent()))
        rows.append(Row(f"summary of {sessions:,} sessions of {each} tags", took, most=SUMMARY_MS))
        rows.append(Row("  memory that this process grew by (megabytes)", _memory() - before))
    return rows


def _write(folder: Path, sessions: int, each: int) -> None:
    session, first, second = coded_twice(each // 2)
    for number in range(sessions):
        one = replace(session, id=f"s{number}", passes=(first, second))
        (folder / f"s{number:04}.session.json").write_bytes(session_bytes(one))


def _took(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(tags: int = TAGS, sessions: int = SESSIONS, each: int = EACH, draws: int = DRAWS) -> None:
    """Print the table."""
    print_table("Numbers", measure_numbers(tags, sessions, each, draws))


if __name__ == "__main__":
    main()

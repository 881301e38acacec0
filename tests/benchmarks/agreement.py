"""Measures agreement of two passes of 10,000 tags: `python -m tests.benchmarks.agreement`."""

from __future__ import annotations

import random
from dataclasses import replace
from time import perf_counter

from annotator.analysis.agreement.passes import Settings, agreement_of_passes
from annotator.model import (
    Code,
    Codebook,
    CodeKind,
    CodingPass,
    Interval,
    Micros,
    Purpose,
    Session,
    Tag,
    tag_order,
)
from tests.benchmarks.table import Row, print_table

TAGS = 10_000
CODES = 20
DRAWS = 1000
S = 1_000_000


def two_passes(tags: int = TAGS, seed: int = 1) -> Session:
    """Make a session that two coders coded much alike: four stretches to one instant."""
    rng = random.Random(seed)
    first, second = [], []
    at = 0
    for number in range(tags):
        at += rng.randrange(S, 4 * S)
        length = 0 if rng.random() < 0.2 else rng.randrange(S // 2, 5 * S)
        code = f"c{rng.randrange(CODES)}"
        first.append(Tag(f"a{number}", code, Micros(at), Micros(at + length)))
        if rng.random() < 0.9:
            start = max(0, at + rng.randrange(-S // 2, S // 2))
            other = code if rng.random() < 0.8 else f"c{rng.randrange(CODES)}"
            second.append(Tag(f"b{number}", other, Micros(start), Micros(start + length)))
    kinds = [Code(f"c{number}", f"Code {number}", kind=CodeKind.SPAN) for number in range(CODES)]
    passes = tuple(
        CodingPass(name, name, Purpose.PRIMARY, "", tuple(sorted(made, key=tag_order)))
        for name, made in (("a", first), ("b", second))
    )
    region = Interval(Micros(0), Micros(at + 10 * S))
    return Session("s", "S", Codebook("b", "1", "B", codes=tuple(kinds)), region, passes=passes)


def measure() -> list[Row]:
    """Compute every measure, without intervals and with those of 1,000 draws."""
    session = two_passes()
    rows = []
    for name, settings, most in (
        ("every measure", Settings(), 2000),
        (f"with {DRAWS} draws", replace(Settings(), draws=DRAWS), 12_000),
    ):
        times = []
        for _ in range(3):
            before = perf_counter()
            agreement_of_passes(session, *session.passes, settings)
            times.append((perf_counter() - before) * 1000)
        rows.append(Row(name, min(times), max(times), most=most))
    return rows


def main() -> None:
    """Print the table."""
    print_table(f"Agreement of two passes of {TAGS} tags", measure())


if __name__ == "__main__":
    main()

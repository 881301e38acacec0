"""Measures reading and writing BORIS projects: `python -m tests.benchmarks.interchange_boris`."""

from __future__ import annotations

import json
import random
import tracemalloc
from time import perf_counter

from annotator.storage.interchange.exchange import form_named, read_foreign, render
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.source import Source
from tests.benchmarks.table import Row, print_table

WISHES = Wishes(now="2026-03-01T09:00:00Z")


def project(observations: int, events: int, behaviours: int = 24, seed: int = 1) -> bytes:
    """Make a project of that many observations, among which that many events are shared out."""
    rng = random.Random(seed)
    modifiers = {"0": {"name": "Depth", "type": 0, "values": ["simple", "deep"]}}
    ethogram = {
        str(number): {
            "type": "Point event" if number % 2 else "State event",
            "key": "",
            "code": f"behaviour {number}",
            "description": "what it is",
            "category": f"category {number % 4}",
            "modifiers": modifiers if number % 4 == 0 else {},
            "excluded": "",
        }
        for number in range(behaviours)
    }
    people = {str(n): {"key": "", "name": f"P{n}", "description": ""} for n in range(4)}
    share = events // observations
    made = {
        f"observation {number}": _observation(share + (number < events % observations), rng)
        for number in range(observations)
    }
    return json.dumps(
        {
            "project_name": "measured",
            "project_format_version": "7.0",
            "subjects_conf": people,
            "behaviors_conf": ethogram,
            "observations": made,
        },
        indent=0,
    ).encode()


def _observation(events: int, rng: random.Random) -> dict[str, object]:
    rows: list[list[object]] = []
    at = 0
    while len(rows) < events:
        at += rng.randrange(5, 900)
        code = rng.randrange(24)
        row: list[object] = [at / 1000, f"P{code % 4}", f"behaviour {code}"]
        row += ["deep" if code % 4 == 0 else "", "", at // 40]
        rows.append(row)
        if code % 2 == 0 and len(rows) < events:
            at += rng.randrange(5, 900)
            rows.append([at / 1000, *row[1:]])
    info = {"length": {"film.mp4": at / 1000 + 1}, "fps": {"film.mp4": 25.0}}
    return {
        "type": "MEDIA",
        "file": {"1": ["film.mp4"]},
        "time offset": 0.0,
        "media_info": info,
        "events": rows,
    }


OBSERVATIONS, EVENTS, MANY = 137, 10_786, 100_000
EVENTS_MS, MANY_MS = 1000, 3000


def measure(few: int, many: int) -> list[Row]:
    """Read and write a project as a lab has it, and one far larger."""
    rows: list[Row] = []
    sizes = ((OBSERVATIONS, few, EVENTS_MS), (1, many, MANY_MS))
    for observations, events, most in sizes:
        data = project(observations, events)
        source = Source("measured.boris", data)
        start = perf_counter()
        found = read_foreign(source, WISHES)
        rows.append(Row(f"read {events:,} events", (perf_counter() - start) * 1000, most=most))
        start = perf_counter()
        render(found.sessions, form_named("boris"), "measured.boris", WISHES)
        name = f"write {events:,} events, and tell what is lost"
        rows.append(Row(name, (perf_counter() - start) * 1000, most=4 * most))
    return rows


def measure_memory(many: int) -> list[Row]:
    """Tell how many times its own size reading a file needs."""
    data = project(1, many)
    tracemalloc.start()
    read_foreign(Source("measured.boris", data), WISHES)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return [Row(f"peak for {many:,} events", peak / 2**20, floor=len(data) / 2**20, most_ratio=10)]


def main(few: int = EVENTS, many: int = MANY) -> None:
    """Print the tables."""
    print_table("BORIS projects", measure(few, many))
    print_table("BORIS projects in memory, beside the file", measure_memory(many), "megabytes")


if __name__ == "__main__":
    main()

"""Prints what was measured as a plain table: beside each value what it is held against."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

HEADINGS = ("", "measured", "worst", "beside it", "ratio", "target", "")


@dataclass(frozen=True, slots=True)
class Row:
    """One value in milliseconds, in the same run as what it is held against.

    `floor` is what the machine needs for the least that could be done, `most` the target in
    milliseconds, `most_ratio` the target as a multiple of the floor, `most_above` in
    milliseconds above it. None leaves a column empty.
    """

    name: str
    value: float
    worst: float | None = None
    floor: float | None = None
    most: float | None = None
    most_ratio: float | None = None
    most_above: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the floor the value is."""
        return self.value / self.floor if self.floor else None

    @property
    def is_met(self) -> bool | None:
        """Whether the target is reached; None where there is none."""
        if self.most is not None:
            return self.value <= self.most
        if self.floor is not None and self.most_ratio is not None:
            return self.value <= self.floor * self.most_ratio
        if self.floor is not None and self.most_above is not None:
            return self.value <= self.floor + self.most_above
        return None


def print_table(title: str, rows: Sequence[Row], unit: str = "milliseconds") -> None:
    """Print the rows under a title, which tells the unit of their values."""
    lines = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(HEADINGS))]
    sys.stdout.write(f"\n{title} ({unit})\n")
    for name, *cells in lines:
        padded = [cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True)]
        sys.stdout.write("  ".join([name.ljust(widths[0]), *padded]).rstrip() + "\n")
    sys.stdout.flush()


def _cells(row: Row) -> tuple[str, ...]:
    target = ""
    if row.most is not None:
        target = f"< {row.most:g}"
    elif row.most_ratio is not None:
        target = f"< {row.most_ratio:g} x"
    elif row.most_above is not None:
        target = f"< {row.most_above:g} more"
    verdict = {True: "met", False: "MISSED", None: ""}[row.is_met]
    numbers = (_number(row.value), _number(row.worst), _number(row.floor))
    return (row.name, *numbers, "" if row.ratio is None else f"{row.ratio:.2f}", target, verdict)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.2f}"

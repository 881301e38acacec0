"""Agreement of any number of coders on shared units, of which some codings may be missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Coding: TypeAlias = str | float | None
"""What one coder said of one unit; None where nothing was said."""

FEW_PAIRS = "no unit was coded by two coders"
ONE_VALUE = "all codings are the same, so nothing could have differed"
_NEARLY = 1e-12


class Level(StrEnum):
    """What kind of values were given, and so how far two of them are apart."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Chance:
    """A coefficient with what was seen and what chance brings; None with words why."""

    value: float | None
    observed: float | None = None
    expected: float | None = None
    because: str = ""
    per_code: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many coders gave each value to each unit: a row a unit, a column a value, sorted."""

    values: tuple[str, ...] | tuple[float, ...]
    table: Array

    @property
    def pairable(self) -> Array:
        """The rows of the units that two coders or more coded."""
        kept: Array = self.table[self.table.sum(axis=1) > 1]
        return kept


def counted(units: Sequence[Sequence[Coding]]) -> Counts:
    """Count values per unit; all values are words, or all are numbers.

    `units` has a row a unit and a column a coder.
    """
    words = {one for unit in units for one in unit if isinstance(one, str)}
    numbers = {float(one) for unit in units for one in unit if isinstance(one, int | float)}
    values: tuple[str, ...] | tuple[float, ...]
    values = tuple(sorted(words)) if words else tuple(sorted(numbers))
    place = {value: index for index, value in enumerate(values)}
    table = np.zeros((len(units), len(values)))
    for row, unit in enumerate(units):
        for one in unit:
            if one is not None:
                table[row, place[one]] += 1
    return Counts(values, table)


def raw_agreement(counts: Counts) -> Chance:
    """Give the mean share of agreeing pairs over the units that two coders or more coded."""
    table = counts.pairable
    if not len(table):
        return Chance(None, because=FEW_PAIRS)
    seen = float(_per_unit(table).mean())
    return Chance(seen, seen)


def _per_unit(table: Array) -> Array:
    sizes = table.sum(axis=1)
    pairs: Array = ((table * (table - 1)).sum(axis=1)) / (sizes * (sizes - 1))
    return pairs


def fleiss(counts: Counts) -> Chance:
    """Compute Fleiss' κ (1971) and that of each value; each unit needs as many codings."""
    table = counts.table
    if not len(table):
        return Chance(None, because=FEW_PAIRS)
    sizes = table.sum(axis=1)
    if np.unique(sizes).size > 1:
        why = "some units have fewer codings than others; use Krippendorff's α, which allows that"
        return Chance(None, because=why)
    coders = float(sizes[0])
    if coders <= 1:
        return Chance(None, because=FEW_PAIRS)
    shares = table.sum(axis=0) / table.sum()
    observed, expected = float(_per_unit(table).mean()), float((shares**2).sum())
    if 1 - expected < _NEARLY:
        return Chance(None, observed, expected, ONE_VALUE)
    apart = (table * (coders - table)).sum(axis=0)
    most = len(table) * coders * (coders - 1) * shares * (1 - shares)
    per = tuple(1 - float(a / m) if m > 0 else None for a, m in zip(apart, most, strict=True))
    return Chance((observed - expected) / (1 - expected), observed, expected, per_code=per)


def ac1(counts: Counts, weights: Array | None = None) -> Chance:
    """Compute Gwet's AC1 (2008) for any number of coders, with missing codings."""
    weight = np.ones(len(counts.table)) if weights is None else weights
    sizes = counts.table.sum(axis=1)
    paired, coded = (sizes > 1) & (weight > 0), (sizes > 0) & (weight > 0)
    if not paired.any():
        return Chance(None, because=FEW_PAIRS)
    if len(counts.values) <= 1:
        return Chance(None, because=ONE_VALUE)
    observed = float(np.average(_per_unit(counts.table[paired]), weights=weight[paired]))
    per_unit = counts.table[coded] / sizes[coded][:, np.newaxis]
    shares = np.average(per_unit, axis=0, weights=weight[coded])
    expected = float((shares * (1 - shares)).sum() / (len(counts.values) - 1))
    return Chance((observed - expected) / (1 - expected), observed, expected)


def alpha(counts: Counts, level: Level, weights: Array | None = None) -> Chance:
    """Compute Krippendorff's α; `observed` and `expected` are disagreements.

    `weights` counts each unit so many times, for resampling. Values of all levels but nominal
    must be numbers; of ratios none below nothing.
    """
    sizes = counts.table.sum(axis=1)
    kept = sizes > 1
    table = counts.table[kept]
    weight = np.ones(len(table)) if weights is None else weights[kept]
    if not weight.sum():
        return Chance(None, because=FEW_PAIRS)
    why = _unfit(counts, level)
    if why:
        return Chance(None, because=why)
    meeting = (table * (weight / (sizes[kept] - 1))[:, np.newaxis]).T @ table
    meeting -= np.diag((table * (weight / (sizes[kept] - 1))[:, np.newaxis]).sum(axis=0))
    totals = (table * weight[:, np.newaxis]).sum(axis=0)
    apart = _apart(counts.values, totals, level)
    number = float(totals.sum())
    observed = float((meeting * apart).sum()) / number
    expected = float(totals @ apart @ totals) / (number * (number - 1))
    if expected <= 0:
        return Chance(None, observed, expected, ONE_VALUE)
    return Chance(1 - observed / expected, observed, expected)


def _unfit(counts: Counts, level: Level) -> str:
    numbers = [one for one in counts.values if not isinstance(one, str)]
    if level is not Level.NOMINAL and len(numbers) < len(counts.values):
        return f"codes have no order, so there is no {level.value} distance between them"
    if level is Level.RATIO and numbers and min(numbers) < 0:
        return "ratios need values of 0 or more"
    return ""


def _apart(values: Sequence[str] | Sequence[float], totals: Array, level: Level) -> Array:
    if level is Level.NOMINAL:
        return 1.0 - np.eye(len(values))
    if level is Level.ORDINAL:
        until = np.cumsum(totals) - totals / 2
        steps: Array = np.subtract.outer(until, until) ** 2
        return steps
    scale = np.array(values, dtype=np.float64)
    apart: Array = np.subtract.outer(scale, scale)
    if level is Level.RATIO:
        sums = np.add.outer(scale, scale)
        apart = np.divide(apart, sums, out=np.zeros_like(apart), where=sums > 0)
    return apart**2

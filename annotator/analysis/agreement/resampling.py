"""Bootstrap intervals: what a coefficient comes to if other units had been drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from annotator.analysis.agreement.result import Bounds

Array: TypeAlias = NDArray[np.float64]
Statistic = Callable[[Array], float | None]

_LEVEL = 0.95
_ENOUGH = 0.9  # of the draws must have a value, or the interval would be of the lucky ones
_FEWEST = 2
FEWEST_BLOCKS = 10
"""Drawn from fewer, an interval is far too narrow."""

_SURE = 1 - 1e-12


@dataclass(frozen=True, slots=True)
class Blocks:
    """What Cohen's κ needs of each block: units agreed on, and those by either coder's code."""

    agreed: Array
    rows: Array
    columns: Array


def of_cells(
    table: Array, statistic: Statistic, draws: int, seed: int, each: Array | None = None
) -> Bounds | None:
    """Draw the units behind a table anew, with replacement, and give the middle 95 %.

    `each` tells how much one unit counts in a cell, 1 where None. None where there are fewer
    than two units, no draws are asked for or too many of them have no value.
    """
    weight = np.ones_like(table) if each is None else each
    numbers = np.rint(table / weight).astype(np.int64)
    total = int(numbers.sum())
    if total < _FEWEST or draws < 1:
        return None
    shares = (numbers / total).ravel()
    random = np.random.default_rng(seed)
    drawn = random.multinomial(total, shares, size=draws).reshape(draws, *table.shape)
    values = [statistic(one * weight) for one in drawn]
    return bounds(values, f"bootstrap of units, {draws} draws, seed {seed}")


def of_blocks(blocks: Blocks, draws: int, seed: int, name: str) -> Bounds | None:
    """Draw blocks of neighbouring units anew, since neighbours are alike; for Cohen's κ.

    None where there are fewer than `FEWEST_BLOCKS`, or no draws are asked for.
    """
    number = len(blocks.agreed)
    if number < FEWEST_BLOCKS or draws < 1:
        return None
    random = np.random.default_rng(seed)
    weights = random.multinomial(number, np.full(number, 1 / number), size=draws).astype(float)
    rows, columns = weights @ blocks.rows, weights @ blocks.columns
    totals = rows.sum(axis=1)
    observed = (weights @ blocks.agreed) / totals
    expected = (rows * columns).sum(axis=1) / totals**2
    values = [
        (seen - chance) / (1 - chance) if chance < _SURE else None
        for seen, chance in zip(observed.tolist(), expected.tolist(), strict=True)
    ]
    return bounds(values, f"bootstrap of {name}, {draws} draws, seed {seed}")


def of_units(patterns: Array, statistic: Statistic, draws: int, seed: int) -> Bounds | None:
    """Draw units anew that are told apart by their pattern alone.

    `patterns` counts the units of each pattern; `statistic` is given such counts.
    """
    total = int(patterns.sum())
    if total < _FEWEST or draws < 1:
        return None
    random = np.random.default_rng(seed)
    drawn = random.multinomial(total, patterns / total, size=draws).astype(np.float64)
    values = [statistic(one) for one in drawn]
    return bounds(values, f"bootstrap of units, {draws} draws, seed {seed}")


def bounds(values: list[float | None], method: str) -> Bounds | None:
    """Give the middle 95 % of values; None where more than a tenth has none."""
    known = [one for one in values if one is not None]
    if len(known) < _ENOUGH * len(values):
        return None
    low, high = np.quantile(known, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    return Bounds(float(low), float(high), method, _LEVEL)

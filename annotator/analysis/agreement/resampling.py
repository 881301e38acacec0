"""Bootstrap intervals: what a coefficient comes to if other units had been drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from annotator.analysis.agreement.result import Bounds

Array: TypeAlias = NDArray[np.float64]
Statistic = Callable[[Array], float | None]

_LEVEL = 0.95
_ENOUGH = 0.9  # of the draws must have a value, or the interval would be of the lucky ones
_FEWEST = 2


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


def of_blocks(
    tables: Array, statistic: Statistic, draws: int, seed: int, name: str
) -> Bounds | None:
    """Draw blocks of neighbouring units anew, since neighbours are alike; a table a block."""
    if len(tables) < _FEWEST or draws < 1:
        return None
    random = np.random.default_rng(seed)
    shares = np.full(len(tables), 1 / len(tables))
    flat = tables.reshape(len(tables), -1)
    values: list[float | None] = []
    for _ in range(draws):
        weights = random.multinomial(len(tables), shares).astype(np.float64)
        values.append(statistic((weights @ flat).reshape(tables.shape[1:])))
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

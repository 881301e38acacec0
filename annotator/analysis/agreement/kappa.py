"""Kappa of a square table: Cohen's, weighted, at most, per code, and with an unknown cell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Table: TypeAlias = NDArray[np.float64]
"""Square: rows are the first coder's codes, columns the second's, in one order."""

ROUNDS = 20
"""So often EasyDIAg fits its table of chance."""

NO_UNITS = "there is nothing that was coded by both"
NO_VARIATION = "both coders used one and the same code throughout, so nothing could have differed"

_NEARLY = 1e-12


class Weights(StrEnum):
    """How the disagreement of two codes grows with the steps between them."""

    NONE = "none"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


@dataclass(frozen=True, slots=True)
class Kappa:
    """A kappa; None with words in `because` where it cannot be computed."""

    value: float | None
    observed: float | None = None
    expected: float | None = None
    maximum: float | None = None
    because: str = ""


def cohen(table: Table, weights: Weights = Weights.NONE) -> Kappa:
    """Compute Cohen's κ, weighted where asked (Cohen 1960, 1968).

    `observed` and `expected` are agreements, weighted ones of 1 less the mean weight. `maximum`
    is the κ of the best table with the same margins, given for no weights only.
    """
    total = float(table.sum())
    if total <= 0:
        return Kappa(None, because=NO_UNITS)
    apart = _apart(len(table), weights)
    chance = np.outer(table.sum(axis=1), table.sum(axis=0)) / total
    observed = 1 - float((apart * table).sum()) / total
    expected = 1 - float((apart * chance).sum()) / total
    if 1 - expected < _NEARLY:
        return Kappa(None, observed, expected, because=NO_VARIATION)
    most = _most(table, expected) if weights is Weights.NONE else None
    return Kappa((observed - expected) / (1 - expected), observed, expected, most)


def _apart(size: int, weights: Weights) -> Table:
    steps = np.abs(np.subtract.outer(np.arange(size), np.arange(size))).astype(np.float64)
    if weights is Weights.NONE:
        return (steps > 0).astype(np.float64)
    steps /= max(1, size - 1)
    return steps if weights is Weights.LINEAR else steps**2


def _most(table: Table, expected: float) -> float:
    best = float(np.minimum(table.sum(axis=1), table.sum(axis=0)).sum() / table.sum())
    return (best - expected) / (1 - expected)


def cohen_bounds(table: Table, level: float = 0.95) -> tuple[float, float] | None:
    """Give the interval by the large-sample formula (Fleiss, Cohen & Everitt 1969).

    It ends at 1. None where there is no κ.
    """
    kappa = cohen(table)
    if kappa.value is None or kappa.expected is None:
        return None
    share = table / table.sum()
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    rest = 1 - kappa.value
    both = np.diag(share) * (1 - np.add(rows, columns) * rest) ** 2
    crossed = share * np.add.outer(columns, rows) ** 2 * rest**2
    off = float(crossed.sum() - np.trace(crossed))
    correction = (kappa.value - kappa.expected * rest) ** 2
    variance = (float(both.sum()) + off - correction) / (1 - kappa.expected) ** 2 / table.sum()
    reach = NormalDist().inv_cdf((1 + level) / 2) * sqrt(max(0.0, float(variance)))
    return max(-1.0, kappa.value - reach), min(1.0, kappa.value + reach)


def fitted(table: Table) -> Table:
    """Fit a table of ones, its last cell unknown, to the margins of another.

    This is iterative proportional fitting in 20 rounds, as in EasyDIAg (Holle & Rein 2015). A
    margin of nothing gives cells of nothing, where the original divides 0 by 0.
    """
    found = np.ones_like(table)
    found[-1, -1] = 0
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    for _ in range(ROUNDS):
        found *= _ratio(rows, found.sum(axis=1))[:, np.newaxis]
        found *= _ratio(columns, found.sum(axis=0))[np.newaxis, :]
    return found


def _ratio(wanted: Table, given: Table) -> Table:
    return np.divide(wanted, given, out=np.zeros_like(wanted), where=given > 0)


def fitted_kappa(table: Table) -> Kappa:
    """Compute κ of a table whose last row and column are "no tag", both having none unknown.

    Not cut off at 0: `EasyDIAg` shows 0 for what is below.
    """
    total = float(table.sum())
    if total <= 0:
        return Kappa(None, because="neither coder has a tag that counts")
    observed = float(np.trace(table)) / total
    expected = float(np.trace(fitted(table))) / total
    if 1 - expected < _NEARLY:
        if np.count_nonzero(table.sum(axis=1)) == 1:
            return Kappa(None, observed, expected, because=NO_VARIATION)
        return Kappa(None, observed, expected, because="chance alone would bring full agreement")
    return Kappa((observed - expected) / (1 - expected), observed, expected, _most(table, expected))


def against_rest(table: Table, place: int) -> Table:
    """Fold a table to 2 x 2: one code against all others together."""
    both = table[place, place]
    row = table[place].sum() - both
    column = table[:, place].sum() - both
    return np.array([[both, row], [column, table.sum() - both - row - column]])

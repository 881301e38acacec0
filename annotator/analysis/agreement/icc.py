"""Intraclass correlation of ratings: all six forms of Shrout and Fleiss, with their limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtri

Array: TypeAlias = NDArray[np.float64]


class Form(StrEnum):
    """The forms, by McGraw and Wong's names; Shrout and Fleiss call A 2 and C 3."""

    ONE_SINGLE = "ICC(1,1)"
    ABSOLUTE_SINGLE = "ICC(A,1)"
    CONSISTENT_SINGLE = "ICC(C,1)"
    ONE_AVERAGE = "ICC(1,k)"
    ABSOLUTE_AVERAGE = "ICC(A,k)"
    CONSISTENT_AVERAGE = "ICC(C,k)"


@dataclass(frozen=True, slots=True)
class MeanSquares:
    """The mean squares of a table of ratings; `error` is that of the two-way model."""

    targets: float
    coders: float
    error: float
    within: float


@dataclass(frozen=True, slots=True)
class Icc:
    """One form: its value and 95 % interval; None with words where it cannot be computed."""

    form: Form
    value: float | None
    low: float | None = None
    high: float | None = None
    because: str = ""


def complete(ratings: Sequence[Sequence[float | None]]) -> Array:
    """Keep the targets that every coder rated: a row a target, a column a coder."""
    kept = [[float(one) for one in row if one is not None] for row in ratings if None not in row]
    return np.array(kept, dtype=np.float64)


def mean_squares(table: Array) -> MeanSquares:
    """Compute the analysis of variance of a complete table of at least 2 x 2."""
    targets, coders = table.shape
    middle = table.mean()
    between = coders * float(((table.mean(axis=1) - middle) ** 2).sum())
    levels = targets * float(((table.mean(axis=0) - middle) ** 2).sum())
    fit = np.add.outer(table.mean(axis=1), table.mean(axis=0)) - middle
    error = float(((table - fit) ** 2).sum())
    return MeanSquares(
        between / (targets - 1),
        levels / (coders - 1),
        error / ((targets - 1) * (coders - 1)),
        (levels + error) / (targets * (coders - 1)),
    )


def icc(ratings: Sequence[Sequence[float | None]]) -> tuple[Icc, ...]:
    """Compute all six forms with 95 % intervals (Shrout & Fleiss 1979; McGraw & Wong 1996).

    Targets with a missing rating are left out.
    """
    table = complete(ratings)
    why = _unfit(table)
    if why:
        return tuple(Icc(form, None, because=why) for form in Form)
    squares = mean_squares(table)
    values = _values(squares, *table.shape)
    limits = _limits(squares, *table.shape)
    return tuple(_one(form, values[form], limits.get(form)) for form in Form)


def _unfit(table: Array) -> str:
    if table.ndim <= 1 or len(table) <= 1:
        return "fewer than two things were rated by all coders"
    if table.shape[1] <= 1:
        return "there is only one coder"
    if np.ptp(table) == 0:
        return "all ratings are the same, so there is no variance to share out"
    if mean_squares(table).targets < 1e-12 * float((table**2).max()):
        return "what was rated does not differ in its mean, so there is no variance to share out"
    return ""


def _one(form: Form, value: float | None, limits: tuple[float, float] | None) -> Icc:
    if value is None or not np.isfinite(value):
        return Icc(form, None, because="the variances cancel out")
    if limits is None or not np.isfinite(limits).all():
        return Icc(form, value)
    return Icc(form, value, *limits)


def _values(squares: MeanSquares, targets: int, coders: int) -> dict[Form, float | None]:
    between, error, within = squares.targets, squares.error, squares.within
    more = coders - 1
    level = (squares.coders - error) / targets
    return {
        Form.ONE_SINGLE: _ratio(between - within, between + more * within),
        Form.ABSOLUTE_SINGLE: _ratio(between - error, between + more * error + coders * level),
        Form.CONSISTENT_SINGLE: _ratio(between - error, between + more * error),
        Form.ONE_AVERAGE: _ratio(between - within, between),
        Form.ABSOLUTE_AVERAGE: _ratio(between - error, between + level),
        Form.CONSISTENT_AVERAGE: _ratio(between - error, between),
    }


def _ratio(above: float, below: float) -> float | None:
    return above / below if below else None


def _limits(squares: MeanSquares, targets: int, coders: int) -> dict[Form, tuple[float, float]]:
    one = _by_f(squares.targets, squares.within, targets - 1, targets * (coders - 1))
    two = _by_f(squares.targets, squares.error, targets - 1, (targets - 1) * (coders - 1))
    found: dict[Form, tuple[float, float]] = {}
    for ends, single, average in (
        (one, Form.ONE_SINGLE, Form.ONE_AVERAGE),
        (two, Form.CONSISTENT_SINGLE, Form.CONSISTENT_AVERAGE),
    ):
        if ends is not None:
            low, high = ends
            more = coders - 1
            found[single] = ((low - 1) / (low + more), (high - 1) / (high + more))
            found[average] = (1 - 1 / low, 1 - 1 / high)
    absolute = _absolute(squares, targets, coders)
    if absolute is not None:
        low, high = absolute
        found[Form.ABSOLUTE_SINGLE] = absolute
        found[Form.ABSOLUTE_AVERAGE] = _stepped(low, coders), _stepped(high, coders)
    return found


def _stepped(single: float, coders: int) -> float:
    """Give what the mean of all coders comes to (Spearman-Brown)."""
    return coders * single / (1 + single * (coders - 1))


def _by_f(above: float, below: float, first: float, second: float) -> tuple[float, float] | None:
    if below <= 0 or above <= 0:
        return None
    ratio = above / below
    return ratio / float(fdtri(first, second, 0.975)), ratio * float(fdtri(second, first, 0.975))


def _absolute(squares: MeanSquares, targets: int, coders: int) -> tuple[float, float] | None:
    """Give the limits of ICC(A,1) by Satterthwaite's degrees of freedom."""
    between, error, levels = squares.targets, squares.error, squares.coders
    value = _values(squares, targets, coders)[Form.ABSOLUTE_SINGLE]
    if value is None or error <= 0:
        return None
    ratio = coders * value * levels / error
    rest = targets * (1 + (coders - 1) * value) - coders * value
    freedom = (targets - 1) * (coders - 1) * (ratio + rest) ** 2
    freedom /= (targets - 1) * ratio**2 + rest**2
    if freedom <= 0:
        return None
    upper = float(fdtri(targets - 1, freedom, 0.975))
    lower = float(fdtri(freedom, targets - 1, 0.975))
    spread = coders * levels + (coders * targets - coders - targets) * error
    low = targets * (between - upper * error) / (upper * spread + targets * between)
    high = targets * (lower * between - error) / (spread + targets * lower * between)
    return low, high


_CICCHETTI = ((0.75, "excellent"), (0.60, "good"), (0.40, "fair"))
_KOO_LI = ((0.90, "excellent"), (0.75, "good"), (0.50, "moderate"))


def cicchetti(value: float) -> str:
    """Name the band after Cicchetti (1994): below .40 poor, .60 good, .75 excellent."""
    return next((name for start, name in _CICCHETTI if value >= start), "poor")


def koo_li(value: float) -> str:
    """Name the band after Koo and Li (2016): below .50 poor, .75 good, above .90 excellent."""
    if value <= _KOO_LI[0][0]:
        return next((name for start, name in _KOO_LI[1:] if value >= start), "poor")
    return _KOO_LI[0][1]


def bands(value: float, low: float | None, high: float | None) -> tuple[str, ...]:
    """Give the words of both schemes with their names; Koo and Li's of the interval's ends."""
    said = [f"{cicchetti(value)} (Cicchetti 1994)"]
    if low is None or high is None:
        said.append(f"{koo_li(value)} (Koo & Li 2016)")
    elif koo_li(low) == koo_li(high):
        said.append(f"{koo_li(low)} (Koo & Li 2016, on the 95 % CI)")
    else:
        said.append(f"{koo_li(low)} to {koo_li(high)} (Koo & Li 2016, on the 95 % CI)")
    return tuple(said)

"""Krippendorff's α for stretches that the coders themselves cut out of the session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from annotator.analysis.agreement.pairs import Ints, meeting

Array: TypeAlias = NDArray[np.float64]
Stretches: TypeAlias = Sequence[tuple[int, int]]
"""Pairs of start and length in whole units of time, of one code and one coder."""


@dataclass(frozen=True, slots=True)
class Unitizing:
    """Disagreement seen and expected of one code, or of all; `value` None with words why."""

    value: float | None
    observed: float = 0.0
    expected: float = 0.0
    because: str = ""


def merged(stretches: Stretches) -> Ints:
    """Give rows of start and end in order, those that overlap or touch made one.

    What has no length is left out.
    """
    found: list[list[int]] = []
    for start, length in sorted(stretches):
        if length <= 0:
            continue
        if found and start <= found[-1][1]:
            found[-1][1] = max(found[-1][1], start + length)
        else:
            found.append([start, start + length])
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def unitizing_alpha(
    coded: Mapping[str, Sequence[Stretches]], start: int, length: int
) -> tuple[Unitizing, dict[str, Unitizing]]:
    """Compute uα of all codes together and of each (Krippendorff 1995, 2004).

    `coded` gives for each code the stretches of each coder, in one order of coders; all lie in
    the continuum from `start` on. Stretches that a coder has twice at once count once.
    """
    coders = max((len(each) for each in coded.values()), default=0)
    if coders <= 1:
        return Unitizing(None, because="there is only one coder"), {}
    if length <= 0:
        return Unitizing(None, because="the region has no length"), {}
    per_code = {code: _of_code(each, start, length) for code, each in coded.items()}
    observed = sum(one.observed for one in per_code.values())
    expected = sum(one.expected for one in per_code.values())
    return _value(observed, expected), per_code


def _value(observed: float, expected: float) -> Unitizing:
    if expected <= 0:
        return Unitizing(None, observed, expected, "no coder has a stretch with a length")
    return Unitizing(1 - observed / expected, observed, expected)


def _of_code(each: Sequence[Stretches], start: int, length: int) -> Unitizing:
    units = [merged(one) for one in each]
    gaps = [_gaps(one, start, start + length) for one in units]
    apart = 0.0
    for one in range(len(units)):
        for other in range(one + 1, len(units)):
            apart += _overlaps(units[one], units[other])
            apart += _inside(units[one], gaps[other]) + _inside(units[other], gaps[one])
    coders = len(units)
    observed = 2 * apart / (coders * (coders - 1) * float(length) ** 2)
    expected = _expected(np.concatenate(units), np.concatenate(gaps), coders, float(length))
    return _value(observed, expected)


def _gaps(units: Ints, start: int, end: int) -> Ints:
    begins = np.concatenate([[start], units[:, 1]]).astype(np.int64)
    ends = np.concatenate([units[:, 0], [end]]).astype(np.int64)
    rows = np.stack([begins, ends], axis=1)
    kept: Ints = rows[rows[:, 1] > rows[:, 0]]
    return kept


def _overlaps(first: Ints, second: Ints) -> float:
    one, other = meeting(first, second)
    apart = (first[one] - second[other]).astype(np.float64)
    return float((apart**2).sum())


def _inside(units: Ints, gaps: Ints) -> float:
    """Sum the squared lengths of the units that lie wholly in a gap of the other coder."""
    if not len(gaps) or not len(units):
        return 0.0
    place = np.searchsorted(gaps[:, 0], units[:, 0], side="right") - 1
    is_in = (place >= 0) & (units[:, 1] <= gaps[np.maximum(place, 0), 1])
    lengths = (units[is_in, 1] - units[is_in, 0]).astype(np.float64)
    return float((lengths**2).sum())


def _expected(units: Ints, gaps: Ints, coders: int, length: float) -> float:
    sizes = (units[:, 1] - units[:, 0]).astype(np.float64)
    if not len(sizes):
        return 0.0
    room = np.sort((gaps[:, 1] - gaps[:, 0]).astype(np.float64))
    behind = np.concatenate([np.cumsum(room[::-1])[::-1], [0.0]])
    place = np.searchsorted(room, sizes, side="left")
    number = len(room) - place
    places = behind[place] - number * (sizes - 1)
    against = (len(sizes) - 1) / 3 * (2 * sizes**3 - 3 * sizes**2 + sizes)
    whole = coders * length
    pairs = whole * (whole - 1) - float((sizes * (sizes - 1)).sum())
    return 2 / length * float((against + sizes**2 * places).sum()) / pairs

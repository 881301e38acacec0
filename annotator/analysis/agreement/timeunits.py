"""What two coders' tags say of each short unit of time, with and without tolerance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from annotator.analysis.agreement.kappa import Table
from annotator.analysis.agreement.pairs import Ints
from annotator.analysis.agreement.resampling import Blocks
from annotator.analysis.agreement.result import NO_TAG, Moment
from annotator.analysis.counting import Counted
from annotator.model.coding import Tag
from annotator.model.time import Interval, Micros

Held: TypeAlias = NDArray[np.bool_]
"""A row a code, a column a unit: whether the code holds there."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Units of one length from a start on; `places` numbers those that count."""

    start: Micros
    unit: Micros
    places: Ints

    def interval(self, first: int, last: int) -> Interval:
        """Give the time from a unit to another, both by number and both included."""
        begin = self.start + first * self.unit
        return Interval(Micros(begin), Micros(self.start + (last + 1) * self.unit))


@dataclass(frozen=True, slots=True)
class States:
    """What each of two coders has in each unit that counts: places in `labels`.

    Where codes hold at once, that is a state of its own, their ids joined by " + ".
    """

    labels: tuple[str, ...]
    first: Ints
    second: Ints


def grid_of(counted: Counted, unit: Micros) -> Grid:
    """Lay units over the time that counts; one counts where its middle does."""
    if not counted.pieces:
        return Grid(Micros(0), unit, np.zeros(0, dtype=np.int64))
    start, end = counted.pieces[0].start, counted.pieces[-1].end
    number = -(-(end - start) // unit)
    middles = start + np.arange(number, dtype=np.int64) * unit + unit // 2
    inside = np.zeros(number, dtype=np.bool_)
    for piece in counted.pieces:
        inside |= (middles >= piece.start) & (middles < piece.end)
    return Grid(start, unit, np.flatnonzero(inside).astype(np.int64))


def held(grid: Grid, tags: Sequence[Tag], codes: Sequence[str]) -> Held:
    """Tell which codes hold in each unit that counts: those whose tags cover its middle.

    A tag that covers no middle, such as an instant, holds in the unit that it begins in.
    """
    number = int(grid.places[-1]) + 1 if len(grid.places) else 0
    row = {code: index for index, code in enumerate(codes)}
    rows = np.array([row[tag.code] for tag in tags], dtype=np.int64)
    starts = np.array([tag.start for tag in tags], dtype=np.int64) - grid.start
    ends = np.array([tag.end for tag in tags], dtype=np.int64) - grid.start
    half = grid.unit // 2
    begin, end = -((half - starts) // grid.unit), -((half - ends) // grid.unit)
    short = begin >= end
    begin = np.where(short, starts // grid.unit, begin)
    end = np.where(short, begin + 1, end)
    changes = np.zeros((len(codes), number + 1), dtype=np.int32)
    np.add.at(changes, (rows, np.clip(begin, 0, number)), 1)
    np.add.at(changes, (rows, np.clip(end, 0, number)), -1)
    found: Held = np.cumsum(changes, axis=1)[:, grid.places] > 0
    return found


def states(first: Held, second: Held, codes: Sequence[str]) -> States:
    """Make of what holds one state a unit, for two coders with the same codes."""
    both = np.concatenate([first, second], axis=1)
    state = np.zeros(both.shape[1], dtype=np.int64)
    for row in both:
        _, state = np.unique(state * 2 + row, return_inverse=True)
    _, where, state = np.unique(state, return_index=True, return_inverse=True)
    names = [" + ".join(codes[row] for row in np.flatnonzero(both[:, at]).tolist()) for at in where]
    order = sorted(range(len(names)), key=lambda place: (names[place] == NO_TAG, names[place]))
    turned = np.argsort(np.array(order, dtype=np.int64))
    state = turned[state] if names else state
    middle = first.shape[1]
    return States(tuple(names[place] for place in order), state[:middle], state[middle:])


def crossed(found: States) -> Table:
    """Count the units by both coders' states."""
    return _table(found.first, found.second, len(found.labels))


def _table(first: Ints, second: Ints, size: int) -> Table:
    counts = np.bincount(first * size + second, minlength=size * size)
    return counts.reshape(size, size).astype(np.float64)


def tolerant(found: States, places: Ints, reach: int) -> States:
    """Look each coder's units up in the other's, so many units earlier or later.

    Where the same state is found, the unit counts as agreed; else it counts as it stands. The
    first coder's units come first, then those of the second.
    """
    there = _found_near(found.first, found.second, places, reach)
    back = _found_near(found.second, found.first, places, reach)
    first = np.concatenate([found.first, np.where(back, found.second, found.first)])
    second = np.concatenate([np.where(there, found.first, found.second), found.second])
    return States(found.labels, first, second)


def _found_near(asked: Ints, other: Ints, places: Ints, reach: int) -> Held:
    near = np.zeros(len(asked), dtype=np.bool_)
    for state in np.unique(asked):
        at = np.flatnonzero(asked == state)
        there = places[other == state]
        if not len(there):
            continue
        after = np.searchsorted(there, places[at] - reach, side="left")
        is_near = after < len(there)
        near[at[is_near]] = there[after[is_near]] <= places[at[is_near]] + reach
    return near


def in_blocks(found: States, places: Ints, block: int) -> Blocks:
    """Count what κ needs of states in each block of so many units."""
    size = len(found.labels)
    where = np.tile(places // block, len(found.first) // max(1, len(places)))
    _, number = np.unique(where, return_inverse=True)
    blocks = int(number.max()) + 1 if len(number) else 0
    agreed = np.bincount(number[found.first == found.second], minlength=blocks)
    rows, columns = (
        np.bincount(number * size + each, minlength=blocks * size).reshape(blocks, size)
        for each in (found.first, found.second)
    )
    return Blocks(agreed.astype(float), rows.astype(float), columns.astype(float))


def runs(found: States, grid: Grid) -> dict[tuple[int, int], tuple[Moment, ...]]:
    """Give the stretches in which both coders' states stay the same, by row and column.

    Those in which neither has a tag are left out.
    """
    if not len(grid.places):
        return {}
    cell = found.first * len(found.labels) + found.second
    breaks = (np.diff(cell) != 0) | (np.diff(grid.places) != 1)
    edges = [0, *(np.flatnonzero(breaks) + 1).tolist(), len(cell)]
    moments: dict[tuple[int, int], list[Moment]] = {}
    places, cells = grid.places.tolist(), cell.tolist()
    for start, end in pairwise(edges):
        row, column = divmod(cells[start], len(found.labels))
        if not found.labels[row] == found.labels[column] == NO_TAG:
            stretch = grid.interval(places[start], places[end - 1])
            moments.setdefault((row, column), []).append(Moment(stretch))
    return {where: tuple(each) for where, each in moments.items()}

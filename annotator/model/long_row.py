"""A row of very many values, of which a changed copy costs no more than that of a short one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import TYPE_CHECKING, TypeVar, overload

if TYPE_CHECKING:
    from _typeshed import SupportsRichComparisonT as Goal

BLOCK = 256
"""So many members a block has when it is made; it is cut in two at twice as many."""

LONG = 4 * BLOCK
"""From so many members on a row is worth its blocks."""

T_co = TypeVar("T_co", covariant=True)
Block = tuple[T_co, ...]


class LongRow(Sequence[T_co]):
    """Members that never change, in blocks that rows share with those made from them.

    It equals any row or tuple with equal members in the same order. A slice is a tuple.
    """

    __slots__ = ("_blocks", "_count", "_firsts")

    def __init__(self, members: Iterable[T_co] = ()) -> None:
        row = members if isinstance(members, tuple) else tuple(members)
        places = range(0, len(row), BLOCK)
        self._blocks: tuple[Block[T_co], ...] = tuple(row[one : one + BLOCK] for one in places)
        self._count = len(row)
        self._firsts: list[int] | None = None

    @overload
    def __getitem__(self, index: int) -> T_co: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[T_co, ...]: ...

    def __getitem__(self, index: int | slice) -> T_co | tuple[T_co, ...]:
        if isinstance(index, slice):
            start, stop, step = index.indices(self._count)
            is_short = step == 1 and stop - start <= self._count // 2
            return self._cut(start, stop) if is_short else tuple(self)[index]
        place = index + self._count if index < 0 else index
        if not 0 <= place < self._count:
            raise IndexError(index)
        firsts = self._known_firsts()
        number = bisect_right(firsts, place) - 1
        return self._blocks[number][place - firsts[number]]

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T_co]:
        return chain.from_iterable(self._blocks)

    def __reversed__(self) -> Iterator[T_co]:
        return chain.from_iterable(map(reversed, reversed(self._blocks)))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, LongRow):
            return self._count == len(other) and (
                self._blocks == other._blocks or all(map(_equal, self, other))
            )
        if isinstance(other, tuple):
            return self._count == len(other) and all(map(_equal, self, other))
        return NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"LongRow({tuple(self)!r})"

    @property
    def blocks(self) -> tuple[Block[T_co], ...]:
        """The members in order, in blocks none of which is empty."""
        return self._blocks

    def place(self, goal: Goal, order: Callable[[T_co], Goal]) -> tuple[int, int]:
        """Find block and index of the first member whose order is not below the goal.

        Members stand in that order. Where all are below it is the place after the last one.
        """
        blocks = self._blocks
        number = max(0, bisect_right(blocks, goal, key=lambda block: order(block[0])) - 1)
        if not blocks:
            return 0, 0
        return number, bisect_left(blocks[number], goal, key=order)

    def at(self, number: int, index: int) -> T_co | None:
        """Give the member at an index of a block; None where there is none."""
        if number < len(self._blocks) and index < len(self._blocks[number]):
            return self._blocks[number][index]
        return None

    def spliced(self, number: int, index: int, gone: int, come: Block[T_co]) -> LongRow[T_co]:
        """Make a row in which so many members from an index of a block on are replaced."""
        blocks = self._blocks
        old = blocks[number] if blocks else ()
        block = old[:index] + come + old[index + gone :]
        fresh = (block[:BLOCK], block[BLOCK:]) if len(block) >= 2 * BLOCK else (block,)
        made: LongRow[T_co] = LongRow()
        made._blocks = (*blocks[:number], *filter(None, fresh), *blocks[number + 1 :])
        made._count = self._count + len(block) - len(old)
        return made

    def _known_firsts(self) -> list[int]:
        """Give the index of each block's first member, worked out once."""
        if self._firsts is None:
            self._firsts = [0, *accumulate(map(len, self._blocks))][:-1]
        return self._firsts

    def _cut(self, start: int, stop: int) -> tuple[T_co, ...]:
        """Give the members from one index to another, from no more blocks than they are in."""
        firsts, found = self._known_firsts(), tuple[T_co, ...]()
        number = bisect_right(firsts, start) - 1
        while start + len(found) < stop:
            begin = start + len(found) - firsts[number]
            found += self._blocks[number][begin : stop - firsts[number]]
            number += 1
        return found


def _equal(one: object, other: object) -> bool:
    return one is other or one == other

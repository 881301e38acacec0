"""Numbers in a row, asked which comes next that is larger than a limit."""

from __future__ import annotations

from collections.abc import Iterable

_NOTHING = -(10**30)


class Reaches:
    """A row of numbers under a tree of maxima, so that short ones are skipped many at a time."""

    def __init__(self, numbers: Iterable[int]) -> None:
        row = list(numbers)
        self._width = 1 << max(0, len(row) - 1).bit_length()
        self._tree = [_NOTHING] * self._width + row + [_NOTHING] * (self._width - len(row))
        for node in range(self._width - 1, 0, -1):
            self._tree[node] = max(self._tree[2 * node], self._tree[2 * node + 1])

    def put(self, place: int, number: int) -> None:
        """Replace the number at a place."""
        tree, node = self._tree, self._width + place
        tree[node] = number
        while node > 1:
            node //= 2
            largest = max(tree[2 * node], tree[2 * node + 1])
            if tree[node] == largest:
                return
            tree[node] = largest

    def next_beyond(self, limit: int, first: int, stop: int) -> int | None:
        """Find the first place from `first` up to `stop` whose number is above the limit.

        None where there is none.
        """
        if first >= stop:
            return None
        tree, node = self._tree, self._width + first
        while tree[node] <= limit:
            while node & 1:  # a right child: what comes next lies under a node further up
                node //= 2
            if node == 0:
                return None
            node += 1
        while node < self._width:
            node *= 2
            if tree[node] <= limit:
                node += 1
        place = node - self._width
        return place if place < stop else None

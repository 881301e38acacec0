"""Ids of the tags of a session in the making: those that a file tells, else counted ones."""

from __future__ import annotations


class TagIds:
    """Gives each tag an id of its own, counted as "t1", "t2" and so on where none is told.

    Which ids are taken is kept from the first that is told on: until then none can come twice.
    """

    def __init__(self) -> None:
        self._taken: set[str] | None = None
        self._count = 0

    def next(self, told: str) -> str:
        """Give the id of the next tag; empty where the one that is told is another's already."""
        self._count += 1
        if self._taken is None:
            if not told:
                return f"t{self._count}"
            self._taken = {f"t{number}" for number in range(1, self._count)}
        if not told:
            return self.another()
        if told in self._taken:
            return ""
        self._taken.add(told)
        return told

    def another(self) -> str:
        """Give the tag at hand a counted id in place of one that is taken."""
        if self._taken is None:
            self._taken = set()
        while (made := f"t{self._count}") in self._taken:
            self._count += 1
        self._taken.add(made)
        return made

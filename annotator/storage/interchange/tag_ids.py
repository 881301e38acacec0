"""Ids of the tags of a session in the making: those that a file tells, else counted ones."""

from __future__ import annotations

import re

_COUNTED = re.compile(r"t(0|[1-9][0-9]{0,6})", re.ASCII)


class _Taken:
    """The ids that are taken; of "t1", "t2" and so on a byte each, since most files have those."""

    def __init__(self, count: int) -> None:
        """Take the first so many counted ones, from "t1"."""
        self._counted = bytearray(b"\0" + b"\1" * count)
        self._others: set[str] = set()

    def take(self, name: str) -> bool:
        """Take an id; False where it is taken already."""
        match = _COUNTED.fullmatch(name)
        if match is None:
            is_free = name not in self._others
            self._others.add(name)
            return is_free
        number = int(match[1])
        if number >= len(self._counted):
            self._counted += bytes(max(number, len(self._counted)) + 1)
        is_free = not self._counted[number]
        self._counted[number] = 1
        return is_free


class TagIds:
    """Gives each tag an id of its own, counted as "t1", "t2" and so on where none is told.

    Which ids are taken is kept from the first that is told on: until then none can come twice.
    """

    def __init__(self) -> None:
        self._taken: _Taken | None = None
        self._count = 0

    def next(self, told: str) -> str:
        """Give the id of the next tag; empty where the one that is told is another's already."""
        self._count += 1
        if self._taken is None:
            if not told:
                return f"t{self._count}"
            self._taken = _Taken(self._count - 1)
        if not told:
            return self.another()
        return told if self._taken.take(told) else ""

    def another(self) -> str:
        """Give the tag at hand a counted id in place of one that is taken."""
        if self._taken is None:
            self._taken = _Taken(self._count - 1)
        while not self._taken.take(made := f"t{self._count}"):
            self._count += 1
        return made

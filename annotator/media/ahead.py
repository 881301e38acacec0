"""Has things made in a thread of their own, a few ahead of who takes them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from enum import Enum
from typing import TypeVar

Thing = TypeVar("Thing")


class _End(Enum):
    """What is taken after the last thing."""

    END = "end"


@contextmanager
def ahead(coming: Iterator[Thing], most: int = 8) -> Iterator[Iterator[Thing]]:
    """Take from an iterator in a thread, so many ahead at most, until the block is left.

    What the iterator uses belongs to that thread meanwhile. What it raises is raised in its place
    in the order.
    """
    with ThreadPoolExecutor(1, "ahead") as thread:
        waiting = deque(thread.submit(next, coming, _End.END) for _ in range(most))

        def taken() -> Iterator[Thing]:
            while (one := waiting.popleft().result()) is not _End.END:
                waiting.append(thread.submit(next, coming, _End.END))
                yield one

        try:
            yield taken()
        finally:
            for one in waiting:
                one.cancel()

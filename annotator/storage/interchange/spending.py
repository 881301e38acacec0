"""Long lists whose members are let go of one by one, as something else is made of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

Thing = TypeVar("Thing")


def spent(things: list[Thing]) -> Iterator[Thing]:
    """Yield the members of a list in their order, none of which stays in it.

    So two long lists, one made of the other, need hardly more room than the larger one.
    """
    things.reverse()
    while things:
        yield things.pop()

"""Names that nothing else has: the one that is wanted, or that one with a number behind it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import count


def numbered(wanted: str, tail: str = "-{}", ending: str = "") -> Iterator[str]:
    """Give names to try in turn, without end, such as `talk.mp4`, `talk-2.mp4`, `talk-3.mp4`.

    `tail` is how a number follows what is wanted, `ending` what comes after both.
    """
    yield wanted + ending
    for number in count(2):
        yield wanted + tail.format(number) + ending


def unused_name(wanted: str, taken: Container[str], tail: str = "-{}") -> str:
    """Give the name that is wanted, or where it is taken the first numbered one that is not."""
    return next(one for one in numbered(wanted, tail) if one not in taken)

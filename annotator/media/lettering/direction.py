"""Puts the parts of a line in the order in which they stand, where scripts run both ways.

It serves lines of which no single font has all letters; others are ordered as they are shaped.
What forces a direction has been taken out of the texts before.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby

_NUMBER = frozenset({"EN", "AN"})
_STRONG = frozenset({"L", "R"})


def levels(parts: Sequence[str], *, leftward: bool) -> list[int]:
    """Tell how deep each letter of a line lies: even levels run to the right, odd ones left.

    `leftward` is the direction of the paragraph. It follows the Unicode standard's annex 9, but
    for pairs of brackets, and for embeddings, which there are none of.
    """
    base = int(leftward)
    kinds = _weak([unicodedata.bidirectional(part[0]) for part in parts], "R" if leftward else "L")
    around = "R" if leftward else "L"
    return [_level(kind, base) for kind in _neutral(kinds, around)]


def _weak(kinds: list[str], around: str) -> list[str]:
    """Settle digits and the signs beside them by the last letter that has a direction."""
    strong, settled = around, list[str]()
    for at, kind in enumerate(kinds):
        following = kinds[at + 1] if at + 1 < len(kinds) else ""
        before = settled[-1] if settled else ""
        if kind in {"L", "R", "AL"}:
            strong = kind
            settled.append("R" if kind == "AL" else kind)
        elif kind == "EN":
            settled.append("AN" if strong == "AL" else "EN")
        elif kind in {"ES", "CS"} and before in _NUMBER and following == "EN":
            settled.append(before)
        elif kind == "ET" and "EN" in {before, following} and strong != "AL":
            settled.append("EN")
        else:
            settled.append(kind if kind == "AN" else "ON")
    return _after_latin(settled, around)


def _after_latin(kinds: list[str], around: str) -> list[str]:
    """Let digits after Latin letters be as those."""
    strong, settled = around, list[str]()
    for kind in kinds:
        strong = kind if kind in _STRONG else strong
        settled.append("L" if kind == "EN" and strong == "L" else kind)
    return settled


def _neutral(kinds: list[str], around: str) -> list[str]:
    """Let what has no direction follow its neighbours where they agree, else the paragraph."""
    settled: list[str] = []
    for kind, group in groupby(kinds):
        run = list(group)
        if kind != "ON":
            settled += run
            continue
        before = _side(settled[-1]) if settled else around
        at = len(settled) + len(run)
        after = _side(kinds[at]) if at < len(kinds) else around
        settled += [before if before == after else around] * len(run)
    return settled


def _side(kind: str) -> str:
    return "R" if kind in _NUMBER else kind


def _level(kind: str, base: int) -> int:
    if kind in _NUMBER:
        return base + 2 - base % 2
    return base + (kind == "L" if base % 2 else kind == "R")


def in_place(depths: Sequence[int]) -> list[int]:
    """Give the numbers of parts in the order in which they stand from left to right."""
    order = list(range(len(depths)))
    for depth in range(max(depths, default=0), 0, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and depths[order[end]] >= depth:
                end += 1
            order[at:end] = order[at:end][::-1]
            at = max(end, at + 1)
    return order

"""Which samples lie in stretches of time."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.model import Interval

_MILLION = 1_000_000

SampleSpan = tuple[int, int]
"""Samples from the first number up to, not including, the second."""


def sample_spans(spans: Iterable[Interval], rate: int) -> tuple[SampleSpan, ...]:
    """Give the samples that lie in stretches of time, in order and joined where they touch.

    A sample that begins before a stretch and reaches into it belongs to it. Instants have none.
    """
    found: list[SampleSpan] = []
    for span in sorted(spans):
        first, last = span.start * rate // _MILLION, -(-span.end * rate // _MILLION)
        if span.length and found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        elif span.length:
            found.append((first, last))
    return tuple(found)

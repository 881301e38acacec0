"""When the pictures of a clip that is put together from several recordings are shown."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from annotator.model import Interval, Micros

_NEAR = 10_000
"""A recording that begins or ends so many microseconds before the next picture waits for it."""


@dataclass(frozen=True, slots=True)
class Running:
    """When a recording runs and its frames come on screen, on the session's clock."""

    rate: Fraction
    span: Interval
    times: Sequence[Micros]


def moments_of(running: Sequence[Running], bounds: Interval) -> tuple[Micros, ...]:
    """Give the moments of a clip at which a picture is shown, on the session's clock, in order.

    The fastest recording leads as long as it runs, then the next one; so no frame of the fastest
    is left out or shown at another time. The first moment is the clip's start.
    """
    found: set[Micros] = set()
    led: list[Interval] = []
    for one in sorted(running, key=lambda one: -one.rate):
        found.update(
            time
            for time in one.times
            if bounds.contains(time) and not any(span.contains(time) for span in led)
        )
        led.append(one.span)
    edges = {edge for span in led for edge in (span.start, span.end) if bounds.contains(edge)}
    ordered = sorted(found)
    lonely = [edge for edge in edges if not _is_near(ordered, edge)]
    return tuple(sorted({bounds.start, *found, *lonely}))


def _is_near(ordered: Sequence[Micros], edge: Micros) -> bool:
    """Tell whether a picture comes just after a moment."""
    at = bisect_left(ordered, edge)
    return at < len(ordered) and ordered[at] - edge < _NEAR

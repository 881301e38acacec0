"""Decides what of a sub-row is drawn at a zoom: tags one by one, or how densely they crowd."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from annotator.gui.timeline.geometry import Scale
from annotator.gui.timeline.lanes import Row
from annotator.model.coding import Tag
from annotator.model.time import Micros

BUCKET_PX = 8
"""Tags that begin and end within so few pixels are drawn as one."""

FEW = 3
"""So many instants in a bucket are still drawn one by one, lest they look like a stretch."""


@dataclass(frozen=True, slots=True)
class Single:
    """A tag drawn by itself; `room_until` is when the next thing in its row begins, or None."""

    tag: Tag
    room_until: Micros | None


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many tags between two moments, drawn as one; `code` is one that many of them have."""

    start: Micros
    end: Micros
    count: int
    code: str


def drawn(row: Row, scale: Scale, left: int, right: int) -> Iterator[Single | Crowd]:
    """Yield what a row shows between two pixels, from left to right.

    The work grows with the pixels and not with the tags. Buckets are anchored in time, so
    that they do not flicker when the view pans.
    """
    bucket = max(1, scale.micros_of(BUCKET_PX))
    places = row.between(scale.time_at(left), scale.last_time_in(right))
    starts, ends, tags = row.starts, row.ends, row.tags
    # begin where a bucket begins, so that a crowd cut by the edge is counted whole
    place = _bucket_start(row, places.start, bucket)
    while place < places.stop:
        bucket_end = (starts[place] // bucket + 1) * bucket
        stop = bisect_left(starts, bucket_end, place)
        last = stop
        if not row.crowded and ends[stop - 1] - starts[stop - 1] >= bucket:
            last -= 1  # what reaches beyond the bucket stands by itself
        if last - place <= FEW and ends[place] == starts[place] and _are_instants(row, place, last):
            yield from (Single(tags[one], _next_start(row, one)) for one in range(place, last))
        elif last - place == 1:
            yield Single(tags[place], _next_start(row, place))
        elif last > place:
            code = _usual_code(row, place, last)
            yield Crowd(Micros(bucket_end - bucket), Micros(bucket_end), last - place, code)
        if last < stop:
            yield Single(tags[last], _next_start(row, last))
        place = stop


def _bucket_start(row: Row, place: int, bucket: int) -> int:
    if place >= len(row.starts):
        return place
    return bisect_left(row.starts, row.starts[place] // bucket * bucket)


def _are_instants(row: Row, place: int, stop: int) -> bool:
    return all(row.starts[one] == row.ends[one] for one in range(place, stop))


def _next_start(row: Row, place: int) -> Micros | None:
    return Micros(row.starts[place + 1]) if place + 1 < len(row.starts) else None


def _usual_code(row: Row, place: int, stop: int) -> str:
    """Give the code that two of three tags share, the first one's where all three differ."""
    first, middle, last = (row.tags[index].code for index in (place, (place + stop) // 2, stop - 1))
    return middle if middle == last else first

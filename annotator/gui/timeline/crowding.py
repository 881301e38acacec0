"""Decides what of a sub-row is drawn at a zoom: tags one by one, or how densely they crowd."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import NamedTuple

from annotator.gui.timeline.geometry import Scale
from annotator.gui.timeline.lanes import Row
from annotator.model.coding import Tag

BUCKET_PX = 8
"""Tags that begin and end within so few pixels are drawn as one."""

FEW = 3
"""So many instants in a bucket are still drawn one by one, lest they look like a stretch."""


class Single(NamedTuple):
    """A tag drawn by itself; `room_until` is when the next thing in its row begins, or None."""

    tag: Tag
    room_until: int | None


class Crowd(NamedTuple):
    """The tags of a bucket from one place to another in a row, drawn as one.

    It has the code that two of three of them share, the first one's where all three differ.
    """

    start: int
    end: int
    first: int
    stop: int


@dataclass(slots=True)
class Drawn:
    """What a row shows: each list from left to right; needles are instants close together."""

    singles: list[Single] = field(default_factory=list)
    needles: list[Tag] = field(default_factory=list)
    crowds: list[Crowd] = field(default_factory=list)


def drawn(row: Row, scale: Scale, left: int, right: int) -> Drawn:
    """Give what a row shows between two pixels.

    The work grows with the pixels and not with the tags. Buckets are anchored in time, so
    that they do not flicker when the view pans.
    """
    found = Drawn()
    singles, crowds = found.singles, found.crowds
    bucket = max(1, scale.micros_of(BUCKET_PX))
    places = row.between(scale.time_at(left), scale.last_time_in(right))
    starts, ends, tags, stop = row.starts, row.ends, row.tags, places.stop
    count, is_strict = len(starts), not row.crowded
    # begin where a bucket begins, so that a crowd cut by the edge is counted whole
    place = _bucket_start(row, places.start, bucket)
    while place < stop:
        start = starts[place]
        bucket_end = start - start % bucket + bucket
        after = place + 1
        if after == count or starts[after] >= bucket_end:  # alone in its bucket
            singles.append(Single(tags[place], starts[after] if after < count else None))
            place = after
            continue
        after = bisect_left(starts, bucket_end, after)
        last = after
        if is_strict and ends[after - 1] - starts[after - 1] >= bucket:
            last -= 1  # what reaches beyond the bucket stands by itself
        if last - place <= FEW and starts[place:last] == ends[place:last]:
            found.needles += tags[place:last]
        elif last - place == 1:
            singles.append(Single(tags[place], starts[last]))
        else:
            crowds.append(Crowd(bucket_end - bucket, bucket_end, place, last))
        if last < after:
            singles.append(Single(tags[last], starts[after] if after < count else None))
        place = after
    return found


def _bucket_start(row: Row, place: int, bucket: int) -> int:
    if place >= len(row.starts):
        return place
    return bisect_left(row.starts, row.starts[place] // bucket * bucket)

"""Decides what of a sub-row is drawn at a zoom: tags one by one, or how densely they crowd."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from annotator.gui.timeline.geometry import Scale
from annotator.gui.timeline.lanes import Row
from annotator.model.coding import Tag

BUCKET_PX = 7
"""Tags that begin and end within so few pixels, or up to twice as many, are drawn as one."""

KEPT_FROM = 300
"""What is shown of a row with so many tags is kept, for some lengths of bucket."""

LEVELS_KEPT = 6
SHOWN_SHARE = 4

FEW = 3
"""So many instants in a bucket are still drawn one by one, lest they look like a stretch."""

T = TypeVar("T")


class Single(NamedTuple):
    """A tag drawn by itself; `room_until` is when the next thing in its row begins, or None."""

    tag: Tag
    room_until: int | None


class Crowd(NamedTuple):
    """The tags of a bucket from one place to another in a row, drawn as one.

    `code` is the one that two of three of them have, the first one's where all three differ.
    """

    start: int
    end: int
    first: int
    stop: int
    code: str


@dataclass(slots=True)
class Drawn:
    """What a row shows: each list from left to right; needles are instants close together."""

    singles: list[Single] = field(default_factory=list)
    needles: list[Tag] = field(default_factory=list)
    crowds: list[Crowd] = field(default_factory=list)


def drawn(row: Row, scale: Scale, left: int, right: int) -> Drawn:
    """Give what a row shows between two pixels.

    The work grows with the pixels and not with the tags. Buckets are anchored in time, and as
    long as a power of two, so that they do not flicker when the view pans or zooms a little.
    A long row that is seen in its greater part is worked out whole, and kept.
    """
    bucket = 1 << scale.micros_of(BUCKET_PX).bit_length()
    first, last = scale.time_at(left), scale.last_time_in(right)
    whole = row.levels.get(bucket)
    if whole is None and len(row.starts) >= KEPT_FROM and _shows_most(row, first, last):
        if len(row.levels) >= LEVELS_KEPT:
            row.levels.clear()
        whole = row.levels[bucket] = _gathered(row, bucket, range(len(row.starts)))
    if isinstance(whole, Drawn):
        return _cut(whole, first - row.longest, last)
    return _gathered(row, bucket, row.between(first, last))


def _gathered(row: Row, bucket: int, places: range) -> Drawn:
    """Work out what is shown of the tags at some places, and of what shares a bucket with them."""
    found = Drawn()
    singles, crowds = found.singles, found.crowds
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
            code = tags[(place + last) // 2].code
            if code != tags[last - 1].code:
                code = tags[place].code
            crowds.append(Crowd(bucket_end - bucket, bucket_end, place, last, code))
        if last < after:
            singles.append(Single(tags[last], starts[after] if after < count else None))
        place = after
    return found


def _shows_most(row: Row, first: int, last: int) -> bool:
    return (row.starts[-1] - row.starts[0]) <= SHOWN_SHARE * (last - first)


def _cut(whole: Drawn, first: int, last: int) -> Drawn:
    """Give the part of what a row shows that may touch a stretch of time."""
    return Drawn(
        _part(whole.singles, first, last, lambda one: one.tag.start),
        _part(whole.needles, first, last, lambda one: one.start),
        _part(whole.crowds, first - 1, last, lambda one: one.end),
    )


def _part(items: list[T], first: int, last: int, time: Callable[[T], int]) -> list[T]:
    start = bisect_left(items, first, key=time)
    return items[start : bisect_right(items, last, key=time) + 1]


def _bucket_start(row: Row, place: int, bucket: int) -> int:
    if place >= len(row.starts):
        return place
    return bisect_left(row.starts, row.starts[place] // bucket * bucket)

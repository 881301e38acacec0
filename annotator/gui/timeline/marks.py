"""What of a row is drawn at a zoom: each tag by itself, or the density where they crowd."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from annotator.gui.timeline.geometry import Viewport
from annotator.gui.timeline.lanes import Row
from annotator.model.coding import Tag
from annotator.model.time import Micros

BUCKET_PX = 6  # tags that start within so few pixels are one mark
INSTANT_PX = 6  # half a diamond and its outline


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to draw between two pixels; it stands for `count` tags, of which `tag` is first.

    `room` is the pixel at which the next mark begins, where text must end.
    """

    tag: Tag
    left: float
    right: float
    room: float
    count: int = 1


def marks(row: Row, viewport: Viewport, left: float, right: float) -> Iterator[Mark]:
    """Give what a row shows between two pixels, from left to right.

    The work grows with the pixels, not with the tags: what crowds is skipped by bisection.
    Buckets are anchored in time, so that panning does not make them shimmer.
    """
    starts = row.starts
    bucket = viewport.micros_of(BUCKET_PX)
    until = viewport.time_at(right + INSTANT_PX)
    place = row.first_until(viewport.time_at(left - BUCKET_PX - INSTANT_PX))
    while place < len(starts) and starts[place] <= until:
        following = _next_place(row, place, bucket)
        count = following - place
        x = viewport.x_at(starts[place])
        room = viewport.x_at(starts[following]) if following < len(starts) else viewport.width * 2.0
        if count == 1 and not row.crowded:
            yield Mark(row.tags[place], x, viewport.x_at(row.tags[place].end), room)
        else:
            yield Mark(row.tags[place], x, x + BUCKET_PX, room, count)
        place = following


def _next_place(row: Row, place: int, bucket: Micros) -> int:
    """Give the index at which the next mark begins; a long tag is always a mark of its own."""
    start = row.starts[place]
    if not row.crowded and row.ends[place] - start >= bucket:
        return place + 1
    end_of_bucket = Micros((start // bucket + 1) * bucket)
    following = bisect_left(row.starts, end_of_bucket, place + 1)
    if following - place > 1 and row.ends[following - 1] - row.starts[following - 1] >= bucket:
        return following - 1  # the last one reaches far beyond and is drawn by itself
    return following

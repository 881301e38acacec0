"""Stretches of time taken together: joined, cut to others, cut out of others, moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotator.model.time import Interval, Micros


def union(spans: Iterable[Interval]) -> tuple[Interval, ...]:
    """Make one of stretches that overlap or touch; in order, and without those of no length."""
    found: list[Interval] = []
    for one in sorted(span for span in spans if span.length):
        if found and one.start <= found[-1].end:
            found[-1] = Interval(found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(one)
    return tuple(found)


def shared(first: Sequence[Interval], second: Sequence[Interval]) -> tuple[Interval, ...]:
    """Give what two lists share, each in order and without overlaps among its own."""
    found: list[Interval] = []
    a = b = 0
    while a < len(first) and b < len(second):
        start, end = max(first[a].start, second[b].start), min(first[a].end, second[b].end)
        if start < end:
            found.append(Interval(start, end))
        if first[a].end < second[b].end:
            a += 1
        else:
            b += 1
    return tuple(found)


def merged(spans: Iterable[Interval], within: Interval) -> tuple[Interval, ...]:
    """Give what of stretches lies within another, in order, those that touch as one."""
    return shared(union(spans), [within])


def without(spans: Iterable[Interval], holes: Iterable[Interval]) -> tuple[Interval, ...]:
    """Give what is left of stretches where holes are cut into them; in order."""
    found: list[Interval] = []
    cut = union(holes)
    for span in union(spans):
        at = span.start
        for hole in cut:
            if hole.end <= at or hole.start >= span.end:
                continue
            if hole.start > at:
                found.append(Interval(at, hole.start))
            at = max(at, hole.end)
        if at < span.end:
            found.append(Interval(at, span.end))
    return tuple(found)


def total(spans: Iterable[Interval]) -> Micros:
    """Add up the lengths of stretches."""
    return Micros(sum(one.length for one in spans))


def widened(span: Interval, margin: Micros) -> Interval:
    """Give a stretch that reaches further by a margin on either side."""
    return Interval(Micros(span.start - margin), Micros(span.end + margin))


def shifted(spans: Iterable[Interval], by: Micros) -> tuple[Interval, ...]:
    """Move stretches in time, as from the session's clock to that of a recording (`-offset`)."""
    return tuple(Interval(Micros(one.start + by), Micros(one.end + by)) for one in spans)

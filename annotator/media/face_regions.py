"""Where in a picture faces that were just seen must be now, so that no more of it is searched."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from annotator.media.encoder_picture import Area
from annotator.media.face_boxes import Box
from annotator.media.face_finder import SIDE

_AROUND = 1.0
"""So many of its own sizes a face may have moved on each side since it was seen."""


def regions_about(boxes: Iterable[Box], width: int, height: int, most: float) -> tuple[Area, ...]:
    """Give the parts of a picture about faces, none of which overlap, in order from the left.

    `width` and `height` are whole multiples of `SIDE`, and so are the sides of each part. Empty
    where there are no faces, or the parts together are larger than `most` square pixels.
    """
    parts: list[Area] = []
    for box in boxes:
        around = box.grown(box.size * _AROUND, box.size * _AROUND)
        part = _fitted(around, width, height)
        while touching := [one for one in parts if _overlap(one, part)]:
            parts = [one for one in parts if one not in touching]
            part = _fitted(_around_all([part, *touching]), width, height)
        parts.append(part)
    searched = sum(one.width * one.height for one in parts)
    return tuple(sorted(parts)) if searched <= most else ()


def _fitted(box: Box, width: int, height: int) -> Area:
    left, right = _stretch(box.left, box.right, width)
    top, bottom = _stretch(box.top, box.bottom, height)
    return Area(left, top, right, bottom)


def _stretch(low: float, high: float, most: int) -> tuple[int, int]:
    """Give whole multiples of `SIDE` about a stretch, moved inside."""
    low, high = min(max(low, 0), most), max(min(high, most), 0)
    length = min(max(ceil((high - low) / SIDE), 1) * SIDE, most)
    start = min(max(int(low - (length - (high - low)) / 2), 0), most - length)
    return start, start + length


def _overlap(one: Area, other: Area) -> bool:
    across = min(one.right, other.right) > max(one.left, other.left)
    return across and min(one.bottom, other.bottom) > max(one.top, other.top)


def _around_all(parts: list[Area]) -> Box:
    return Box(
        min(one.left for one in parts),
        min(one.top for one in parts),
        max(one.right for one in parts),
        max(one.bottom for one in parts),
    )

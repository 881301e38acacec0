"""Finds what lies beside a stretch of time in a row that is changed a little between questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.model.coding import Tag
from annotator.model.long_row import LongRow
from annotator.model.time import Interval


class Neighbours:
    """Remembers how far each block of a row reaches, since most of them stay from row to row."""

    def __init__(self) -> None:
        self._reaches: dict[int, tuple[Sequence[Tag], int]] = {}

    def beside(self, tags: Sequence[Tag], stretch: Interval) -> Iterator[Tag]:
        """Yield the tags, of tags in order, that share a moment with a stretch or stand at its end.

        They come in order.
        """
        start, end = stretch.start, stretch.end
        known, self._reaches = self._reaches, {}
        for block in tags.blocks if isinstance(tags, LongRow) else (tags,):
            kept = known.get(id(block))  # it is kept with the block, so that no other has its id
            if kept is None:
                kept = (block, max((tag.end for tag in block), default=start))
            self._reaches[id(block)] = kept
        for block, reach in list(self._reaches.values()):
            if reach < start:
                continue
            for tag in block:
                if tag.start > end:
                    return
                if tag.end >= start:
                    yield tag

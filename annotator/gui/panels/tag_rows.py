"""Which tags the table shows, and in what order; found in logarithmic time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from annotator.model.coding import Tag, tag_order

Key = Callable[[Tag], Any]
Keep = Callable[[Tag], bool]


class TagRows:
    """Tags as rows; kept ascending, and turned round where the last is to come first."""

    def __init__(self) -> None:
        self._tags: list[Tag] = []
        self._key: Key = tag_order
        self._keep: Keep | None = None
        self.descending = False

    @property
    def is_by_time(self) -> bool:
        """Whether the rows stand in the order of time, the earliest first."""
        return self._key is tag_order and not self.descending

    def shape(self, key: Key | None, keep: Keep | None, *, descending: bool = False) -> None:
        """Order by a key, None for time, and show what is to be kept, None for all.

        The rows are to be filled afresh afterwards. Keys that are equal go by time.
        """
        self._key = tag_order if key is None else lambda tag: (key(tag), tag_order(tag))
        self._keep, self.descending = keep, descending

    def fill(self, tags: Sequence[Tag]) -> None:
        """Take these tags, which stand in the order of time."""
        kept: Iterable[Tag] = tags if self._keep is None else filter(self._keep, tags)
        self._tags = list(kept) if self._key is tag_order else sorted(kept, key=self._key)

    def keeps(self, tag: Tag) -> bool:
        """Tell whether a tag is to be shown."""
        return self._keep is None or self._keep(tag)

    def __len__(self) -> int:
        return len(self._tags)

    def __getitem__(self, row: int) -> Tag:
        return self._tags[self._place(row)]

    def row_of(self, tag: Tag) -> int | None:
        """Find the row of a tag as it stands here; None where it is not shown."""
        place = bisect_left(self._tags, self._key(tag), key=self._key)
        if place < len(self._tags) and self._tags[place].id == tag.id:
            return self._place(place)
        return None

    def row_for(self, tag: Tag) -> int:
        """Find the row before which a tag is to be inserted."""
        place = bisect_left(self._tags, self._key(tag), key=self._key)
        return len(self._tags) - place if self.descending else place

    def insert(self, row: int, tag: Tag) -> None:
        """Put a tag before a row."""
        self._tags.insert(len(self._tags) - row if self.descending else row, tag)

    def delete(self, row: int) -> None:
        """Take a row away."""
        del self._tags[self._place(row)]

    def replace(self, row: int, tag: Tag) -> None:
        """Put a changed tag in the place of one whose order it shares."""
        self._tags[self._place(row)] = tag

    def _place(self, row: int) -> int:
        return len(self._tags) - 1 - row if self.descending else row

"""Lays tags out in lanes and sub-rows, each with an index by time that follows single changes."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from annotator.model.codebook import Codebook
from annotator.model.coding import Tag, tag_order
from annotator.model.time import Micros

ROWS_AT_MOST = 8
OTHER = "Other"


@dataclass(slots=True)
class Row:
    """Tags of a sub-row in order of time, with their times beside them in plain arrays.

    In a row no two tags share a moment, except in a crowded one, which takes what no other row
    had room for. `longest` is the longest tag that ever stood in it.
    """

    crowded: bool = False
    tags: list[Tag] = field(default_factory=list)
    starts: array[int] = field(default_factory=lambda: array("q"))
    ends: array[int] = field(default_factory=lambda: array("q"))
    longest: int = 0

    def has_room_for(self, start: int, end: int) -> bool:
        """Tell whether a stretch or instant shares no moment with a tag of the row."""
        if self.crowded or not self.starts:
            return True
        if start > self.starts[-1]:
            return self.ends[-1] <= start
        place = bisect_left(self.starts, start)
        if place and self.ends[place - 1] > start:
            return False
        if place == len(self.starts):
            return True
        return self.starts[place] >= max(end, start + 1)

    def add(self, tag: Tag) -> None:
        """Put a tag in its place in time."""
        if not self.starts or tag.start > self.starts[-1]:
            place = len(self.starts)  # the usual case when a session is opened
        else:
            place = bisect_left(self.tags, tag_order(tag), key=tag_order)
        self.tags.insert(place, tag)
        self.starts.insert(place, tag.start)
        self.ends.insert(place, tag.end)
        self.longest = max(self.longest, tag.end - tag.start)

    def remove(self, tag: Tag) -> None:
        """Take a tag out."""
        place = bisect_left(self.tags, tag_order(tag), key=tag_order)
        del self.tags[place], self.starts[place], self.ends[place]

    def between(self, start: Micros, end: Micros) -> range:
        """Give the places of the tags that may touch a stretch: all that do, perhaps a few more."""
        first = bisect_left(self.starts, start - self.longest if self.crowded else start)
        if not self.crowded and first:
            first -= 1
        return range(first, bisect_right(self.starts, end))


@dataclass(slots=True)
class Lane:
    """The tags of one code group; `codes` are its code ids in the order of the codebook."""

    name: str
    codes: tuple[str, ...]
    rows: list[Row] = field(default_factory=lambda: [Row()])

    def add(self, tag: Tag) -> int:
        """Put a tag in the first sub-row that has room; gives that row's number."""
        number = self.free_row(tag.start, tag.end)
        if number == len(self.rows):
            self.rows.append(Row(crowded=number == ROWS_AT_MOST - 1))
        self.rows[number].add(tag)
        return number

    def remove(self, tag: Tag, number: int) -> None:
        """Take a tag out of a sub-row; empty rows at the bottom go."""
        self.rows[number].remove(tag)
        while len(self.rows) > 1 and not self.rows[-1].tags:
            self.rows.pop()

    def free_row(self, start: int, end: int) -> int:
        """Give the number of the first sub-row with room; one more than there are if none has."""
        for number, row in enumerate(self.rows):
            if row.has_room_for(start, end):
                return number
        return len(self.rows)

    def __len__(self) -> int:
        return sum(len(row.tags) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tag stands: the numbers of its lane and of the sub-row in it."""

    tag: Tag
    lane: int
    row: int


class Lanes:
    """All tags of a pass, by lane, by time and by id."""

    def __init__(self, book: Codebook | None = None, tags: Sequence[Tag] = ()) -> None:
        self.lanes = _empty_lanes(book) if book is not None else []
        self._of_code = {
            code: number for number, lane in enumerate(self.lanes) for code in lane.codes
        }
        self._places: dict[str, Place] = {}
        for tag in tags:
            self.add(tag)

    def __len__(self) -> int:
        return len(self._places)

    def add(self, tag: Tag) -> int:
        """Add a tag; gives the number of its lane."""
        number = self.lane_of(tag.code)
        self._places[tag.id] = Place(tag, number, self.lanes[number].add(tag))
        return number

    def remove(self, tag_id: str) -> int | None:
        """Take a tag out; gives the number of its lane, None where there is no such tag."""
        place = self._places.pop(tag_id, None)
        if place is None:
            return None
        self.lanes[place.lane].remove(place.tag, place.row)
        return place.lane

    def place(self, tag_id: str) -> Place | None:
        """Find a tag by id; None where there is no such tag."""
        return self._places.get(tag_id)

    def lane_of(self, code_id: str) -> int:
        """Give the number of a code's lane; codes that no lane knows make "Other" appear."""
        known = self._of_code.get(code_id)
        if known is not None:
            return known
        if not self.lanes or self.lanes[-1].name != OTHER:
            self.lanes.append(Lane(OTHER, ()))
        self._of_code[code_id] = len(self.lanes) - 1
        return len(self.lanes) - 1

    def row_counts(self) -> list[int]:
        """Give the number of sub-rows of each lane."""
        return [len(lane.rows) for lane in self.lanes]

    def between(self, lane: int, start: Micros, end: Micros) -> Iterator[Place]:
        """Yield the tags of a lane that touch a stretch, sub-row by sub-row, in order of time."""
        for number, row in enumerate(self.lanes[lane].rows):
            for index in row.between(start, end):
                if row.ends[index] >= start:
                    yield Place(row.tags[index], lane, number)


def _empty_lanes(book: Codebook) -> list[Lane]:
    groups = {group.id for group in book.groups}
    lanes = [
        Lane(group.name, codes)
        for group in book.groups
        if (codes := tuple(code.id for code in book.codes if code.group == group.id))
    ]
    rest = tuple(code.id for code in book.codes if code.group not in groups)
    return [*lanes, Lane(OTHER, rest)] if rest else lanes

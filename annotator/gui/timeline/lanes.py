"""Lays tags out in lanes and sub-rows, each with an index by time that follows single changes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from annotator.gui.timeline.lane_plan import LaneHead, LanePlan, plan_by_group
from annotator.model.codebook import Codebook
from annotator.model.coding import Tag, tag_order

ROWS_AT_MOST = 8


@dataclass(slots=True)
class Row:
    """Tags of a sub-row in order of time, with their times beside them.

    In a row no two tags share a moment, except in a crowded one, which takes what no other row
    had room for. `longest` is the longest tag that ever stood in it. `levels` is for whoever
    draws the row: what he keeps there is forgotten when a tag comes or goes.
    """

    crowded: bool = False
    tags: list[Tag] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    longest: int = 0
    levels: dict[int, object] = field(default_factory=dict, compare=False)

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
            self.append(tag)
            return
        place = bisect_left(self.tags, tag_order(tag), key=tag_order)
        self.levels.clear()
        self.tags.insert(place, tag)
        self.starts.insert(place, tag.start)
        self.ends.insert(place, tag.end)
        self.longest = max(self.longest, tag.end - tag.start)

    def append(self, tag: Tag) -> None:
        """Put a tag at the end, where it is known to belong."""
        start, end = tag.start, tag.end
        if self.levels:
            self.levels.clear()
        self.tags.append(tag)
        self.starts.append(start)
        self.ends.append(end)
        self.longest = max(self.longest, end - start)

    def remove(self, tag: Tag) -> None:
        """Take a tag out."""
        place = bisect_left(self.tags, tag_order(tag), key=tag_order)
        del self.tags[place], self.starts[place], self.ends[place]
        self.levels.clear()

    def last_end(self) -> int:
        """Give the end of the tag that ends last."""
        place = len(self.ends) - 1
        found = self.ends[place]
        while place and self.starts[place] + self.longest > found:
            place -= 1
            found = max(found, self.ends[place])
        return found

    def between(self, start: int, end: int) -> range:
        """Give the places of the tags that may touch a stretch: all that do, perhaps a few more."""
        first = bisect_left(self.starts, start - self.longest if self.crowded else start)
        if not self.crowded and first:
            first -= 1
        return range(first, bisect_right(self.starts, end))


@dataclass(slots=True)
class Lane:
    """The tags that have one thing in common, in as many sub-rows as they need."""

    head: LaneHead
    rows: list[Row] = field(default_factory=lambda: [Row()])

    @property
    def name(self) -> str:
        """What the lane is called."""
        return self.head.name

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes whose tags stand here, empty where it may be any."""
        return self.head.codes

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
    """All tags that are shown, by lane, by time and by id."""

    def __init__(self, plan: LanePlan | Codebook | None = None, tags: Sequence[Tag] = ()) -> None:
        self.plan = plan if isinstance(plan, LanePlan) else plan_by_group(plan)
        self.lanes = [Lane(head) for head in self.plan.heads]
        self._numbers = {lane.head.key: number for number, lane in enumerate(self.lanes)}
        self._places: dict[str, tuple[Tag, int, int]] = {}
        for tag in tags:
            self.add(tag)

    def __len__(self) -> int:
        return len(self._places)

    def fill(self, tags: Iterable[Tag], pass_id: str) -> None:
        """Take tags in order of time into lanes that none of them has been in before."""
        numbers: dict[tuple[str, str], int] = {}
        free_from: dict[int, list[int]] = {}
        places = self._places
        for tag in tags:
            start, kind = tag.start, (tag.code, tag.participant)
            number = numbers.get(kind)
            if number is None:
                number = numbers[kind] = self.lane_of(*kind, pass_id)
                free_from.setdefault(number, [start])
            rows, free = self.lanes[number].rows, free_from[number]
            place = 0
            for moment in free:  # the first sub-row that is free again by then
                if moment <= start:
                    break
                place += 1
            else:
                rows.append(Row(crowded=place == ROWS_AT_MOST - 1))
                free.append(start)
            row = rows[place]
            row.append(tag)
            free[place] = start if row.crowded else max(tag.end, start + 1)
            places[tag.id] = (tag, number, place)

    def add(self, tag: Tag, pass_id: str = "") -> int:
        """Add a tag; gives the number of its lane."""
        number = self.lane_of(tag.code, tag.participant, pass_id)
        self._places[tag.id] = (tag, number, self.lanes[number].add(tag))
        return number

    def remove(self, tag_id: str) -> int | None:
        """Take a tag out; gives the number of its lane, None where there is no such tag."""
        tag, lane, row = self._places.pop(tag_id, (None, -1, -1))
        if tag is None:
            return None
        self.lanes[lane].remove(tag, row)
        return lane

    def place(self, tag_id: str) -> Place | None:
        """Find a tag by id; None where there is no such tag."""
        found = self._places.get(tag_id)
        return Place(*found) if found is not None else None

    def lane_of(self, code_id: str, participant: str = "", pass_id: str = "") -> int:
        """Give the number of the lane for such a tag, which appears where there is none yet."""
        key = self.plan.key_of(code_id, participant, pass_id)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.lanes)
            self.lanes.append(Lane(self.plan.head_for(key)))
        return number

    def is_own(self, tag_id: str) -> bool:
        """Tell whether a tag belongs to the pass that is coded."""
        found = self._places.get(tag_id)
        return found is not None and self.lanes[found[1]].head.own

    def extent(self) -> tuple[int, int] | None:
        """Give the first start and the last end of all tags; None where there are none."""
        rows = [row for lane in self.lanes for row in lane.rows if row.tags]
        if not rows:
            return None
        return min(row.starts[0] for row in rows), max(row.last_end() for row in rows)

    def row_counts(self) -> list[int]:
        """Give the number of sub-rows of each lane."""
        return [len(lane.rows) for lane in self.lanes]

    def between(self, lane: int, start: int, end: int) -> Iterator[Place]:
        """Yield the tags of a lane that touch a stretch, sub-row by sub-row, in order of time."""
        for number, row in enumerate(self.lanes[lane].rows):
            for index in row.between(start, end):
                if row.ends[index] >= start:
                    yield Place(row.tags[index], lane, number)

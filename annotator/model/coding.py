"""What one coder has said of one session: tags and ratings, gathered in a coding pass."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby, pairwise
from operator import attrgetter
from typing import cast

from annotator.model.matching import ConsensusOf, Decision
from annotator.model.time import Interval, Micros


class Purpose(StrEnum):
    """Why a coding pass is made."""

    TRAINING = "training"
    PRIMARY = "primary"
    DOUBLE = "double"
    CONSENSUS = "consensus"


class Origin(StrEnum):
    """Where a tag came from.

    `BIN` is the answer to one bin of a grid of time, `CONSENSUS` was taken over from the tags
    that `sources` names.
    """

    CODER = "coder"
    COMMAND = "command"
    PROPOSAL = "proposal"
    IMPORT = "import"
    BIN = "bin"
    CONSENSUS = "consensus"


UNNAMED = "?"
"""In place of a code's id: the tag marks a stretch or a moment that is to be named later."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One code attached to an instant or an interval by one coder.

    `code` may be `UNNAMED`; `participant` is an id or empty; `attributes` maps attribute ids to
    choice ids; `created` and `modified` are ISO 8601 in UTC; `sources` holds the ids of tags of
    other passes that it stands for, in a consensus.
    """

    id: str
    code: str
    start: Micros
    end: Micros
    participant: str = ""
    note: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    origin: Origin = Origin.CODER
    created: str = ""
    modified: str = ""
    sources: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def interval(self) -> Interval:
        """The stretch of time that the tag covers."""
        return Interval(self.start, self.end)

    @property
    def is_instant(self) -> bool:
        """Whether the tag marks a moment rather than a stretch."""
        return self.start == self.end

    @property
    def is_named(self) -> bool:
        """Whether the tag has a code, rather than waiting for one."""
        return self.code != UNNAMED


@dataclass(slots=True)
class TagInMaking:
    """A tag that may be changed still, with the same fields as a `Tag`, none of which is left out.

    To fill one and settle it takes a quarter of the time that a `Tag` takes to be made, whose
    fields are guarded from the first: what reads hundreds of thousands begins with these.
    """

    id: str
    code: str
    start: int
    end: int
    participant: str
    note: str
    attributes: Mapping[str, str]
    origin: Origin
    created: str
    modified: str
    sources: tuple[str, ...]
    extra: Mapping[str, object]

    def settled(self) -> Tag:
        """Become a tag for good: it is this object, and cannot be changed any more."""
        object.__setattr__(self, "__class__", Tag)
        return cast("Tag", self)


@dataclass(frozen=True, slots=True)
class Rating:
    """A number given to the whole region; `item` is the codebook's rating id.

    `evidence` holds the ids of tags of the same pass that speak for the number.
    """

    item: str
    value: float
    note: str = ""
    evidence: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)


TagOrder = tuple[int, int, str]


def tag_order(tag: Tag) -> TagOrder:
    """Give the place of a tag in a pass: by start, then end, then id."""
    return (tag.start, tag.end, tag.id)


def in_tag_order(tags: Sequence[Tag]) -> tuple[Tag, ...]:
    """Give tags as a pass keeps them.

    As long as no two begin at the same time they are sorted by that alone: whole keys would need
    as much room as the tags.
    """
    if not _are_in_order(tags):
        tags = sorted(tags, key=_START)
    if not _are_in_order(tags):
        rows = groupby(tags, key=_START)
        tags = [tag for _, row in rows for tag in sorted(row, key=tag_order)]
    return tuple(tags)


_START = attrgetter("start")


def _are_in_order(tags: Sequence[Tag]) -> bool:
    return all(
        one.start < other.start or (one.start == other.start and tag_order(one) <= tag_order(other))
        for one, other in pairwise(tags)
    )


class Milestone(StrEnum):
    """What can happen to a coding pass as a whole."""

    FINISHED = "finished"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class PassEvent:
    """A milestone in the history of a coding pass; `time` is ISO 8601 in UTC."""

    event: Milestone
    time: str
    reason: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CodingPass:
    """One coder's complete work on one session; tags stand in `tag_order`.

    `tags` is a tuple, or a `LongRow` where they are many.

    `history` tells when it was finished and reopened; `consensus` is set where the pass settles
    two others.
    """

    id: str
    coder: str
    purpose: Purpose
    started: str
    tags: Sequence[Tag] = ()
    ratings: tuple[Rating, ...] = ()
    history: tuple[PassEvent, ...] = ()
    consensus: ConsensusOf | None = None
    decisions: tuple[Decision, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def finished(self) -> str:
        """When the pass was finished; empty while it is being coded."""
        last = self.history[-1] if self.history else None
        return last.time if last and last.event is Milestone.FINISHED else ""

    def place_of(self, tag: Tag) -> int | None:
        """Find a tag's index by its place in time, in logarithmic time; None if it is not there."""
        place = self.place_for(tag)
        if place < len(self.tags) and self.tags[place].id == tag.id:
            return place
        return None

    def place_for(self, tag: Tag) -> int:
        """Give the index at which a tag stands or would have to be inserted."""
        return bisect_left(self.tags, tag_order(tag), key=tag_order)


def tag_before(tags: Sequence[Tag], moment: Micros) -> Tag | None:
    """Find the last tag that starts before a moment, of tags in order; None if there is none."""
    place = bisect_left(tags, moment, key=lambda tag: tag.start)
    return tags[place - 1] if place else None


def tag_after(tags: Sequence[Tag], moment: Micros) -> Tag | None:
    """Find the first tag that starts after a moment, of tags in order; None if there is none."""
    place = bisect_right(tags, moment, key=lambda tag: tag.start)
    return tags[place] if place < len(tags) else None

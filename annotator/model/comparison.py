"""What two coding passes agree on and where they differ."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from annotator.model.coding import Tag
from annotator.model.matching import Matching
from annotator.model.time import Interval


class DifferenceKind(StrEnum):
    """How two passes differ at one place.

    `BOUNDARY`: the same code, with start or end apart by more than the tolerance. `DETAIL`: the
    same code and times, another participant or attribute. `OTHER_CODE`: the same stretch or
    moment under another code.
    """

    BOUNDARY = "boundary"
    DETAIL = "detail"
    OTHER_CODE = "other code"
    ONLY_FIRST = "only in the first"
    ONLY_SECOND = "only in the second"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two passes differ; a tag is None where that pass has none there."""

    kind: DifferenceKind
    first: Tag | None
    second: Tag | None

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The tag of the first pass and that of the second, as far as they are there."""
        return tuple(tag for tag in (self.first, self.second) if tag is not None)

    @property
    def interval(self) -> Interval:
        """The stretch that the tags cover together."""
        return Interval(min(tag.start for tag in self.tags), max(tag.end for tag in self.tags))

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the tags, in order, by which a decision is found again."""
        return tuple(sorted(tag.id for tag in self.tags))


@dataclass(frozen=True, slots=True)
class CodeCounts:
    """How often two passes agree and differ on one code.

    `other_code` counts the pairs in which either pass has this code and the other another one.
    """

    code: str
    agreed: int = 0
    boundary: int = 0
    detail: int = 0
    other_code: int = 0
    only_first: int = 0
    only_second: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two passes set against each other.

    `agreed` are pairs of tags, that of the first pass first; `differences` stand in order of
    time. Only tags that count are in it: those that begin in the region and in no excluded span.
    """

    first: str
    second: str
    matching: Matching
    agreed: tuple[tuple[Tag, Tag], ...]
    differences: tuple[Difference, ...]

    def count(self, kind: DifferenceKind) -> int:
        """Count the differences of a kind."""
        return sum(one.kind is kind for one in self.differences)

    def by_code(self) -> tuple[CodeCounts, ...]:
        """Count for each code that either pass has, in order of their ids."""
        counts: dict[DifferenceKind, Counter[str]] = {kind: Counter() for kind in DifferenceKind}
        for one in self.differences:
            counts[one.kind].update({tag.code for tag in one.tags})
        agreed = Counter(first.code for first, _ in self.agreed)
        codes = sorted({*agreed, *(code for count in counts.values() for code in count)})
        return tuple(
            CodeCounts(code, agreed[code], *(counts[kind][code] for kind in DifferenceKind))
            for code in codes
        )

"""How the tags of two passes are set against each other, and how their differences were settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from annotator.model.time import Micros

_HALF_A_SECOND = Micros(500_000)
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Matching:
    """When two tags are taken to mean the same happening.

    Two instants may lie `tolerance` apart. Two stretches must share at least `overlap_percent` of
    what they cover together (1 to 100), or begin and end within the tolerance of each other. An
    instant meets a stretch that it lies in, or within the tolerance of. Where `details` is set,
    a pair with another participant or attribute is a difference too.
    """

    tolerance: Micros = _HALF_A_SECOND
    overlap_percent: int = 50
    details: bool = True
    extra: Mapping[str, object] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        if self.tolerance < 0 or not 0 < self.overlap_percent <= _WHOLE:
            raise ValueError(f"no way to match: {self.tolerance}, {self.overlap_percent}")


USUAL_MATCHING = Matching()


@dataclass(frozen=True, slots=True)
class ConsensusOf:
    """Which two passes a consensus settles, by id, and how their tags were matched."""

    first: str
    second: str
    matching: Matching = USUAL_MATCHING
    extra: Mapping[str, object] = field(default_factory=dict)


class Verdict(StrEnum):
    """How a difference between two passes is settled."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"
    NEITHER = "neither"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Decision:
    """How one difference was settled.

    `sources` holds the ids of the tags that differed, in order; `tags` those of the tags that
    the consensus has instead; `time` is ISO 8601 in UTC.
    """

    sources: tuple[str, ...]
    verdict: Verdict
    tags: tuple[str, ...] = ()
    note: str = ""
    time: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)

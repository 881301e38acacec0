"""The list of things to tag: codes, ratings and scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from annotator.model.time import Micros

_NEARLY = 1e-6


class CodeKind(StrEnum):
    """Whether a code marks an instant or an interval."""

    POINT = "point"
    SPAN = "span"


class Speaker(StrEnum):
    """Whose doing a code describes."""

    THERAPIST = "therapist"
    CLIENT = "client"
    DYAD = "dyad"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of an attribute; `key` is the keyboard key that picks it, or empty."""

    id: str
    name: str
    key: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attribute:
    """An extra choice on a tag, such as valence or depth."""

    id: str
    name: str
    choices: tuple[Choice, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """A named set of codes; on the timeline it has one lane."""

    id: str
    name: str
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Code:
    """One thing to tag.

    `group` and `parent` are ids, empty where there is none; `colour` is `#rrggbb`; `key` is the
    keyboard key that tags, or empty; `exclusive_with` holds ids of codes that cannot hold at
    the same time. A `retired` code is kept for the tags that have it and takes no new ones.
    """

    id: str
    name: str
    abbreviation: str = ""
    group: str = ""
    colour: str = "#7f7f7f"
    key: str = ""
    kind: CodeKind = CodeKind.POINT
    speaker: Speaker = Speaker.NONE
    parent: str = ""
    definition: str = ""
    example: str = ""
    counter_example: str = ""
    exclusive_with: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    retired: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What one number of a rating means."""

    value: float
    text: str
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RatingItem:
    """A question about the whole region, answered by a number from `minimum` to `maximum`.

    `step` is what lies between one answer and the next, counted from the minimum; None where
    any number may be given. A `retired` one is kept for the answers that were given and takes no
    new ones.
    """

    id: str
    name: str
    definition: str = ""
    minimum: float = 1
    maximum: float = 5
    default: float | None = None
    group: str = ""
    anchors: tuple[Anchor, ...] = ()
    retired: bool = False
    step: float | None = None
    extra: Mapping[str, object] = field(default_factory=dict)

    def allows(self, value: float) -> bool:
        """Tell whether a number is on the scale."""
        if not self.minimum <= value <= self.maximum:
            return False
        if not self.step:
            return True
        steps = (value - self.minimum) / self.step
        return abs(steps - round(steps)) < _NEARLY  # a tenth is not exact in a float


@dataclass(frozen=True, slots=True)
class Band:
    """A named stretch of a score, from this number upwards."""

    name: str
    start: float
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Score:
    """A figure computed from counts and ratings by a formula over their ids."""

    id: str
    name: str
    formula: str
    unit: str = ""
    bands: tuple[Band, ...] = ()
    note: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)

    def band_of(self, value: float | None) -> Band | None:
        """Find the band that a value lies in; None below the lowest, or where there is no value.

        Whose opinion the bands are is told by `note`, which is to be shown beside them.
        """
        if value is None:
            return None
        return next((band for band in reversed(self.bands) if value >= band.start), None)


@dataclass(frozen=True, slots=True)
class Codebook:
    """What a study tags.

    `version` is the book's own (such as "4.2.1"); `unit` says in words what one tag stands for;
    `notice` is what must be shown beside the book; `silence_minimum` is the shortest silence
    that counts, None where the book does not say; `sample_minutes` is the advised length of
    the region, None likewise.
    """

    id: str
    version: str
    name: str
    unit: str = ""
    notice: str = ""
    silence_minimum: Micros | None = None
    sample_minutes: int | None = None
    groups: tuple[Group, ...] = ()
    codes: tuple[Code, ...] = ()
    ratings: tuple[RatingItem, ...] = ()
    scores: tuple[Score, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)

    def code(self, code_id: str) -> Code | None:
        """Find a code by id; None where the book has no such code."""
        return next((code for code in self.codes if code.id == code_id), None)

    def group(self, group_id: str) -> Group | None:
        """Find a group by id; None where the book has no such group."""
        return next((group for group in self.groups if group.id == group_id), None)

    def rating(self, item_id: str) -> RatingItem | None:
        """Find a rating by id; None where the book has no such rating."""
        return next((item for item in self.ratings if item.id == item_id), None)

    def score(self, score_id: str) -> Score | None:
        """Find a score by id; None where the book has no such score."""
        return next((score for score in self.scores if score.id == score_id), None)

    @property
    def codes_in_use(self) -> tuple[Code, ...]:
        """The codes that take new tags: all that are not retired."""
        return tuple(code for code in self.codes if not code.retired)

    @property
    def ratings_in_use(self) -> tuple[RatingItem, ...]:
        """The ratings that can be given: all that are not retired."""
        return tuple(item for item in self.ratings if not item.retired)

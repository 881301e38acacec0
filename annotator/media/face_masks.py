"""What is to be covered and when: found faces, masks drawn by hand, and whole pictures."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain

from annotator.media.face_boxes import Box
from annotator.media.face_doubts import Lost, WeakMoment
from annotator.media.face_tracks import FaceTrack
from annotator.model import Interval, Micros

Opened = frozenset[int]


class Fill(StrEnum):
    """What a face is covered with."""

    SOLID = "solid"
    MOSAIC = "mosaic"
    BLUR = "blur"
    SILHOUETTE = "silhouette"


class WholeFill(StrEnum):
    """What becomes of a whole picture."""

    BLUR = "blur"
    EDGES = "edges"
    SILHOUETTE = "silhouette"


@dataclass(frozen=True, slots=True)
class Fills:
    """What covers faces, and what becomes of whole pictures; None for as it was planned."""

    faces: Fill | None = None
    whole: WholeFill | None = None

    @classmethod
    def named(cls, faces: str | None, whole: str | None) -> Fills:
        """Give them by their values; None or nothing for as it was planned."""
        return cls(Fill(faces) if faces else None, WholeFill(whole) if whole else None)

    def filled(self, plan: MaskPlan) -> MaskPlan:
        """Give a plan that covers with what is asked for."""
        fill, whole = self.faces or plan.fill, self.whole or plan.whole_fill
        return replace(plan, fill=fill, whole_fill=whole)


AS_PLANNED = Fills()


@dataclass(frozen=True, slots=True)
class DrawnMask:
    """A mask drawn by hand; `keys` are boxes at moments, in order, at least one.

    From `span.start` the first box stands, between two it moves evenly, and the last one stands
    until `span.end`. It covers what was drawn, no more.
    """

    span: Interval
    keys: tuple[tuple[Micros, Box], ...]

    def __post_init__(self) -> None:
        times = [time for time, _ in self.keys]
        if not times or times != sorted(set(times)):
            raise ValueError("a drawn mask needs boxes in order of time")

    def mask_at(self, time: Micros) -> Box | None:
        """Give the mask at a moment, None where there is none."""
        if not self.span.contains(time):
            return None
        after = bisect_right(self.keys, time, key=lambda key: key[0])
        if after == 0 or after == len(self.keys):
            return self.keys[min(after, len(self.keys) - 1)][1]
        (start, one), (end, other) = self.keys[after - 1 : after + 1]
        return one.between(other, (time - start) / (end - start))

    def keyed(self, time: Micros, box: Box) -> DrawnMask:
        """Give the mask with a box at a moment, in place of one that stood there."""
        keys = dict(self.keys) | {time: box}
        span = Interval(min(self.span.start, time), max(self.span.end, Micros(time + 1)))
        return DrawnMask(span, tuple(sorted(keys.items())))


@dataclass(frozen=True, slots=True)
class Region:
    """One box to cover in one frame; `face` is the size of the face in it, in pixels.

    `key` is the same for the same mask in every frame.
    """

    box: Box
    face: float
    key: int


@dataclass(frozen=True, slots=True)
class Findings:
    """What a search found, which no hand changes: the faces, and where one was lost."""

    tracks: tuple[FaceTrack, ...] = ()
    lost: tuple[Lost, ...] = ()


@dataclass(frozen=True, slots=True)
class MaskPlan:
    """All that is to be covered in a stretch of one film; times are the film's own.

    `size` is the width and height of the upright picture that boxes are measured in; `watched`
    the stretch that was looked through: anything outside is covered whole, as nobody looked.
    Every track is covered but those in `opened`, which a person chose to show. `lost` are whole
    pictures because a face could not be found; `asked` those that a person wants covered whole.
    `participants` says by a track's number whose face it is. `weak` lists what to look at first;
    `finder` names what found the faces, `film` is the fingerprint of the film that was looked at.
    `found` is what the search found there; None where that is not known, as of a file that does
    not say it or was changed.
    """

    size: tuple[int, int]
    watched: Interval
    tracks: tuple[FaceTrack, ...] = ()
    lost: tuple[Lost, ...] = ()
    weak: tuple[WeakMoment, ...] = ()
    finder: str = ""
    drawn: tuple[DrawnMask, ...] = ()
    asked: tuple[Interval, ...] = ()
    opened: Opened = frozenset()
    participants: Mapping[int, str] = field(default_factory=dict)
    fill: Fill = Fill.SOLID
    whole_fill: WholeFill = WholeFill.BLUR
    film: str = ""
    found: Findings | None = None

    @property
    def largest_face(self) -> float:
        """The size of the largest face, in pixels; 0 where there is none."""
        return max((one.size for one in self.tracks), default=0.0)

    @property
    def covered(self) -> tuple[FaceTrack, ...]:
        """The tracks that are covered."""
        return tuple(one for one in self.tracks if one.number not in self.opened)

    def is_whole_at(self, time: Micros) -> bool:
        """Tell whether the whole picture is covered at a moment."""
        return (
            not self.watched.contains(time)
            or any(span.contains(time) for span in self.asked)
            or any(one.span.contains(time) for one in self.lost if one.track not in self.opened)
        )

    def is_masked_at(self, time: Micros) -> bool:
        """Tell whether anything is covered at a moment."""
        spans = (one.masked for one in self.covered), (one.span for one in self.drawn)
        return self.is_whole_at(time) or any(span.contains(time) for span in chain(*spans))

    def regions_at(self, time: Micros) -> tuple[Region, ...]:
        """List the boxes to cover at a moment, which may reach outside the picture."""
        found = [(one.mask_at(time), one.size, one.number) for one in self.covered]
        drawn = [(one.mask_at(time), 0.0, -1 - at) for at, one in enumerate(self.drawn)]
        return tuple(
            Region(box, face or box.size, key)
            for box, face, key in found + drawn
            if box is not None
        )

    def opened_to(self, numbers: Collection[int]) -> MaskPlan:
        """Give the plan in which just these tracks are shown, because a person said so.

        Raises ValueError where one of them is no track of the plan.
        """
        unknown = set(numbers) - {one.number for one in self.tracks}
        if unknown:
            raise ValueError(f"no such tracks: {sorted(unknown)}")
        return replace(self, opened=frozenset(numbers))

    def assigned(self, number: int, participant: str) -> MaskPlan:
        """Give the plan in which a track is a participant's face; an empty name takes it back."""
        named = {**self.participants, number: participant}
        return replace(self, participants={n: who for n, who in sorted(named.items()) if who})

    def with_drawn(self, mask: DrawnMask) -> MaskPlan:
        """Give the plan with one more mask drawn by hand."""
        return replace(self, drawn=(*self.drawn, mask))

    def with_whole(self, span: Interval | None = None) -> MaskPlan:
        """Give the plan that covers whole pictures for a stretch; all of them where it is None."""
        return replace(self, asked=(*self.asked, span or self.watched))

    def review_strip(self, count: int) -> tuple[WeakMoment, ...]:
        """List the least certain moments, one for each frame to show, in order of time."""
        shown: dict[Micros, WeakMoment] = {}
        for one in sorted(self.weak):
            shown.setdefault(one.shown, one)
        least = [*shown.values()][:count]
        return tuple(sorted(least, key=lambda one: one.shown))

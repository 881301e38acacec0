"""Follows faces through a film: which sightings are one face, and where it is in between."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise
from math import inf

from annotator.media.face_boxes import Box, Sighting
from annotator.model import SECOND, Interval, Micros

JOINED = Micros(2 * SECOND)
"""A face that comes back within this time is taken for the same one."""

HELD = Micros(1 * SECOND)
"""So long before a face is first seen and after it is last seen the mask is there."""

GROWTH = 1.6
"""How many times as wide and as high as the face its mask is, where the face was just seen."""

_DRIFT = 1.0
"""So much of a face's size the mask grows on each side with every second it was not seen."""

_AT_EASE = 100_000
"""Only after so long it begins to grow."""

_NEAR, _MOVES_ON = 250_000, 500_000

_FEWEST_HITS = 2
_SURE_ENOUGH = 0.35
"""A face seen once only counts if it was as sure as this."""

_EXPECTED_HITS = 3
_SAME_SIZE = 2.5
_REACH_AT_ONCE = 0.6
_REACH_A_SECOND = 2.0
"""How far, in its own sizes, a face may have moved: at once, and with every second."""

_FARTHEST = 3.0
"""No sightings farther apart than this are one face without anybody looking."""

_ALIKE = 0.1
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class FaceTrack:
    """One face while it can be followed; `sightings` in order of time, at least one.

    `shot` is the stretch between two changes of shot in which it stands: no mask leaves it.
    `number` names the track in its plan. `continues` tells that it was parted from another track
    where faces crossed, so that a person can decide about each part. `size` is the longest side
    the face ever had, in pixels.
    """

    number: int
    sightings: tuple[Sighting, ...]
    shot: Interval
    continues: bool = False
    size: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # kept, as it is asked for with every frame
        object.__setattr__(self, "size", max(one.box.size for one in self.sightings))

    @property
    def first(self) -> Sighting:
        """Where it was seen first."""
        return self.sightings[0]

    @property
    def last(self) -> Sighting:
        """Where it was seen last."""
        return self.sightings[-1]

    @property
    def best(self) -> float:
        """The surest of its scores."""
        return max(one.score for one in self.sightings)

    @property
    def is_kept(self) -> bool:
        """Whether it was seen often or surely enough to be covered."""
        return len(self.sightings) >= _FEWEST_HITS or self.best >= _SURE_ENOUGH

    @property
    def is_expected(self) -> bool:
        """Whether it is so surely a face that it must be somewhere even where it is lost."""
        return len(self.sightings) >= _EXPECTED_HITS and self.best >= _SURE_ENOUGH

    @property
    def masked(self) -> Interval:
        """From when to when a mask is there: held before and after, but within the shot."""
        return Interval(
            max(Micros(self.first.time - HELD), self.shot.start),
            max(min(Micros(self.last.time + HELD + 1), self.shot.end), self.shot.start),
        )

    def mask_at(self, time: Micros) -> Box | None:
        """Give the mask at a moment, None where there is none.

        It holds every place where the face was seen within a quarter of a second, and the places
        where it was seen before and after; it grows with the time to the nearest of them. Before
        the first sighting and after the last it stays, grows, and reaches to where the face would
        be if it moved on for half a second.
        """
        if not self.masked.contains(time):
            return None
        near = self._near(time)
        base = reduce(Box.united, (one.box for one in near), self._moved_on(time))
        away = min(abs(one.time - time) for one in near)
        return grown(base, max(one.box.size for one in near), Micros(away))

    def _moved_on(self, time: Micros) -> Box:
        """Give where the face would be if it moved on, or had moved, as where it was last seen.

        It has the largest sides of the last half second there: at the edge of a picture, or half
        hidden, the very last box may show a part of the face.
        """
        if self.first.time <= time <= self.last.time:
            return place_at(self, time)
        end = self.first if time < self.first.time else self.last
        known = [one for one in self.sightings if abs(one.time - end.time) <= _MOVES_ON]
        far = max(known, key=lambda one: abs(one.time - end.time))
        wide = max(one.box.width for one in known) - end.box.width
        high = max(one.box.height for one in known) - end.box.height
        box = end.box.grown(wide / 2, high / 2)
        if far is end:
            return box
        (across, down), (from_across, from_down) = end.box.centre, far.box.centre
        share = min(abs(time - end.time), _MOVES_ON) / abs(end.time - far.time)
        return box.moved((across - from_across) * share, (down - from_down) * share)

    def _near(self, time: Micros) -> tuple[Sighting, ...]:
        """List the sightings about a moment; a wrong one alone cannot draw the mask away."""
        seen = self.sightings
        low = min(
            bisect_left(seen, time - _NEAR, key=_time_of),
            max(bisect_right(seen, time, key=_time_of) - 1, 0),
        )
        high = max(
            bisect_right(seen, time + _NEAR, key=_time_of),
            min(bisect_left(seen, time, key=_time_of) + 1, len(seen)),
        )
        return seen[low:high]


def grown(base: Box, size: float, away: Micros) -> Box:
    """Give the mask over a face of that size in pixels, last or next seen so long ago."""
    unsure = size * _DRIFT * max(away - _AT_EASE, 0) / _MILLION
    share = (GROWTH - 1) / 2
    return base.grown(base.width * share + unsure, base.height * share + unsure)


def followed(
    sightings: Iterable[Sighting], shots: Sequence[Interval]
) -> tuple[tuple[FaceTrack, ...], tuple[FaceTrack, ...]]:
    """Make tracks of sightings, whatever their order; give those kept, and those too doubtful.

    `shots` follow one another and leave no gap; sightings outside them are left out. Links do
    not cross from one shot to the next. They are made for the shortest gaps first and look the
    same forwards and backwards in time.
    """
    kept: list[FaceTrack] = []
    doubtful: list[FaceTrack] = []
    in_order = sorted(set(sightings))
    for shot in shots:
        low = bisect_left(in_order, shot.start, key=_time_of)
        high = bisect_left(in_order, shot.end, key=_time_of)
        for chain in _chains(in_order[low:high]):
            track = FaceTrack(len(kept) + len(doubtful), chain, shot)
            (kept if track.is_kept else doubtful).append(track)
    return tuple(kept), tuple(doubtful)


def is_reached(one: Sighting, other: Sighting, farthest: float = inf) -> bool:
    """Tell whether a face can have come from one place to the other, in the time between.

    `farthest` limits how far that may be, in mean sizes of the two.
    """
    seconds = abs(other.time - one.time) / _MILLION
    sizes = sorted((one.box.size, other.box.size))
    if sizes[1] > sizes[0] * _SAME_SIZE:
        return False
    reach = min(_REACH_AT_ONCE + _REACH_A_SECOND * seconds, farthest)
    return one.box.distance(other.box) <= reach or one.box.likeness(other.box) > _ALIKE


def _chains(sightings: Sequence[Sighting]) -> Iterator[tuple[Sighting, ...]]:
    """Link each sighting with at most one before and one after, and give the chains."""
    after: dict[int, int] = {}
    before: dict[int, int] = {}
    for _, _, one, other in sorted(_pairs(sightings)):
        if one not in after and other not in before:
            after[one], before[other] = other, one
    for start in range(len(sightings)):
        if start not in before:
            yield tuple(sightings[at] for at in _along(after, start))


def _along(after: dict[int, int], start: int) -> Iterator[int]:
    at: int | None = start
    while at is not None:
        yield at
        at = after.get(at)


def _pairs(sightings: Sequence[Sighting]) -> Iterator[tuple[int, float, int, int]]:
    """Yield what may be one face: how many frames looked at lie between, how far, and which."""
    moments = sorted({one.time for one in sightings})
    place = {time: number for number, time in enumerate(moments)}
    for number, one in enumerate(sightings):
        end = bisect_right(sightings, Micros(one.time + JOINED), lo=number, key=_time_of)
        for other in range(number + 1, end):
            later = sightings[other]
            if later.time > one.time and is_reached(one, later, _FARTHEST):
                gap = place[later.time] - place[one.time]
                yield gap, one.box.distance(later.box), number, other


def crossings(tracks: Sequence[FaceTrack]) -> Iterator[tuple[FaceTrack, FaceTrack, Interval]]:
    """Yield two tracks and when their faces lie on each other, so that they may be mistaken."""
    in_order = sorted(tracks, key=lambda one: one.first.time)
    for number, one in enumerate(in_order):
        for other in in_order[number + 1 :]:
            if other.first.time > one.last.time:
                break
            yield from ((one, other, span) for span in _overlaps(one, other))


def _overlaps(one: FaceTrack, other: FaceTrack) -> Iterator[Interval]:
    """Yield when two faces touch, judged where either was seen."""
    start = max(one.first.time, other.first.time)
    end = min(one.last.time, other.last.time)
    times = {s.time for track in (one, other) for s in track.sightings if start <= s.time <= end}
    touching = [(time, place_at(one, time).shared(place_at(other, time)) > 0) for time in times]
    begun: Micros | None = None
    last = start
    for time, touches in sorted(touching):
        if touches:
            begun = time if begun is None else begun
            last = time
        elif begun is not None:
            yield Interval(begun, last)
            begun = None
    if begun is not None:
        yield Interval(begun, last)


def place_at(track: FaceTrack, time: Micros) -> Box:
    """Give where the face itself is taken to be: on the straight way between two sightings."""
    seen = track.sightings
    after = bisect_left(seen, time, key=_time_of)
    if after == 0 or after == len(seen):
        return seen[min(after, len(seen) - 1)].box
    one, other = seen[after - 1], seen[after]
    return one.box.between(other.box, (time - one.time) / (other.time - one.time))


def parted(track: FaceTrack, moments: Iterable[Micros], number: int) -> tuple[FaceTrack, ...]:
    """Part a track where faces crossed; parts after the first are numbered from `number` on.

    Each part begins with the sighting that ends the one before, so that nothing is bare between.
    """
    at = sorted({bisect_left(track.sightings, moment, key=_time_of) for moment in moments})
    cuts = [0, *(one for one in at if 0 < one < len(track.sightings) - 1)]
    parts = []
    for place, (start, end) in enumerate(pairwise([*cuts, len(track.sightings) - 1])):
        sightings = track.sightings[start : end + 1]
        own = track.number if place == 0 else number + place - 1
        parts.append(FaceTrack(own, sightings, track.shot, track.continues or place > 0))
    return tuple(parts) or (track,)


def _time_of(sighting: Sighting) -> Micros:
    return sighting.time

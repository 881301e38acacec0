"""Goes through a stretch of film once and remembers where faces were seen."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from annotator.errors import FilmGoneError, GivenUpError, MediaError
from annotator.media.ahead import ahead
from annotator.media.face_boxes import Box, Sighting
from annotator.media.face_finder import FaceFinder, Found, fitting
from annotator.media.face_regions import regions_about
from annotator.media.frame import Frame
from annotator.media.lens import shown_size
from annotator.media.shot_changes import Points, is_change, points_of
from annotator.media.sound_stream import Watch
from annotator.media.video import Video
from annotator.model import Look, Micros

EVERY = Micros(200_000)
"""At least one picture in this time is searched for faces."""

_ELSEWHERE = EVERY * 3 // 2
"""For no longer than this faces are looked for only where they were; then everywhere."""

_SIDE, _LARGER_SIDE = 640, 960
"""The longer side of what is searched: at first, and where a face is missed."""

_PLENTY = 64
"""Pixels of a face that are searched where one is known to be: more cost time and tell no more."""

_MOST_NEAR = 0.5
"""Where looking about known faces costs more than so much of looking everywhere, that is done."""

_REMEMBERED, _AT_FIRST = 10, 5
_SURE = 0.3
_ALIKE = 0.3


@dataclass(frozen=True, slots=True)
class Searched:
    """What was seen: faces, the moments at which a new shot begins, and frames not decoded."""

    sightings: tuple[Sighting, ...]
    cuts: tuple[Micros, ...] = ()
    unreadable: tuple[Micros, ...] = ()


def search_faces(video: Video, frames: range, finder: FaceFinder, watch: Watch) -> Searched:
    """Search some frames of a film, given in order by their numbers.

    A damaged frame is passed over and told of. Raises FilmGoneError where the film vanishes,
    GivenUpError where it was cancelled.
    """
    looking = _Looking(finder, video.pixel_aspect)
    unreadable = []
    times = video.frame_times
    with ahead(_decoded(video, frames)) as coming:
        for place, (index, frame) in enumerate(coming, 1):
            if watch.cancelled():
                raise GivenUpError("The search for faces was stopped.")
            if frame is None:
                unreadable.append(times[index])
                continue
            looking.see(frame, times[index + 1] if index + 1 in frames else None)
            watch.progress(place / len(frames))
    return Searched(tuple(looking.sightings), tuple(looking.cuts), tuple(unreadable))


def _decoded(video: Video, frames: range) -> Iterator[tuple[int, Frame | None]]:
    """Yield each frame's number with the frame, or with None where it is damaged."""
    for index in frames:
        try:
            yield index, video.frame(index)
        except FilmGoneError:
            raise
        except MediaError:
            yield index, None


@dataclass(slots=True)
class _Looking:
    """Goes through the frames in order and remembers where faces were seen."""

    finder: FaceFinder
    pixel_aspect: Fraction
    sightings: list[Sighting] = field(default_factory=list)
    cuts: list[Micros] = field(default_factory=list)
    _counts: deque[int] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    _looked: Micros | None = None
    _all_searched: Micros | None = None
    _last: Sequence[Box] = ()
    _patience: int = EVERY
    _before: tuple[Frame, Points] | None = None

    def see(self, frame: Frame, following: Micros | None) -> None:
        """Take the next frame; it is searched where the `following` one would come too late.

        Where a new shot begins, the frames on both sides are searched, and the first few all,
        since no mask comes over from before. Where a face is missed, every frame is searched for
        a while, and larger.
        """
        points = points_of(frame)
        if self._before is not None and is_change(self._before[1], points):
            self.cuts.append(frame.time)
            self._search(self._before[0])
            self._looked = self._all_searched = None
            self._counts.clear()
        if self._looked is None or following is None or following - self._looked > self._patience:
            self._search(frame)
        self._before = frame, points

    def _search(self, frame: Frame) -> None:
        if self._looked == frame.time:
            return
        self._looked = frame.time
        known = max(self._counts, default=0)
        found = self._find_near(frame)
        if found is None or _sure(found) < known:
            found = self._find(frame, _SIDE)
            self._all_searched = frame.time
        if _sure(found) < known and max(frame.width, frame.height) > _SIDE:
            found = _merged(self._find(frame, _LARGER_SIDE), found)
        self._last = [one.box for one in found]
        self._counts.append(_sure(found))
        is_new = len(self._counts) < _AT_FIRST
        self._patience = 0 if is_new or _sure(found) < known else EVERY
        self.sightings += [Sighting(frame.time, one.box, one.score) for one in found]

    def _find(self, frame: Frame, side: int) -> list[Found]:
        """Find faces in a small picture; boxes in pixels of the whole one."""
        width, height = self._small_size(frame, side)
        return _in_frame(self.finder.find(frame.to_small(width, height)), frame, width, height)

    def _find_near(self, frame: Frame) -> list[Found] | None:
        """Find faces where they were a moment ago, which costs little.

        None where all of the picture has to be searched: nothing is known, or it was not for a
        while, and somebody may have come in.
        """
        since = self._all_searched
        if since is None or self._patience < EVERY or frame.time - since > _ELSEWHERE:
            return None
        width, height = self._small_size(frame, _SIDE)
        most = _MOST_NEAR * width * height
        smallest = min((one.size for one in self._last), default=0.0) * width / frame.width
        if smallest > _PLENTY:
            width, height = self._small_size(frame, round(_SIDE * _PLENTY / smallest))
        across, down = width / frame.width, height / frame.height
        known = [one.scaled(across, down) for one in self._last]
        parts = regions_about(known, width, height, most)
        if not parts:
            return None
        small = frame.to_small(width, height)
        found = [
            Found(one.box.moved(part.left, part.top), one.score)
            for part in parts
            for one in self.finder.find(np.ascontiguousarray(part.part_of(small)))
        ]
        return _in_frame(found, frame, width, height)

    def _small_size(self, frame: Frame, side: int) -> tuple[int, int]:
        return small_size(shown_size(frame, self.pixel_aspect, Look()), side)


def small_size(shown: tuple[int, int], side: int) -> tuple[int, int]:
    """Give width and height to search a picture at: at most so long, never enlarged."""
    factor = min(side / max(shown), 1.0)
    return fitting(shown[0] * factor), fitting(shown[1] * factor)


def _sure(found: list[Found]) -> int:
    return sum(one.score >= _SURE for one in found)


def _merged(found: list[Found], others: list[Found]) -> list[Found]:
    """Add to what was found what lies apart from all of it."""
    apart = [one for one in others if all(one.box.likeness(other.box) < _ALIKE for other in found)]
    return found + apart


def _in_frame(found: Iterable[Found], frame: Frame, width: int, height: int) -> list[Found]:
    """Give what was found in a picture of that size as it lies in the whole one."""
    across, down = frame.width / width, frame.height / height
    return [Found(_inside(one.box.scaled(across, down), frame), one.score) for one in found]


def _inside(box: Box, frame: Frame) -> Box:
    """Cut a box to the picture; one that lies outside shrinks to the edge."""
    left, right = (min(max(x, 0.0), float(frame.width)) for x in (box.left, box.right))
    top, bottom = (min(max(y, 0.0), float(frame.height)) for y in (box.top, box.bottom))
    return Box(left, top, right, bottom)

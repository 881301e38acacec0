"""Makes a plan of masks from what one search of a stretch of film saw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from annotator.media.face_doubts import Doubt, WeakMoment, lost_faces, weak_moments
from annotator.media.face_masks import Findings, MaskPlan
from annotator.media.face_search import Searched
from annotator.media.face_tracks import FaceTrack, crossings, followed, parted
from annotator.model import Interval, Micros

_UNREADABLE, _CUT = 0.2, 0.5
"""How certain masks are about a frame that was not decoded, and where a new shot begins."""


def planned(
    searched: Searched, watched: Interval, size: tuple[int, int], finder: str = ""
) -> MaskPlan:
    """Make the plan from what was seen in a stretch; `size` is the picture's, in pixels."""
    shots = [
        Interval(one, other)
        for one, other in pairwise([watched.start, *searched.cuts, watched.end])
    ]
    kept, doubtful = followed(searched.sightings, shots)
    lost = tuple(lost_faces(kept, size))
    weak = weak_moments(kept, doubtful, lost)
    parts = _parted(kept, len(kept) + len(doubtful))
    found = Findings(
        tuple(part for track in kept for part in parts[track.number]),
        tuple(replace(one, track=parts[one.track][-1].number) for one in lost),
    )
    moments = tuple(sorted([*_of_parts(weak, parts), *_other_moments(searched)]))
    return MaskPlan(size, watched, found.tracks, found.lost, moments, finder, found=found)


def _parted(tracks: Sequence[FaceTrack], number: int) -> dict[int, tuple[FaceTrack, ...]]:
    """Part all tracks in the middle of their crossings; give the parts by the track's number."""
    moments: dict[int, list[Micros]] = {one.number: [] for one in tracks}
    for one, other, span in crossings(tracks):
        middle = Micros((span.start + span.end) // 2)
        moments[one.number].append(middle)
        moments[other.number].append(middle)
    parts = {}
    for track in tracks:
        parts[track.number] = parted(track, moments[track.number], number)
        number += len(parts[track.number]) - 1
    return parts


def _of_parts(
    weak: Iterable[WeakMoment], parts: dict[int, tuple[FaceTrack, ...]]
) -> Iterator[WeakMoment]:
    """Name in each moment the part of the track that it concerns."""
    for one in weak:
        own = () if one.track is None else parts.get(one.track, ())
        begun = [part.number for part in own if part.first.time <= one.shown]
        yield replace(one, track=begun[-1]) if begun else one


def _other_moments(searched: Searched) -> Iterator[WeakMoment]:
    for time in searched.unreadable:
        yield WeakMoment(_UNREADABLE, time, Interval(time, time), Doubt.UNREADABLE)
    for time in searched.cuts:
        yield WeakMoment(_CUT, time, Interval(time, time), Doubt.CUT)

"""Where masks are least certain, so that a person looks there first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from annotator.media.face_boxes import Box
from annotator.media.face_tracks import HELD, JOINED, FaceTrack, crossings, is_reached
from annotator.model import SECOND, Interval, Micros

_FAINT = 0.3
_LONG_GAP = Micros(500_000)
_AT_EDGE = 0.15
_LATER = 0.05
"""So many of its sizes nearer counts a face for each second that it comes back sooner."""


class Doubt(StrEnum):
    """Why a moment should be looked at."""

    LOST = "lost"
    LEFT_OUT = "left-out"
    GAP = "gap"
    FAINT = "faint"
    CROSSING = "crossing"
    BEGINS = "begins"
    ENDS = "ends"
    CUT = "cut"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, order=True)
class WeakMoment:
    """A stretch to be looked at; `certainty` from 0 (none) to 1, `shown` the frame to show.

    `track` is the number of the track it concerns, None where it concerns none.
    """

    certainty: float
    shown: Micros
    span: Interval
    doubt: Doubt
    track: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Lost:
    """A stretch in which a face must be somewhere and nobody knows where."""

    span: Interval
    track: int


def lost_faces(tracks: Sequence[FaceTrack], size: tuple[int, int]) -> Iterator[Lost]:
    """Yield when faces that must be there are not found; `size` is the picture's, in pixels.

    From the end of a mask until a face within reach comes that answers for no other lost one, or
    the shot ends. One that was last seen at the edge of the picture is taken to have left it.
    """
    back = _found_again(tracks)
    expected = {one.number for one in tracks if one.is_expected}
    for track in sorted(tracks, key=lambda one: one.first.time):
        if track.number not in expected:
            continue
        found = back.get(track.number)
        if found is not None:
            expected.add(found.number)
        start = track.masked.end
        end = track.shot.end if found is None else found.masked.start
        if start < end and not _is_at_edge(track.last.box, size):
            yield Lost(Interval(start, end), track.number)


def _found_again(tracks: Sequence[FaceTrack]) -> dict[int, FaceTrack]:
    """Tell by a track's number which later one may be the same face; each answers for one."""
    pairs = sorted(
        (_strangeness(one, other), one.number, other.number, other)
        for one in tracks
        for other in tracks
        if _comes_back(one, other)
    )
    back: dict[int, FaceTrack] = {}
    taken: set[int] = set()
    for _, lost, found, track in pairs:
        if lost not in back and found not in taken:
            back[lost] = track
            taken.add(found)
    return back


def _strangeness(lost: FaceTrack, found: FaceTrack) -> float:
    away = (found.first.time - lost.last.time) / SECOND
    return lost.last.box.distance(found.first.box) + away * _LATER


def _comes_back(lost: FaceTrack, found: FaceTrack) -> bool:
    return (
        found.shot == lost.shot
        and found.first.time > lost.last.time
        and is_reached(lost.last, found.first)
    )


def _is_at_edge(box: Box, size: tuple[int, int]) -> bool:
    across, down = box.width * _AT_EDGE, box.height * _AT_EDGE
    inner = Box(across, down, max(size[0] - across, across), max(size[1] - down, down))
    return not inner.holds(box)


def weak_moments(
    tracks: Sequence[FaceTrack], doubtful: Sequence[FaceTrack], lost: Sequence[Lost]
) -> tuple[WeakMoment, ...]:
    """List what should be looked at, the least certain first.

    `doubtful` are the tracks that were not kept: nothing covers them, so they come early.
    """
    found = [WeakMoment(0.0, one.span.start, one.span, Doubt.LOST, one.track) for one in lost]
    found += [_left_out(one) for one in doubtful]
    for track in tracks:
        found += [*_gaps(track), *_faint(track), *_ends(track)]
    for one, other, span in crossings(tracks):
        shown = Micros((span.start + span.end) // 2)
        found += [WeakMoment(0.4, shown, span, Doubt.CROSSING, t.number) for t in (one, other)]
    return tuple(sorted(found))


def _left_out(track: FaceTrack) -> WeakMoment:
    span = Interval(track.first.time, track.last.time)
    return WeakMoment((1 - track.best) / 4, track.first.time, span, Doubt.LEFT_OUT, track.number)


def _gaps(track: FaceTrack) -> Iterator[WeakMoment]:
    for one, other in pairwise(track.sightings):
        gap = other.time - one.time
        if gap > _LONG_GAP:
            certainty = max(1 - gap / JOINED, 0.0) / 2
            span = Interval(one.time, other.time)
            yield WeakMoment(
                certainty, Micros((one.time + other.time) // 2), span, Doubt.GAP, track.number
            )


def _faint(track: FaceTrack) -> Iterator[WeakMoment]:
    """Yield each stretch of faint sightings, with its faintest shown."""
    run = []
    for one in track.sightings:
        if one.score < _FAINT:
            run.append(one)
            continue
        if run:
            yield _faintest(track, run[0].time, run[-1].time)
        run = []
    if run:
        yield _faintest(track, run[0].time, run[-1].time)


def _faintest(track: FaceTrack, start: Micros, end: Micros) -> WeakMoment:
    faint = min(
        (one for one in track.sightings if start <= one.time <= end), key=lambda one: one.score
    )
    return WeakMoment(faint.score, faint.time, Interval(start, end), Doubt.FAINT, track.number)


def _ends(track: FaceTrack) -> Iterator[WeakMoment]:
    """Yield where a face appears and vanishes within a shot: it may have been there before."""
    masked = track.masked
    if not track.continues and masked.start > track.shot.start:
        before = Interval(masked.start, track.first.time)
        yield WeakMoment(0.3, masked.start, before, Doubt.BEGINS, track.number)
    if track.last.time + HELD < track.shot.end:
        after = Interval(track.last.time, masked.end)
        yield WeakMoment(0.3, masked.end, after, Doubt.ENDS, track.number)

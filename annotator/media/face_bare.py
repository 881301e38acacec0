"""Which faces that a search found a plan leaves bare, because somebody uncovered them by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from annotator.media.face_boxes import Box
from annotator.media.face_doubts import Lost
from annotator.media.face_masks import MaskPlan
from annotator.media.face_tracks import FaceTrack, place_at
from annotator.model import Interval, Micros
from annotator.model.spans import shared

_STEP = 40_000
"""It is looked so often, where the face was seen, and where masks begin, turn or end."""

_MOST = 0.9
"""So much of a face must be covered by one mask; drawn by hand it need not fit to the pixel."""


@dataclass(frozen=True, slots=True, order=True)
class Bare:
    """A stretch in which nothing covers what the search would have covered, in the film's time.

    It is the face of a found track; where `is_lost`, the picture, as that face could be anywhere.
    """

    span: Interval
    track: int
    is_lost: bool = False


def bare_faces(plan: MaskPlan, span: Interval) -> tuple[Bare, ...]:
    """List what was found in a stretch and is not covered, in order of time.

    It counts as covered by whatever lies on it: its own mask, one drawn by hand, the whole
    picture. Empty where what was found is not known: ask `plan.found` first.
    """
    if plan.found is None:
        return ()
    kept = {one.number: one for one in plan.covered}
    lost = {one for one in plan.lost if one.track not in plan.opened}
    faces = (one for one in plan.found.tracks if kept.get(one.number) != one)
    gone = (one for one in plan.found.lost if one not in lost)
    return tuple(
        sorted(
            chain(
                *(_bare_track(plan, one, span) for one in faces),
                *(_bare_lost(plan, one, span) for one in gone),
            )
        )
    )


def _bare_track(plan: MaskPlan, track: FaceTrack, span: Interval) -> Iterator[Bare]:
    def is_covered(time: Micros) -> bool:
        return plan.is_whole_at(time) or _is_held(plan, time, place_at(track, time))

    looked = [*_changes(plan), *(one.time for one in track.sightings)]
    for where in shared([track.masked], [span]):
        for bare in _bare_spans(where, looked, is_covered):
            yield Bare(bare, track.number)


def _bare_lost(plan: MaskPlan, lost: Lost, span: Interval) -> Iterator[Bare]:
    for where in shared([lost.span], [span]):
        for bare in _bare_spans(where, _changes(plan), plan.is_whole_at):
            yield Bare(bare, lost.track, is_lost=True)


def _changes(plan: MaskPlan) -> list[Micros]:
    """List when masks begin, turn or end, so that no hole between two of them is overlooked."""
    drawn, lost = (one.span for one in plan.drawn), (one.span for one in plan.lost)
    spans = chain(plan.asked, drawn, lost, (one.masked for one in plan.tracks))
    turns = (time for one in plan.drawn for time, _ in one.keys)
    return [*chain(*((one.start, one.end) for one in spans)), *turns]


def _is_held(plan: MaskPlan, time: Micros, face: Box) -> bool:
    enough = face.area * _MOST
    return any(one.box.shared(face) >= enough for one in plan.regions_at(time))


def _bare_spans(
    where: Interval, looked: Sequence[Micros], is_covered: Callable[[Micros], bool]
) -> Iterator[Interval]:
    """Yield the stretches that are not covered, as far as it is looked."""
    steps = (Micros(at) for at in range(where.start, where.end, _STEP))
    times = sorted({*steps, *filter(where.contains, looked), where.end})
    begun: Micros | None = None
    for time, after in pairwise(times):
        if is_covered(time):
            if begun is not None:
                yield Interval(begun, time)
            begun = None
            continue
        begun = time if begun is None else begun
        if after == where.end:
            yield Interval(begun, after)

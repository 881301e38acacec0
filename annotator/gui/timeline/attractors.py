"""Finds what lies near a moment that is dragged, so that it can snap to it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from annotator.gui.timeline.lanes import Row
from annotator.gui.timeline.scene import Scene
from annotator.gui.timeline.snapping import SNAP_PX, Attractor, Candidates, Snap
from annotator.model.time import Interval, Micros

STEPS_AT_MOST = 16
"""Beyond so many tags that are dragged along no further one is looked for."""

SCANNED_AT_MOST = 200


def candidates_near(
    scene: Scene,
    moments: Sequence[Micros],
    position: Micros,
    dragged: AbstractSet[str] = frozenset(),
) -> Candidates:
    """Gather what moments could snap to at this zoom, but for the edges of what is dragged.

    The work grows with the sub-rows and not with the tags.
    """
    near = [Attractor(position, Snap.PLAYHEAD)]
    near += [Attractor(time, Snap.LIMIT) for time in _limits(scene)]
    reach = scene.scale.micros_of(SNAP_PX)
    for moment in moments:
        near += [Attractor(time, Snap.SILENCE) for time in _ends_near(scene.silences, moment)]
        for lane in scene.lanes.lanes:
            for row in lane.rows:
                near += [Attractor(t, Snap.TAG) for t in row_edges(row, moment, reach, dragged)]
    return Candidates(tuple(near), scene.frame_times)


def row_edges(
    row: Row, moment: int, reach: int, dragged: AbstractSet[str] = frozenset()
) -> Iterator[int]:
    """Yield the edges of a sub-row that lie beside a moment.

    Of a crowded row, whose tags overlap, only those within reach are found.
    """
    if not row.starts:
        return
    if row.crowded:
        yield from _crowded_edges(row, moment, reach, dragged)
        return
    for times in (row.starts, row.ends):
        place = bisect_left(times, moment)
        for way in (range(place - 1, -1, -1), range(place, len(times))):
            for one in way[:STEPS_AT_MOST]:
                if row.tags[one].id not in dragged:
                    yield times[one]
                    break


def _crowded_edges(row: Row, moment: int, reach: int, dragged: AbstractSet[str]) -> Iterator[int]:
    for place in row.between(moment - reach, moment + reach)[-SCANNED_AT_MOST:]:
        if row.tags[place].id not in dragged:
            yield row.starts[place]
            yield row.ends[place]


def _ends_near(stretches: Sequence[Interval], moment: int) -> Iterator[int]:
    """Yield the ends of the stretches beside a moment, of stretches in order that do not touch."""
    place = bisect_left(stretches, moment, key=lambda one: one.start)
    for one in stretches[max(0, place - 1) : place + 1]:
        yield one.start
        yield one.end


def _limits(scene: Scene) -> Iterator[int]:
    session = scene.session
    yield scene.whole.start
    yield scene.whole.end
    if session is not None:
        yield session.region.start
        yield session.region.end
        for span in session.excluded:
            yield span.start
            yield span.end

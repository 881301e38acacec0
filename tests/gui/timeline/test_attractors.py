"""What a dragged moment snaps to, worked out with numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.timeline.attractors import row_edges
from annotator.gui.timeline.dragging import Grip, drag, moved_along
from annotator.gui.timeline.geometry import Scale
from annotator.gui.timeline.hit import Part
from annotator.gui.timeline.lanes import Row
from annotator.gui.timeline.snapping import Attractor, Candidates, Snap, Snapped, snapped
from annotator.model import Interval, Micros, Tag

SCALE = Scale(Micros(0), Micros(1_000_000), 0, 1000)  # a pixel a millisecond; 7 ms snap
FRAMES = [Micros(time) for time in range(0, 1_000_000, 40_000)]
WHOLE = Interval(Micros(0), Micros(1_000_000))
NEAR = (
    Attractor(500_000, Snap.PLAYHEAD),
    Attractor(505_000, Snap.TAG),
    Attractor(503_000, Snap.SILENCE),
    Attractor(510_000, Snap.SILENCE),
    Attractor(510_000, Snap.LIMIT),
)


@pytest.mark.parametrize(
    ("moment", "time", "kind"),
    [
        (501_000, 500_000, Snap.PLAYHEAD),
        (504_400, 505_000, Snap.TAG),
        (504_000, 505_000, Snap.TAG),  # as near as the silence, and named before it
        (502_900, 503_000, Snap.SILENCE),
        (509_000, 510_000, Snap.SILENCE),
        (493_000, 500_000, Snap.PLAYHEAD),
        (492_999, 480_000, Snap.FRAME),
        (700_001, 720_000, Snap.FRAME),
    ],
)
def test_the_nearest_within_reach_else_the_frame(moment: int, time: int, kind: Snap) -> None:
    assert snapped(Micros(moment), SCALE, Candidates(NEAR, FRAMES)) == (time, kind)


def test_with_nothing_near_and_no_frames_the_moment_stays() -> None:
    assert snapped(Micros(123), SCALE, Candidates()) == (123, Snap.NOTHING)


@given(st.integers(0, 999_999), st.lists(st.integers(0, 999_999), max_size=9))
def test_nothing_is_pulled_further_than_its_reach(moment: int, places: list[int]) -> None:
    near = tuple(Attractor(place, Snap.TAG) for place in places)
    found = snapped(Micros(moment), SCALE, Candidates(near))
    in_reach = [place for place in places if abs(place - moment) <= 7000]
    if in_reach:
        assert abs(found.time - moment) == min(abs(place - moment) for place in in_reach)
    else:
        assert found == (moment, Snap.NOTHING)


def row(*times: tuple[int, int], crowded: bool = False) -> Row:
    made = Row(crowded=crowded)
    for number, (start, end) in enumerate(times):
        made.add(Tag(f"t{number}", "a", Micros(start), Micros(end)))
    return made


def test_edges_beside_a_moment_but_not_those_of_what_is_dragged() -> None:
    made = row((0, 10), (20, 30), (40, 50), (60, 70))
    assert set(row_edges(made, 35, 100)) == {20, 30, 40, 50}
    assert set(row_edges(made, 35, 100, {"t1"})) == {0, 10, 40, 50}
    assert set(row_edges(Row(), 35, 100)) == set()


def test_edges_in_a_crowded_row() -> None:
    made = row((0, 100), (20, 30), (40, 50), (300, 310), crowded=True)
    assert set(row_edges(made, 35, 10, {"t2"})) == {0, 100, 20, 30}


@pytest.mark.parametrize(
    ("part", "by", "wanted"),
    [
        (Part.START, 3_000, (200_000, 400_000)),  # back on its frame
        (Part.START, 99_000, (305_000, 400_000)),  # at the other tag's edge, 6 ms away
        (Part.START, 500_000, (360_000, 400_000)),  # a frame is left
        (Part.END, 103_000, (200_000, 505_000)),
        (Part.END, 590_000, (200_000, 1_000_000)),  # the end of the session
        (Part.BODY, 103_000, (305_000, 505_000)),
        (Part.BODY, 41_000, (240_000, 440_000)),
        (Part.BODY, 900_000, (800_000, 1_000_000)),
    ],
)
def test_a_dragged_tag(part: Part, by: int, wanted: tuple[int, int]) -> None:
    grip = Grip(Tag("t", "a", Micros(200_000), Micros(400_000)), part, Micros(300_000))
    near = Candidates((Attractor(305_000, Snap.TAG), Attractor(505_000, Snap.TAG)), FRAMES)

    def snap(moment: Micros) -> Snapped:
        return snapped(moment, SCALE, near)

    found = drag(grip, Micros(300_000 + by), snap, FRAMES, WHOLE)
    assert (found.start, found.end) == wanted
    is_shown = 305_000 in wanted[:1] or 505_000 in wanted or (part is Part.END and by > 500_000)
    assert (found.at is not None) is is_shown


def test_with_nothing_to_snap_to_a_body_keeps_its_very_length() -> None:
    grip = Grip(Tag("t", "a", Micros(200_001), Micros(400_007)), Part.BODY, Micros(300_000))
    free = drag(grip, Micros(300_100), lambda one: Snapped(one, Snap.NOTHING), FRAMES, WHOLE)
    assert (free.start, free.end, free.at) == (200_101, 400_107, None)


@given(st.integers(0, 20), st.integers(0, 5), st.integers(-30, 30))
def test_what_goes_along_keeps_to_the_session_and_its_length(
    first: int, frames: int, by: int
) -> None:
    tag = Tag("t", "a", FRAMES[first], Micros(FRAMES[first] + frames * 40_000))
    if tag.end > WHOLE.end:
        return
    start, end = moved_along(tag, by * 40_000, FRAMES, WHOLE)
    assert WHOLE.start <= start <= end <= WHOLE.end
    assert end - start == tag.end - tag.start

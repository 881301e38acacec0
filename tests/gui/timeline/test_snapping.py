from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.timeline.dragging import Grip, dragged
from annotator.gui.timeline.hit import Part
from annotator.gui.timeline.snapping import (
    edge_after,
    edge_before,
    frame_shown_at,
    nearest_edge,
    nearest_frame,
)
from annotator.model import Interval, Micros, Tag

FRAMES = [Micros(time) for time in (0, 33_367, 66_733, 100_100)]
END = Micros(133_467)
WHOLE = Interval(Micros(0), END)
MOMENTS = st.integers(-50_000, 200_000).map(Micros)
TIMES = st.sets(st.integers(0, 130_000), min_size=1).map(lambda one: sorted(map(Micros, one)))


@given(TIMES, MOMENTS)
def test_the_frame_shown_is_the_last_begun(frames: list[Micros], moment: Micros) -> None:
    begun = [time for time in frames if time <= moment]
    assert frame_shown_at(frames, moment) == (begun[-1] if begun else frames[0])


@given(TIMES, MOMENTS)
def test_nearest_is_nearest(frames: list[Micros], moment: Micros) -> None:
    least = min(abs(time - moment) for time in frames)
    assert abs(nearest_frame(frames, moment) - moment) == least


def test_without_frames_the_moment_stays() -> None:
    assert frame_shown_at((), Micros(7)) == nearest_frame((), Micros(7)) == 7


def test_an_end_may_stand_at_the_end_of_the_session() -> None:
    assert nearest_edge(FRAMES, Micros(130_000), END) == END
    assert nearest_edge(FRAMES, Micros(105_000), END) == 100_100


def test_edges_beside_a_moment() -> None:
    assert edge_after(FRAMES, Micros(33_367), END) == 66_733
    assert edge_after(FRAMES, Micros(100_100), END) == END
    assert edge_before(FRAMES, Micros(33_367), Micros(0)) == 0
    assert edge_before(FRAMES[1:], Micros(33_367), Micros(0)) == 0


def test_edges_without_frames_are_a_millisecond_away_and_within_the_session() -> None:
    assert edge_after((), Micros(40_000), END) == 41_000
    assert edge_after((), Micros(END - 10), END) == END
    assert edge_after((), END, END) == END + 1
    assert edge_before((), Micros(40_000), Micros(0)) == 39_000
    assert edge_before((), Micros(50), Micros(0)) == 0
    assert edge_before((), Micros(0), Micros(0)) == -1


def test_without_frames_an_edge_dragged_past_the_other_stays_beside_it() -> None:
    tag = Tag("t", "silence", Micros(40_000), Micros(60_000))
    end, start = Grip(tag, Part.END, Micros(60_000)), Grip(tag, Part.START, Micros(40_000))
    assert dragged(end, Micros(0), (), WHOLE) == (40_000, 41_000)
    assert dragged(start, END, (), WHOLE) == (59_000, 60_000)


def test_start_cannot_pass_the_end() -> None:
    tag = Tag("t", "silence", Micros(0), Micros(66_733))
    assert dragged(Grip(tag, Part.START, Micros(0)), END, FRAMES, WHOLE) == (33_367, 66_733)


def test_end_cannot_pass_the_start() -> None:
    tag = Tag("t", "silence", Micros(33_367), Micros(100_100))
    grip = Grip(tag, Part.END, Micros(100_100))
    assert dragged(grip, Micros(0), FRAMES, WHOLE) == (33_367, 66_733)


def test_back_where_it_was_taken_a_tag_keeps_its_times() -> None:
    tag = Tag("t", "silence", Micros(5), Micros(77_777))
    for part in (Part.START, Part.END, Part.BODY):
        assert dragged(Grip(tag, part, Micros(50)), Micros(50), FRAMES, WHOLE) == (5, 77_777)


def test_a_moved_stretch_stays_within_the_session() -> None:
    tag = Tag("t", "silence", Micros(0), Micros(66_733))
    grip = Grip(tag, Part.BODY, Micros(10))
    assert dragged(grip, Micros(9_999_999), FRAMES, WHOLE) == (66_733, END)
    assert dragged(grip, Micros(-9_999_999), FRAMES, WHOLE) == (0, 66_733)


@given(
    TIMES | st.just([]),
    st.integers(0, 130_000),
    st.integers(0, 130_000),
    st.sampled_from([Part.START, Part.END, Part.BODY]),
    MOMENTS,
)
def test_dragging_gives_valid_times(
    frames: list[Micros], one: int, two: int, part: Part, to: Micros
) -> None:
    start, end = sorted((Micros(one), Micros(two)))
    tag = Tag("t", "c", start, end)
    new_start, new_end = dragged(Grip(tag, part, Micros(40)), to, frames, WHOLE)
    assert new_start <= new_end
    if start == end and part is Part.BODY:
        assert new_start == new_end
        assert to == 40 or not frames or new_start in frames
    if start < end:
        assert WHOLE.start <= new_start
        assert new_end <= WHOLE.end
        assert new_start < new_end

"""Splitting, merging, nudging and moving tags, there and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.editing import Edit
from annotator.editing.reshaping import (
    Edge,
    Where,
    end_at,
    merge_tags,
    nudge_tags,
    retime_tags,
    split_tags,
    start_at,
)
from annotator.errors import EditError
from annotator.model import Micros, Rating, Session, Tag, tag_order
from tests.support.edits import END, a_pass, a_session

FRAME = 40_000
FRAMES = tuple(Micros(index * FRAME) for index in range(END // FRAME))
NOW = "2026-03-04T05:06:07Z"


def silence(number: int, start: float, end: float, note: str = "") -> Tag:
    times = (Micros(round(one * 1_000_000)) for one in (start, end))
    return Tag(f"t{number}", "silence", *times, note=note)


def where(*tags: Tag) -> Where:
    coding = a_pass("p", *sorted(tags, key=tag_order))
    return Where(a_session(coding), "p", NOW)


def after(place: Where, edit: Edit) -> tuple[Tag, ...]:
    """Do an edit, see that it can be taken back and done again, and give the tags."""
    done = edit.apply(place.session)
    assert edit.revert(done) == place.session
    assert edit.apply(edit.revert(done)) == done
    assert edit.label
    return tags_of(done)


def tags_of(session: Session) -> tuple[Tag, ...]:
    found = session.coding_pass("p")
    assert found is not None
    return found.tags


def ids() -> Callable[[], str]:
    numbers = count()
    return lambda: f"new{next(numbers)}"


def times(tag: Tag) -> tuple[float, float]:
    return tag.start / 1_000_000, tag.end / 1_000_000


def test_a_stretch_is_cut_in_two_at_the_playhead() -> None:
    tag = silence(1, 10, 20, note="long")
    place = where(tag)
    first, second = after(place, split_tags(place, [tag], Micros(12_000_000), ids()))
    assert (first.id, second.id) == ("t1", "new0")
    assert (times(first), times(second)) == ((10, 12), (12, 20))
    assert (first.note, second.note) == ("long", "")
    assert first.modified == second.modified == second.created == NOW


def test_several_that_hold_the_moment_are_cut_and_the_others_left() -> None:
    tags = [silence(1, 10, 20), silence(2, 11, 13), silence(3, 12, 30)]
    place = where(*tags)
    found = after(place, split_tags(place, tags, Micros(12_000_000), ids()))
    assert [times(tag) for tag in found] == [(10, 12), (11, 12), (12, 13), (12, 20), (12, 30)]


def test_tags_of_a_code_become_one_with_their_notes() -> None:
    tags = [silence(2, 30, 40, "b"), silence(1, 10, 20, "a"), silence(3, 15, 18, "a")]
    place = where(*tags)
    (one,) = after(place, merge_tags(place, tags))
    assert (one.id, times(one), one.note) == ("t1", (10, 40), "a\nb")


def test_one_tag_is_merged_with_those_that_touch_it() -> None:
    tags = [silence(1, 0, 10), silence(2, 10, 20), silence(3, 20, 25), silence(4, 26, 30)]
    place = where(*tags)
    found = after(place, merge_tags(place, [tags[1]]))
    assert [(tag.id, times(tag)) for tag in found] == [("t1", (0, 25)), ("t4", (26, 30))]


def test_evidence_goes_over_to_the_one_that_is_left() -> None:
    tags = [silence(1, 10, 20), silence(2, 20, 30)]
    rated = Rating("empathy", 4, evidence=("t2", "t1"))
    session = a_session(replace(a_pass("p", *tags), ratings=(rated,)))
    place = Where(session, "p", NOW)
    edit = merge_tags(place, tags)
    done = edit.apply(session)
    assert done.passes[0].ratings[0].evidence == ("t1",)
    assert edit.revert(done) == session


def test_tags_start_and_end_at_the_playhead() -> None:
    tags = [silence(1, 10, 20), silence(2, 14, 30), silence(3, 1, 2)]
    place = where(*tags)
    started = after(place, start_at(place, tags, Micros(12_000_000)))
    assert [times(tag) for tag in started] == [(1, 2), (12, 20), (12, 30)]
    ended = after(place, end_at(place, tags, Micros(12_000_000)))
    assert [times(tag) for tag in ended] == [(1, 12), (10, 12), (14, 30)]


def test_a_moment_is_moved_by_its_start_and_stretched_by_its_end() -> None:
    tag = Tag("t1", "reflection", Micros(5_000_000), Micros(5_000_000))
    place = where(tag)
    assert [times(one) for one in after(place, start_at(place, [tag], Micros(7_000_000)))] == [
        (7, 7)
    ]
    assert [times(one) for one in after(place, end_at(place, [tag], Micros(7_000_000)))] == [(5, 7)]


def test_edges_go_from_frame_to_frame() -> None:
    uneven = [Micros(time) for time in (0, 33_367, 66_733, 120_000, 166_833)]
    tag = Tag("t1", "silence", Micros(33_367), Micros(120_000))
    place = where(tag)
    expected = {
        (Edge.START, 1): (66_733, 120_000),
        (Edge.START, -1): (0, 120_000),
        (Edge.END, 1): (33_367, 166_833),
        (Edge.END, -1): (33_367, 66_733),
        (Edge.BOTH, 1): (66_733, 166_833),
        (Edge.BOTH, -1): (0, 66_733),
    }
    for (edge, by), wanted in expected.items():
        (moved,) = after(place, nudge_tags(place, [tag], edge, by, uneven))
        assert (moved.start, moved.end) == wanted


def test_an_end_may_go_to_the_end_of_the_film_and_no_further() -> None:
    tag = Tag("t1", "silence", Micros(0), FRAMES[-1])
    place = where(tag)
    (moved,) = after(place, nudge_tags(place, [tag], Edge.END, 1, FRAMES))
    assert moved.end == END
    last = where(moved)
    with pytest.raises(EditError, match="any further"):
        nudge_tags(last, [moved], Edge.END, 1, FRAMES)


def test_without_frames_a_nudge_is_the_length_of_a_usual_one() -> None:
    tag = silence(1, 10, 20)
    place = where(tag)
    (moved,) = after(place, nudge_tags(place, [tag], Edge.BOTH, -1, ()))
    assert (moved.start, moved.end) == (9_960_000, 19_960_000)


SPANS = st.lists(
    st.tuples(st.integers(0, 14_000), st.integers(1, 900)), min_size=1, max_size=8
).map(
    lambda drawn: [
        Tag(f"t{number}", "silence", FRAMES[start], FRAMES[min(start + length, len(FRAMES) - 1)])
        for number, (start, length) in enumerate(drawn)
    ]
)


@given(SPANS, st.sampled_from(Edge), st.integers(-3, 3).filter(bool))
def test_a_nudge_there_and_back_leaves_all_that_moved_where_it_was(
    tags: list[Tag], edge: Edge, by: int
) -> None:
    place = where(*tags)
    try:
        moved = {tag.id: tag for tag in after(place, nudge_tags(place, tags, edge, by, FRAMES))}
    except EditError:
        return
    for tag in tags:
        new = moved[tag.id]
        assert new.start < new.end
        lengths = (new.end - new.start, tag.end - tag.start)
        if edge is Edge.BOTH:
            assert lengths[0] == lengths[1]
    went = [moved[tag.id] for tag in tags if times(moved[tag.id]) != times(tag)]
    there = Where(nudge_tags(place, tags, edge, by, FRAMES).apply(place.session), "p", NOW)
    back = {tag.id: tag for tag in after(there, nudge_tags(there, went, edge, -by, FRAMES))}
    assert all(times(back[tag.id]) == times(tag) for tag in tags)


@given(SPANS, st.integers(0, 14_900))
def test_a_split_loses_no_time_and_a_merge_brings_it_together(tags: list[Tag], at: int) -> None:
    place, moment = where(*tags), FRAMES[at]
    try:
        halves = after(place, split_tags(place, tags, moment, ids()))
    except EditError:
        assert not any(tag.start < moment < tag.end for tag in tags)
        return
    covered = sum(tag.end - tag.start for tag in halves)
    assert covered == sum(tag.end - tag.start for tag in tags)
    assert not any(tag.start < moment < tag.end for tag in halves)
    there = where(*halves)
    (one,) = after(there, merge_tags(there, halves))
    assert one.start == min(tag.start for tag in tags)
    assert one.end == max(tag.end for tag in tags)


@given(SPANS, st.integers(-500, 500))
def test_many_are_moved_in_one_step(tags: list[Tag], by: int) -> None:
    place = where(*tags)
    wanted = [(tag, Micros(tag.start + by * FRAME), Micros(tag.end + by * FRAME)) for tag in tags]
    found = after(place, retime_tags(place, wanted))
    assert sorted(tag.start for tag in found) == sorted(tag.start + by * FRAME for tag in tags)

"""Tags become stretches to cut: with room around them, joined, and inside the region."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.clip import Clip
from annotator.model.clipping import (
    Choice,
    Room,
    Stretch,
    chosen_tags,
    kept_stretches,
    stretches_of,
)
from annotator.model.coding import Tag
from annotator.model.time import Interval, Micros
from tests.support.foreign import rich_session, session_of, tag

BOUNDS = Interval(Micros(0), Micros(10_000_000))


def stretches(
    tags: list[Tag], lead: int = 0, tail: int = 0, *, joins: bool = True
) -> list[Stretch]:
    room = Room(Micros(lead * 1000), Micros(tail * 1000), joins)
    return stretches_of(tags, room, BOUNDS)


def millis(found: list[Stretch]) -> list[tuple[int, int]]:
    return [(one.interval.start // 1000, one.interval.end // 1000) for one in found]


def test_room_is_left_on_both_sides_and_kept_in_the_region() -> None:
    found = stretches([tag(1, "a", 1000, 2000), tag(2, "a", 9500, 9800)], lead=2000, tail=1000)
    assert millis(found) == [(0, 3000), (7500, 10_000)]


def test_what_overlaps_or_touches_is_one_clip_for_several_tags() -> None:
    tags = [tag(1, "a", 1000, 2000), tag(2, "b", 2000, 3000), tag(3, "a", 3001, 4000)]
    found = stretches(tags)
    assert millis(found) == [(1000, 3000), (3001, 4000)]
    assert found[0].tags == ("t1", "t2")
    assert millis(stretches(tags, joins=False)) == [(1000, 2000), (2000, 3000), (3001, 4000)]


def test_a_moment_needs_room_to_be_seen() -> None:
    assert stretches([tag(1, "a", 1000, 1000)]) == []
    assert millis(stretches([tag(1, "a", 1000, 1000)], lead=500, tail=500)) == [(500, 1500)]


def test_tags_outside_the_region_give_nothing() -> None:
    beyond = [tag(1, "a", 11_000, 12_000), tag(2, "a", -3000, -2000)]
    assert stretches(beyond, lead=2000, tail=2000) == []


@pytest.mark.parametrize(
    ("choice", "ids"),
    [
        (Choice(), ["t1", "t6", "t2", "t3", "t4", "t7", "t5"]),
        (Choice(codes=frozenset({"silence"})), ["t4", "t7"]),
        (Choice(coders=frozenset({"B"})), ["t6", "t7"]),
        (Choice(participants=frozenset({"client"})), ["t3"]),
        (Choice(note="GRÜSSE"), ["t1"]),
        (Choice(note="SHE SAYS"), ["t3"]),
        (Choice(search="code:reflection from:0:01.2"), ["t2", "t3"]),
        (Choice(codes=frozenset({"silence"}), coders=frozenset({"A"})), ["t4"]),
    ],
)
def test_tags_are_chosen_by_what_is_said_of_them(choice: Choice, ids: list[str]) -> None:
    assert [one.id for one in chosen_tags(rich_session(), choice)] == ids


def test_kept_clips_are_cut_in_their_order_inside_the_region() -> None:
    late, early = (
        Clip(name, Micros(start), Micros(end), tags=(f"of {name}",))
        for name, start, end in (("late", 8_000_000, 12_000_000), ("early", 0, 5))
    )
    beyond = Clip("beyond", Micros(10_000_000), Micros(11_000_000))
    session = session_of(clips=(late, beyond, early), region=BOUNDS)
    found = kept_stretches(session)
    assert [one.clip for one in found] == [late, early]
    assert [one.interval.end for one in found] == [10_000_000, 5]
    assert found[0].tags == ("of late",)
    assert [one.clip for one in kept_stretches(session, {"early", "beyond"})] == [early]
    assert kept_stretches(session, ()) == []


TAGS = st.lists(st.tuples(st.integers(-2000, 12_000), st.integers(0, 4000)), max_size=12).map(
    lambda all_: [tag(n, "a", start, start + long) for n, (start, long) in enumerate(all_)]
)


@given(tags=TAGS, lead=st.integers(0, 3000), tail=st.integers(0, 3000))
def test_joined_stretches_are_apart_in_order_and_cover_what_is_wanted(
    tags: list[Tag], lead: int, tail: int
) -> None:
    found = stretches(tags, lead, tail)
    for one, other in pairwise(found):
        assert one.interval.end < other.interval.start
    assert all(BOUNDS.start <= one.interval.start < one.interval.end <= BOUNDS.end for one in found)
    single = stretches(tags, lead, tail, joins=False)
    assert {tag_id for one in found for tag_id in one.tags} == {one.tags[0] for one in single}
    for one in single:
        (home,) = [each for each in found if one.tags[0] in each.tags]
        assert home.interval.start <= one.interval.start
        assert one.interval.end <= home.interval.end

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.timeline import crowding
from annotator.gui.timeline.crowding import drawn
from annotator.gui.timeline.geometry import Scale, fitted
from annotator.gui.timeline.lane_plan import OTHER
from annotator.gui.timeline.lanes import ROWS_AT_MOST, Lane, Lanes
from annotator.model import Code, Codebook, Group, Interval, Micros, Tag, tag_order

BOOK = Codebook(
    "b",
    "1",
    "B",
    groups=(Group("g", "G"), Group("h", "H"), Group("none", "None")),
    codes=(Code("a", "A", group="g"), Code("b", "B", group="h"), Code("c", "C")),
)


def _tags(drawn_tags: list[tuple[int, int, str]]) -> list[Tag]:
    return [
        Tag(f"t{number}", code, Micros(start), Micros(start + length))
        for number, (start, length, code) in enumerate(drawn_tags)
    ]


TAGS = st.lists(
    st.tuples(st.integers(0, 300), st.integers(0, 60), st.sampled_from(["a", "b", "c", "gone"])),
    max_size=60,
).map(_tags)


def assert_rows_hold(lane: Lane) -> None:
    for row in lane.rows:
        assert row.tags == sorted(row.tags, key=tag_order)
        assert list(row.starts) == [tag.start for tag in row.tags]
        assert list(row.ends) == [tag.end for tag in row.tags]
        if not row.crowded:
            for one, two in pairwise(row.tags):
                assert not one.interval.overlaps(two.interval)
                assert one.start != two.start


def test_a_lane_a_group_and_one_for_the_rest() -> None:
    lanes = Lanes(BOOK)
    assert [lane.name for lane in lanes.lanes] == ["G", "H", OTHER]
    assert lanes.lane_of("c") == lanes.lane_of("never heard of") == 2


def test_an_unknown_code_makes_the_lane_for_the_rest() -> None:
    lanes = Lanes(Codebook("b", "1", "B", (Code("a", "A", group="g"),)))
    assert lanes.lane_of("never heard of") == 0
    assert [lane.name for lane in lanes.lanes] == [OTHER]


@given(TAGS)
def test_every_tag_has_one_place(tags: list[Tag]) -> None:
    lanes = Lanes(BOOK, sorted(tags, key=tag_order))
    assert len(lanes) == len(tags) == sum(len(lane) for lane in lanes.lanes)
    for lane in lanes.lanes:
        assert_rows_hold(lane)
    for tag in tags:
        place = lanes.place(tag.id)
        assert place is not None
        assert tag in lanes.lanes[place.lane].rows[place.row].tags


@given(TAGS)
def test_tags_come_and_go(tags: list[Tag]) -> None:
    lanes = Lanes(BOOK)
    for tag in tags:
        lanes.add(tag)
    gone = tags[: len(tags) // 2]
    for tag in gone:
        assert lanes.remove(tag.id) is not None
        assert lanes.place(tag.id) is None
    assert lanes.remove("nobody") is None
    for lane in lanes.lanes:
        assert_rows_hold(lane)
    kept = [tag for lane in lanes.lanes for row in lane.rows for tag in row.tags]
    assert {tag.id for tag in kept} == {tag.id for tag in tags[len(tags) // 2 :]}


@given(TAGS, st.integers(0, 300), st.integers(0, 100))
def test_between_gives_all_that_touch(tags: list[Tag], start: int, length: int) -> None:
    lanes = Lanes(BOOK, tags)
    view = (Micros(start), Micros(start + length))
    for number, lane in enumerate(lanes.lanes):
        found = {place.tag.id for place in lanes.between(number, *view)}
        here = [tag for row in lane.rows for tag in row.tags]
        assert found == {tag.id for tag in here if tag.start <= view[1] and tag.end >= view[0]}


def test_rows_end_somewhere() -> None:
    lanes = Lanes(BOOK, [Tag(f"t{n}", "a", Micros(0), Micros(9)) for n in range(500)])
    assert lanes.row_counts()[0] == ROWS_AT_MOST
    assert len(lanes.lanes[0].rows[-1].tags) == 500 - ROWS_AT_MOST + 1
    assert lanes.remove("t499") == 0


def test_empty_rows_go() -> None:
    lanes = Lanes(BOOK, [Tag(f"t{n}", "a", Micros(0), Micros(9)) for n in range(3)])
    assert lanes.row_counts()[0] == 3
    lanes.remove("t1")
    lanes.remove("t2")
    assert lanes.row_counts()[0] == 1


def test_far_apart_tags_are_drawn_one_by_one() -> None:
    tags = [Tag(f"t{n}", "a", Micros(n * 1_000_000), Micros(n * 1_000_000)) for n in range(10)]
    lane = Lanes(BOOK, tags).lanes[0]
    found = drawn(lane.rows[0], _minute(1200), 0, 1200)
    assert [single.tag for single in found.singles] == tags
    assert found.singles[0].room_until == 1_000_000
    assert not found.needles
    assert not found.crowds


def test_many_on_a_few_pixels_are_drawn_as_crowds() -> None:
    tags = [Tag(f"t{n}", "a", Micros(n * 1000), Micros(n * 1000 + 500)) for n in range(60_000)]
    lane = Lanes(BOOK, tags).lanes[0]
    found = drawn(lane.rows[0], _minute(600), 0, 600)
    assert len(found.crowds) < 100
    assert sum(crowd.stop - crowd.first for crowd in found.crowds) == 60_000


@given(TAGS, st.integers(100, 400))
def test_nothing_is_lost_in_crowds(tags: list[Tag], width: int) -> None:
    for lane in Lanes(BOOK, tags).lanes:
        for row in lane.rows:
            found = drawn(row, Scale(Micros(0), Micros(400), 0, width), 0, width)
            singly = [single.tag for single in found.singles] + found.needles
            crowded = [tag for crowd in found.crowds for tag in row.tags[crowd.first : crowd.stop]]
            assert sorted(singly + crowded, key=tag_order) == row.tags


@given(TAGS, st.integers(0, 300))
def test_crowds_stay_the_same_when_panned(tags: list[Tag], by: int) -> None:
    row = Lanes(BOOK, tags).lanes[0].rows[0]
    whole = drawn(row, Scale(Micros(0), Micros(400), 0, 100), 0, 100)
    part = drawn(row, Scale(Micros(by), Micros(400), 0, 100), 0, 100)
    assert set(part.crowds) <= set(whole.crowds)
    assert {single.tag.id for single in part.singles} <= {one.tag.id for one in whole.singles}


def test_what_is_kept_of_a_long_row_is_what_would_be_worked_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tags = [Tag(f"t{n}", "a", Micros(n * 9000), Micros(n * 9000 + n % 7000)) for n in range(2000)]
    row = Lanes(BOOK, tags).lanes[0].rows[0]
    for start, length, width in ((0, 18_000_000, 300), (5_000_000, 6_000_000, 900)):
        scale = Scale(Micros(start), Micros(length), 0, width)
        kept = drawn(row, scale, 0, width)
        assert row.levels
        monkeypatch.setattr(crowding, "KEPT_FROM", 10_000)
        row.levels.clear()
        plain = drawn(row, scale, 0, width)
        monkeypatch.undo()
        assert set(plain.crowds) <= set(kept.crowds)
        assert {one.id for one in plain.needles} <= {one.id for one in kept.needles}
        assert {one.tag.id for one in plain.singles} <= {one.tag.id for one in kept.singles}
        beyond = len(kept.crowds) + len(kept.singles) - len(plain.crowds) - len(plain.singles)
        assert beyond <= 4


def test_a_change_of_a_long_row_is_seen_at_once() -> None:
    tags = [Tag(f"t{n}", "a", Micros(n * 9000), Micros(n * 9000)) for n in range(2000)]
    lanes = Lanes(BOOK, tags)
    row, scale = lanes.lanes[0].rows[0], Scale(Micros(0), Micros(18_000_000), 0, 300)
    before = drawn(row, scale, 0, 300)
    lanes.add(Tag("new", "a", Micros(4_500_001), Micros(4_500_001)))
    lanes.remove("t3")
    after = drawn(row, scale, 0, 300)
    counts = [sum(one.stop - one.first for one in found.crowds) for found in (before, after)]
    assert counts == [2000, 2000]
    assert before.crowds != after.crowds


@given(TAGS)
def test_filled_at_once_the_rows_are_as_when_added_one_by_one(tags: list[Tag]) -> None:
    ordered = sorted(tags, key=tag_order)
    at_once = Lanes(BOOK)
    at_once.fill(ordered, "")
    assert at_once.lanes == Lanes(BOOK, ordered).lanes
    assert [at_once.place(tag.id) for tag in tags] == [
        Lanes(BOOK, ordered).place(tag.id) for tag in tags
    ]


@given(TAGS)
def test_the_extent_is_from_the_first_start_to_the_last_end(tags: list[Tag]) -> None:
    found = Lanes(BOOK, tags).extent()
    times = [time for tag in tags for time in (tag.start, tag.end)]
    assert found == ((min(times), max(times)) if times else None)


def _minute(width: int) -> Scale:
    return fitted(Interval(Micros(0), Micros(60_000_000)), 0, width)

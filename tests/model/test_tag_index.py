"""The index of tags by time answers as a walk over all of them does."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from annotator.model import Interval, Micros, Tag, tag_order
from annotator.model.reaches import Reaches
from annotator.model.tag_index import BLOCK, BOTH_EDGES, Edge, EdgeOf, TimeIndex

MOMENTS = st.integers(-5, 60).map(Micros)
STRETCHES = st.tuples(MOMENTS, MOMENTS).map(lambda ends: Interval(min(ends), max(ends)))
LONG = 100


def tag(number: int, start: int, length: int) -> Tag:
    return Tag(f"t{number}", "code", Micros(start), Micros(start + length))


TAGS = st.lists(st.tuples(st.integers(0, 50), st.sampled_from([0, 0, 1, 3, 50])), max_size=30).map(
    lambda places: [tag(number, *place) for number, place in enumerate(places)]
)


@given(TAGS, STRETCHES)
def test_what_overlaps_a_stretch(tags: list[Tag], stretch: Interval) -> None:
    wanted = [one for one in sorted(tags, key=tag_order) if one.interval.overlaps(stretch)]
    assert list(TimeIndex(tags).overlapping(stretch)) == wanted


@given(TAGS, STRETCHES)
def test_what_stands_beside_a_stretch(tags: list[Tag], stretch: Interval) -> None:
    ordered = sorted(tags, key=tag_order)
    wanted = [one for one in ordered if one.start <= stretch.end and one.end >= stretch.start]
    assert list(TimeIndex(tags).beside(stretch)) == wanted


@given(TAGS, MOMENTS)
def test_what_is_at_a_moment(tags: list[Tag], moment: Micros) -> None:
    wanted = [one for one in sorted(tags, key=tag_order) if one.interval.contains(moment)]
    index = TimeIndex(tags)
    assert list(index.at(moment)) == wanted


@given(TAGS, MOMENTS)
def test_the_next_and_the_one_before(tags: list[Tag], moment: Micros) -> None:
    ordered, index = sorted(tags, key=tag_order), TimeIndex(tags)
    later = [one for one in ordered if one.start > moment]
    earlier = [one for one in ordered if one.start < moment]
    assert index.after(moment) == (later[0] if later else None)
    assert index.before(moment) == (earlier[-1] if earlier else None)
    spans = [one for one in later if not one.is_instant]
    assert index.after(moment, lambda one: not one.is_instant) == (spans[0] if spans else None)


@given(
    tags=TAGS,
    moment=MOMENTS,
    edges=st.sets(st.sampled_from(Edge)),
    reach=st.none() | st.integers(0, 5),
    any_will_do=st.booleans(),
)
def test_the_nearest_edge(
    tags: list[Tag],
    moment: Micros,
    edges: set[Edge],
    reach: int | None,
    *,
    any_will_do: bool,
) -> None:
    def is_wanted(one: Tag) -> bool:
        return any_will_do or int(one.id[1:]) % 2 == 0

    places = [
        time
        for one in tags
        if is_wanted(one)
        for edge, time in ((Edge.START, one.start), (Edge.END, one.end))
        if edge in edges and (reach is None or abs(time - moment) <= reach)
    ]
    found = TimeIndex(tags).nearest_edge(moment, edges, reach, is_wanted)
    nearest = min(places, key=lambda time: (abs(time - moment), time), default=None)
    assert (found.time if found else None) == nearest
    if found:
        assert is_wanted(found.member)
        ends = {Edge.START: found.member.start, Edge.END: found.member.end}
        assert ends[found.edge] == found.time


def test_an_instant_has_both_edges_at_one_place() -> None:
    index = TimeIndex([tag(1, 10, 0)])
    for edge in BOTH_EDGES:
        assert index.nearest_edge(Micros(12), {edge}) == EdgeOf(Micros(10), edge, tag(1, 10, 0))


def test_nothing_is_found_where_there_is_nothing() -> None:
    index: TimeIndex[Tag] = TimeIndex()
    assert index.extent() is None
    assert index.after(Micros(0)) is None
    assert index.before(Micros(0)) is None
    assert index.nearest_edge(Micros(0)) is None
    assert list(index.at(Micros(0))) == []
    assert index.remove("t1") is None
    assert len(index) == 0


def test_one_long_tag_among_thousands_is_found_without_them() -> None:
    tags = [tag(number, 10 * number, 1) for number in range(5 * BLOCK)]
    index = TimeIndex([*tags, tag(-1, 0, 10**6)])
    late = Interval(Micros(40 * BLOCK + 5), Micros(40 * BLOCK + 8))
    assert [one.id for one in index.overlapping(late)] == ["t-1"]


@dataclass(frozen=True)
class Utterance:
    id: str
    start: Micros
    end: Micros


def test_it_holds_whatever_lies_in_time() -> None:
    said = Utterance("u1", Micros(0), Micros(5))
    assert list(TimeIndex([said]).at(Micros(4))) == [said]


@given(st.lists(st.integers(-3, 3)), st.integers(-4, 4), st.integers(0, 12), st.integers(0, 12))
def test_the_next_larger_number(row: list[int], limit: int, first: int, stop: int) -> None:
    first, stop = min(first, len(row)), min(stop, len(row))
    places = (place for place in range(first, stop) if row[place] > limit)
    assert Reaches(row).next_beyond(limit, first, stop) == next(places, None)


class Following(RuleBasedStateMachine):
    """Adds, changes and removes tags, many at a time so that blocks are cut and vanish."""

    def __init__(self) -> None:
        super().__init__()
        self.index: TimeIndex[Tag] = TimeIndex()
        self.known: dict[str, Tag] = {}
        self.made = 0

    @rule(start=st.integers(0, LONG), length=st.integers(0, LONG), count=st.integers(1, 2 * BLOCK))
    def come(self, start: int, length: int, count: int) -> None:
        for step in range(count):
            self.made += 1
            new = tag(self.made, (start + step * 7) % LONG, (length * step) % 13)
            self.index.replace(None, new)
            self.known[new.id] = new

    @rule(data=st.data(), start=st.integers(0, LONG), length=st.integers(0, LONG))
    def change(self, data: st.DataObject, start: int, length: int) -> None:
        if self.known:
            old = data.draw(st.sampled_from(sorted(self.known.values(), key=tag_order)))
            new = replace(old, start=Micros(start), end=Micros(start + length))
            self.index.replace(old, new)
            self.known[new.id] = new

    @rule(first=st.integers(0, LONG), length=st.integers(1, LONG))
    def go(self, first: int, length: int) -> None:
        for one in [one for one in self.known.values() if first <= one.start < first + length]:
            assert self.index.remove(one.id) == one
            del self.known[one.id]

    @invariant()
    def answers_as_a_walk_does(self) -> None:
        ordered = sorted(self.known.values(), key=tag_order)
        assert list(self.index) == ordered
        assert len(self.index) == len(ordered)
        for stretch in (Interval(Micros(20), Micros(22)), Interval(Micros(90), Micros(90))):
            wanted = [one for one in ordered if one.interval.overlaps(stretch)]
            assert list(self.index.overlapping(stretch)) == wanted
        ends = [one.end for one in ordered]
        nearest = min(ends, key=lambda time: (abs(time - 50), time), default=None)
        found = self.index.nearest_edge(Micros(50), {Edge.END})
        assert (found.time if found else None) == nearest
        extent = self.index.extent()
        assert (extent.end if extent else None) == max(ends, default=None)


TestFollowing = Following.TestCase
TestFollowing.settings = settings(max_examples=30, stateful_step_count=12, deadline=None)

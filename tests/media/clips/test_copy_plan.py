"""What is copied is always whole: no frame of it is missing, and none is from outside."""

from __future__ import annotations

from array import array
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from annotator.media.clips.copy_plan import CopyPlan, copy_plans
from annotator.media.clips.stretch import Stretch, stretch_of
from annotator.media.frame_index import FrameIndex, index_of_packets
from annotator.media.survey import PacketFlags, StreamLabels, StreamSurvey
from annotator.media.timebase import Timescale
from annotator.model import Micros

BASE = Fraction(1, 25)
FRAME = 40_000


def film(groups: list[list[int]], odd: dict[int, int]) -> tuple[StreamSurvey, list[int]]:
    """Give a film of groups of pictures, each parted into runs that are decoded last first.

    `odd` are flags of packets; also gives the numbers of pictures in the order of decoding.
    """
    order: list[int] = []
    keyframes: set[int] = set()
    for group in groups:
        keyframes.add(len(order))
        order.append(len(order))
        for length in group:
            start = len(order)
            order += [start + length - 1, *range(start, start + length - 1)]
    stream = StreamSurvey(0, BASE, StreamLabels("h264"))
    stream.pts = array("q", order)
    stream.dts = array("q", [at - 16 for at in range(len(order))])
    stream.durations = array("q", [1] * len(order))
    stream.flags = array("B", [(at in keyframes) | odd.get(at, 0) for at in range(len(order))])
    return stream, order


def planned(
    stream: StreamSurvey, first: int, after: int
) -> tuple[list[CopyPlan], FrameIndex, Stretch]:
    scale = Timescale(BASE, Fraction(0))
    index = index_of_packets(stream, scale)
    stretch = stretch_of(index, scale, Micros(first * FRAME), Micros(after * FRAME))
    return [*copy_plans(stream, index, stretch)], index, stretch


GROUPS = st.lists(st.lists(st.integers(1, 5), max_size=6), min_size=1, max_size=8)


@given(GROUPS, st.data())
def test_what_is_copied_is_whole_and_inside(groups: list[list[int]], data: st.DataObject) -> None:
    stream, order = film(groups, {})
    first = data.draw(st.integers(0, len(order) - 1))
    after = data.draw(st.integers(first + 1, len(order)))
    plans, index, stretch = planned(stream, first, after)
    for plan in plans:
        assert 0 <= plan.begin < plan.end <= after - first
        assert sorted(plan.places) == [*range(plan.begin, plan.end)]
        numbers = [index.keys[stretch.first + place] for place in plan.places]
        start = order.index(plan.keyframe.key)
        assert numbers == order[start : start + len(numbers)]
        assert stream.flags[start] & PacketFlags.KEYFRAME
        assert plan.sought <= plan.keyframe.key
        assert plan.delay == max(0, *(plan.begin + at - p for at, p in enumerate(plan.places)))
        if plan.end == after - first:
            assert plan.places[-1] == plan.end - 1
    assert [plan.begin for plan in plans] == sorted(plan.begin for plan in plans)


@given(GROUPS, st.data())
def test_all_that_may_be_copied_is(groups: list[list[int]], data: st.DataObject) -> None:
    stream, order = film(groups, {})
    first = data.draw(st.integers(0, len(order) - 1))
    after = data.draw(st.integers(first + 1, len(order)))
    plans, _, _ = planned(stream, first, after)
    whole = [
        (begin, most)
        for begin in range(first, after)
        if stream.flags[order.index(begin)] & PacketFlags.KEYFRAME
        for most in range(after - begin, 0, -1)
        if sorted(order[begin : begin + most]) == [*range(begin, begin + most)]
        and (begin + most < after or order[begin + most - 1] == after - 1)
    ]
    best = next(iter(whole), None)
    if best is not None and best[1] * 4 >= after - first:
        assert plans
        assert (plans[0].begin + first, len(plans[0].places)) == best


def test_packets_that_are_hidden_or_damaged_end_it() -> None:
    for flag in (PacketFlags.HIDDEN, PacketFlags.CORRUPT):
        stream, _ = film([[3, 3], [3, 3, 3]], {11: flag})
        (plan, *_), _, _ = planned(stream, 0, 17 - (flag is PacketFlags.HIDDEN))
        assert plan.end <= 11


def test_too_little_is_not_worth_it() -> None:
    stream, _ = film([[4] * 10, [4]], {})
    plans, _, _ = planned(stream, 1, 46)
    assert plans == []

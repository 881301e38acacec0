"""A plan covers all but what a person chose to show, and survives being written down."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import MediaError
from annotator.media.face_boxes import Box, Sighting
from annotator.media.face_doubts import Doubt
from annotator.media.face_masks import DrawnMask, Fill, MaskPlan, WholeFill
from annotator.media.face_masks_json import plan_from_json, plan_to_json
from annotator.media.face_plans import planned
from annotator.media.face_search import Searched
from annotator.model import Interval, Micros

WATCHED = Interval(Micros(0), Micros(10_000_000))
SIZE = (640, 360)
BOX = Box(100, 100, 150, 160)


def seen(time: int, left: float, score: float = 0.8) -> Sighting:
    return Sighting(Micros(time), Box(left, 100, left + 50, 150), score)


def span(start: int, end: int) -> Interval:
    return Interval(Micros(start), Micros(end))


@pytest.fixture
def plan() -> MaskPlan:
    """Two faces that stay, the second lost after 3 s."""
    stays = [seen(at * 200_000, 100) for at in range(50)]
    lost = [seen(at * 200_000, 400) for at in range(16)]
    searched = Searched((*stays, *lost, seen(5_000_000, 570, 0.2)), (), (Micros(40_000),))
    return planned(searched, WATCHED, SIZE, "tested")


def test_all_are_covered_until_a_person_says_otherwise(plan: MaskPlan) -> None:
    assert [one.key for one in plan.regions_at(Micros(1_000_000))] == [0, 1]
    shown = plan.opened_to([1])
    assert [one.key for one in shown.regions_at(Micros(1_000_000))] == [0]
    assert plan.is_whole_at(Micros(6_000_000))
    assert not shown.is_whole_at(Micros(6_000_000))


def test_a_track_that_is_not_there_cannot_be_shown(plan: MaskPlan) -> None:
    with pytest.raises(ValueError, match="no such tracks"):
        plan.opened_to([99])


def test_outside_what_was_watched_everything_is_covered(plan: MaskPlan) -> None:
    assert plan.is_whole_at(Micros(-1))
    assert plan.is_whole_at(WATCHED.end)
    assert not plan.is_whole_at(Micros(0))


def test_the_least_certain_comes_first(plan: MaskPlan) -> None:
    assert plan.weak[0].doubt is Doubt.LOST
    assert [one.certainty for one in plan.weak] == sorted(one.certainty for one in plan.weak)
    strip = plan.review_strip(3)
    assert [one.shown for one in strip] == sorted(one.shown for one in strip)
    assert {one.doubt for one in strip} == {Doubt.LOST, Doubt.LEFT_OUT, Doubt.UNREADABLE}


def test_whole_pictures_may_be_asked_for(plan: MaskPlan) -> None:
    shown = plan.opened_to([1])
    assert shown.with_whole(span(0, 5)).is_whole_at(Micros(4))
    assert not shown.with_whole(span(0, 5)).is_whole_at(Micros(5))
    assert all(shown.with_whole().is_whole_at(Micros(at)) for at in (0, 9_999_999))


def test_a_drawn_mask_stands_moves_and_ends() -> None:
    drawn = DrawnMask(span(100, 500), ((Micros(200), BOX), (Micros(400), BOX.moved(40, 0))))
    assert [drawn.mask_at(Micros(at)) for at in (99, 500)] == [None, None]
    assert drawn.mask_at(Micros(100)) == drawn.mask_at(Micros(200)) == BOX
    assert drawn.mask_at(Micros(300)) == BOX.moved(20, 0)
    assert drawn.mask_at(Micros(450)) == BOX.moved(40, 0)


def test_a_key_replaces_one_and_widens_the_mask() -> None:
    drawn = DrawnMask(span(100, 101), ((Micros(100), BOX),))
    longer = drawn.keyed(Micros(300), BOX.moved(9, 9)).keyed(Micros(100), BOX.moved(1, 0))
    assert longer.span == span(100, 301)
    assert longer.keys == ((Micros(100), BOX.moved(1, 0)), (Micros(300), BOX.moved(9, 9)))


def test_a_drawn_mask_needs_boxes_in_order() -> None:
    for keys in ((), ((Micros(5), BOX), (Micros(5), BOX)), ((Micros(5), BOX), (Micros(4), BOX))):
        with pytest.raises(ValueError, match="in order"):
            DrawnMask(span(0, 9), keys)


def test_drawn_masks_are_covered_beside_faces(plan: MaskPlan) -> None:
    more = plan.with_drawn(DrawnMask(span(0, 2_000_000), ((Micros(0), BOX),)))
    assert [one.key for one in more.regions_at(Micros(1_000_000))] == [0, 1, -1]


def full(plan: MaskPlan) -> MaskPlan:
    drawn = DrawnMask(span(1, 999_999), ((Micros(1), BOX), (Micros(7), BOX.moved(0.1, 1 / 3))))
    changed = plan.with_drawn(drawn).assigned(0, "client").opened_to([1]).with_whole(span(3, 9))
    return replace(changed, fill=Fill.MOSAIC, whole_fill=WholeFill.EDGES)


def test_a_plan_survives_json_and_pickling(plan: MaskPlan) -> None:
    whole = full(plan)
    assert plan_from_json(json.loads(json.dumps(plan_to_json(whole)))) == whole
    assert pickle.loads(pickle.dumps(whole)) == whole  # noqa: S301 our own bytes


@given(st.integers(-(10**12), 10**12), st.floats(-1e4, 1e4), st.floats(0, 1))
def test_times_and_boxes_survive_json_exactly(time: int, left: float, score: float) -> None:
    searched = Searched((seen(time, left, score), seen(time + 1, left, score)))
    plan = planned(searched, span(time - 5, time + 5), SIZE)
    assert plan_from_json(json.loads(json.dumps(plan_to_json(plan)))) == plan


@pytest.mark.parametrize("values", [None, [], "masks", {}, {"format": "other", "version": 1}])
def test_what_holds_no_masks_is_refused(values: object) -> None:
    with pytest.raises(MediaError, match="holds no masks"):
        plan_from_json(values)


def test_a_newer_version_is_refused(plan: MaskPlan) -> None:
    with pytest.raises(MediaError, match="newer version"):
        plan_from_json({**plan_to_json(plan), "version": 2})


@pytest.mark.parametrize("key", ["size", "watched", "tracks", "drawn", "lost", "weak", "fill"])
@pytest.mark.parametrize("value", [None, "x", [1], [{}], [[1]], {"span": 3}])
def test_damaged_masks_are_refused(plan: MaskPlan, key: str, value: object) -> None:
    with pytest.raises(MediaError, match="damaged"):
        plan_from_json({**plan_to_json(full(plan)), key: value})


@pytest.mark.parametrize("size", [[0, 100], [100, 0], [-1, 100], [1, 2, 3]])
def test_masks_of_no_picture_are_refused(plan: MaskPlan, size: list[int]) -> None:
    with pytest.raises(MediaError, match="damaged"):
        plan_from_json({**plan_to_json(plan), "size": size})


def test_a_face_that_is_seen_twice_at_once_is_refused(plan: MaskPlan) -> None:
    values = plan_to_json(plan)
    values["tracks"][0]["seen"] = values["tracks"][0]["seen"][:1] * 2
    with pytest.raises(MediaError, match="damaged"):
        plan_from_json(values)


@pytest.mark.parametrize("right", [float("nan"), float("inf"), 1e308])
def test_boxes_that_are_no_numbers_or_without_end_are_refused(plan: MaskPlan, right: float) -> None:
    values = plan_to_json(plan)
    values["tracks"][0]["seen"][0]["box"][2] = right
    with pytest.raises(MediaError, match="damaged"):
        plan_from_json(values)


@given(st.integers(-500_000, 10_500_000))
def test_whether_anything_is_masked_is_told_as_it_is_covered(time: int) -> None:
    faces = [seen(at * 200_000, 100) for at in range(10, 20)]
    mask = DrawnMask(span(6_000_000, 6_500_000), ((Micros(6_000_000), BOX),))
    made = planned(Searched(tuple(faces), (), ()), WATCHED, SIZE, "tested").with_drawn(mask)
    made = made.with_whole(span(9_000_000, 9_100_000))
    here = Micros(time)
    assert made.is_masked_at(here) == (made.is_whole_at(here) or bool(made.regions_at(here)))

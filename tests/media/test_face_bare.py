"""What a plan leaves bare of what its search found is known, however it was changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import MediaError
from annotator.media.face_bare import Bare, bare_faces
from annotator.media.face_boxes import Box, Sighting
from annotator.media.face_masks import DrawnMask, MaskPlan
from annotator.media.face_masks_json import plan_from_json, plan_to_json
from annotator.media.face_plans import planned
from annotator.media.face_search import Searched
from annotator.model import Interval, Micros

S = 1_000_000
FACE = Box(400, 100, 450, 160)
Json = dict[str, Any]
Change = Callable[[Json], object]


def span(start: float, end: float) -> Interval:
    return Interval(Micros(round(start * S)), Micros(round(end * S)))


WATCHED = span(0, 12)


def plan_of() -> MaskPlan:
    """A face that stays, one from 2 to 4 s, which is lost then, and one from 9 s on."""
    stays = [Sighting(Micros(at * 200_000), Box(10, 10, 60, 70), 0.8) for at in range(60)]
    lost = [Sighting(Micros(at * 200_000), FACE, 0.8) for at in range(10, 21)]
    later = [Sighting(Micros(at * 200_000), Box(200, 200, 250, 260), 0.8) for at in range(45, 60)]
    return planned(Searched((*stays, *lost, *later)), WATCHED, (640, 360), "tested")


@pytest.fixture
def plan() -> MaskPlan:
    return plan_of()


def edited(plan: MaskPlan, change: Change) -> MaskPlan:
    """Give the plan as it is read after somebody changed its file."""
    values = json.loads(json.dumps(plan_to_json(plan)))
    change(values)
    return plan_from_json(json.loads(json.dumps(values)))


def told(plan: MaskPlan) -> list[tuple[int, bool, float, float]]:
    return [
        (one.track, one.is_lost, one.span.start / S, one.span.end / S)
        for one in bare_faces(plan, WATCHED)
    ]


def test_a_plan_as_it_was_found_leaves_nothing_bare(plan: MaskPlan) -> None:
    assert [one.number for one in plan.tracks] == [0, 1, 2]
    assert len(plan.lost) == 1
    assert bare_faces(plan, WATCHED) == ()
    assert edited(plan, lambda _values: None) == plan


@pytest.mark.parametrize(
    ("change", "bare"),
    [
        (lambda v: v["tracks"].clear(), {0, 1, 2}),
        (lambda v: v["tracks"].pop(1), {1}),
        (lambda v: v["tracks"][1].update(shown=True), {1}),
        (lambda v: v["tracks"][1].update(number=7), set()),  # it is covered all the same
    ],
)
def test_whoever_uncovers_faces_in_the_file_is_told_which(
    plan: MaskPlan, change: Change, bare: set[int]
) -> None:
    changed = edited(plan, change)
    found = bare_faces(changed, WATCHED)
    assert {one.track for one in found if not one.is_lost} == bare
    if 1 in bare:
        assert Bare(span(1, 5.000001), 1) in found  # a second more on both sides, as its mask


def test_a_part_of_a_track_that_was_cut_out_is_told(plan: MaskPlan) -> None:
    def cut(values: Json) -> None:
        values["tracks"][0]["seen"] = [
            one for one in values["tracks"][0]["seen"] if not one["time"] > 5.0
        ]

    # held to 6 s, and up to 8 s the whole picture is covered for the lost one
    assert told(edited(plan, cut)) == [(0, False, 8.0, 12.0)]


def test_a_mask_that_was_moved_away_covers_nothing(plan: MaskPlan) -> None:
    def move(values: Json) -> None:
        for one in values["tracks"][2]["seen"]:
            one["box"] = [500, 300, 510, 310]

    assert told(edited(plan, move)) == [(2, False, 8.0, 12.0)]


def test_what_covers_a_face_may_be_drawn_by_hand(plan: MaskPlan) -> None:
    shown = plan.opened_to([2])
    assert told(shown) == [(2, False, 8.0, 12.0)]
    mask = DrawnMask(span(8, 12), ((Micros(9 * S), Box(198, 198, 252, 262)),))
    assert told(shown.with_drawn(mask)) == []
    early = replace(mask, span=span(8, 10))
    assert told(shown.with_drawn(early)) == [(2, False, 10.0, 12.0)]
    assert told(shown.with_whole(span(8, 12))) == []
    half = replace(mask, keys=((Micros(9 * S), Box(200, 200, 225, 260)),))
    assert told(shown.with_drawn(half)) == [(2, False, 8.0, 12.0)]


def test_no_hole_between_masks_is_too_short_to_be_told(plan: MaskPlan) -> None:
    over, away = Box(190, 190, 260, 270), Box(0, 0, 9, 9)
    shown = plan.opened_to([2])
    early = DrawnMask(span(8, 9.01), ((Micros(0), over),))
    holed = shown.with_drawn(early).with_drawn(replace(early, span=span(9.02, 12)))
    assert told(holed) == [(2, False, 9.01, 9.02)]
    assert told(shown.with_whole(span(8, 9.01)).with_whole(span(9.02, 12))) == told(holed)
    keys = tuple(
        (span(at, at).start, box) for at, box in ((9.01, over), (9.015, away), (9.02, over))
    )
    ((_, _, start, end),) = told(shown.with_drawn(DrawnMask(span(8, 12), keys)))
    assert (start, end) == (9.015, 9.02)


def test_a_picture_that_was_covered_as_a_face_was_lost_is_told(plan: MaskPlan) -> None:
    (lost,) = plan.lost
    shown = replace(plan, lost=())
    ((track, is_lost, start, end),) = told(shown)
    assert (track, is_lost) == (1, True)
    assert (start, end) == (lost.span.start / S, lost.span.end / S)
    assert told(edited(plan, lambda v: v["lost"].clear())) == told(shown)


def test_only_what_lies_in_the_stretch_is_told(plan: MaskPlan) -> None:
    shown = plan.opened_to([2])
    assert bare_faces(shown, span(0, 8)) == ()
    assert bare_faces(shown, span(11, 20)) == (Bare(span(11, 12), 2),)


@pytest.mark.parametrize(
    "change",
    [
        lambda v: v.pop("found"),  # as files of older versions are
        lambda v: v.update(found=None),
        lambda v: v["found"]["tracks"].pop(),
        lambda v: v["found"].pop("seal"),
        lambda v: v["found"]["lost"].clear(),
        lambda v: v["found"]["tracks"][0]["seen"][0].update(box=[0, 0, 1, 1]),
        lambda v: v.update(film="sha256-another"),
        lambda v: v.update(watched=[0.0, 99.0]),
        lambda v: v.update(size=[1280, 720]),
    ],
)
def test_where_what_was_found_was_changed_too_it_counts_as_not_known(
    plan: MaskPlan, change: Change
) -> None:
    changed = edited(plan, change)
    assert changed.found is None
    assert changed.tracks == plan.tracks  # it is still read
    assert edited(changed, lambda _values: None).found is None  # saving it makes nothing good


def test_a_file_whose_findings_are_damaged_is_told(plan: MaskPlan) -> None:
    with pytest.raises(MediaError, match="are damaged"):
        edited(plan, lambda values: values["found"].pop("tracks"))


@given(st.sets(st.integers(0, 2)), st.integers(0, 11))
def test_nothing_bare_goes_untold(opened: set[int], second: int) -> None:
    """Each moment at which a found face is not covered lies in a stretch that is told."""
    plan = plan_of().opened_to(opened)
    bare = bare_faces(plan, WATCHED)
    time = Micros(second * S)
    for track in plan.tracks:
        if track.masked.contains(time) and track.number in opened and not plan.is_whole_at(time):
            assert any(one.track == track.number and one.span.contains(time) for one in bare)

"""Each change of a plan gives a new one, and all can be undone and done again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.masks.draft import MaskDraft
from annotator.media.face_boxes import Box, Sighting
from annotator.media.face_doubts import Lost
from annotator.media.face_masks import Fill, MaskPlan
from annotator.media.face_tracks import FaceTrack
from annotator.model.time import Interval, Micros

S = 1_000_000
CLIP = Interval(Micros(2 * S), Micros(8 * S))
WATCHED = Interval(Micros(0), Micros(10 * S))
BOX, OTHER = Box(10, 10, 30, 40), Box(50, 30, 70, 60)


def at(seconds: float) -> Micros:
    return Micros(round(seconds * S))


@pytest.fixture
def draft() -> MaskDraft:
    track = FaceTrack(4, (Sighting(at(3), BOX, 0.9), Sighting(at(4), BOX, 0.9)), WATCHED)
    lost = Lost(Interval(at(6), at(7)), 4)
    return MaskDraft(MaskPlan((160, 120), WATCHED, (track,), (lost,)), CLIP)


def test_a_mask_covers_all_of_the_clip_and_moves_between_its_keys(draft: MaskDraft) -> None:
    made = draft.drawn(at(3), BOX).keyed(0, at(5), OTHER)
    (mask,) = made.plan.drawn
    assert mask.span == CLIP
    assert mask.mask_at(at(2)) == BOX
    assert mask.mask_at(at(4)) == Box(30, 20, 50, 50)
    assert mask.mask_at(at(7.9)) == OTHER
    assert mask.mask_at(at(8)) is None
    again = made.keyed(0, at(5), BOX)
    assert len(again.plan.drawn[0].keys) == 2


def test_a_key_is_forgotten_and_with_the_last_one_the_mask(draft: MaskDraft) -> None:
    made = draft.drawn(at(3), BOX).keyed(0, at(5), OTHER)
    one = made.without_key(0, at(3))
    assert one.plan.drawn[0].keys == ((at(5), OTHER),)
    assert one.without_key(0, at(4)) is one
    assert one.without_key(0, at(5)).plan.drawn == ()


def test_a_mask_begins_and_ends_where_it_is_told(draft: MaskDraft) -> None:
    made = draft.drawn(at(3), BOX).begun(0, at(4)).ended(0, at(6))
    mask = made.plan.drawn[0]
    assert [mask.mask_at(at(t)) is not None for t in (3.9, 4, 5.9, 6)] == [False, True, True, False]
    assert made.begun(0, at(6)) is made
    assert made.ended(0, at(4)) is made


def test_a_face_is_shown_and_covered_again(draft: MaskDraft) -> None:
    shown = draft.showing(4, is_shown=True)
    assert shown.shown == {4}
    assert shown.plan.regions_at(at(3)) == ()
    assert not shown.plan.is_whole_at(at(6.5))  # it was lost there, and may be seen
    assert shown.showing(4, is_shown=False).plan == draft.plan


def test_whole_pictures_are_covered_and_shown_again(draft: MaskDraft) -> None:
    whole = draft.whole(Interval(at(4), at(5)))
    assert whole.plan.is_whole_at(at(4.5))
    assert not whole.not_whole(at(4.5)).plan.is_whole_at(at(4.5))
    assert whole.not_whole(at(4.5)).plan.is_whole_at(at(6.5))
    assert not draft.not_whole(at(6.5)).plan.is_whole_at(at(6.5))
    assert draft.not_whole(at(3)) is draft


def test_what_changes_nothing_is_no_step(draft: MaskDraft) -> None:
    assert draft.filled(draft.plan.fill) is draft
    assert draft.undone() is draft
    assert draft.redone() is draft


STEPS = st.lists(
    st.sampled_from(["draw", "key", "show", "whole", "fill", "remove", "undo", "redo"]), max_size=12
)


def stepped(now: MaskDraft, step: str, time: Micros) -> MaskDraft:
    """Do something to a draft."""
    if step == "key" and now.plan.drawn:
        return now.keyed(0, time, OTHER)
    if step == "remove":
        return now.without(0)
    if step == "show":
        return now.showing(4, is_shown=4 not in now.shown)
    if step == "whole":
        return now.whole(Interval(time, Micros(time + 1)))
    if step in ("undo", "redo"):
        return now.undone() if step == "undo" else now.redone()
    return now.filled(Fill.BLUR) if step == "fill" else now.drawn(time, BOX)


@given(STEPS)
def test_undoing_all_gives_the_first_plan_and_redoing_the_last(steps: list[str]) -> None:
    track = FaceTrack(4, (Sighting(at(3), BOX, 0.9),), WATCHED)
    first = now = MaskDraft(MaskPlan((160, 120), WATCHED, (track,)), CLIP)
    for number, step in enumerate(steps):
        now = stepped(now, step, at(2 + number / 3))
    back = now
    while back.before:
        back = back.undone()
    assert back.plan == first.plan
    while back.after:
        back = back.redone()
    while now.after:
        now = now.redone()
    assert back.plan == now.plan

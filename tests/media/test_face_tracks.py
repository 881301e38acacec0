"""Whatever is seen and missed, masks hold what they must."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.media.face_boxes import Box, Sighting
from annotator.media.face_doubts import lost_faces
from annotator.media.face_tracks import (
    GROWTH,
    HELD,
    JOINED,
    FaceTrack,
    crossings,
    followed,
    grown,
    is_reached,
    parted,
)
from annotator.model import Interval, Micros

FRAME = 40_000
SIZE = (640, 360)
WHOLE = Interval(Micros(0), Micros(60_000_000))


def seen(
    frame: int, left: float, top: float = 100, side: float = 50, score: float = 0.8
) -> Sighting:
    return Sighting(Micros(frame * FRAME), Box(left, top, left + side, top + side), score)


def followed_in(sightings: list[Sighting]) -> tuple[FaceTrack, ...]:
    return followed(sightings, [WHOLE])[0]


boxes = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h),
    *[st.floats(0, 500)] * 2,
    *[st.floats(8, 200)] * 2,
)
walks = st.lists(
    st.tuples(st.integers(1, 12), st.floats(-20, 20), st.floats(-20, 20)), min_size=1, max_size=25
).map(
    lambda steps: [
        Sighting(
            Micros(sum(step[0] for step in steps[: at + 1]) * FRAME),
            Box(
                250 + sum(step[1] for step in steps[: at + 1]),
                150 + sum(step[2] for step in steps[: at + 1]),
                310 + sum(step[1] for step in steps[: at + 1]),
                220 + sum(step[2] for step in steps[: at + 1]),
            ),
            0.8,
        )
        for at in range(len(steps))
    ]
)
crowds = st.lists(
    st.builds(
        Sighting, st.integers(0, 100).map(lambda n: Micros(n * FRAME)), boxes, st.floats(0.05, 1)
    ),
    max_size=25,
)


@given(walks)
def test_every_frame_between_two_sightings_covers_both_places(walk: list[Sighting]) -> None:
    (track,) = followed_in(walk)
    for one, other in pairwise(track.sightings):
        at_sighting = track.mask_at(one.time)
        assert at_sighting is not None
        assert at_sighting.holds(one.box)
        for time in range(one.time + FRAME, other.time, FRAME):
            mask = track.mask_at(Micros(time))
            assert mask is not None
            assert mask.holds(one.box.united(other.box))


@given(boxes, st.floats(8, 200), st.integers(0, 2_000_000), st.integers(0, 2_000_000))
def test_what_was_not_seen_for_longer_is_covered_wider(
    box: Box, size: float, one: int, other: int
) -> None:
    short, long = sorted((one, other))
    assert grown(box, size, Micros(long)).holds(grown(box, size, Micros(short)))


@given(boxes)
def test_a_face_just_seen_is_covered_as_wide_as_is_said(box: Box) -> None:
    mask = grown(box, box.size, Micros(0))
    assert mask.width == pytest.approx(box.width * GROWTH)
    assert mask.height == pytest.approx(box.height * GROWTH)


@given(walks, st.integers(0, 1_000_000), st.integers(0, 1_000_000))
def test_a_mask_that_is_held_only_grows(walk: list[Sighting], one: int, other: int) -> None:
    (track,) = followed_in(walk)
    short, long = sorted((one, other))
    # what was seen long ago does not count any more, so only the last places must stay
    for end, way in ((track.first, -1), (track.last, 1)):
        masks = [track.mask_at(Micros(end.time + way * at)) for at in (short, long)]
        assert all(
            mask is None or mask.holds(grown(end.box, end.box.size, Micros(at)))
            for mask, at in zip(masks, (short, long), strict=True)
        )


@given(walks)
def test_a_mask_is_held_before_and_after(walk: list[Sighting]) -> None:
    (track,) = followed_in(walk)
    assert track.mask_at(Micros(max(track.first.time - HELD, 0))) is not None
    assert track.mask_at(Micros(track.last.time + HELD)) is not None
    assert track.mask_at(Micros(track.last.time + HELD + 1)) is None


@given(crowds, st.randoms(use_true_random=False))
def test_the_order_of_sightings_does_not_matter(crowd: list[Sighting], dice: object) -> None:
    shuffled = list(crowd)
    dice.shuffle(shuffled)
    assert followed(crowd, [WHOLE]) == followed(shuffled, [WHOLE])


@given(crowds)
def test_every_sighting_is_in_one_track_and_none_is_invented(crowd: list[Sighting]) -> None:
    kept, doubtful = followed(crowd, [WHOLE])
    placed = [one for track in (*kept, *doubtful) for one in track.sightings]
    assert sorted(placed) == sorted(set(crowd))
    assert all(
        other.time - one.time <= JOINED and one.time < other.time and is_reached(one, other)
        for track in (*kept, *doubtful)
        for one, other in pairwise(track.sightings)
    )


@given(walks, st.data())
def test_losing_sightings_uncovers_no_frame(walk: list[Sighting], data: st.DataObject) -> None:
    """Of a face that is surely there, whatever is missed: a mask or the whole picture."""
    missed = data.draw(st.sets(st.integers(1, max(len(walk) - 2, 1)), max_size=len(walk)))
    left = [one for at, one in enumerate(walk) if at not in missed or at == len(walk) - 1]
    before = followed_in(walk)
    after = followed_in(left)
    expected = [one for one in after if one.is_expected] or after
    lost = [one.span for one in lost_faces(after, SIZE)]
    for time in range(before[0].masked.start, before[0].masked.end, FRAME):
        masks = [one for one in after if one.mask_at(Micros(time)) is not None]
        gap = any(
            one.last.time < time < other.first.time and not one.is_expected
            for one, other in pairwise(after)
        )
        assert masks or gap or any(span.contains(Micros(time)) for span in lost), expected


def test_a_gap_of_two_seconds_is_joined_and_a_longer_one_is_not() -> None:
    assert len(followed_in([seen(0, 100), seen(50, 110)])) == 1
    assert len(followed_in([seen(0, 100), seen(51, 110)])) == 2


def test_one_faint_sighting_alone_is_not_kept_and_two_are() -> None:
    kept, doubtful = followed([seen(0, 100, score=0.3)], [WHOLE])
    assert (len(kept), len(doubtful)) == (0, 1)
    assert len(followed_in([seen(0, 100, score=0.1), seen(5, 101, score=0.1)])) == 1
    assert len(followed_in([seen(0, 100, score=0.35)])) == 1


def test_a_wrong_find_beside_a_face_does_not_draw_the_mask_away() -> None:
    (track,) = followed_in([seen(0, 100), seen(5, 135, score=0.1), seen(10, 100)])
    mask = track.mask_at(Micros(5 * FRAME))
    assert mask is not None
    assert mask.holds(seen(5, 100).box)


def test_nothing_is_linked_across_a_new_shot_and_no_mask_leaves_it() -> None:
    cut = Micros(7 * FRAME)
    shots = [Interval(Micros(0), cut), Interval(cut, Micros(20 * FRAME))]
    first, second = followed([seen(0, 100), seen(5, 100), seen(8, 100), seen(12, 100)], shots)[0]
    assert (first.masked.end, second.masked.start) == (cut, cut)
    assert first.mask_at(cut) is None
    assert second.mask_at(Micros(cut - 1)) is None


def test_a_face_lost_in_mid_picture_covers_the_whole_until_another_answers_for_it() -> None:
    client = [seen(at, 100) for at in (0, 5, 10)] + [seen(at, 110) for at in (100, 105, 110)]
    therapist = [seen(at, 500) for at in (0, 5, 10)]
    lost = {one.track: one.span for one in lost_faces(followed_in(client + therapist), SIZE)}
    spans = sorted(lost.values())
    held = 10 * FRAME + HELD + 1
    assert spans[0] == Interval(Micros(held), Micros(100 * FRAME - HELD))
    assert (held, WHOLE.end) in [(span.start, span.end) for span in spans]


def test_a_face_last_seen_at_the_edge_has_left() -> None:
    at_edge = [seen(at, 590) for at in (0, 5, 10)]
    assert list(lost_faces(followed_in(at_edge), SIZE)) == []
    assert len(list(lost_faces(followed_in([seen(at, 400) for at in (0, 5, 10)]), SIZE))) == 1


def test_two_that_cross_are_parted_and_stay_covered() -> None:
    one = [seen(at * 5, 100 + 20 * at) for at in range(15)]
    other = [seen(at * 5, 400 - 20 * at, 120) for at in range(15)]
    tracks = followed_in(one + other)
    ((first, second, span),) = crossings(tracks)
    assert {first.number, second.number} == {0, 1}
    middle = Micros((span.start + span.end) // 2)
    before, after = parted(first, [middle], 7)
    assert (before.number, after.number, after.continues) == (first.number, 7, True)
    assert before.last == after.first
    assert before.sightings + after.sightings[1:] == first.sightings

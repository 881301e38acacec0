"""Faces are looked for about where they were, in parts that a network takes."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from annotator.media.encoder_picture import Area
from annotator.media.face_boxes import Box
from annotator.media.face_finder import SIDE
from annotator.media.face_regions import regions_about

WIDTH, HEIGHT = 640, 352
MOST = WIDTH * HEIGHT / 2
BOXES = st.builds(
    lambda left, top, width, height: Box(left, top, left + width, top + height),
    st.floats(-50, 650),
    st.floats(-50, 400),
    st.floats(0, 90),
    st.floats(0, 90),
)


def test_a_face_is_looked_for_as_far_as_it_may_have_moved() -> None:
    (part,) = regions_about([Box(300, 150, 330, 190)], WIDTH, HEIGHT, MOST)
    assert part == Area(251, 106, 379, 234)


def test_two_that_are_near_are_one_part() -> None:
    near = [Box(300, 150, 330, 190), Box(340, 150, 370, 190), Box(30, 20, 50, 40)]
    assert regions_about(near, WIDTH, HEIGHT, MOST) == (
        Area(8, 0, 72, 64),
        Area(239, 106, 431, 234),
    )


def test_all_is_searched_where_nothing_is_known_or_faces_are_large() -> None:
    assert regions_about([], WIDTH, HEIGHT, MOST) == ()
    assert regions_about([Box(100, 50, 300, 300)], WIDTH, HEIGHT, MOST) == ()


@given(st.lists(BOXES, max_size=6))
def test_parts_are_apart_inside_and_of_sides_that_fit(boxes: list[Box]) -> None:
    parts = regions_about(boxes, WIDTH, HEIGHT, MOST)
    assert parts == tuple(sorted(parts))
    for part in parts:
        assert part.width % SIDE == part.height % SIDE == 0
        assert 0 <= part.left < part.right <= WIDTH
        assert 0 <= part.top < part.bottom <= HEIGHT
    for one, other in combinations(parts, 2):
        apart = one.right <= other.left or other.right <= one.left
        assert apart or one.bottom <= other.top or other.bottom <= one.top


@given(st.lists(BOXES, min_size=1, max_size=6))
def test_every_face_lies_in_a_part(boxes: list[Box]) -> None:
    parts = regions_about(boxes, WIDTH, HEIGHT, MOST)
    frame = Box(0, 0, WIDTH, HEIGHT)
    held = [Box(one.left, one.top, one.right, one.bottom) for one in parts]
    for box in boxes:
        seen = box.shared(frame)
        assert not parts or seen == 0 or any(part.shared(box) >= seen - 1e-6 for part in held)

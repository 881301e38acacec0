"""Where rows that are dragged come to stand, with numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.tray.ordering import gap_at, place_without, stepped

ROWS = [(-20, 60), (40, 60), (100, 60)]
"""Three rows of a list that was scrolled by 20 pixels."""


@pytest.mark.parametrize(
    ("y", "gap"), [(-500, 0), (9, 0), (10, 1), (69, 1), (70, 2), (129, 2), (130, 3), (900, 3)]
)
def test_the_nearer_gap_counts(y: int, gap: int) -> None:
    assert gap_at(y, ROWS) == gap
    assert gap_at(y, []) == 0


@pytest.mark.parametrize(
    ("gap", "moved", "place"),
    [(0, {1}, 0), (1, {1}, 1), (2, {1}, 1), (3, {1}, 2), (4, {0, 3}, 2), (2, {0, 1, 2}, 0)],
)
def test_a_gap_is_a_place_among_the_others(gap: int, moved: set[int], place: int) -> None:
    assert place_without(gap, moved) == place


@given(st.sets(st.integers(0, 7), min_size=1), st.integers(0, 8))
def test_rows_come_to_stand_in_the_gap(moved: set[int], gap: int) -> None:
    rest = [row for row in range(8) if row not in moved]
    place = place_without(gap, moved)
    assert all(row < gap for row in rest[:place])
    assert all(row >= gap for row in rest[place:])


@pytest.mark.parametrize(
    ("moved", "by", "place"),
    [({2}, -1, 1), ({2}, 1, 3), ({0}, -1, 0), ({4}, 1, 4), ({1, 3}, 1, 2), ({3, 4}, 1, 3)],
)
def test_steps_stop_at_the_ends(moved: set[int], by: int, place: int) -> None:
    assert stepped(moved, by, 5) == place

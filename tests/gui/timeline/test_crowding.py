"""What is drawn one by one and what as a crowd."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.gui.timeline.crowding import FEW, Drawn, drawn
from annotator.gui.timeline.geometry import Scale
from annotator.gui.timeline.lanes import Row
from annotator.model import Micros, Tag

WIDTH = 600
MINUTE = Scale(Micros(0), Micros(60_000_000), 0, WIDTH)  # a pixel is a tenth of a second


def shown(row: Row) -> Drawn:
    return drawn(row, MINUTE, 0, WIDTH)


def row_of(tags: list[Tag]) -> Row:
    row = Row()
    for tag in tags:
        row.add(tag)
    return row


@pytest.mark.parametrize("count", [2, FEW])
def test_a_few_instants_close_together_stay_instants(
    make_tag: Callable[..., Tag], count: int
) -> None:
    tags = [make_tag(number, "reflection", 8.0 + number / 10) for number in range(count)]
    found = shown(row_of(tags))
    assert found.needles == tags
    assert not found.crowds


def test_many_instants_close_together_are_a_crowd(make_tag: Callable[..., Tag]) -> None:
    tags = [make_tag(number, "reflection", 8.0 + number / 10) for number in range(FEW + 1)]
    (crowd,) = shown(row_of(tags)).crowds
    assert (crowd.first, crowd.stop) == (0, FEW + 1)


def test_short_stretches_close_together_are_a_crowd(make_tag: Callable[..., Tag]) -> None:
    tags = [make_tag(1, "silence", 8.0, 8.1), make_tag(2, "silence", 8.2, 8.3)]
    (crowd,) = shown(row_of(tags)).crowds
    assert (crowd.first, crowd.stop) == (0, len(tags))


def test_what_reaches_beyond_its_bucket_stands_by_itself(make_tag: Callable[..., Tag]) -> None:
    tags = [make_tag(1, "silence", 8.0, 8.1), make_tag(2, "silence", 8.2, 12)]
    found = shown(row_of(tags))
    assert [single.tag for single in found.singles] == tags

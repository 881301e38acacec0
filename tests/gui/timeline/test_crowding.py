"""What is drawn one by one and what as a crowd."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.gui.timeline.crowding import FEW, Crowd, Single, drawn
from annotator.gui.timeline.geometry import Scale
from annotator.gui.timeline.lanes import Row
from annotator.model import Micros, Tag

WIDTH = 600
MINUTE = Scale(Micros(0), Micros(60_000_000), 0, WIDTH)  # a pixel is a tenth of a second


def shown(row: Row) -> list[Single | Crowd]:
    return list(drawn(row, MINUTE, 0, WIDTH))


def row_of(tags: list[Tag]) -> Row:
    row = Row()
    for tag in tags:
        row.add(tag)
    return row


@pytest.mark.parametrize("count", [1, 2, FEW])
def test_a_few_instants_close_together_stay_instants(
    make_tag: Callable[..., Tag], count: int
) -> None:
    tags = [make_tag(number, "reflection", 8.0 + number / 10) for number in range(count)]
    assert [one.tag for one in shown(row_of(tags)) if isinstance(one, Single)] == tags


def test_many_instants_close_together_are_a_crowd(make_tag: Callable[..., Tag]) -> None:
    tags = [make_tag(number, "reflection", 8.0 + number / 10) for number in range(FEW + 1)]
    (crowd,) = shown(row_of(tags))
    assert isinstance(crowd, Crowd)
    assert crowd.count == FEW + 1


def test_short_stretches_close_together_are_a_crowd(make_tag: Callable[..., Tag]) -> None:
    tags = [make_tag(1, "silence", 8.0, 8.1), make_tag(2, "silence", 8.2, 8.3)]
    (crowd,) = shown(row_of(tags))
    assert isinstance(crowd, Crowd)
    assert crowd.count == len(tags)

"""What stands beside a stretch is found as by looking at all tags."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Interval, Micros, Tag, tag_order
from annotator.model.long_row import LongRow
from annotator.model.neighbours import Neighbours

spans = st.tuples(st.integers(0, 60), st.integers(0, 9))


def tags_of(pairs: list[tuple[int, int]]) -> list[Tag]:
    made = [
        Tag(f"t{number}", "c", Micros(start), Micros(start + length))
        for number, (start, length) in enumerate(pairs)
    ]
    return sorted(made, key=tag_order)


@given(st.lists(spans, max_size=40), st.lists(spans, min_size=1, max_size=6), spans)
def test_it_finds_what_a_walk_finds_after_each_change(
    pairs: list[tuple[int, int]], more: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    stretch = Interval(Micros(asked[0]), Micros(sum(asked)))
    known, row = Neighbours(), LongRow(tags_of(pairs * 12))
    for number, (start, length) in enumerate(more):
        new = Tag(f"new{number}", "c", Micros(start), Micros(start + length))
        row = row.spliced(*row.place(tag_order(new), tag_order), 0, (new,))
        wanted = [one for one in row if one.start <= stretch.end and one.end >= stretch.start]
        assert list(known.beside(row, stretch)) == wanted
        assert list(known.beside(tuple(row), stretch)) == wanted
    assert list(known.beside((), stretch)) == []

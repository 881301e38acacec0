"""A long row is to be told from a tuple by its speed alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import EditError
from annotator.model import Micros, Tag, TagChange, tag_order
from annotator.model.change import apply_changes
from annotator.model.long_row import BLOCK, LONG, LongRow
from tests.support.documents import coded_session, some_tags

COUNT = 3 * BLOCK + 17
indices = st.integers(-COUNT - 40, COUNT + 40)
steps = st.integers(-3, 3).filter(bool) | st.none()


def same(number: int) -> int:
    return number


@given(indices | st.none(), indices | st.none(), steps)
def test_it_is_cut_as_a_tuple_is(start: int | None, stop: int | None, step: int | None) -> None:
    plain = tuple(range(COUNT))
    assert LongRow(plain)[start:stop:step] == plain[start:stop:step]


@given(st.integers(-COUNT, COUNT - 1))
def test_it_is_asked_as_a_tuple_is(index: int) -> None:
    plain = tuple(range(COUNT))
    assert LongRow(plain)[index] == plain[index]


@pytest.mark.parametrize("index", [COUNT, -COUNT - 1])
def test_beyond_its_ends_there_is_nothing(index: int) -> None:
    with pytest.raises(IndexError):
        LongRow(range(COUNT))[index]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5000)), max_size=60), st.integers(0, 900))
def test_members_come_and_go_as_in_a_set(acts: list[tuple[bool, int]], count: int) -> None:
    row, known = LongRow(range(0, 3 * count, 3)), set(range(0, 3 * count, 3))
    for comes, number in acts:
        block, index = row.place(number, same)
        if comes and number not in known:
            row = row.spliced(block, index, 0, (number,))
            known.add(number)
        elif not comes and number in known:
            assert row.at(block, index) == number
            row = row.spliced(block, index, 1, ())
            known.remove(number)
        assert len(row) == len(known)
    plain = tuple(sorted(known))
    assert (tuple(row), tuple(reversed(row))) == (plain, plain[::-1])
    assert row == plain
    assert plain == row
    assert row == LongRow(plain)
    assert [row[place] for place in range(len(row))] == list(plain)


def test_a_block_that_grows_is_cut_and_one_that_empties_goes() -> None:
    row = LongRow(range(BLOCK))
    for number in range(BLOCK, 5 * BLOCK):
        row = row.spliced(*row.place(number, same), 0, (number,))
    for number in range(4 * BLOCK):
        row = row.spliced(*row.place(number, same), 1, ())
    assert row == tuple(range(4 * BLOCK, 5 * BLOCK))


def test_rows_that_differ_are_not_equal() -> None:
    row = LongRow(range(COUNT))
    assert row != LongRow(range(1, COUNT + 1))
    assert row != tuple(range(COUNT - 1))
    assert row != list(range(COUNT))
    assert hash(row) == hash(LongRow(range(COUNT)))


def test_a_pass_of_many_tags_is_changed_and_changed_back() -> None:
    before = coded_session(LONG + 5)
    pass_id = before.passes[0].id
    tags = before.passes[0].tags
    first, moved = tags[0], replace(tags[7], start=Micros(10**9), end=Micros(10**9))
    noted = replace(tags[9], note="so")
    changes = (
        TagChange(pass_id, first, None),
        TagChange(pass_id, tags[7], moved),
        TagChange(pass_id, tags[9], noted),
        TagChange(pass_id, None, replace(first, id="new")),
    )
    after = apply_changes(before, changes)
    left = {tag.id: tag for tag in tags if tag is not first}
    left |= {moved.id: moved, noted.id: noted, "new": replace(first, id="new")}
    assert list(after.passes[0].tags) == sorted(left.values(), key=tag_order)
    assert isinstance(after.passes[0].tags, LongRow)
    back = apply_changes(after, [change.reversed() for change in reversed(changes)])
    assert back == before


def test_what_is_not_there_cannot_be_changed() -> None:
    session = coded_session(LONG + 5)
    pass_id = session.passes[0].id
    stranger: Tag = replace(some_tags(1)[0], id="stranger")
    with pytest.raises(EditError, match="not where the change expects it"):
        apply_changes(session, [TagChange(pass_id, stranger, None)])

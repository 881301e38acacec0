"""Tags that are made and settled, and the order in which a pass keeps them."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.coding import Origin, Tag, TagInMaking, in_tag_order, tag_order
from annotator.model.time import Micros


def _made() -> TagInMaking:
    return TagInMaking(
        "t1", "nod", 5, 9, "client", "note", {"depth": "1"}, Origin.BIN, "then", "now", ("a",), {}
    )


def test_a_tag_in_making_becomes_the_same_tag() -> None:
    made = _made()
    made.note = "changed"
    identity = id(made)
    settled = made.settled()
    assert type(settled) is Tag
    assert id(settled) == identity
    assert settled == Tag(
        "t1",
        "nod",
        Micros(5),
        Micros(9),
        "client",
        "changed",
        {"depth": "1"},
        Origin.BIN,
        "then",
        "now",
        ("a",),
        {},
    )


def test_a_settled_tag_cannot_be_changed() -> None:
    settled = _made().settled()
    with pytest.raises(FrozenInstanceError):
        settled.note = "other"


def test_both_have_the_same_fields() -> None:
    assert [one.name for one in fields(TagInMaking)] == [one.name for one in fields(Tag)]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.sampled_from("abc"))))
def test_tags_are_put_in_order_whatever_theirs_was(rows: list[tuple[int, int, str]]) -> None:
    tags = [Tag(name, "nod", Micros(at), Micros(at + length)) for at, length, name in rows]
    assert list(in_tag_order(tags)) == sorted(tags, key=tag_order)

"""Which version a changed codebook has."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Codebook
from annotator.model.book_versions import next_version, version_after

BOOK = Codebook("miti", "4.2.1", "MITI")


@pytest.mark.parametrize(
    ("version", "after"),
    [
        ("1", "2"),
        ("9", "10"),
        ("2.9", "2.10"),
        ("draft", "draft-2"),
        ("draft-2", "draft-3"),
        ("", "1"),
        ("4.2.1-lab.1", "4.2.1-lab.2"),
        ("12 categories", "12 categories-2"),
    ],
)
def test_own_versions_are_counted_up(version: str, after: str) -> None:
    assert next_version(version) == after


@pytest.mark.parametrize(
    ("version", "after"),
    [("4.2.1", "4.2.1-lab.1"), ("4.2.1-lab.9", "4.2.1-lab.10"), ("1", "1-lab.1"), ("", "1")],
)
def test_a_published_book_becomes_the_labs_own(version: str, after: str) -> None:
    assert next_version(version, published=True) == after


@given(version=st.text(), published=st.booleans())
def test_the_next_version_is_another(version: str, *, published: bool) -> None:
    assert next_version(version, published=published) != version


def test_only_a_changed_book_gets_another_version() -> None:
    changed = replace(BOOK, unit="turn")
    assert version_after(BOOK, BOOK) == "4.2.1"
    assert version_after(BOOK, changed, {"miti"}) == "4.2.1-lab.1"
    assert version_after(BOOK, changed) == "4.2.2"
    assert version_after(BOOK, replace(changed, version="ours")) == "ours"

"""A name that is taken is followed by the first number that is free."""

from __future__ import annotations

from itertools import islice

import pytest

from annotator.model.naming import numbered, unused_name


def test_names_to_try_begin_with_the_one_that_is_wanted() -> None:
    assert [*islice(numbered("talk", ending=".mp4"), 3)] == ["talk.mp4", "talk-2.mp4", "talk-3.mp4"]


@pytest.mark.parametrize(
    ("taken", "given"),
    [
        ((), "A"),
        (("B", "A (2)"), "A"),
        (("A",), "A (2)"),
        (("A (2)", "A", "A (4)"), "A (3)"),
    ],
)
def test_a_name_that_is_taken_gets_the_first_free_number(
    taken: tuple[str, ...], given: str
) -> None:
    assert unused_name("A", taken, " ({})") == given

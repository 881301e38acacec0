"""How many there are, in words."""

from __future__ import annotations

import pytest

from annotator.model.counts import counted


@pytest.mark.parametrize(
    ("number", "noun", "several", "told"),
    [
        (0, "face", "", "0 faces"),
        (1, "face", "", "1 face"),
        (2, "stretch", "stretches", "2 stretches"),
        (12_345, "export is", "exports are", "12,345 exports are"),
    ],
)
def test_one_is_told_from_many(number: int, noun: str, several: str, told: str) -> None:
    assert counted(number, noun, several) == told

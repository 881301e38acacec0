"""Addresses of films become paths, and paths addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from annotator.storage.interchange.addresses import address_of_path, path_of_address


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("talk.mp4", "talk.mp4"),
        ("films/die%20T%C3%BCr.mp4", "films/die Tür.mp4"),
        ("https://x.org/a/b%20c.mp4?v=1", "b c.mp4"),
        ("https://x.org/a/", "a"),
        ("file:///films/a%20b.mp4", "/films/a b.mp4"),
        ("file://localhost/films/a.mp4", "/films/a.mp4"),
        ("file:///C:/films/a.mp4", "C:/films/a.mp4"),
        ("file:films/a.mp4", "films/a.mp4"),
        ("urn:annotator:s1", ""),
        ("", ""),
    ],
)
def test_an_address_tells_a_path(address: str, path: str) -> None:
    assert path_of_address(address) == path


@given(some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\\"), max_size=30))
def test_a_path_comes_back(path: str) -> None:
    assert path_of_address(address_of_path(path)) == path

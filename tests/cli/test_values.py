"""Lists typed on the command line: in any order, with blanks, and nothing that there is not."""

from __future__ import annotations

import click
import pytest

from annotator.cli.values import LENGTH, MOMENT, SeveralOf
from annotator.jobs.reel_parts import Cards
from annotator.model.participant import Mask

MASKS = SeveralOf(Mask, "mask")
CARDS = SeveralOf(Cards, "card", nothing="none")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", frozenset()),
        (" , ", frozenset()),
        ("faces", {Mask.FACES}),
        (" voice, faces,voice", {Mask.FACES, Mask.VOICE}),
    ],
)
def test_a_list_is_read(text: str, meant: frozenset[Mask]) -> None:
    assert MASKS.convert(text, None, None) == meant


def test_nothing_has_a_word_where_all_is_usual() -> None:
    assert CARDS.convert("none", None, None) == frozenset()
    assert CARDS.convert("titles,pauses", None, None) == {Cards.TITLES, Cards.PAUSES}


@pytest.mark.parametrize("text", ["hats", "faces,hats", "none", "FACES", "faces voice"])
def test_what_there_is_not_is_refused_with_what_there_is(text: str) -> None:
    with pytest.raises(click.BadParameter, match=r"no mask .*masks are faces, voice, names, pict"):
        MASKS.convert(text, None, None)
    with pytest.raises(click.BadParameter, match=r"cards are titles.*chapters, none"):
        CARDS.convert("hats", None, None)


def test_a_length_is_not_less_than_nothing() -> None:
    assert LENGTH.convert("0", None, None) == 0
    assert LENGTH.convert("1:02.5", None, None) == 62_500_000
    assert MOMENT.convert("-1", None, None) == -1_000_000
    with pytest.raises(click.BadParameter, match="-1 is less than nothing"):
        LENGTH.convert("-1", None, None)

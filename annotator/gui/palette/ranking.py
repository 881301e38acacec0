"""How well a text answers what was typed: simple rules, so that the same keys find the same."""

from __future__ import annotations

import unicodedata
from enum import IntEnum


class Rank(IntEnum):
    """How well it answers, best first."""

    EXACT = 0
    START = 1  # the title begins with it
    WORDS = 2  # each word of it begins a word of the title
    WITHIN = 3  # it stands somewhere in the title
    BESIDE = 4  # each word of it stands in the title or what is said beside it
    LETTERS = 5  # its letters come in this order, the first at the start of a word


def folded(text: str) -> str:
    """Write a text without regard to case and accents, with single spaces."""
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return " ".join(text.casefold().split())


def rank_of(query: str, title: str, beside: str = "") -> Rank | None:
    """Tell how well a title with what stands beside it answers; all are folded.

    None where it does not. An empty query fits nothing better than anything else.
    """
    words = query.split()
    if title == query:
        return Rank.EXACT
    if title.startswith(query):
        return Rank.START
    starts = title.split()
    if all(any(start.startswith(word) for start in starts) for word in words):
        return Rank.WORDS
    if query in title:
        return Rank.WITHIN
    if all(word in title or word in beside for word in words):
        return Rank.BESIDE
    letters = query.replace(" ", "")
    return Rank.LETTERS if len(letters) > 1 and _has_letters(letters, title) else None


def _has_letters(letters: str, title: str) -> bool:
    place = f" {title}".find(f" {letters[0]}")
    for letter in letters:
        place = title.find(letter, max(place, 0))
        if place < 0:
            return False
        place += 1
    return f" {title}".find(f" {letters[0]}") >= 0

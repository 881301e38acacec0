"""Names, and whether they stand in a text however it writes them: with marks, joined, inflected."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_KEPT = {"L", "M", "N"}  # letters, their marks, and numbers, of every script
_UNSEEN = "Cf"
_ENDINGS = ("s", "es")
"""What a name gets where it owns something, in German and the languages about it."""


@dataclass(frozen=True, slots=True)
class NameWords:
    """Names as texts are compared with them, each in parts.

    Case and the way accents are coded do not matter, nor what joins a name to other words, as in
    “Anna—she”, “Anna-Lena” or “Anna's”. A name of one letter counts only where it stands alone.
    """

    names: frozenset[tuple[str, ...]] = frozenset()

    @classmethod
    def of(cls, names: Iterable[str]) -> NameWords:
        """Take names; what has no letters in it is none."""
        return cls(frozenset(found for name in names if (found := parts(name))))

    def stand_in(self, text: str) -> bool:
        """Tell whether one of the names stands in a text."""
        if not self.names:
            return False
        read = parts(text)
        return any(_stands_in(name, read) for name in self.names)


def parts(text: str) -> tuple[str, ...]:
    """Give the runs of letters and numbers of a text, as they are compared."""
    seen = "".join(sign for sign in text if unicodedata.category(sign) != _UNSEEN)
    plain = unicodedata.normalize("NFKC", seen).casefold()
    return tuple("".join(s if unicodedata.category(s)[0] in _KEPT else " " for s in plain).split())


def _stands_in(name: tuple[str, ...], read: Sequence[str]) -> bool:
    if name == read:
        return True
    if len("".join(name)) <= 1:
        return False
    count = len(name)
    return any(_is_form(name, read[at : at + count]) for at in range(len(read) - count + 1))


def _is_form(name: tuple[str, ...], found: Sequence[str]) -> bool:
    """Tell whether some parts of a text are a name, perhaps with an ending."""
    endings = (name[-1] + ending for ending in ("", *_ENDINGS))
    return name[:-1] == tuple(found[:-1]) and found[-1] in endings

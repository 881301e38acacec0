"""Where each word of a cue stands when its text is laid out in a column, as plain numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from annotator.model.words import word_spans


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word in its line, counted from 0; `x` and `width` are pixels from the text's left edge."""

    text: str
    x: int
    width: int
    line: int


@dataclass(frozen=True, slots=True)
class CueLayout:
    """The words of a cue in order, and how many lines they take."""

    words: tuple[PlacedWord, ...]
    lines: int

    def word_at(self, x: int, line: int) -> int | None:
        """Give the number of the word at or nearest before a place; None where there are none.

        A place left of a line is its first word, one below the text the last of all.
        """
        if not self.words:
            return None
        place = bisect_right([(one.line, one.x) for one in self.words], (max(line, 0), x)) - 1
        if place + 1 < len(self.words) and (place < 0 or self.words[place].line < line):
            following = self.words[place + 1]
            place += following.line == line or place < 0
        return place


def lay_out(text: str, width: int, measure: Callable[[str], int], blank: int) -> CueLayout:
    """Break a text into lines of at most that width, and at its own line ends.

    A word wider than a line has one to itself. `measure` gives a word's width and `blank` is that
    of the space between two.
    """
    placed: list[PlacedWord] = []
    x, line, last_end = 0, 0, 0
    for begin, end in word_spans(text):
        word = text[begin:end]
        wide = measure(word)
        breaks = "\n" in text[last_end:begin]
        if placed and (breaks or x + wide > width):
            x, line = 0, line + 1
        placed.append(PlacedWord(word, x, wide, line))
        x += wide + blank
        last_end = end
    return CueLayout(tuple(placed), line + 1)

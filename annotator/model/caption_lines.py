"""Lays what is said into captions of two short lines, cut where a reader would breathe."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotator.model.time import Interval, Micros
from annotator.model.words import spread

WIDEST_LINE = 42
MOST_LINES = 2

_SENTENCE_ENDS = (
    *(".", "?", "!", "…", "。", "؟", "।"),
    *("\N{FULLWIDTH QUESTION MARK}", "\N{FULLWIDTH EXCLAMATION MARK}"),
)
_PAUSES = (",", ";", ":", "–", "—", "、", "\N{FULLWIDTH COMMA}", "،")
_CLOSING = "\"'”\N{RIGHT SINGLE QUOTATION MARK}»)]"  # what may stand after a sentence's end
_EARLIEST_CUT = 0.4
_WORTH_OF_PAUSE = 12


@dataclass(frozen=True, slots=True)
class Said:
    """A word as it is written in a caption, and when it is said.

    `joins` tells that it goes on with the word before, without a blank.
    """

    text: str
    start: Micros
    end: Micros
    joins: bool = False


def width(text: str) -> int:
    """Count how wide a text is: wide letters of East Asia are two, marks over letters none."""
    return sum(_width(letter) for letter in text)


def in_captions(said: Sequence[Said]) -> Iterator[tuple[Said, ...]]:
    """Share words out among captions, each of which fits into two lines."""
    left = [piece for word in said for piece in _pieces(word)]
    while left:
        count = _fitting(left)
        if count < len(left):
            count = _cut(left[:count])
        yield tuple(left[:count])
        left = left[count:]


def laid_out(said: Sequence[Said]) -> str:
    """Write words that fit into two lines, the two as even as can be."""
    whole = joined(said)
    if width(whole) <= WIDEST_LINE:
        return whole
    pairs = [(joined(said[:at]), joined(said[at:])) for at in range(1, len(said))]
    fitting = [pair for pair in pairs if max(map(width, pair)) <= WIDEST_LINE]
    best = min(fitting, key=_unevenness, default=None)
    return "\n".join(best) if best else whole


def joined(said: Sequence[Said]) -> str:
    """Write words in a row."""
    parts = [word.text if word.joins or not at else f" {word.text}" for at, word in enumerate(said)]
    return "".join(parts)


def _unevenness(lines: tuple[str, str]) -> int:
    """Tell how badly two lines stand together; after a pause they may differ a little."""
    ends_well = lines[0].rstrip(_CLOSING).endswith(_SENTENCE_ENDS + _PAUSES)
    return abs(width(lines[0]) - width(lines[1])) - (_WORTH_OF_PAUSE if ends_well else 0)


def _width(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1


def _pieces(word: Said) -> list[Said]:
    """Cut a word that fits into no line, as scripts without blanks have them."""
    if width(word.text) <= WIDEST_LINE:
        return [word]
    texts = [""]
    for letter in word.text:
        if width(texts[-1] + letter) > WIDEST_LINE:
            texts.append("")
        texts[-1] += letter
    timed = spread(texts, Interval(word.start, word.end))
    return [
        Said(one.text, one.start, one.end, joins=word.joins or at > 0)
        for at, one in enumerate(timed)
    ]


def _fitting(said: Sequence[Said]) -> int:
    """Tell how many words fit into the lines of a caption; at least one."""
    lines, used = 1, 0
    for number, word in enumerate(said):
        room = width(word.text) + (0 if word.joins or not used else 1)
        if used + room > WIDEST_LINE:
            lines, used = lines + 1, 0
            room = width(word.text)
        if lines > MOST_LINES:
            return number
        used += room
    return len(said)


def _cut(said: Sequence[Said]) -> int:
    """Tell after how many words to cut: where a sentence ends, else at a pause, else at the end."""
    earliest = max(1, round(len(said) * _EARLIEST_CUT))
    for ends in (_SENTENCE_ENDS, _PAUSES):
        for count in range(len(said), earliest - 1, -1):
            if said[count - 1].text.rstrip(_CLOSING).endswith(ends):
                return count
    return len(said)

"""Takes texts apart for drawing: what may be drawn of them, and into which letters they fall."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from annotator.errors import MediaError

MOST_LETTERS = 5_000
"""A longer text is refused at once: no picture holds it."""

_LINE_ENDS = ("\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")
_JOINER = "\u200d"
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_WIDE = frozenset({"W", "F"})
_SHAPED = ((0x0600, 0x08FF), (0x0900, 0x109F), (0x1780, 0x18AF), (0x1A00, 0x1CFF), (0xA800, 0xABFF))
"""Scripts whose letters change or change places beside each other: Arabic, those of India …"""


class UndrawableError(MediaError):
    """A text cannot be drawn on a picture: it is too long, or no font has its letters."""


def tidied(text: str) -> str:
    """Give a text as it may be drawn: composed, without signs that steer, with single blanks.

    Line ends stay, but no empty line at either end and never two together. What turns the
    direction of writing by force is left out, since it would show other words than are there.
    Raises UndrawableError where it is longer than any picture can hold.
    """
    if len(text) > MOST_LETTERS:
        raise UndrawableError(
            f"A text of {len(text)} letters is too long for a picture.", "Write less."
        )
    for end in _LINE_ENDS:
        text = text.replace(end, "\n")
    kept = "".join(_kept(unicodedata.normalize("NFC", text)))
    lines = (" ".join(line.split()) for line in kept.split("\n"))
    return "\n".join(line for line in lines if line)


def _kept(text: str) -> Iterator[str]:
    """Yield the letters, without those that control."""
    for at, letter in enumerate(text):
        kind = unicodedata.category(letter)
        if letter == "\n" or kind[0] not in "CZ":
            yield letter
        elif kind[0] == "Z" or letter == "\t":
            yield " "
        elif kind in {"Co", "Cn"}:
            yield letter  # no font has it, which is said
        elif letter in {_JOINER, "\u200c"} and 0 < at < len(text) - 1:
            yield letter  # several scripts write with these


def clusters(text: str) -> list[str]:
    """Part a text into letters with all that is set on and joined to each."""
    found: list[str] = []
    for letter in text:
        joins = unicodedata.category(letter)[0] == "M" or letter in {_JOINER, "\u200c"}
        if found and (joins or found[-1].endswith(_JOINER)):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def needed(text: str) -> set[int]:
    """Give the numbers of all letters that a font must have to draw a text."""
    return {ord(letter) for letter in text if not letter.isspace() and not _is_silent(letter)}


def _is_silent(letter: str) -> bool:
    """Tell whether a letter is never seen itself: joiners, and those that choose a variant."""
    return letter in {_JOINER, "\u200c"} or "\ufe00" <= letter <= "\ufe0f"


def runs_right_to_left(text: str) -> bool:
    """Tell which way a paragraph runs: as its first letter that has a direction."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in {"L", "R", "AL"}:
            return kind != "L"
    return False


def needs_shaping(text: str) -> bool:
    """Tell whether letters must be shaped or put in another order than they are stored."""
    return any(
        unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT
        or any(first <= ord(letter) <= last for first, last in _SHAPED)
        for letter in text
    )


def words_of(line: str) -> list[str]:
    """Part a line into what may not be broken; each but the first keeps the blank before it.

    East Asian scripts break between letters, but for marks that may not begin or end a line.
    """
    found: list[str] = []
    for letter in clusters(line):
        if not found or letter == " " or _may_break(found[-1], letter):
            found.append(letter)
        else:
            found[-1] += letter
    return found


def _may_break(before: str, letter: str) -> bool:
    last = before[-1]
    if last == " " or not (_is_wide(last) or _is_wide(letter[0])):
        return False
    opens = unicodedata.category(last) in {"Ps", "Pi"}
    return not opens and unicodedata.category(letter[0])[0] != "P"


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in _WIDE

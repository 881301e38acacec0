"""The blocks that subtitle files are made of: cues, each below a line of times, and what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from annotator.storage.interchange.clock import Timing
from annotator.storage.interchange.report import ForeignFileError, Notes

MOST_CUES = 200_000
"""So many cues a file may have; a day of talk has twenty thousand."""

_LONGEST_NUMBER = 10

Timer = Callable[[str], Timing | None]


@dataclass(slots=True)
class Block:
    """Lines with no empty one among them; `line` is the number of the first, from 1.

    A cue has its times, and the label that stood above them.
    """

    line: int
    texts: list[str] = field(default_factory=list)
    timing: Timing | None = None
    label: str = ""


def blocks(lines: Sequence[str], read_timing: Timer, notes: Notes) -> Iterator[Block]:
    """Yield the blocks of a file in order, and note what is wrong with the lines of times.

    Where the empty line between two cues is missing they come apart all the same. Raises
    ForeignFileError where there are more cues than any transcript has.
    """
    count = 0
    for first, paragraph in notes.through(_paragraphs(lines)):
        for block in _apart(first, paragraph, read_timing, notes):
            count += block.timing is not None
            if count > MOST_CUES:
                raise too_many_cues()
            yield block


def too_many_cues() -> ForeignFileError:
    """Give the error for a file with more cues than any transcript has."""
    told = f"The file has more than {MOST_CUES:,} cues, so it is hardly a transcript."
    return ForeignFileError(told, "Choose the transcript's own file.")


def is_number(line: str) -> bool:
    """Tell whether a line is nothing but a number, as stands above the cues of many files."""
    stripped = line.strip()
    return stripped.isascii() and stripped.isdigit()


def _paragraphs(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    paragraph: list[str] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            paragraph.append(line)
        elif paragraph:
            yield number - len(paragraph), paragraph
            paragraph = []
    if paragraph:
        yield len(lines) - len(paragraph) + 1, paragraph


def _apart(first: int, lines: list[str], read_timing: Timer, notes: Notes) -> Iterator[Block]:
    block = Block(first)
    for number, line in enumerate(lines, first):
        timing = read_timing(line)
        if timing is None:
            block.texts.append(line)
            continue
        cue = Block(number, timing=timing)
        if block.texts and _is_label(block):
            cue.label = block.texts.pop().strip()
        if block.timing is not None:
            notes.repaired("there was no empty line above a cue", number)
        if block.texts or block.timing is not None:
            yield block
        for repair in timing.repairs:
            notes.repaired(repair, number)
        block = cue
    yield block


def _is_label(block: Block) -> bool:
    """Tell whether the last line of a block belongs to the cue below it."""
    last = block.texts[-1]
    if block.timing is None:
        return len(block.texts) == 1 or is_number(last)
    are_numbers = is_number(last) and is_number(block.label)
    return are_numbers and _number(block.label) + 1 == _number(last)


def _number(line: str) -> int:
    """Read the number of a cue; int() takes fewer kinds of blanks off than `strip` does."""
    digits = line.strip()
    return int(digits) if len(digits) < _LONGEST_NUMBER else -1

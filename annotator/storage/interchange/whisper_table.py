"""What Whisper heard, as the table (TSV) that it writes beside its JSON.

Checked in the `WriteTSV` of OpenAI's Whisper and of those who took it over (WhisperX,
whisper-ctranslate2, mlx-whisper): a first line “start, end, text” between tabs, then a line for
each segment with whole milliseconds and the text, in which tabs became spaces. Nothing is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.storage.interchange.interface import Format, Found, Wishes
from annotator.storage.interchange.micros import micros_of_millis
from annotator.storage.interchange.report import ForeignFileError, Notes, excerpt
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.whisper_reading import Piece
from annotator.storage.interchange.whisper_taking import found_in_pieces

HEAD = "start\tend\ttext"
_ROW = re.compile(r"(-?\d{1,20})\t(-?\d{1,20})(?:\t(.*))?")


def _claims(source: Source) -> bool:
    """Tell it by its heading, and by whole milliseconds in the first line below."""
    lines = source.head.split("\n", 2)
    is_headed = lines[0].rstrip() == HEAD
    return is_headed and (len(lines) == 1 or not lines[1] or _ROW.match(lines[1]) is not None)


def _read(source: Source, wishes: Wishes, notes: Notes) -> Found:
    lines = source.text(notes, wishes.encoding).lines
    if not lines or lines[0].rstrip() != HEAD:
        raise ForeignFileError(
            f"“{source.name}” is no table of Whisper: it does not begin with start, end, text.",
            "Read it as a table, of which the columns can be chosen.",
        )
    pieces, lost = _pieces(lines, notes)
    return found_in_pieces((pieces, len(pieces) + lost, ""), source, wishes, notes)


def _pieces(lines: Sequence[str], notes: Notes) -> tuple[list[Piece], int]:
    """Give the segments, and how many lines are none and belong to none."""
    pieces: list[Piece] = []
    lost = 0
    for number, line in enumerate(notes.through(lines[1:]), 2):
        match = _ROW.fullmatch(line)
        if match is not None:
            start, end, text = match.groups("")
            times = micros_of_millis(int(start)), micros_of_millis(int(end))
            pieces.append(Piece(f"line {number}", *times, text))
        elif not line.strip():
            continue
        elif pieces:
            pieces[-1].text += f"\n{line}"
            notes.repaired("a line without times belongs to the segment above it", number)
        else:
            lost += 1
            notes.not_carried(f"a line that is no segment: {excerpt(line)}", number)
    return pieces, lost


FORMATS: tuple[Format, ...] = (
    Format("whisper-tsv", "Whisper table (TSV)", (".tsv",), _claims, read=_read),
)

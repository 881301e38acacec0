"""Subtitles of one line a cue: MicroDVD in frames, MPL2 in tenths of a second, TMP in seconds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from annotator.model.time import LONGEST_SECONDS, ZERO, Micros
from annotator.storage.interchange.clock import Timing
from annotator.storage.interchange.cue_blocks import MOST_CUES, too_many_cues
from annotator.storage.interchange.cue_making import Draft, Line, read_by
from annotator.storage.interchange.report import ForeignFileError, Notes
from annotator.storage.interchange.subtitle_reading import ReadDrafts

MICRODVD = re.compile(r"\s*\{ *(\d{1,9}) *\}\s*\{ *(\d{0,9}) *\}(.*)")
MPL2 = re.compile(r"\s*\[ *(-?\d{1,9}) *\]\s*\[ *(-?\d{0,9}) *\](.*)")
TMP = re.compile(r"\s*(\d{1,2}):(\d{2}):(\d{2})[:=](.*)")
_CONTROL = re.compile(r"\{[A-Za-z]:[^{}]*\}|</?[A-Za-z][^<>]{0,60}>")
_RATE = re.compile(r"\s*(\d{1,4}(?:[.,]\d{1,9})?)\s*")
_NTSC = {"23.976": "24000/1001", "29.97": "30000/1001", "59.94": "60000/1001"}
_LONGEST_RATE = 24  # characters
_FASTEST = 1000  # frames a second

Row = tuple[int | None, int | None, str]
"""A start and an end in microseconds, None where they are not told, and the text."""


def rate_of(text: str) -> Fraction | None:
    """Read frames a second, "25", "23.976" or "30000/1001"; None where it is none."""
    told = text.strip().replace(",", ".")
    try:
        rate = Fraction(_NTSC.get(told, told)) if len(told) <= _LONGEST_RATE else None
    except (ValueError, ZeroDivisionError):
        return None
    return rate if rate is not None and 0 < rate <= _FASTEST else None


def read_microdvd(lines: Sequence[str], rate: str, notes: Notes) -> ReadDrafts:
    """Read a MicroDVD file, whose first line may tell the frames a second.

    Raises ForeignFileError where neither it nor `rate` does.
    """
    rows = list(enumerate(lines, 1))
    first = next(((number, line) for number, line in rows if line.strip()), None)
    told = _told_rate(first[1]) if first else None
    if first and told is not None:
        rows.remove(first)
    frames = rate_of(rate) or told
    if frames is None:
        raise ForeignFileError(
            "The times of this file are counted in frames, and it does not say how many a second.",
            "Give the film's rate, such as 25 or 23.976.",
        )
    if told and told != frames:
        notes.noticed(
            f"the file says {float(told):g} frames a second; {float(frames):g} were taken"
        )

    def row_of(line: str) -> Row | None:
        match = MICRODVD.fullmatch(line)
        if match is None:
            return None
        start, end = (_micros(one, 1_000_000 / frames) for one in match.groups()[:2])
        return start, end, match[3]

    return _read(rows, row_of, notes)


def _told_rate(line: str) -> Fraction | None:
    match = MICRODVD.fullmatch(line)
    is_rate = match is not None and match[1] in {"0", "1"} and match[2] in {"0", "1"}
    if match is None or not is_rate or not _RATE.fullmatch(match[3]):
        return None
    return rate_of(match[3])


def _micros(count: str, each: Fraction) -> int | None:
    return round(int(count) * each) if count.lstrip("-") else None


def read_mpl2(lines: Sequence[str], notes: Notes) -> ReadDrafts:
    """Read an MPL2 file."""

    def row_of(line: str) -> Row | None:
        match = MPL2.fullmatch(line)
        if match is None:
            return None
        start, end = (_micros(one, Fraction(100_000)) for one in match.groups()[:2])
        return start, end, match[3]

    return _read(list(enumerate(lines, 1)), row_of, notes)


def read_tmp(lines: Sequence[str], notes: Notes) -> ReadDrafts:
    """Read a TMP file; a cue lasts until the next one, or as long as its text takes to read."""

    def row_of(line: str) -> Row | None:
        match = TMP.fullmatch(line)
        if match is None:
            return None
        hours, minutes, seconds = (int(one) for one in match.groups()[:3])
        return ((hours * 60 + minutes) * 60 + seconds) * 1_000_000, None, match[4]

    read = _read(list(enumerate(lines, 1)), row_of, notes)
    if read.drafts:
        notes.noticed("the file tells no ends; they were set by the next cue or by the text")
    return _with_ends(read)


def _read(
    rows: Sequence[tuple[int, str]], row_of: Callable[[str], Row | None], notes: Notes
) -> ReadDrafts:
    drafts: list[Draft] = []
    for number, line in rows:
        row = row_of(line)
        if row is not None and max(row[0] or 0, row[1] or 0) < LONGEST_SECONDS * 1_000_000:
            drafts.append(_draft(number, row, notes))
        elif line.strip():
            notes.not_carried("a line that is no cue", number)
        if len(drafts) > MOST_CUES:
            raise too_many_cues()
    return ReadDrafts(drafts)


def _draft(number: int, row: Row, notes: Notes) -> Draft:
    start, end, text = row
    timing = Timing(
        Micros(start) if start is not None else None, Micros(end) if end is not None else None, ""
    )
    plain = _CONTROL.sub("", text)
    if plain != text:
        notes.noticed("styles are not taken over", number)
    lines = [Line(line.strip().removeprefix("/")) for line in plain.split("|")]
    return Draft(number, timing, lines)


def _with_ends(read: ReadDrafts) -> ReadDrafts:
    """Give each cue an end: where the next one begins, or when its text has been read."""
    starts = [draft.timing.start or ZERO for draft in read.drafts]
    ended: list[Draft] = []
    for draft, start, later in zip(read.drafts, starts, [*starts[1:], ZERO], strict=False):
        letters = sum(len(line.text) for line in draft.lines)
        end = read_by(start, letters)
        end = min(end, later) if later > start else end
        ended.append(replace(draft, timing=Timing(start, end, "")))
    return replace(read, drafts=ended)

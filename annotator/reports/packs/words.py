"""Texts and times as a pack shows them: no sign that would break a page, an XML or a caption."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import bidirectional

from annotator.model.time import Interval, Micros
from annotator.reports.packs.pack import Row

UNDETERMINED = "und"
"""The language tag of a text whose language is not known."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n?|\x85|\u2028|\u2029")
_EMPTY_LINES = re.compile(r"\n\s*\n")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_CUE_SIGNS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_DATA_SIGNS = str.maketrans({"<": r"\u003c", ">": r"\u003e", "&": r"\u0026"})
_SIGNS_OF_TITLE = 250


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its times in seconds from the start of the clip."""

    start: float
    end: float
    clock: str
    speaker: str
    text: str


def plain(text: str) -> str:
    """Give a text without control signs and halves of signs; line ends are all one kind."""
    return _CONTROL.sub("\ufffd", _LINE_ENDS.sub("\n", text)).strip()


def one_line(text: str, otherwise: str = "") -> str:
    """Give a text as one line of at most 250 signs; `otherwise` where there is none."""
    line = " ".join(plain(text).split()) or otherwise
    return line if len(line) <= _SIGNS_OF_TITLE else f"{line[: _SIGNS_OF_TITLE - 1]}…"


def language_tag(language: str) -> str:
    """Give a language tag as it stands, or `UNDETERMINED` where it is none."""
    return language if _LANGUAGE.fullmatch(language) else UNDETERMINED


def clock(time: Micros) -> str:
    """Write a time as `3:07` or `1:03:07`, as people say it, rounded down to the second."""
    minutes, seconds = divmod(time // 1_000_000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def seconds(time: Micros) -> float:
    """Give a time in seconds, as a page's player counts."""
    return time / 1_000_000


def lines_in(rows: Iterable[Row], bounds: Interval) -> tuple[Line, ...]:
    """Give the rows that overlap the bounds, cut to them, in order, counted from their start."""
    inside = [row for row in rows if row.start < bounds.end and row.end > bounds.start]
    return tuple(_line(row, bounds) for row in sorted(inside, key=lambda row: (row.start, row.end)))


def _line(row: Row, bounds: Interval) -> Line:
    start = Micros(max(row.start, bounds.start) - bounds.start)
    end = Micros(min(row.end, bounds.end) - bounds.start)
    return Line(seconds(start), seconds(end), clock(start), one_line(row.speaker), plain(row.text))


def cue_text(line: Line) -> str:
    """Write what a caption shows as WebVTT wants it, the speaker before a colon."""
    said = f"{_before(line)}: {line.text}" if line.speaker else line.text
    return _EMPTY_LINES.sub("\n", said).translate(_CUE_SIGNS)


def _before(line: Line) -> str:
    """Give the speaker; set apart before what runs from right to left, which it would turn."""
    runs = (bidirectional(sign) for sign in line.text)
    first = next((run for run in runs if run in {"L", "R", "AL"}), "L")
    return (
        line.speaker
        if first == "L"
        else f"\N{FIRST STRONG ISOLATE}{line.speaker}\N{POP DIRECTIONAL ISOLATE}"
    )


def as_vtt(lines: Iterable[Line]) -> bytes:
    """Write captions as WebVTT."""
    cues = (
        f"{number}\n{_vtt_time(line.start)} --> {_vtt_time(line.end)}\n{cue_text(line)}\n"
        for number, line in enumerate(lines, 1)
    )
    return "\n".join(("WEBVTT\n", *cues)).encode("utf-8")


def _vtt_time(time: float) -> str:
    millis = round(time * 1000)
    minutes, millis = divmod(millis, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{millis // 1000:02d}.{millis % 1000:03d}"


def as_page_data(tree: object) -> str:
    """Write data as JSON that may stand inside a script element: pure ASCII, no “<” in it."""
    return json.dumps(tree, allow_nan=False, sort_keys=True).translate(_DATA_SIGNS)

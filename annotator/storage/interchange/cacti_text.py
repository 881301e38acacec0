"""The text forms that CACTI had before 0.80: utterances in one file, ratings in another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from annotator.model.time import Micros
from annotator.storage.interchange.cacti_times import read_time
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.source import Source

_AUDIO = re.compile(r"\s*Audio\s*File(?:name)?\s*:?\s*\t?(.*)", re.IGNORECASE)
_EXPORTED = re.compile(r"(\d{1,4}:\d{1,2}:\d{1,2}(?:[.,]\d+)?)\s+(\S.*)")
_RATING = re.compile(r"([^\t:]{1,80}):\t\s*(-?\d{1,6})\s*")
_NOTES = re.compile(r"notes:\s*(.*)", re.IGNORECASE)
_ORDERED, _CODED, _PARSED, _WHOLE = 4, 3, 5, 7


@dataclass(slots=True)
class Utterance:
    """An utterance as it stands at a line or with an id; a moment where `end` is `start`.

    `code` is the number and `name` the name of its code, both empty where it has none.
    """

    start: Micros
    end: Micros
    code: str
    name: str
    place: str | int
    note: str = ""
    id: str = ""


@dataclass(slots=True)
class TextFile:
    """What a text file of CACTI holds; `counted` is how many utterances or ratings it has."""

    audio: str = ""
    utterances: list[Utterance] = field(default_factory=list)
    ratings: dict[str, int] = field(default_factory=dict)
    notes: str = ""
    counted: int = 0


def claims_text(source: Source) -> bool:
    """Tell whether a file is a text form of CACTI, by its first lines."""
    lines = [line for line in source.head.split("\n")[:6] if line.strip()]
    if not lines:
        return False
    if lines[0].strip().lower() == "global ratings":
        return True
    is_headed = _AUDIO.match(lines[0]) is not None
    second = lines[1] if len(lines) > 1 else ""
    fields = [one for one in second.split("\t") if one]
    is_row = len(fields) in {_CODED, _ORDERED, _PARSED, _WHOLE} and any(
        read_time(one) is not None for one in fields[:3]
    )
    return is_headed and (is_row or _EXPORTED.fullmatch(second.strip()) is not None)


def read_globals(lines: Sequence[str], notes: Notes) -> TextFile:
    """Read a file of ratings, whose notes are on their own line, or follow to its end."""
    found = TextFile()
    for number, line in enumerate(lines, 1):
        audio, rating, told = _AUDIO.fullmatch(line), _RATING.fullmatch(line), _NOTES.match(line)
        if told is not None:
            found.notes = "\n".join([told[1], *lines[number:]]).strip()
            break
        if audio is not None:
            found.audio = audio[1].strip()
        elif rating is not None:
            found.counted += 1
            if rating[1] in found.ratings:
                notes.not_carried("a rating stands twice; the first was taken", number)
            else:
                found.ratings[rating[1]] = int(rating[2])
        elif line.strip() and line.strip().lower() != "global ratings":
            found.counted += 1
            notes.not_carried("a line is no rating", number)
    return found


def read_utterances(lines: Sequence[str], notes: Notes) -> TextFile:
    """Read a file of utterances of any of the old forms, line by line."""
    found = TextFile()
    audio = _AUDIO.fullmatch(lines[0]) if lines else None
    if audio is not None:
        found.audio = audio[1].strip()
    elif lines:
        fields = lines[0].split("\t")
        found.audio = fields[1].strip() if len(fields) > 1 else ""
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        found.counted += 1
        made = _utterance(line, number, notes)
        if made is None:
            notes.not_carried("a line is no utterance", number)
        else:
            found.utterances.append(made)
    return found


def _utterance(line: str, number: int, notes: Notes) -> Utterance | None:
    fields = [one for one in line.split("\t") if one.strip()]
    if len(fields) in {_PARSED, _WHOLE}:
        return _stretch(fields, number, notes)
    if len(fields) == _ORDERED:
        fields = fields[1:]
    if len(fields) == _CODED:
        time = read_time(fields[0])
        return None if time is None else Utterance(time, time, fields[1].strip(), fields[2], number)
    exported = _EXPORTED.fullmatch(line.strip())
    time = read_time(exported[1]) if exported else None
    if exported is None or time is None:
        return None
    return Utterance(time, time, "", exported[2].strip(), number)


def _stretch(fields: list[str], number: int, notes: Notes) -> Utterance | None:
    """Read the oldest form: a number, beginning, end, both in bytes, and perhaps a code."""
    start, end = read_time(fields[1]), read_time(fields[2])
    if start is None:
        return None
    if end is None:
        notes.repaired("the end of an utterance is not told; it is a moment now", number)
        end = start
    if not end:
        notes.noticed("an utterance is at 0, where later versions of CACTI leave it out", number)
    code, name = (fields[5].strip(), fields[6].strip()) if len(fields) == _WHOLE else ("", "")
    return Utterance(start, end, code, name, number)

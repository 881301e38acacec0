"""Transana's database as it exports it: records by their kinds, and the texts cut out of it.

Transcripts and filters stand in the file raw, so that it is no XML until they are taken out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from annotator.storage.interchange.report import ForeignFileError, Notes
from annotator.storage.interchange.rtf_text import is_rtf, plain_text
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.xml_reading import local_name, read_xml

_RAW = re.compile(r"\s*<(RTFText|XMLText|FilterData)>\s*", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
_TIMECODE = re.compile(r"\xa4\s*<(\d{1,12})>[ ]?")
_BLANKS_AT_EDGE = re.compile(r'"(?=\s)(.*)"|"(.*)(?<=\s)"', re.DOTALL)
_NUMBER = re.compile(r"\d{1,5}")
_HALVES = 0xD800  # from here on numbers stand for halves of letters

Record = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Raw:
    """A text that was cut out of a file, and the line on which it begins."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Database:
    """The records of a file by the name of their list, and the texts that were cut out of it."""

    records: Mapping[str, Sequence[Record]]
    raws: Sequence[Raw]

    def all(self, name: str) -> Sequence[Record]:
        """Give the records of a list; none where the file has no such list."""
        return self.records.get(name, ())

    def raw(self, record: Record, name: str) -> Raw | None:
        """Give the text that stood in a record; None where there was none."""
        number = record.get(name, "")
        if not number.isdecimal() or int(number) >= len(self.raws):
            return None
        return self.raws[int(number)]


def read_database(source: Source, notes: Notes, encoding: str) -> Database:
    """Read an export; raises ForeignFileError where it is none."""
    lines, raws = _cut(source.text(notes, encoding).lines)
    text = _DECLARATION.sub("", "\n".join(lines), count=1)
    root = read_xml(Source(source.name, text.encode("utf-8", "replace")))
    if root.tag != "Transana":
        raise ForeignFileError(
            f"“{source.name}” is no export of Transana.",
            "Export the database from Transana (File, Export Database).",
        )
    records = {part.tag: [_record(one) for one in part] for part in root if len(part)}
    return Database(records, raws)


def _cut(lines: Sequence[str]) -> tuple[list[str], list[Raw]]:
    """Put a number in the place of each raw text, on as many lines as it had."""
    kept: list[str] = []
    raws: list[Raw] = []
    name, begin = "", 0
    for number, line in enumerate(lines):
        if not name:
            match = _RAW.fullmatch(line)
            kept.append(f"{line.strip()}{len(raws)}" if match else line)
            name, begin = (match[1], number) if match else ("", 0)
        elif line.strip().lower() == f"</{name.lower()}>":
            raws.append(Raw(begin + 2, "\n".join(lines[begin + 1 : number])))
            kept.append(f"</{name}>")
            name = ""
        else:
            kept.append("")
    return kept, raws


def _record(element: Element) -> Record:
    return {child.tag: (child.text or "").strip() for child in element}


def number_of(record: Record, name: str) -> str:
    """Give the number of another record that one names; empty where it names none."""
    told = record.get(name, "")
    return "" if told in {"0", "None"} else told


@dataclass(frozen=True, slots=True)
class Passage:
    """What is said from a time code on, in milliseconds; None above the first."""

    start: int | None
    text: str


def passages(raw: Raw) -> list[Passage]:
    """Cut a transcript at its time codes."""
    text = _shown(raw.text)
    found: list[Passage] = []
    start: int | None = None
    place = 0
    for match in _TIMECODE.finditer(text):
        found.append(Passage(start, text[place : match.start()]))
        start, place = int(match[1]), match.end()
    found.append(Passage(start, text[place:]))
    return found


def _shown(text: str) -> str:
    """Give the text of a transcript, which is RTF in old files and XML in newer ones."""
    if is_rtf(text):
        return plain_text(text)
    plain = _DECLARATION.sub("", text, count=1).strip()
    if not plain.startswith("<"):
        return plain
    try:
        root = read_xml(Source("the transcript", plain.encode("utf-8", "replace")))
    except ForeignFileError:
        return ""
    return "\n".join(
        "".join(_piece(one) for one in paragraph.iter())
        for paragraph in root.iter()
        if local_name(paragraph) == "paragraph"
    )


def _piece(element: Element) -> str:
    """Give a piece of a paragraph, which has quotation marks where blanks are at its edge."""
    text = element.text or ""
    if local_name(element) == "symbol":
        return _symbol(text.strip())
    if local_name(element) != "text":
        return ""
    match = _BLANKS_AT_EDGE.fullmatch(text)
    return (match[1] or match[2] or "") if match else text


def _symbol(number: str) -> str:
    """Give the letter of a number; empty where that is none, or too long to be one."""
    code = int(number) if _NUMBER.fullmatch(number) else 0
    return chr(code) if 0 < code < _HALVES else ""

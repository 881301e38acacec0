"""SAMI, Microsoft's subtitles: each stands from its time until the next one of its language."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from annotator.model.time import ZERO, Micros
from annotator.storage.interchange.clock import Timing
from annotator.storage.interchange.cue_blocks import MOST_CUES, too_many_cues
from annotator.storage.interchange.cue_making import Draft, Line
from annotator.storage.interchange.micros import micros_of_millis
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.subtitle_reading import ReadDrafts

_TOKEN = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20})([^<>]*)>|([^<]+|<)")
_ATTRIBUTE = re.compile(r"([A-Za-z]{1,20})\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)")
_SHOWN = 8
_LAST = Micros(4_000_000)
"""How long the last cue stands, whose end nothing tells."""


def is_sami(source: Source) -> bool:
    """Tell whether a file begins as SAMI does."""
    return re.match(r"\s*(?:<\?xml[^>]*>\s*)?<sami[\s>]", source.head, re.IGNORECASE) is not None


@dataclass(slots=True)
class _Shown:
    """What stands from a time on, in the language of a class; empty where the screen is cleared."""

    line: int
    start: Micros
    language: str
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text, with a line for each that the file breaks off."""
        lines = ("".join(self.pieces)).split("\n")
        return "\n".join(filter(None, (" ".join(one.split()) for one in lines)))


class _Parser:
    """Gathers what is shown, from elements that nobody closes."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.found: list[_Shown] = []
        self._start: Micros | None = None
        self._now: _Shown | None = None

    def take(self, line: int, text: str) -> None:
        """Take a line of the file, in which no comments are left."""
        for token in _TOKEN.finditer(text):
            closing, tag, attributes, said = token.groups()
            if said is not None:
                self._say(line, html.unescape(said))
            elif closing:
                self._end(tag.lower())
            else:
                told = {name.lower(): value for name, value in _ATTRIBUTE.findall(attributes)}
                self._begin(line, tag.lower(), told)
        if self._now is not None:
            self._now.pieces.append(" ")

    def _begin(self, line: int, tag: str, told: dict[str, str]) -> None:
        if tag == "sync":
            self._sync(line, told.get("start", "").strip("\"'"))
        elif tag == "p" and self._start is not None:
            self._show(line, told.get("class", "").strip("\"'"))
        elif tag == "br" and self._now is not None:
            self._now.pieces.append("\n")

    def _end(self, tag: str) -> None:
        if tag in {"sync", "body", "sami"}:
            self._start = self._now = None
        elif tag == "p":
            self._now = None

    def _say(self, line: int, text: str) -> None:
        if self._now is None and self._start is not None and text.strip():
            self._show(line, "")
        if self._now is not None:
            self._now.pieces.append(text)

    def _sync(self, line: int, told: str) -> None:
        self._now = None
        self._start = micros_of_millis(told.strip().lower().removesuffix("ms"))
        if self._start is None:
            self.notes.not_carried("a cue whose time cannot be read", line)

    def _show(self, line: int, language: str) -> None:
        if len(self.found) > 2 * MOST_CUES:
            raise too_many_cues()
        start = self._start if self._start is not None else ZERO
        self._now = _Shown(line, start, language)
        self.found.append(self._now)


def _without_comments(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines without what stands in <!-- and -->."""
    is_inside = False
    for line in lines:
        rest, kept = line, ""
        while rest:
            before, mark, after = rest.partition("-->" if is_inside else "<!--")
            kept += "" if is_inside else before
            is_inside ^= bool(mark)
            rest = after
        yield kept


def read_drafts(lines: Sequence[str], notes: Notes) -> ReadDrafts:
    """Read what is shown in a file; languages side by side are told apart as speakers are."""
    parser = _Parser(notes)
    for number, line in enumerate(_without_comments(lines), 1):
        parser.take(number, line)
    languages: dict[str, list[_Shown]] = {}
    for one in parser.found:
        languages.setdefault(one.language, []).append(one)
    told = [language for language, shown in languages.items() if any(one.text for one in shown)]
    drafts: list[Draft] = []
    for language in told:
        drafts += _drafts(languages[language], language if len(told) > 1 else "", notes)
    if len(told) > 1:
        names = ", ".join(told[:_SHOWN])
        notes.noticed(f"the file has {len(told)} languages ({names}), each as a speaker")
    return ReadDrafts(sorted(drafts, key=_order))


def _order(draft: Draft) -> tuple[int, int]:
    return (draft.timing.start or 0, draft.line)


def _drafts(shown: Sequence[_Shown], speaker: str, notes: Notes) -> list[Draft]:
    """Make cues of what is shown, each until the next time that something else is."""
    drafts: list[Draft] = []
    later: Micros | None = None
    follows: Micros | None = None
    for one in reversed(shown):
        if later is not None and later > one.start:
            follows = later
        later = one.start
        text = one.text
        if not text:
            continue
        end = follows
        if end is None or end <= one.start:
            notes.noticed("nothing tells when a cue ends; four seconds were taken", one.line)
            end = Micros(one.start + _LAST)
        lines = [Line(line, speaker or None) for line in text.split("\n")]
        drafts.append(Draft(one.line, Timing(one.start, end, ""), lines))
    return drafts

"""TTML, the W3C's subtitles in XML, as far as times, texts and speakers go."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from annotator.model.time import LONGEST_SECONDS, Micros
from annotator.model.transcript import Cue, Transcript
from annotator.storage.interchange.clock import Timing
from annotator.storage.interchange.cue_blocks import MOST_CUES, too_many_cues
from annotator.storage.interchange.cue_making import Draft, Line
from annotator.storage.interchange.line_subtitles import rate_of
from annotator.storage.interchange.report import OFTEN, ForeignFileError, Notes
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.subtitle_reading import ReadDrafts
from annotator.storage.interchange.xml_reading import local_name
from annotator.storage.interchange.xml_streaming import Branches, Strand, full_name, stream_xml
from annotator.storage.interchange.xml_writing import held_by_xml

_XML = "{http://www.w3.org/XML/1998/namespace}"
_CLOCK = re.compile(r"(?:(?:(\d{1,6}):)?(\d{1,3}):)?(\d{1,9})(?:[.,](\d{1,12}))?")
_FRAMES = re.compile(r"(\d{1,6}):(\d{1,2}):(\d{1,2}):(\d{1,4})(?:\.\d{1,4})?")
_OFFSET = re.compile(r"(\d{1,12}(?:\.\d{1,12})?)(h|ms|m|s|f|t)")
_UNITS = {"h": Fraction(3600), "m": Fraction(60), "s": Fraction(1), "ms": Fraction(1, 1000)}
_SECOND = 1_000_000
_FARTHEST = LONGEST_SECONDS * _SECOND


def is_ttml(source: Source) -> bool:
    """Tell whether a file's first element is that of timed text."""
    return re.search(r"<(?:\w+:)?tt[\s>]", source.head[:2000]) is not None


class _Part(NamedTuple):
    """A body or a division that is open: its element without what stands in it.

    `begin` is where its times count from, `first` and `last` what it tells of its own.
    """

    begin: int
    speaker: str
    first: int | None
    last: int | None


class _Reader(Branches):
    """Gathers the paragraphs of a body, whose times count from those of what holds them.

    Times are microseconds; `frames` and `ticks` are how many a second has.
    """

    __slots__ = (
        "_begins",
        "_parts",
        "count",
        "drafts",
        "frames",
        "is_absolute",
        "keeps_blanks",
        "notes",
        "speakers",
        "ticks",
    )

    def __init__(self, notes: Notes, root: Element) -> None:
        super().__init__(_PARAGRAPH, self._take_paragraph)
        self.notes = notes
        self.frames = _frames(root)
        self.ticks = rate_or_none(_attribute(root, "tickRate")) or self.frames
        self.speakers = dict(_agents(root))
        self.keeps_blanks = root.get(f"{_XML}space") == "preserve"
        self.drafts: list[Draft] = []
        self._begins = array("q")
        self._parts: list[_Part | None] = []
        self.is_absolute = False
        self.count = 0

    def enter(self, name: str, attributes: dict[str, str], /) -> None:
        """Take the beginning of a division, or of anything in a paragraph."""
        super().enter(name, attributes)
        if self.is_between:
            self.open(
                Element(full_name(name), {full_name(key): one for key, one in attributes.items()})
            )

    def leave(self, name: str, /) -> None:
        """Take the end of an element."""
        if self.is_between:
            self._parts.pop()
        super().leave(name)

    def open(self, element: Element) -> None:
        """Begin a body or a division; what stands in anything else is not taken."""
        above = self._parts[-1] if self._parts else _Part(0, "", None, None)
        if above is None or local_name(element) not in {"div", "body"}:
            self._parts.append(None)
            return
        self._look_for_zero(element, above)
        first, last = self._time(element, "begin"), self._time(element, "end")
        speaker = self._speaker(element) or above.speaker
        if element.get("timeContainer") == "seq":
            self.notes.noticed("parts that follow one another were read as if side by side")
        is_division = local_name(element) == "div"
        told = (first, last) if is_division else (None, None)
        self._parts.append(_Part(above.begin + (first or 0), speaker, *told))

    def _take_paragraph(self, element: Element) -> None:
        part = self._parts[-1]
        if part is None:
            return
        self._look_for_zero(element, part)
        self.count += 1
        if not self.count % OFTEN:
            self.notes.watch(0)
        if self.count > MOST_CUES:
            raise too_many_cues()
        place = f"paragraph {self.count}"
        start, end = self._times(element, place)
        if start is None:
            self.notes.not_carried("a paragraph does not tell when it is said", place)
            return
        speaker = self._speaker(element) or part.speaker
        lines = "".join(_texts(element)).split("\n")
        if not self.keeps_blanks:
            lines = [" ".join(line.split()) for line in lines]
        said = [Line(line, speaker or None) for line in lines]
        self._begins.append(part.begin)
        timing = Timing(Micros(start), None if end is None else Micros(end), "")
        self.drafts.append(Draft(self.count, timing, said))

    def _look_for_zero(self, one: Element, part: _Part) -> None:
        """Tell whether times count from the film's start, since else they would leave their part.

        Apple writes them so, against the W3C's rule.
        """
        begin, last = part.first, part.last
        if self.is_absolute or not begin or not last:
            return
        start, end = self._time(one, "begin"), self._time(one, "end")
        if start is None or end is None:
            return
        if begin <= start <= end <= last < begin + end:
            self.notes.noticed("times count from the film's start, not from that of their part")
            self.is_absolute = True

    def settled(self) -> list[Draft]:
        """Give the cues, whose times count from the film's start now."""
        for draft, begin in zip(self.drafts, self._begins, strict=True):
            shift = 0 if self.is_absolute else begin
            start, end = draft.timing.start or 0, draft.timing.end
            if shift or max(start, end or 0) >= _FARTHEST:
                last = None if end is None else _near(shift + end)
                draft.timing = Timing(_near(shift + start), last, "")
        drafts, self.drafts = self.drafts, []
        return drafts

    def _times(self, element: Element, place: str) -> tuple[int | None, int | None]:
        """Read when a paragraph begins and ends, by its parts where it does not tell itself."""
        start, end = self._time(element, "begin"), self._time(element, "end")
        length = self._time(element, "dur")
        spans = [one for one in element if local_name(one) == "span" and one.get("begin")]
        if spans:
            self.notes.noticed("times of parts of a paragraph are not taken over", place)
        if start is None and spans:
            start = self._time(spans[0], "begin")
            end = end if end is not None else self._time(spans[-1], "end")
        if end is None and start is not None and length is not None:
            end = start + length
        return start, end

    def _speaker(self, element: Element) -> str:
        named = _attribute(element, "agent").split()
        return ", ".join(self.speakers.get(one, one) for one in named)

    def _time(self, element: Element, name: str) -> int | None:
        """Read an attribute as a time; None where it is missing or cannot be read."""
        told = element.get(name)
        if told is None:
            return None
        micros = self._micros(told.strip())
        if micros is None:
            self.notes.noticed(f"a time cannot be read: “{told[:40]}”")
        return micros

    def _micros(self, told: str) -> int | None:
        match = _CLOCK.fullmatch(told)
        if match:
            *clock, decimals = match.groups("0")
            return _whole(clock) + int(decimals[:6].ljust(6, "0"))
        match = _FRAMES.fullmatch(told)
        if match:
            return _whole(match.groups()[:3]) + round(int(match[4]) * _SECOND / self.frames)
        match = _OFFSET.fullmatch(told)
        if match is None:
            return None
        units = {**_UNITS, "f": 1 / self.frames, "t": 1 / self.ticks}
        return round(Fraction(match[1]) * units[match[2]] * _SECOND)


def _whole(clock: Sequence[str]) -> int:
    """Give the time of hours, minutes and seconds."""
    hours, minutes, seconds = (int(one) for one in clock)
    return ((hours * 60 + minutes) * 60 + seconds) * _SECOND


def _near(time: int) -> Micros:
    """Cut a time that no session can hold."""
    return Micros(min(time, _FARTHEST - 1))


def _attribute(element: Element, name: str) -> str:
    """Give an attribute by its name without a namespace; empty where there is none."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")


def _texts(element: Element) -> Iterator[str]:
    """Yield the pieces of a paragraph's text, with line breaks where the file has them."""
    yield (element.text or "").replace("\n", " ")
    for child in element:
        name = local_name(child)
        if name == "br":
            yield "\n"
        elif name == "span":
            yield from _texts(child)
        yield (child.tail or "").replace("\n", " ")


def read_drafts(source: Source, notes: Notes) -> ReadDrafts:
    """Read the paragraphs of a file; raises ForeignFileError where it is no TTML."""
    roots: list[Element] = []
    readers: list[_Reader] = []

    def begin(name: str, attributes: dict[str, str]) -> Strand | None:
        body = Element(name, attributes)
        if local_name(body) != "body" or local_name(roots[0]) != "tt":
            return None
        readers.append(_Reader(notes, roots[0]))
        readers[-1].open(body)
        return readers[-1]

    root = stream_xml(source, begin, roots.append)
    if local_name(root) != "tt":
        told = f"“{source.name}” is no TTML: its first element is “{local_name(root)[:40]}”."
        raise ForeignFileError(told, "Choose a file of subtitles.")
    drafts = [draft for reader in readers for draft in reader.settled()]
    return ReadDrafts(drafts, root.get(f"{_XML}lang", "")[:40])


class _Local:
    """Names of elements, whatever their namespaces."""

    def __init__(self, *names: str) -> None:
        self._names = names

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.rpartition("}")[2] in self._names


_PARAGRAPH = _Local("p")


def _frames(root: Element) -> Fraction:
    """Give frames a second, 30 where the file does not tell, as the W3C has it."""
    rate = rate_of(_attribute(root, "frameRate")) or Fraction(30)
    parts = re.fullmatch(
        r"(\d{1,6})[\s:]+(\d{1,6})", _attribute(root, "frameRateMultiplier").strip()
    )
    if parts and int(parts[1]) and int(parts[2]):
        rate *= Fraction(int(parts[1]), int(parts[2]))
    return rate


def rate_or_none(text: str) -> Fraction | None:
    """Read ticks a second, which may be millions; None where there are none."""
    return Fraction(text) if re.fullmatch(r"[1-9]\d{0,11}", text) else None


def _agents(root: Element) -> Iterator[tuple[str, str]]:
    for agent in (one for one in root.iter() if local_name(one) == "agent"):
        name = next(
            (one.text for one in agent.iter() if local_name(one) == "name" and one.text), ""
        )
        yield agent.get(f"{_XML}id", ""), " ".join(name.split())


def write(transcript: Transcript, _notes: Notes) -> str:
    """Write a transcript, with its speakers as agents, in microseconds."""
    names = list(dict.fromkeys(cue.speaker for cue in transcript.cues if cue.speaker))
    agents = {name: f"a{number}" for number, name in enumerate(names, 1)}
    told = "\n".join(
        f'      <ttm:agent xml:id="{agent}" type="person">'
        f'<ttm:name type="alias">{_escaped(name)}</ttm:name></ttm:agent>'
        for name, agent in agents.items()
    )
    paragraphs = "\n".join(_paragraph(cue, agents) for cue in transcript.cues)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"'
        f' xml:space="preserve" xml:lang={quoteattr(transcript.language)}>\n'
        f"  <head>\n    <metadata>\n{told}\n    </metadata>\n  </head>\n"
        f"  <body>\n    <div>\n{paragraphs}\n    </div>\n  </body>\n</tt>\n"
    )


def _paragraph(cue: Cue, agents: dict[str, str]) -> str:
    who = f' ttm:agent="{agents[cue.speaker]}"' if cue.speaker else ""
    text = "<br/>".join(_escaped(line) for line in re.split(r"\r\n|\n|\r", cue.text))
    return f'      <p begin="{_stamp(cue.start)}" end="{_stamp(cue.end)}"{who}>{text}</p>'


def _escaped(text: str) -> str:
    return escape(held_by_xml(text))


def _stamp(time: int) -> str:
    seconds, micros = divmod(max(0, time), 1_000_000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f"{micros:06d}".rstrip("0").ljust(3, "0")
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}.{fraction}"

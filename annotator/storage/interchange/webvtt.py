"""WebVTT, as the W3C describes it, and as programs write it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from annotator.model.time import Micros
from annotator.model.transcript import Cue, Transcript
from annotator.model.words import word_spans
from annotator.storage.interchange.clock import Timing, read_time, read_timing, to_millis, to_stamp
from annotator.storage.interchange.cue_blocks import Block, blocks
from annotator.storage.interchange.cue_making import Draft, Line, make_cues
from annotator.storage.interchange.interface import ReadCues, TranscriptFormat
from annotator.storage.interchange.json_reading import items, members
from annotator.storage.interchange.report import Notes, excerpt

_ID, _MARK, _SIGNATURE = "webvtt", ".", "WEBVTT"
_ASIDES = ("NOTE", "STYLE", "REGION")
_TOKEN = re.compile(
    r"<(/?)(v|c|i|b|u|ruby|rt|lang|font|br)((?:\.[^\s<>]*)?)((?:\s[^<>]*)?)/?>"
    r"|<([0-9][0-9:.,]*)>|(\n)",
    re.IGNORECASE,
)
_STRANGE = re.compile(r"</?[a-zA-Z][^<>\n]{0,60}>")
_LANGUAGE = re.compile(
    r"language\s*[:=]\s*([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)\s*$", re.IGNORECASE
)


def _claims(lines: Sequence[str]) -> bool:
    first = next((line for line in lines if line.strip()), "")
    return first.lstrip().startswith(_SIGNATURE)


def _timing(line: str) -> Timing | None:
    return read_timing(line, _MARK)


def _read(lines: Sequence[str], notes: Notes) -> ReadCues:
    reader = _Reader(notes)
    for block in blocks(lines, _timing, notes):
        reader.take(block)
    if not reader.header:
        notes.repaired(f"the first line does not begin with {_SIGNATURE}")
    return reader.result()


class _Reader:
    """Gathers the blocks of a file."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.header: list[str] = []
        self.asides: list[tuple[int, str]] = []
        self.found: list[Block] = []

    def take(self, block: Block) -> None:
        """Take the next block."""
        if block.timing is not None:
            if block.label.startswith(_SIGNATURE) and not self.found and not self.header:
                self.header, block.label = [block.label], ""
            self.found.append(block)
        elif not self.found and not self.header and block.texts[0].startswith(_SIGNATURE):
            self.header = block.texts
        elif block.texts[0].split(maxsplit=1)[0] in _ASIDES:
            self.asides.append((len(self.found), "\n".join(block.texts)))
        elif self.found:
            self.notes.repaired("text below an empty line was added to the cue above", block.line)
            self.found[-1].texts += block.texts
        else:
            told = f"there is text above the first cue: {excerpt(' '.join(block.texts))}"
            self.notes.not_carried(told, block.line)

    def result(self) -> ReadCues:
        """Make cues of what was gathered."""
        drafts = [_draft(block, self.notes) for block in self.found]
        cues = make_cues(drafts, self.notes)
        if any(line.startswith("X-TIMESTAMP-MAP") for line in self.header):
            self.notes.noticed("X-TIMESTAMP-MAP says that the clock starts elsewhere; times stay")
        languages = [match[1] for line in self.header if (match := _LANGUAGE.match(line))]
        return ReadCues(
            cues, len(drafts), languages[0] if languages else "", self._extra(drafts, cues)
        )

    def _extra(self, drafts: Sequence[Draft], cues: Sequence[Cue]) -> dict[str, object]:
        kept: dict[str, object] = {}
        if len(self.header) > 1 or self.header not in ([], [_SIGNATURE]):
            kept["header"] = self.header
        if self.asides:
            self.notes.noticed("comments and styles are kept for writing WebVTT again")
            kept["blocks"] = [
                {"before": _first_from(drafts, cues, number), "text": text}
                for number, text in self.asides
            ]
        return {_ID: kept} if kept else {}


def _first_from(drafts: Sequence[Draft], cues: Sequence[Cue], number: int) -> str:
    """Give the id of the first cue made of a draft or of one after it; empty at the end."""
    later = [draft.timing.start for draft in drafts[number : number + 1]]
    start = later[0] if later else None
    return next((cue.id for cue in cues if start is not None and cue.start >= start), "")


def _draft(block: Block, notes: Notes) -> Draft:
    payload = "\n".join(block.texts)
    said = _said(payload, notes, block.line)
    timing = block.timing or Timing(None, None, "")
    kept = {"id": block.label, "settings": timing.rest}
    if said.is_styled:
        kept["payload"] = payload
        notes.noticed("styles are kept for writing WebVTT again, and not shown", block.line)
    extra = {key: value for key, value in kept.items() if value}
    return Draft(block.line, timing, said.lines, {_ID: extra} if extra else {})


@dataclass(slots=True)
class _Said:
    """The lines of a cue while they are read."""

    lines: list[Line] = field(default_factory=list)
    speaker: str | None = None
    is_styled: bool = False
    text: str = ""
    stamps: list[tuple[int, Micros]] = field(default_factory=list)

    def end_line(self) -> None:
        """Keep the line read so far; a time after its last word is that of the next one's first."""
        spans = word_spans(self.text)
        starts: list[Micros | None] = [None] * len(spans)
        late: list[tuple[int, Micros]] = []
        for place, time in self.stamps:
            word = next((n for n, (begin, _) in enumerate(spans) if begin >= place), None)
            if word is None:
                late = [(0, time)]
            else:
                starts[word] = time
        told = any(start is not None for start in starts)
        if spans:
            self.lines.append(Line(self.text, self.speaker, tuple(starts) if told else ()))
        self.text, self.stamps = "", late


def _said(payload: str, notes: Notes, line: int) -> _Said:
    said, place = _Said(), 0
    for token in _TOKEN.finditer(payload):
        said.text += html.unescape(payload[place : token.start()])
        place = token.end()
        closing, name, classes, words, stamp, _ = token.groups()
        if stamp:
            _take_stamp(said, stamp, notes, line)
        elif not name or name.lower() == "br":
            said.end_line()
        elif name.lower() == "v":
            said.end_line()
            said.speaker = None if closing else " ".join(html.unescape(words).split())
            said.is_styled |= bool(classes)
        else:
            said.is_styled = True
    said.text += html.unescape(payload[place:])
    said.end_line()
    if "<" in payload and _STRANGE.search(_TOKEN.sub("", payload)):
        notes.noticed("what stands in < > is no tag of WebVTT, so it is taken for text", line)
    return said


def _take_stamp(said: _Said, stamp: str, notes: Notes, line: int) -> None:
    time = read_time(stamp, _MARK)
    if time is None:
        notes.not_carried(f"the time of a word cannot be read: {excerpt(stamp)}", line)
    else:
        said.stamps.append((len(said.text), time.time))


def _write(transcript: Transcript, notes: Notes) -> str:
    kept = members(transcript.extra.get(_ID))
    header = kept.get("header")
    lines = [str(one) for one in header] if isinstance(header, list) else [_SIGNATURE]
    if transcript.language and not any(_LANGUAGE.match(one) for one in lines):
        lines.append(f"Language: {transcript.language}")
    asides = _asides(kept.get("blocks"))
    written = ["\n".join(lines)]
    for cue in transcript.cues:
        written += asides.pop(cue.id, [])
        written.append(_written(cue, notes))
    written += [text for texts in asides.values() for text in texts]
    return "\n\n".join(written) + "\n"


def _asides(raw: object) -> dict[str, list[str]]:
    """Give the comments and styles by the id of the cue above which they stand."""
    found: dict[str, list[str]] = {}
    for one in items(raw):
        if isinstance(one, dict):
            found.setdefault(str(one.get("before", "")), []).append(str(one.get("text", "")))
    return found


def _written(cue: Cue, notes: Notes) -> str:
    kept = members(cue.extra.get(_ID))
    times = f"{to_stamp(cue.start, _MARK)} --> {to_stamp(cue.end, _MARK)}"
    settings = " ".join(str(kept.get("settings", "")).split())
    payload = kept.get("payload")
    is_same = isinstance(payload, str) and _is_that(payload, cue)
    if payload and not is_same:
        notes.not_carried("styles of a changed cue", f"cue at {to_stamp(cue.start, _MARK)}")
    lines = (
        " ".join(str(kept.get("id", "")).split()).replace("-->", "->"),
        f"{times} {settings}".rstrip(),
        str(payload) if is_same else _payload(cue),
    )
    return "\n".join(line for line in lines if line)


def _is_that(payload: str, cue: Cue) -> bool:
    """Tell whether a cue as it was read says what it still does."""
    notes = Notes()
    draft = Draft(1, Timing(cue.start, cue.end, ""), _said(payload, notes, 1).lines)
    again = make_cues([draft], notes)
    return [(one.speaker, one.text, one.words) for one in again] == [
        (cue.speaker, cue.text, cue.words)
    ]


def _payload(cue: Cue) -> str:
    voice = f"<v {_escaped(cue.speaker)}>" if cue.speaker else ""
    return voice + "".join(_pieces(cue))


def _pieces(cue: Cue) -> Iterator[str]:
    """Give the text with the times of those words that a source told."""
    timed = [word.text for word in cue.words] == cue.text.split()
    last, place = to_millis(cue.start), 0
    for word, (begin, _) in zip(cue.words, word_spans(cue.text), strict=False) if timed else ():
        at = to_millis(word.start)
        if word.estimated or not last < at < to_millis(cue.end):
            continue
        yield f"{_escaped(cue.text[place:begin])}<{to_stamp(word.start, _MARK)}>"
        last, place = at, begin
    yield _escaped(cue.text[place:])


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


WEBVTT = TranscriptFormat(
    id=_ID,
    title="WebVTT",
    suffixes=(".vtt", ".webvtt"),
    claims=_claims,
    read=_read,
    write=_write,
    loses=(
        "which participant speaks; the label of the speaker is written",
        "times below a millisecond",
    ),
)

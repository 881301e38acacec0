"""SubStation Alpha, old (SSA) and new (ASS): cues with a speaker and a style.

Its lines are chosen and told here, and read and written by pysubs2.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from annotator.model.time import Micros, to_seconds_text
from annotator.model.transcript import Cue, Transcript
from annotator.storage.interchange.clock import Timing, to_millis
from annotator.storage.interchange.cue_blocks import MOST_CUES, too_many_cues
from annotator.storage.interchange.cue_making import Draft, Line, make_cues
from annotator.storage.interchange.drafting import NO_EXTRA
from annotator.storage.interchange.json_reading import members
from annotator.storage.interchange.micros import micros_of
from annotator.storage.interchange.report import ForeignFileError, Notes
from annotator.storage.interchange.subtitle_reading import ReadDrafts

if TYPE_CHECKING:
    from pysubs2 import SSAEvent

ASS, SSA = "ass", "ssa"
_COMMON = ("start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text")
_FIELDS = {ASS: ("layer", *_COMMON), SSA: ("marked", *_COMMON)}
_SECTION = re.compile(r"\[([^\]]{1,60})\]\s*")
_EVENT = re.compile(r"(Dialogue|Comment|Picture|Sound|Movie|Command)\s*:\s*(.*)", re.IGNORECASE)
_TIME = re.compile(r"-?\d{1,2}:\d{1,2}:\d{1,2}[.,:]\d{1,3}")
_PLAIN = re.compile(
    r"(?:\d{1,9}|Marked=[01]),\d:\d\d:\d\d\.\d\d,\d:\d\d:\d\d\.\d\d,[^,]*,[^,]*,\d+,\d+,\d+,[^,]*,",
    re.ASCII,
)
"""Fields as they usually are, which need no putting right."""

_OVERRIDE = re.compile(r"(?<!\\)\{[^{}]*\}")
_DRAWING = re.compile(r"(?<!\\)\{[^{}]*\\p[1-9][^{}]*\}")
_EXACT = re.compile(r"\{time ([0-9.]{1,20}) ([0-9.]{1,20})\}")
_MARK = re.compile(r"\\([Nnh{}\u2060])")
_MEANT = {"N": "\n", "n": "\n", "h": " ", "\u2060": "\\"}
_LONGEST_HEAD = 2000
_CENTI = 10_000
_AT_ONCE = 1000
"""So many cues pysubs2 is given, which needs far more room for them than they have here."""

_Row = tuple[int, str]
_LONGEST_WHOLE = 9  # digits


def sections(lines: Sequence[str]) -> set[str]:
    """Give the names of a file's sections, in small letters."""
    return {match[1].lower() for line in lines if (match := _SECTION.fullmatch(line.strip()))}


@dataclass(slots=True)
class _Rows:
    """The lines of a file, sorted by what becomes of them."""

    form: str
    notes: Notes
    head: list[str] = field(default_factory=list)
    count: int = 0
    order: Sequence[str] = ()
    is_usual: bool = False

    def read(self, lines: Sequence[str]) -> Iterator[_Row]:
        """Sort all lines; yields those that are cues, with their numbers."""
        section = ""
        for number, line in enumerate(self.notes.through(lines), 1):
            match = _SECTION.fullmatch(line.strip())
            if match:
                section = match[1].lower()
                if section in {"fonts", "graphics"}:
                    self.notes.not_carried("fonts and pictures in the file", number)
            if section == "events":
                row = self._event(number, line.strip())
                if row is not None:
                    yield number, row
            elif section not in {"fonts", "graphics"} and len(self.head) < _LONGEST_HEAD:
                self.head.append(line)

    def _event(self, number: int, line: str) -> str | None:
        """Give the fields of a cue; None where a line is none."""
        if line[:7].lower() == "format:":
            self.order = [one.strip().lower() for one in line[7:].split(",")]
            self.is_usual = tuple(self.order) == _FIELDS[self.form]
            return None
        match = _EVENT.fullmatch(line)
        if match is None:
            if line and not line.startswith(("[", ";", "!:")):
                self.notes.not_carried("a line that is no cue", number)
            return None
        row = self._row(match[2])
        if match[1].lower() != "dialogue":
            kind = match[1].lower()
            self.notes.not_carried(f"a line that is not shown as text ({kind})", number)
            return None
        if row is None:
            self.notes.not_carried("a cue whose times cannot be read", number)
        self.count += row is not None
        if self.count > MOST_CUES:
            raise too_many_cues()
        return row

    def _row(self, text: str) -> str | None:
        """Put the fields of a line into the usual order; None where its times cannot be read."""
        if self.is_usual and _PLAIN.match(text) and (text[0] == "M") == (self.form == SSA):
            return text
        usual = _FIELDS[self.form]
        order = self.order if len(self.order) > 1 and "text" in self.order else usual
        told = dict(zip(order, text.split(",", len(order) - 1), strict=False))
        times = [told.get(name, "").strip() for name in ("start", "end")]
        if "text" not in told or not all(_TIME.fullmatch(time) for time in times):
            return None
        told |= {"start": _pointed(times[0]), "end": _pointed(times[1])}
        for name in ("marginl", "marginr", "marginv", "layer"):
            digits = told.get(name, "").strip()
            told[name] = digits if digits.isdecimal() and len(digits) < _LONGEST_WHOLE else "0"
        return ",".join(told.get(name, "") for name in usual)


def _pointed(time: str) -> str:
    """Write a time with a point before its fraction, where some programs have a colon."""
    head, _, fraction = re.sub(r"[.,]", ":", time).rpartition(":")
    return f"{head}.{fraction}"


def read_drafts(lines: Sequence[str], notes: Notes) -> ReadDrafts:
    """Read the cues of a file, whose styles tell in which of the two forms it is."""
    form = SSA if "v4 styles" in sections(lines) else ASS
    extra: dict[str, object] = {}
    return ReadDrafts(_drafts(form, lines, notes, extra), extra=extra)


def _drafts(
    form: str, lines: Sequence[str], notes: Notes, extra: dict[str, object]
) -> Iterator[Draft]:
    """Yield the cues of a file, and put into `extra` at last what stood above them."""
    rows = _Rows(form, notes)
    cues = rows.read(lines)
    while some := list(islice(cues, _AT_ONCE)):
        for (number, _), event in zip(some, _events(form, some), strict=True):
            if _DRAWING.search(event.text):
                notes.not_carried("a drawing, which says nothing", number)
            else:
                yield _draft(event, number, form, notes)
    head = "\n".join(rows.head).strip("\n")
    if head:
        extra[form] = {"head": head}


def _events(form: str, rows: Sequence[_Row]) -> Sequence[SSAEvent]:
    from pysubs2 import SSAFile  # noqa: PLC0415 seldom wanted, and slower to load than the rest
    from pysubs2.exceptions import Pysubs2Error  # noqa: PLC0415 as above

    text = "[Events]\n" + "\n".join(f"Dialogue: {row}" for _, row in rows)
    try:
        events = SSAFile.from_string(text, format_=form).events
    except (Pysubs2Error, ValueError, OverflowError, NotImplementedError) as error:
        raise unreadable() from error
    if len(events) != len(rows):  # a line break that is one to the library alone
        raise unreadable()
    return events


def unreadable() -> ForeignFileError:
    """Make the failure that tells of subtitles that make no sense."""
    return ForeignFileError(
        "The subtitles cannot be read.",
        "Open them in the program that wrote them and save them as SubRip (.srt) or WebVTT.",
    )


def _draft(event: SSAEvent, number: int, form: str, notes: Notes) -> Draft:
    text = event.text
    start, end = Micros(event.start * 1000), Micros(event.end * 1000)
    exact = _EXACT.match(text)
    if exact:
        told = [micros_of(one) for one in exact.groups()]
        if [_hundredths(one) for one in told] == [_hundredths(start), _hundredths(end)]:
            start, end = told[0] or start, told[1] or end
            text = text[exact.end() :]
    kept = _kept_fields(event)
    if _OVERRIDE.search(text):
        kept["payload"] = text
        notes.noticed("styles are kept for writing them again, and not shown", number)
    lines = [Line(line, event.name.strip() or None) for line in _said(text).split("\n")]
    return Draft(number, Timing(start, end, ""), lines, {form: kept} if kept else NO_EXTRA)


def _kept_fields(event: SSAEvent) -> dict[str, object]:
    told: dict[str, object] = {"style": event.style.strip(), "effect": event.effect}
    told |= {"layer": event.layer, "marginl": event.marginl}
    told |= {"marginr": event.marginr, "marginv": event.marginv}
    return {name: value for name, value in told.items() if value and value != "Default"}


def _hundredths(time: Micros | None) -> int:
    return (to_millis(time) + 5) // 10 if time is not None else -1


def _said(text: str) -> str:
    """Give what is shown of a cue."""
    return _MARK.sub(lambda match: _MEANT.get(match[1], match[1]), _OVERRIDE.sub("", text))


def write(transcript: Transcript, notes: Notes, form: str) -> str:
    """Write a transcript in one of the two forms.

    Times that are no whole hundredths stand in full in a comment in front of the text.
    """
    from pysubs2 import SSAFile  # noqa: PLC0415 seldom wanted, and slower to load than the rest

    made = SSAFile()
    made.events = list(_written(transcript.cues, form, notes))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of ten hours and more, which are told as lost
        text = made.to_string(form, header_notice="Written by annotator")
    head = members(transcript.extra.get(form)).get("head")
    if not isinstance(head, str) or "styles]" not in head.lower():
        return text
    return f"{head}\n\n{text[text.index('[Events]') :]}"


def _written(cues: Sequence[Cue], form: str, notes: Notes) -> Iterator[SSAEvent]:
    from pysubs2 import SSAEvent  # noqa: PLC0415 seldom wanted, and slower to load than the rest

    for cue in cues:
        kept = members(cue.extra.get(form))
        event = SSAEvent(to_millis(cue.start), to_millis(cue.end), _payload(cue, kept, notes))
        event.name = " ".join(cue.speaker.replace(",", ";").split())
        for name in ("style", "effect", "layer", "marginl", "marginr", "marginv") if kept else ():
            value = kept.get(name, getattr(event, name))
            if isinstance(value, str):
                value = " ".join(value.replace(",", ";").split())
            if type(value) is type(getattr(event, name)):
                setattr(event, name, value)
        yield event


def _payload(cue: Cue, kept: Mapping[str, object], notes: Notes) -> str:
    payload = kept.get("payload")
    if isinstance(payload, str) and "\n" not in payload:
        draft = Draft(
            1,
            Timing(cue.start, cue.end, ""),
            [Line(one, cue.speaker) for one in _said(payload).split("\n")],
        )
        if [one.text for one in make_cues([draft], Notes())] == [cue.text]:
            return _exact(cue) + payload
        notes.not_carried("styles of a changed cue", f"cue at {to_seconds_text(cue.start)} s")
    lines = cue.text.replace("\r", "\n").split("\n")
    return _exact(cue) + "\\N".join(_escaped(line) for line in lines)


def _exact(cue: Cue) -> str:
    if cue.start < 0 or not (cue.start % _CENTI or cue.end % _CENTI):
        return ""
    return f"{{time {to_seconds_text(cue.start)} {to_seconds_text(cue.end)}}}"


def _escaped(line: str) -> str:
    """Write a line so that nothing in it is taken for a mark, and its blanks stay."""
    line = re.sub(r"\\(?=[Nnh{}])", "\\\\\u2060", line)
    line = line.replace("{", "\\{").replace("}", "\\}")
    inner = line.strip(" ")
    before = len(line) - len(line.lstrip(" "))
    after = len(line) - before - len(inner) if inner else 0
    return "\\h" * before + inner + "\\h" * after

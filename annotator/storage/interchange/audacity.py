"""Label tracks of Audacity: a line a label, with its start, its end and its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.model.session import Session
from annotator.storage.interchange.drafting import (
    NO_EXTRA,
    NOTHING,
    UNKNOWN_CODER,
    SessionDraft,
)
from annotator.storage.interchange.interface import Format, Found, TierFacts, TierUse, Wishes
from annotator.storage.interchange.micros import micros_of
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.spending import spent
from annotator.storage.interchange.tag_cues import ReadTags, TagCue, tag_cues, take_tags
from annotator.storage.interchange.tiers import Annotation, Tier, take_tiers

_ID, _UNIT = "audacity", "labels"
_NUMBER = r"[+-]?\d{1,15}(?:[.,]\d{0,15})?(?:[eE][+-]?\d{1,3})?"
_LABEL = re.compile(rf"\s*({_NUMBER})\t\s*({_NUMBER})\s*(?:\t(.*))?", re.DOTALL)
_POINT = re.compile(rf"\s*({_NUMBER})\t(.*)", re.DOTALL)
_FREQUENCIES = re.compile(rf"\\\t({_NUMBER})\t({_NUMBER})\s*")
_OURS = re.compile(
    r"\[([^\[\]]*?)(?: -> ([^\[\]]*))?\] ([^\[\]:]+?)((?: \[[^\[\]]*\])*)(?:: (.*))?", re.DOTALL
)
_CHOICE = re.compile(r" \[([^\[\]]*?): ([^\[\]]*)\]")
_FIELDS = 3
_MOST_CODES, _LONGEST_CODE = 60, 40
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile(r"\\([\\nrt])")
_MEANT = {"\\": "\\", "n": "\n", "r": "\r", "t": "\t"}
_MARKS = str.maketrans("[]:\t\n\r", "();   ")


@dataclass(slots=True)
class _Label:
    """A label as it stands in a file, and the frequencies it is limited to."""

    line: int
    start: int
    end: int
    text: str
    frequencies: tuple[str, str] | None = None


def _claims(source: Source) -> bool:
    """Tell a file by its first line, with two numbers and a text between tabs, and most others."""
    lines = [line for line in source.head.split("\n")[:40] if line.strip()]
    first = [line for line in lines[:10] if not line.startswith("\\")]
    are_labels = [
        _LABEL.fullmatch(line) is not None and line.count("\t") < _FIELDS for line in first
    ]
    return bool(first) and are_labels[0] and sum(are_labels) * 2 > len(first)


def _read(source: Source, wishes: Wishes, notes: Notes) -> Found:
    lines = source.text(notes, wishes.encoding).lines
    labels = list(_labels(lines, notes))
    counted = sum(1 for line in lines if line.strip() and not line.startswith("\\"))
    if not labels:
        return Found((), counted, 0, _UNIT)
    draft = SessionDraft(source.stem, source.stem, notes, wishes.now)
    is_wished = bool(wishes.tiers or wishes.tier_uses)
    if not is_wished and all(_OURS.fullmatch(label.text) for label in labels):
        ours = take_tags(draft, ReadTags(map(_tag, spent(labels))))
        carried = ours.carried
        facts: tuple[TierFacts, ...] = (TierFacts("labels", carried, ours.words, TierUse.VALUES),)
    else:
        use = None if wishes.tiers else _use(labels)
        tier = Tier("labels", list(map(_annotation, spent(labels))), wishes.coder or UNKNOWN_CODER)
        tier.use = use
        taken = take_tiers(draft, [tier], wishes)
        carried, facts = taken.carried, taken.facts
    return Found((draft.session(),), counted, carried, _UNIT, facts)


def _use(labels: Sequence[_Label]) -> TierUse | None:
    """Take short texts for codes, and leave it to a guess what long ones are."""
    texts = {label.text.strip() for label in labels}
    are_codes = len(texts) <= _MOST_CODES and max(map(len, texts)) <= _LONGEST_CODE
    return TierUse.VALUES if are_codes else None


def _labels(lines: Sequence[str], notes: Notes) -> Iterator[_Label]:
    """Yield the labels of a file, in whose times a comma may stand for the point."""
    last: _Label | None = None
    for number, line in enumerate(notes.through(lines), 1):
        if not line.strip():
            continue
        if line.startswith("\\"):
            _take_frequencies(last, line, number, notes)
            continue
        if last is not None:
            yield last
        last = _label(line, number, notes)
    if last is not None:
        yield last


def _take_frequencies(label: _Label | None, line: str, number: int, notes: Notes) -> None:
    match = _FREQUENCIES.fullmatch(line)
    if label is None or match is None or label.frequencies is not None:
        notes.noticed("a line that says more of a label cannot be read", number)
        return
    label.frequencies = (match[1], match[2])


def _label(line: str, number: int, notes: Notes) -> _Label | None:
    match = _LABEL.fullmatch(line)
    if match:
        start, end = (micros_of(one.replace(",", ".")) for one in match.groups()[:2])
        text = match[3] or ""
    else:
        match = _POINT.fullmatch(line)
        start = end = micros_of(match[1].replace(",", ".")) if match else None
        text = match[2] if match else ""
    if start is None or end is None:
        notes.not_carried("a line that is no label", number)
        return None
    return _Label(number, start, end, text)


def _annotation(label: _Label) -> Annotation:
    return Annotation(label.start, label.end, label.text, label.line, extra=_extra(label))


def _extra(label: _Label) -> Mapping[str, object]:
    if label.frequencies is None:
        return NO_EXTRA
    return {_ID: {"low": label.frequencies[0], "high": label.frequencies[1]}}


def _tag(label: _Label) -> TagCue:
    """Read a label as a tag that we wrote."""
    match = _OURS.fullmatch(label.text)
    coder, person, word, chosen, note = match.groups() if match else ("", "", "", "", "")
    return TagCue(
        label.start,
        label.end,
        coder or UNKNOWN_CODER,
        person or "",
        word,
        dict(_CHOICE.findall(chosen)) if chosen else NOTHING,
        _ESCAPED.sub(lambda one: _MEANT[one[1]], note) if note else "",
        label.line,
        extra=_extra(label),
    )


def _write(sessions: Sequence[Session], _wishes: Wishes, _notes: Notes) -> bytes:
    """Write the tags of a session in order of time, in microseconds."""
    return "".join(map(_written, tag_cues(sessions[0]))).encode("utf-8", "replace")


def _written(cue: TagCue) -> str:
    who = (
        f"{_plain(cue.coder)} -> {_plain(cue.participant)}"
        if cue.participant
        else _plain(cue.coder)
    )
    chosen = "".join(f" [{_plain(name)}: {_plain(one)}]" for name, one in cue.attributes.items())
    note = "".join(_ESCAPES.get(letter, letter) for letter in cue.note)
    text = f"[{who}] {_plain(cue.word)}{chosen}" + (f": {note}" if note else "")
    label = f"{_seconds(cue.start)}\t{_seconds(cue.end)}\t{text}\n"
    return label + _frequencies(cue.extra.get(_ID))


def _frequencies(kept: object) -> str:
    """Write the frequencies that a label was limited to in a line of their own; none are empty."""
    told = [kept.get("low"), kept.get("high")] if isinstance(kept, dict) else []
    line = "\t".join(["\\", *(str(one) for one in told)])
    return f"{line}\n" if _FREQUENCIES.fullmatch(line) else ""


def _seconds(time: int) -> str:
    """Write seconds with six decimals, as Audacity does."""
    sign, digits = "-" if time < 0 else "", f"{abs(time):07d}"
    return f"{sign}{digits[:-6]}.{digits[-6:]}"


def _plain(name: str) -> str:
    return " ".join(name.translate(_MARKS).replace(" -> ", " - ").split())


FORMATS: tuple[Format, ...] = (
    Format(
        _ID,
        "Audacity labels",
        (".labels.txt", ".txt"),
        _claims,
        _read,
        _write,
        (
            "the ids of tags, and people beyond their names",
            "what a code is beyond its name",
            "ratings, transcripts, excluded spans and recordings",
        ),
    ),
)

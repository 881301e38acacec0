"""The report of an import or export as a text to keep, with every place of every remark."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotator.model.session import Session
from annotator.storage.interchange.report import Outcome, Remark, Report

_WIDTH = 88
_HEADINGS = {
    Outcome.NOT_CARRIED: "Not carried",
    Outcome.REPAIRED: "Repaired",
    Outcome.NOTICED: "Noticed, and kept as it is",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A file that was read or written: its name, format, size in bytes and SHA-256."""

    name: str
    format: str
    size: int
    digest: str

    @classmethod
    def of(cls, name: str, form: str, data: bytes) -> Passage:
        """Describe a file by its bytes."""
        return cls(name, form, len(data), hashlib.sha256(data).hexdigest())

    def __str__(self) -> str:
        return f"{self.name} ({self.format}), {self.size:,} bytes, SHA-256 {self.digest}"


def import_text(
    source: Passage, report: Report, unit: str, sessions: Sequence[Session], when: str
) -> str:
    """Tell of an import: what was read when, what it became, and each remark with its places."""
    head = [
        "Import report",
        "",
        f"Read:         {source}",
        f"When:         {when}",
        f"In the file:  {report.counted_in:,} {unit}",
        f"Taken over:   {report.counted_out:,}",
        f"Not carried:  {max(0, report.counted_in - report.counted_out):,}",
    ]
    head += [f"Session:      {line}" for line in contents(sessions)]
    return "\n".join([*head, *_remarks(report)]) + "\n"


def contents(sessions: Sequence[Session]) -> list[str]:
    """Say in a line for each session what is in it."""
    return [f"{one.title or one.id}: {', '.join(_counts(one))}" for one in sessions]


def _counts(session: Session) -> list[str]:
    told = []
    for one in session.passes:
        tags = f"{_plural(len(one.tags), 'tag')} by {one.coder}"
        told.append(tags + (f", {_plural(len(one.ratings), 'rating')}" if one.ratings else ""))
    if session.transcripts:
        told.append(_plural(sum(len(one.cues) for one in session.transcripts), "cue"))
    return told or [f"a codebook of {_plural(len(session.codebook.codes), 'code')}"]


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _remarks(report: Report) -> Iterator[str]:
    for outcome, heading in _HEADINGS.items():
        remarks = [one for one in report.remarks if one.outcome is outcome]
        if remarks:
            yield ""
            yield heading
        for one in remarks:
            yield from _told(one)
    if report.unlisted:
        yield ""
        yield f"and {report.unlisted:,} more remarks of other kinds, which are not listed"


def _told(remark: Remark) -> Iterator[str]:
    count = len(remark.places) + remark.unplaced
    times = f" ({count:,} times)" if count > 1 else ""
    yield f"- {remark.message}{times}"
    line = "   "
    for place in remark.places:
        if len(line) + len(place) > _WIDTH and line.strip():
            yield line.rstrip()
            line = "   "
        line += f" {place},"
    if remark.unplaced:
        line += f" and {remark.unplaced:,} more"
    if line.strip():
        yield line.rstrip().removesuffix(",")

"""What the window of an import says of files, passes, codes, tiers and columns; no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from annotator.editing.importing import ImportPlan
from annotator.model.coding import CodingPass
from annotator.model.session import Session
from annotator.model.time import SECOND, Micros
from annotator.storage.interchange.columns import Column, Layout, TimeForm
from annotator.storage.interchange.interface import TierUse
from annotator.storage.interchange.report import Outcome, Remark, Report

USES: Mapping[TierUse, str] = MappingProxyType(
    {
        TierUse.CODE: "The tier is one code",
        TierUse.VALUES: "Each text in it is a code",
        TierUse.TRANSCRIPT: "What was said",
        TierUse.LEAVE: "Leave it out",
    }
)
COLUMNS: Mapping[Column, str] = MappingProxyType(
    {
        Column.START: "Start",
        Column.END: "End",
        Column.DURATION: "Duration",
        Column.CODE: "Code",
        Column.NAME: "Name of the code",
        Column.GROUP: "Group of codes",
        Column.KIND: "Starts or stops",
        Column.CODER: "Coder",
        Column.PARTICIPANT: "Participant",
        Column.NOTE: "Note",
        Column.ATTRIBUTE: "Attribute",
        Column.SESSION: "Session",
        Column.RECORDING: "Film",
        Column.TAG: "Id of the tag",
        Column.PASS: "Id of the pass",
        Column.PURPOSE: "Purpose of the pass",
        Column.ORIGIN: "Where it came from",
        Column.CREATED: "When made",
        Column.MODIFIED: "When changed",
        Column.LEAVE: "– leave out –",
    }
)
TIMES: Mapping[TimeForm, str] = MappingProxyType(
    {
        TimeForm.GUESSED: "Find out",
        TimeForm.SECONDS: "Seconds",
        TimeForm.MILLISECONDS: "Milliseconds",
        TimeForm.CLOCK: "Clock, 0:01:23.480",
        TimeForm.FRAMES: "Frame numbers",
        TimeForm.SMPTE: "Timecode, 00:01:23:12",
    }
)
LAYOUTS: Mapping[Layout, str] = MappingProxyType(
    {
        Layout.TAGS: "A tag",
        Layout.CODES: "A moment, with a column for each code",
    }
)
OUTCOMES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.NOT_CARRIED: "Not carried",
        Outcome.REPAIRED: "Put right",
        Outcome.NOTICED: "Noticed",
    }
)
ENCODINGS: Mapping[str, str] = MappingProxyType(
    {
        "": "Find out",
        "utf-8": "Unicode (UTF-8)",
        "utf-16": "Unicode (UTF-16)",
        "cp1252": "Western European (Windows)",
        "mac_roman": "Western European (Mac)",
        "cp1250": "Central European (Windows)",
        "cp1251": "Cyrillic (Windows)",
        "cp1253": "Greek (Windows)",
        "cp1254": "Turkish (Windows)",
        "cp1255": "Hebrew (Windows)",
        "cp1256": "Arabic (Windows)",
        "shift_jis": "Japanese (Shift JIS)",
        "gb18030": "Chinese (GB 18030)",
        "big5": "Chinese (Big5)",
        "cp949": "Korean (Windows)",
    }
)
_TOLD_AT_MOST = 4
_MARKS = {"": "Find out", "\t": "Tab", ";": "Semicolon ;", ",": "Comma ,", "|": "Bar |"}
_DECIMALS = {"": "Find out", ".": "Point, 1.5", ",": "Comma, 1,5"}
DELIMITERS: Mapping[str, str] = MappingProxyType(_MARKS)
DECIMALS: Mapping[str, str] = MappingProxyType(_DECIMALS)


def counted(count: int, noun: str) -> str:
    """Say how many there are of something."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def counts_words(report: Report, unit: str) -> str:
    """Say how many things stood in a file, and how many of them come along."""
    missing = max(0, report.counted_in - report.counted_out)
    if not missing and report.is_lossless:
        return f"All {report.counted_in:,} {unit} in the file come along."
    if not missing:
        return (
            f"All {report.counted_in:,} {unit} in the file come along, but not everything that "
            "belongs to them: see the remarks."
        )
    verb = "does" if missing == 1 else "do"
    return (
        f"{report.counted_out:,} of {report.counted_in:,} {unit} in the file come along; "
        f"{missing:,} {verb} not: see the remarks."
    )


def loss_words(report: Report) -> str:
    """Say how much of a session will be in a file that is written."""
    kinds = sum(one.outcome is Outcome.NOT_CARRIED for one in report.remarks) + report.unlisted
    whole = f"{report.counted_in:,} tags, ratings and cues will be in the file"
    if report.counted_out < report.counted_in:
        return f"{report.counted_out:,} of {whole}."
    if not kinds:
        return f"All {whole}."
    things = "1 kind of thing" if kinds == 1 else f"{kinds} kinds of things"
    return f"All {whole}, without {things} about them or the session."


def contents_words(session: Session) -> str:
    """Say what is in a session of ours that was chosen to be imported from."""
    tags = sum(len(one.tags) for one in session.passes)
    return f"A session of annotator with {counted(tags, 'tag')}."


def pass_words(one: CodingPass) -> str:
    """Say whose a pass is, and how much is in it."""
    ratings = f", {counted(len(one.ratings), 'rating')}" if one.ratings else ""
    return f"{one.coder} · {counted(len(one.tags), 'tag')}{ratings}"


def speech_words(session: Session) -> str:
    """Say how much of what was said there is; empty for nothing."""
    cues = sum(len(one.cues) for one in session.transcripts)
    return f"What was said · {counted(cues, 'cue')}" if session.transcripts else ""


def session_words(session: Session) -> str:
    """Name a session of a file, and say how much is in it."""
    tags = sum(len(one.tags) for one in session.passes)
    said = speech_words(session).partition(" · ")[2]
    parts = [counted(len(session.passes), "pass").replace("passs", "passes")]
    parts += [counted(tags, "tag"), *([said] if said else [])]
    return f"{session.title or session.id} · {', '.join(parts)}"


def shift_text(shift: Micros) -> str:
    """Write by how much times are moved, as seconds: `+1.2`, `-0.04`, `0`."""
    seconds = f"{abs(shift) / SECOND:.6f}".rstrip("0").rstrip(".")
    sign = "-" if shift < 0 else "+" if shift > 0 else ""
    return f"{sign}{seconds}"


def told_words(told: Sequence[str]) -> str:
    """Tell what else a person should know, a line each, as many as can be read at a glance."""
    lines = [f"{line[:1].upper()}{line[1:]}." for line in told[:_TOLD_AT_MOST]]
    if len(told) > _TOLD_AT_MOST:
        lines.append(f"And {len(told) - _TOLD_AT_MOST} more, which the report tells.")
    return "\n".join(lines)


def taken_words(plan: ImportPlan, name: str, missing: int) -> str:
    """Say what came out of an import."""
    parts = [counted(plan.tags, "tag")] if plan.tags or not plan.cues else []
    parts += [counted(plan.cues, "cue")] if plan.cues else []
    lost = f" {missing:,} in the file did not come along." if missing else ""
    return f"Imported {' and '.join(parts)} from {name}.{lost}"


def made_words(sessions: Sequence[Session], name: str, first: Path) -> str:
    """Say which sessions were made of a file; the first of them is open."""
    tags = sum(len(one.tags) for session in sessions for one in session.passes)
    if len(sessions) == 1:
        return f"{first.name} was made of {name}, with {counted(tags, 'tag')}."
    return (
        f"{len(sessions)} sessions were made of {name}, with {counted(tags, 'tag')}; they are in "
        f"{first.parent}, and the first is open."
    )


def shortened(text: str, longest: int) -> str:
    """Give a text in one line, cut where it is too long for its place."""
    line = " ".join(text[: 4 * longest].split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def count_of(remark: Remark) -> int:
    """Tell how often something happened."""
    return max(1, len(remark.places) + remark.unplaced)

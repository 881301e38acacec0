"""Transcripts in and out of foreign files, whatever their format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import StorageError
from annotator.model.time import Micros
from annotator.model.transcript import Cue, Transcript
from annotator.storage.atomic import write_atomically
from annotator.storage.faults import storage_error
from annotator.storage.interchange.clock import to_millis, to_stamp
from annotator.storage.interchange.foreign_text import LARGEST, decoded, too_large
from annotator.storage.interchange.interface import TranscriptFormat
from annotator.storage.interchange.plain_text import plain_text
from annotator.storage.interchange.report import ForeignFileError, Notes, Report
from annotator.storage.interchange.subrip import SUBRIP
from annotator.storage.interchange.webvtt import WEBVTT

PLAIN = ".txt"
FORMATS: tuple[TranscriptFormat, ...] = (WEBVTT, SUBRIP)


@dataclass(frozen=True, slots=True)
class ImportedTranscript:
    """A transcript as it was read, in which format, and what became of what stood in the file."""

    transcript: Transcript
    format: TranscriptFormat
    report: Report


@dataclass(frozen=True, slots=True)
class ExportedTranscript:
    """The text of a file to be written, in which format, and what it does not hold."""

    text: str
    format: TranscriptFormat
    report: Report


def read_transcript(path: Path, transcript_id: str, encoding: str = "") -> ImportedTranscript:
    """Read a foreign file as a transcript of that id; an empty encoding is found out.

    Raises ForeignFileError where it is no transcript, StorageError where the system will not let
    it be read.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise too_large(size)
        data = path.read_bytes()
    except OSError as error:
        raise storage_error(error, path, "could not be read") from error
    return parse_transcript(data, path.name, transcript_id, encoding)


def parse_transcript(
    data: bytes, name: str, transcript_id: str, encoding: str = ""
) -> ImportedTranscript:
    """Read the bytes of a file of that name as `read_transcript` does; it raises the same."""
    notes = Notes()
    text = decoded(data, notes, encoding)
    form = _format_of(text.lines, name)
    found = form.read(text.lines, notes)
    report = notes.report(found.counted_in, len(found.cues), text.encoding)
    if not found.cues:
        raise ForeignFileError(
            f"“{name}” holds no transcript: no line tells from when to when something is said.",
            "Choose a WebVTT (.vtt) or SubRip (.srt) file.",
            report.lines(),
        )
    transcript = Transcript(transcript_id, found.cues, found.language, name, found.extra)
    return ImportedTranscript(transcript, form, report)


def _format_of(lines: Sequence[str], name: str) -> TranscriptFormat:
    """Tell a file's format by what stands in it, else by its name, else the first there is."""
    claiming = [form for form in FORMATS if form.claims(lines)]
    named = [form for form in FORMATS if name.lower().endswith(form.suffixes)]
    return next(iter([*claiming, *named, *FORMATS]))


def format_for(path: Path) -> TranscriptFormat:
    """Give the format that a file to be written should have, by its name.

    Raises StorageError where it ends like none of them.
    """
    for form in FORMATS:
        if path.name.lower().endswith(form.suffixes):
            return form
    endings = ", ".join(f"{form.suffixes[0]} for {form.title}" for form in FORMATS)
    raise StorageError(f"“{path.name}” does not say in which format.", f"Endings are: {endings}.")


def render_transcript(transcript: Transcript, form: TranscriptFormat) -> ExportedTranscript:
    """Write a transcript as the text of a file; the report tells what it does not hold.

    That is found out by reading the text again.
    """
    notes = Notes()
    text = form.write(transcript, notes)
    again = form.read(text.split("\n"), Notes()).cues if transcript.cues else ()
    _compare(transcript.cues, again, notes)
    return ExportedTranscript(text, form, notes.report(len(transcript.cues), len(again)))


def write_transcript(path: Path, transcript: Transcript) -> Report:
    """Write a transcript as a foreign file in one step, over what is there; the name tells how.

    A name that ends in .txt makes plain text for reading. Raises StorageError where the name tells
    no format, or where it cannot be written.
    """
    if path.suffix.lower() == PLAIN:
        write_atomically(path, plain_text(transcript).encode("utf-8", "replace"))
        return Report(len(transcript.cues), len(transcript.cues))
    made = render_transcript(transcript, format_for(path))
    write_atomically(path, made.text.encode("utf-8", "replace"))
    return made.report


_LOSSES: tuple[tuple[str, Callable[[Cue], object]], ...] = (
    ("the text reads otherwise", lambda cue: cue.text),
    ("the speaker reads otherwise", lambda cue: cue.speaker),
    (
        "the times of single words",
        lambda cue: [one.start for one in cue.words if not one.estimated],
    ),
)


def _compare(cues: Sequence[Cue], again: Sequence[Cue], notes: Notes) -> None:
    for cue in cues:
        place = f"cue at {to_stamp(cue.start, '.')}"
        if cue.participant:
            notes.not_carried("which participant speaks", place)
        if any(time % 1000 or time < 0 for time in (cue.start, cue.end)):
            notes.not_carried("times below a millisecond or before the film", place)
    if len(cues) != len(again):
        notes.not_carried("cues are cut or joined otherwise when this is read again")
        return
    for cue, other in zip(sorted(cues, key=_rounded), sorted(again, key=_rounded), strict=True):
        for told, value in _LOSSES:
            if _millis(value(cue)) != _millis(value(other)):
                notes.not_carried(told, f"cue at {to_stamp(cue.start, '.')}")


def _rounded(cue: Cue) -> tuple[int, int]:
    return (to_millis(cue.start), to_millis(cue.end))


def _millis(value: object) -> object:
    return [to_millis(Micros(one)) for one in value] if isinstance(value, list) else value

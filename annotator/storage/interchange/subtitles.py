"""Subtitles of all kinds: what was said in a session, or its tags for people to see on the film."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from annotator.model.session import Session
from annotator.model.transcript import Transcript
from annotator.storage.interchange import line_subtitles, sami, substation, ttml
from annotator.storage.interchange.interface import (
    Format,
    Found,
    Reader,
    TranscriptFormat,
    Wishes,
    Writer,
)
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.subrip import SUBRIP, drafts_of
from annotator.storage.interchange.subtitle_reading import (
    DraftReader,
    ReadDrafts,
    found_in,
    session_of,
    tags_of,
    wants_speech,
)
from annotator.storage.interchange.tag_cues import as_transcript
from annotator.storage.interchange.webvtt import WEBVTT
from annotator.storage.interchange.webvtt_tags import holds_tags, read_tags, written_tags


def _lines(source: Source, wishes: Wishes, notes: Notes) -> Sequence[str]:
    return source.text(notes, wishes.encoding).lines


def _claimed(form: TranscriptFormat) -> Callable[[Source], bool]:
    return lambda source: form.claims(source.head.split("\n"))


def _first_is(pattern: re.Pattern[str]) -> Callable[[Source], bool]:
    """Tell a format by its first line that is not empty, and by one of the two after it."""

    def claims(source: Source) -> bool:
        filled = [line for line in source.head.split("\n")[:60] if line.strip()][:3]
        are_cues = [pattern.fullmatch(line) is not None for line in filled]
        return bool(filled) and are_cues[0] and sum(are_cues) * 2 > len(filled)

    return claims


def _read_webvtt(source: Source, wishes: Wishes, notes: Notes) -> Found:
    lines = _lines(source, wishes, notes)
    if holds_tags(lines) and not wants_speech(wishes):
        return tags_of(read_tags(lines, notes), source, wishes, notes)
    return session_of(WEBVTT.read(lines, notes), source, wishes, notes)


def _write_webvtt(sessions: Sequence[Session], wishes: Wishes, notes: Notes) -> bytes:
    session = sessions[0]
    transcript = _spoken(session, wishes)
    text = WEBVTT.write(transcript, notes) if transcript else written_tags(session)
    return text.encode("utf-8", "replace")


def _spoken(session: Session, wishes: Wishes) -> Transcript | None:
    """Give what is to be written as it was said: the last transcript; None where tags are to be."""
    if wishes.as_tags or not session.transcripts:
        return None
    return session.transcripts[-1]


def _reader(drafts: DraftReader) -> Reader:
    def read(source: Source, wishes: Wishes, notes: Notes) -> Found:
        return found_in(drafts, source, wishes, notes)

    return read


def _writer(write: Callable[[Transcript, Notes], str]) -> Writer:
    """Write a transcript, or tags as cues that people can read."""

    def written(sessions: Sequence[Session], wishes: Wishes, notes: Notes) -> bytes:
        session = sessions[0]
        transcript = _spoken(session, wishes) or as_transcript(session)
        return write(transcript, notes).encode("utf-8", "replace")

    return written


def _is_substation(source: Source) -> bool:
    """Tell both forms by their sections; which one it is, the styles tell when it is read."""
    named = substation.sections(source.head.split("\n"))
    return bool(named & {"script info", "v4 styles", "v4+ styles"}) or "events" in named


def _read_substation(source: Source, wishes: Wishes, notes: Notes) -> ReadDrafts:
    return substation.read_drafts(_lines(source, wishes, notes), notes)


_NO_CODES = "what a code is beyond its name"
_FOR_TAGS = (
    "a transcript and tags in one file: the last transcript is written, or the tags",
    _NO_CODES,
    "ratings, excluded spans and recordings",
)
_AS_LINES = (*_FOR_TAGS, "the ids of tags, and people beyond their names")

FORMATS: tuple[Format, ...] = (
    Format(
        WEBVTT.id,
        WEBVTT.title,
        WEBVTT.suffixes,
        _claimed(WEBVTT),
        _read_webvtt,
        _write_webvtt,
        (*WEBVTT.loses, *_FOR_TAGS),
    ),
    Format(
        SUBRIP.id,
        SUBRIP.title,
        SUBRIP.suffixes,
        _claimed(SUBRIP),
        _reader(
            lambda source, wishes, notes: ReadDrafts(
                drafts_of(_lines(source, wishes, notes), notes)
            )
        ),
        _writer(SUBRIP.write),
        (*SUBRIP.loses, *_AS_LINES),
    ),
    Format(
        substation.ASS,
        "Advanced SubStation Alpha (ASS)",
        (".ass",),
        _is_substation,
        _reader(_read_substation),
        _writer(partial(substation.write, form=substation.ASS)),
        ("the times of single words", "the language", *_AS_LINES),
    ),
    Format(
        substation.SSA,
        "SubStation Alpha (SSA)",
        (".ssa",),
        _is_substation,
        _reader(_read_substation),
        _writer(partial(substation.write, form=substation.SSA)),
        ("the times of single words", "the language", *_AS_LINES),
    ),
    Format(
        "ttml",
        "TTML (DFXP)",
        (".ttml", ".dfxp"),
        ttml.is_ttml,
        _reader(lambda source, _wishes, notes: ttml.read_drafts(source, notes)),
        _writer(ttml.write),
        ("the times of single words", "styles", *_AS_LINES),
    ),
    Format(
        "sami",
        "SAMI",
        (".smi", ".sami"),
        sami.is_sami,
        _reader(
            lambda source, wishes, notes: sami.read_drafts(_lines(source, wishes, notes), notes)
        ),
    ),
    Format(
        "microdvd",
        "MicroDVD",
        (".sub",),
        _first_is(line_subtitles.MICRODVD),
        _reader(
            lambda source, wishes, notes: line_subtitles.read_microdvd(
                _lines(source, wishes, notes), wishes.rate, notes
            )
        ),
    ),
    Format(
        "mpl2",
        "MPL2",
        (".mpl", ".mpl2"),
        _first_is(line_subtitles.MPL2),
        _reader(
            lambda source, wishes, notes: line_subtitles.read_mpl2(
                _lines(source, wishes, notes), notes
            )
        ),
    ),
    Format(
        "tmp",
        "TMPlayer (TMP)",
        (".tmp",),
        _first_is(line_subtitles.TMP),
        _reader(
            lambda source, wishes, notes: line_subtitles.read_tmp(
                _lines(source, wishes, notes), notes
            )
        ),
    ),
)

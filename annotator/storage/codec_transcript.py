"""The JSON shape of a transcript, its cues and their words."""

from __future__ import annotations

from dataclasses import replace

from annotator.model.transcript import Cue, Transcript, Word, in_order
from annotator.storage.codec_values import (
    ID,
    TEXT,
    TIME,
    YES_NO,
    Field,
    Kind,
    Problems,
    Shape,
    list_of,
    ordered,
)

WORD = Shape(
    Word,
    (
        Field("text", TEXT, required=True),
        Field("start", TIME, required=True),
        Field("end", TIME, required=True),
        Field("estimated", YES_NO, seldom=True),
    ),
)


def read_word(raw: object, path: str, problems: Problems) -> Word | None:
    """Read a word, noting each problem with its path; None where there was any."""
    return ordered(WORD.read(raw, path, problems), path, problems)


CUE = Shape(
    Cue,
    (
        Field("id", ID, required=True),
        Field("start", TIME, required=True),
        Field("end", TIME, required=True),
        Field("speaker", TEXT),
        Field("participant", TEXT),
        Field("text", TEXT, required=True),
        Field("words", list_of(Kind(read_word, WORD.write)), seldom=True),
    ),
)


def read_cue(raw: object, path: str, problems: Problems) -> Cue | None:
    """Read a cue, noting each problem with its path; None where there was any."""
    return ordered(CUE.read(raw, path, problems), path, problems)


_TRANSCRIPT = Shape(
    Transcript,
    (
        Field("id", ID, required=True),
        Field("language", TEXT),
        Field("source", TEXT),
        Field("cues", list_of(Kind(read_cue, CUE.write))),
    ),
)


def read_transcript(raw: object, path: str, problems: Problems) -> Transcript | None:
    """Read a transcript with its cues in order, noting each problem; None where there was any."""
    transcript = _TRANSCRIPT.read(raw, path, problems)
    return None if transcript is None else replace(transcript, cues=in_order(transcript.cues))


TRANSCRIPT = Kind(read_transcript, _TRANSCRIPT.write)

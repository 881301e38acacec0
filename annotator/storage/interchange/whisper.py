"""What Whisper and its kin heard, as JSON: OpenAI's, WhisperX, faster-whisper, whisper.cpp."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from annotator.model.session import Session
from annotator.model.time import Micros
from annotator.model.transcript import Cue, in_order
from annotator.storage.codec import SESSION_FORMAT
from annotator.storage.interchange.interface import Format, Found, Wishes
from annotator.storage.interchange.json_reading import has_keys, members
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.whisper_reading import ID, MILLION, heard_in
from annotator.storage.interchange.whisper_taking import found_in_pieces

_SHAPES = (
    ("segments", "start", "text"),
    ("transcription", "offsets", "text"),
    ("transcription", "timestamps", "text"),
    ("chunks", "timestamp", "text"),
    ("word", "start", "end"),
    ("seek", "tokens", "text"),
    ("avg_logprob", "start", "text"),
)


def _claims(source: Source) -> bool:
    is_ours = SESSION_FORMAT in source.head  # what was unsure in a transcript is kept there
    return not is_ours and any(has_keys(source, *keys) for keys in _SHAPES)


def _read(source: Source, wishes: Wishes, notes: Notes) -> Found:
    heard = heard_in(source, notes)
    told = (heard.pieces, heard.counted, heard.language)
    return found_in_pieces(told, source, wishes, notes)


def _write(sessions: Sequence[Session], _wishes: Wishes, _notes: Notes) -> bytes:
    (session,) = sessions
    cues = in_order(cue for one in session.transcripts for cue in one.cues)
    told: dict[str, object] = {
        "text": "".join(f" {' '.join(cue.text.split())}" for cue in cues),
        "segments": [_segment(number, cue) for number, cue in enumerate(cues)],
    }
    language = next((one.language for one in session.transcripts if one.language), "")
    if language:
        told["language"] = language
    return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def _segment(number: int, cue: Cue) -> dict[str, object]:
    """Give a cue as a segment; a word whose time is a guess has none, as WhisperX has it."""
    made: dict[str, object] = {
        "id": number,
        "seek": 0,
        "start": _seconds(cue.start),
        "end": _seconds(cue.end),
        "text": f" {cue.text}",
    }
    made |= _doubts(cue)
    if cue.speaker:
        made["speaker"] = cue.speaker
    if any(not word.estimated for word in cue.words):
        made["words"] = list(_words(cue))
    return made


def _words(cue: Cue) -> Iterator[dict[str, object]]:
    for word in cue.words:
        if word.estimated:
            yield {"word": f" {word.text}"}
        else:
            yield {
                "word": f" {word.text}",
                "start": _seconds(word.start),
                "end": _seconds(word.end),
            }


def _doubts(cue: Cue) -> Mapping[str, object]:
    return {
        key: float(value)
        for key, value in members(cue.extra.get(ID)).items()
        if isinstance(value, str) and value.lstrip("-").replace(".", "", 1).isdecimal()
    }


def _seconds(time: Micros) -> float:
    """Give seconds as a float, whose shortest decimal names the very microsecond."""
    return time / MILLION


FORMATS: tuple[Format, ...] = (
    Format(
        id=ID,
        title="Whisper JSON",
        suffixes=(".whisper.json", ".json"),
        claims=_claims,
        read=_read,
        write=_write,
        loses=(
            "all tags and ratings; it holds what was said, and nothing else",
            "which participant speaks; the label of the speaker is kept",
            "which of several transcripts something stood in",
        ),
    ),
)

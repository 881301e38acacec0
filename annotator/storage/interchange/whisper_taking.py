"""What Whisper heard as a session: what was said, or tags where a person says that it is codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotator.storage.interchange.drafting import SessionDraft
from annotator.storage.interchange.interface import Found, ReadCues, Wishes
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.subtitle_reading import are_tags, session_of
from annotator.storage.interchange.whisper_reading import Piece
from annotator.storage.interchange.whisper_words import cues_of

UNIT = "segments"


def found_in_pieces(
    heard: tuple[Sequence[Piece], int, str], source: Source, wishes: Wishes, notes: Notes
) -> Found:
    """Make a session of segments, of which so many stood in the file, in that language."""
    pieces, counted, language = heard
    cues = cues_of(pieces, notes)
    if cues and are_tags(wishes):
        found = session_of(ReadCues(tuple(cues), 0, language), source, wishes, notes)
        return replace(found, counted_in=counted, unit=UNIT)
    draft = SessionDraft(source.stem, source.stem, notes, wishes.now)
    draft.transcript(cues, language=language, source=source.name)
    return Found((draft.session(),) if cues else (), counted, len(cues), UNIT)
